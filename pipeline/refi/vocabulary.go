package refi

import "strings"

// grammar says what the standard knows: of each element its attributes, a bar,
// and the elements in it. Order and types are left to whoever wrote the file.
const grammar = `
Project name origin creatingUserGUID creationDateTime modifyingUserGUID modifiedDateTime basePath | Users CodeBook Variables Cases Sources Notes Links Sets Graphs Description NoteRef
Users | User
User guid name id |
CodeBook origin | Codes Sets
Codes | Code
Code guid name isCodable color | Description NoteRef Code
Variables | Variable
Variable guid name typeOfVariable | Description
Cases | Case
Case guid name | Description CodeRef VariableValue SourceRef SelectionRef
VariableValue | VariableRef TextValue BooleanValue IntegerValue FloatValue DateValue DateTimeValue
Sets | Set
Set guid name | Description MemberCode MemberSource MemberNote
Sources | TextSource PictureSource PDFSource AudioSource VideoSource
TextSource guid name richTextPath plainTextPath creatingUser creationDateTime modifyingUser modifiedDateTime | Description PlainTextContent PlainTextSelection Coding NoteRef VariableValue
Notes | Note
PlainTextSelection guid name startPosition endPosition creatingUser creationDateTime modifyingUser modifiedDateTime | Description Coding NoteRef
PictureSource guid name path currentPath creatingUser creationDateTime modifyingUser modifiedDateTime | Description TextDescription PictureSelection Coding NoteRef VariableValue
PictureSelection guid name firstX firstY secondX secondY creatingUser creationDateTime modifyingUser modifiedDateTime | Description Coding NoteRef
PDFSource guid name path currentPath creatingUser creationDateTime modifyingUser modifiedDateTime | Description PDFSelection Representation Coding NoteRef VariableValue
PDFSelection guid name page firstX firstY secondX secondY creatingUser creationDateTime modifyingUser modifiedDateTime | Description Representation Coding NoteRef
AudioSource guid name path currentPath creatingUser creationDateTime modifyingUser modifiedDateTime | Description Transcript AudioSelection Coding NoteRef VariableValue
AudioSelection guid name begin end creatingUser creationDateTime modifyingUser modifiedDateTime | Description Coding NoteRef
VideoSource guid name path currentPath creatingUser creationDateTime modifyingUser modifiedDateTime | Description Transcript VideoSelection Coding NoteRef VariableValue
VideoSelection guid name begin end creatingUser creationDateTime modifyingUser modifiedDateTime | Description Coding NoteRef
Transcript guid name richTextPath plainTextPath creatingUser creationDateTime modifyingUser modifiedDateTime | Description PlainTextContent SyncPoint TranscriptSelection NoteRef
TranscriptSelection guid name fromSyncPoint toSyncPoint creatingUser creationDateTime modifyingUser modifiedDateTime | Description Coding NoteRef
SyncPoint guid timeStamp position |
Coding guid creatingUser creationDateTime | CodeRef NoteRef
Graphs | Graph
Graph guid name | Vertex Edge
Vertex guid representedGUID name firstX firstY secondX secondY shape color |
Edge guid representedGUID name sourceVertex targetVertex color direction lineStyle |
Links | Link
Link guid name direction color originGUID targetGUID | NoteRef
CodeRef targetGUID |
NoteRef targetGUID |
SourceRef targetGUID |
SelectionRef targetGUID |
VariableRef targetGUID |
MemberCode targetGUID guid |
MemberSource targetGUID |
MemberNote targetGUID |
Description |
PlainTextContent |
TextValue |
BooleanValue |
IntegerValue |
FloatValue |
DateValue |
DateTimeValue |
`

// vocabulary is the grammar, to be asked.
type vocabulary map[string]struct{ attributes, elements map[string]bool }

func newVocabulary() vocabulary {
	v := vocabulary{}
	for line := range strings.Lines(grammar) {
		before, after, found := strings.Cut(line, "|")
		words := strings.Fields(before)
		if !found || len(words) == 0 {
			continue
		}
		entry := struct{ attributes, elements map[string]bool }{map[string]bool{}, map[string]bool{}}
		for _, a := range words[1:] {
			entry.attributes[a] = true
		}
		for _, e := range strings.Fields(after) {
			entry.elements[e] = true
		}
		v[words[0]] = entry
	}
	for _, other := range []string{"Note", "TextDescription", "Representation"} { // of the same type
		v[other] = v["TextSource"]
	}
	return v
}
