package refi

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

// full is the document of a project with all that the standard knows; %s are guids.
const full = `<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="All &amp; &#xA;more" origin="By hand" creatingUserGUID="G1" creationDateTime="2024-05-01T10:00:00Z" modifyingUserGUID="G1" modifiedDateTime="2024-05-02T10:00:00Z" basePath="C:/x">
  <Users><User guid="G1" name="A" id="a"/><User guid="G2"/></Users>
  <CodeBook><Codes>
    <Code guid="G3" name="Upper" isCodable="false" color="#FF00aa"><Description>What
it is</Description><NoteRef targetGUID="G40"/>
      <Code guid="G4" name="خوف" isCodable="true"><Code guid="G5" name="签证" isCodable="true"/></Code></Code>
    <Code guid="G6" name="Other" isCodable="true"/></Codes></CodeBook>
  <Variables><Variable guid="G7" name="region" typeOfVariable="Text"><Description>d</Description></Variable>
    <Variable guid="G8" name="n" typeOfVariable="Integer"/><Variable guid="G9" name="b" typeOfVariable="Boolean"/>
    <Variable guid="G10" name="f" typeOfVariable="Float"/><Variable guid="G11" name="d" typeOfVariable="Date"/><Variable guid="G12" name="t" typeOfVariable="DateTime"/></Variables>
  <Cases><Case guid="G13" name="One"><Description>d</Description><CodeRef targetGUID="G4"/>
    <VariableValue><VariableRef targetGUID="G7"/><TextValue></TextValue></VariableValue>
    <VariableValue><VariableRef targetGUID="G8"/><IntegerValue>3</IntegerValue></VariableValue>
    <VariableValue><VariableRef targetGUID="G9"/><BooleanValue>true</BooleanValue></VariableValue>
    <VariableValue><VariableRef targetGUID="G10"/><FloatValue>1.50</FloatValue></VariableValue>
    <VariableValue><VariableRef targetGUID="G11"/><DateValue>2024-05-01</DateValue></VariableValue>
    <VariableValue><VariableRef targetGUID="G12"/><DateTimeValue>2024-05-01T00:00:00Z</DateTimeValue></VariableValue>
    <VariableValue><VariableRef targetGUID="G7"/></VariableValue>
    <SourceRef targetGUID="G14"/><SelectionRef targetGUID="G15"/></Case></Cases>
  <Sources>
    <TextSource guid="G14" name="T" richTextPath="internal://G14.docx" plainTextPath="internal://G14.txt" creatingUser="G1" creationDateTime="2024-05-01T10:00:00Z" modifyingUser="G2" modifiedDateTime="2024-05-01T10:00:00Z">
      <Description>d</Description>
      <PlainTextSelection guid="G15" name="ab" startPosition="0" endPosition="2" creatingUser="G1" creationDateTime="2024-05-01T10:00:00Z" modifyingUser="G2" modifiedDateTime="2024-05-01T10:00:00Z"><Description>d</Description>
        <Coding guid="G16" creatingUser="G2" creationDateTime="2024-05-01T10:00:00Z"><CodeRef targetGUID="G4"/><NoteRef targetGUID="G40"/></Coding><NoteRef targetGUID="G40"/></PlainTextSelection>
      <Coding guid="G17"><CodeRef targetGUID="{G6}"/></Coding><NoteRef targetGUID="G40"/>
      <VariableValue><VariableRef targetGUID="G7"/><TextValue>x</TextValue></VariableValue></TextSource>
    <PictureSource guid="G18" name="P" path="internal://G18.png" currentPath="absolute:///p.png"><Description>d</Description><TextDescription guid="G19"><PlainTextContent>seen</PlainTextContent></TextDescription>
      <PictureSelection guid="G20" firstX="1" firstY="2" secondX="3" secondY="4"><Coding guid="G21"><CodeRef targetGUID="G4"/></Coding></PictureSelection></PictureSource>
    <TextSource guid="G22"><PlainTextContent>in
place</PlainTextContent><PlainTextSelection guid="G23" startPosition="3" endPosition="8"/></TextSource>
    <PDFSource guid="G24" path="relative:///x.pdf"><PDFSelection guid="G25" page="1" firstX="1" firstY="2" secondX="3" secondY="4"/><Representation guid="G26"/></PDFSource>
    <AudioSource guid="G27"><Transcript guid="G28"><PlainTextContent>said</PlainTextContent><SyncPoint guid="G29" timeStamp="0" position="0"/><TranscriptSelection guid="G30" fromSyncPoint="G29"/></Transcript><AudioSelection guid="G31" begin="1" end="2"/></AudioSource>
    <VideoSource guid="G32"><VideoSelection guid="G33" begin="1" end="2"/></VideoSource></Sources>
  <Notes><Note guid="G40" name="N" creatingUser="G1"><PlainTextContent>note</PlainTextContent></Note></Notes>
  <Links><Link guid="G41" name="l" direction="OneWay" color="#abc" originGUID="G4" targetGUID="G5"><NoteRef targetGUID="G40"/></Link></Links>
  <Sets><Set guid="G42" name="s"><Description>d</Description><MemberCode targetGUID="G4"/><MemberSource targetGUID="G14"/><MemberNote targetGUID="G40"/></Set></Sets>
  <Graphs><Graph guid="G43" name="g"><Vertex guid="G44" representedGUID="G4" name="v" firstX="1" firstY="2" secondX="3" secondY="4" shape="Star" color="#123456"/><Vertex guid="G45" firstX="1" firstY="2"/><Edge guid="G46" sourceVertex="G44" targetVertex="G45" direction="Bidirectional" lineStyle="dashed"/></Graph></Graphs>
  <Description>all</Description><NoteRef targetGUID="G40"/>
</Project>`

// guids puts guids in the place of G1, G2 and so on.
func guids(document string) string {
	for i := 60; i > 0; i-- {
		document = strings.ReplaceAll(document, fmt.Sprintf("G%d", i), GUID(fmt.Sprint(i)))
	}
	return document
}

// archive packs files, given as name and content in turn.
func archive(t testing.TB, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = io.WriteString(w, files[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// member returns a file of an archive.
func member(t testing.TB, content []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func write(t testing.TB, p *Project) []byte {
	t.Helper()
	out, err := WriteProject(p)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// everything is a project with all that the standard knows.
func everything(t testing.TB) []byte {
	return archive(t, "project.qde", guids(full), "Sources/"+GUID("14")+".txt", "ab cd", "Sources/"+GUID("14")+".docx", "PK\x00", "Sources/"+GUID("18")+".png", "\x89PNG")
}

func TestAProjectComesBackWhole(t *testing.T) {
	p, findings := ReadProject("p.qdpx", everything(t))
	if p == nil {
		t.Fatal(findings)
	}
	for _, f := range findings {
		if f.Kind != "not-read" {
			t.Error(f)
		}
	}
	if len(findings) != 4 {
		t.Errorf("%d sources are not read, want 4", len(findings))
	}
	out := write(t, p)
	if got, want := canonical(t, member(t, out, "project.qde")), canonical(t, []byte(guids(full))); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	again, _ := ReadProject("p.qdpx", out)
	if !reflect.DeepEqual(again, p) {
		t.Error("the project is another one once it was written and read")
	}
	if !bytes.Equal(write(t, again), out) {
		t.Error("the same project gives other bytes")
	}
	if string(member(t, out, "sources/"+GUID("18")+".png")) != "\x89PNG" || len(p.Files) != 3 {
		t.Error("a file of a source is lost")
	}
}

func TestAProjectIsValid(t *testing.T) {
	p, _ := ReadProject("p.qdpx", everything(t))
	valid(t, "Project.xsd", []byte(guids(full)))
	valid(t, "Project.xsd", member(t, write(t, p), "project.qde"))
	valid(t, "Project.xsd", member(t, write(t, &Project{Name: "empty"}), "project.qde"))
}

const book = `<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="o"><Codes><Code guid="G1" name="a" isCodable="true" color="#123"><Description>d
e</Description><Code guid="G2" name="ب &lt;" isCodable="false"/></Code></Codes><Sets><Set guid="G3" name="s"><Description>d</Description><MemberCode guid="G1"/></Set></Sets></CodeBook>`

func TestACodebookComesBackWholeAndIsValid(t *testing.T) {
	b, findings := ReadCodebook("b.qdc", []byte("\ufeff"+guids(book)))
	if b == nil || len(findings) > 0 {
		t.Fatal(findings)
	}
	out, err := WriteCodebook(b)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := canonical(t, out), canonical(t, []byte(guids(book))); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	valid(t, "Codebook.xsd", out)
}

// canonical writes a document with its attributes in order and without blanks between elements.
func canonical(t *testing.T, document []byte) string {
	t.Helper()
	var top node
	if err := xml.Unmarshal(document, &top); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(n node, depth int)
	walk = func(n node, depth int) {
		var attrs []string
		for _, a := range n.Attrs {
			attrs = append(attrs, fmt.Sprintf("%s=%q", a.Name.Local, a.Value))
		}
		slices.Sort(attrs)
		text := n.Text
		if len(n.Children) > 0 {
			text = strings.TrimSpace(text)
		}
		fmt.Fprintf(&b, "%*s%s %s %q\n", depth, "", n.XMLName.Local, strings.Join(attrs, " "), text)
		for _, c := range n.Children {
			walk(c, depth+1)
		}
	}
	walk(top, 0)
	return b.String()
}

func kinds(findings []finding.Finding) string {
	var out []string
	for _, f := range findings {
		out = append(out, string(f.Severity)+" "+f.Kind)
	}
	return strings.Join(out, ", ")
}

// bomb is an archive with a file that says that it unpacks to more than the limit.
func bomb(t *testing.T, project string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create("project.qde")
	if err == nil {
		_, err = io.WriteString(w, project)
	}
	if err == nil {
		_, err = z.CreateRaw(&zip.FileHeader{Name: "sources/a.txt", Method: zip.Deflate, UncompressedSize64: maxBytes + 1})
	}
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestBadArchivesAreRefused(t *testing.T) {
	project := guids(`<Project xmlns="urn:QDA-XML:project:1.0" name="p"/>`)
	deep := strings.Repeat("<a>", 300) + strings.Repeat("</a>", 300)
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"no archive":            {[]byte("PK"), "refusal damaged"},
		"no project":            {archive(t, "sources/a.txt", ""), "refusal not-refi"},
		"a way out":             {archive(t, "project.qde", project, "sources/../../x.txt", ""), "refusal unsafe-archive"},
		"a root":                {archive(t, "project.qde", project, "/x.txt", ""), "refusal unsafe-archive"},
		"a drive":               {archive(t, "project.qde", project, "C:x.txt", ""), "refusal unsafe-archive"},
		"one name twice":        {archive(t, "project.qde", project, "sources/a.txt", "1", "Sources/A.txt", "2"), "refusal duplicate-part"},
		"a bomb":                {bomb(t, project), "refusal too-large"},
		"a DTD":                 {archive(t, "project.qde", `<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>`+project), "refusal dtd"},
		"an entity":             {archive(t, "project.qde", `<Project xmlns="urn:QDA-XML:project:1.0" name="&x;"/>`), "refusal damaged"},
		"depth":                 {archive(t, "project.qde", `<Project xmlns="urn:QDA-XML:project:1.0" name="">`+deep+`</Project>`), "refusal too-large"},
		"a long attribute":      {archive(t, "project.qde", `<Project xmlns="urn:QDA-XML:project:1.0" name="`+strings.Repeat("x", maxTag+1)+`"/>`), "refusal too-large"},
		"two roots":             {archive(t, "project.qde", project+project), "refusal damaged"},
		"an end":                {archive(t, "project.qde", project[:len(project)-1]), "refusal damaged"},
		"nothing":               {archive(t, "project.qde", " "), "refusal damaged"},
		"another encoding":      {archive(t, "project.qde", "<Project name=\"\xe9\"/>"), "refusal encoding"},
		"a codebook":            {archive(t, "project.qde", guids(book)), "refusal not-refi"},
		"a truth that is none":  {archive(t, "project.qde", `<Project xmlns="urn:QDA-XML:project:1.0" name=""><CodeBook><Codes><Code guid="" name="" isCodable="perhaps"/></Codes></CodeBook></Project>`), "refusal damaged"},
		"no namespace":          {archive(t, "project.qde", `<Project name=""/>`), "warning namespace"},
		"another folder":        {archive(t, "project.qde", project, "other/a.txt", "", "read.me", ""), "warning other-files"},
		"unknown elements":      {archive(t, "project.qde", `<Project xmlns="urn:QDA-XML:project:1.0" name="" secret="s"><Secret><Code/></Secret><Users/></Project>`), "warning unknown-element, warning unknown-element"},
		"the place of a schema": {archive(t, "project.qde", `<Project xmlns="urn:QDA-XML:project:1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" name=""/>`), ""},
		"a mark before it":      {archive(t, "Project.QDE", "\ufeff"+project), ""},
	} {
		p, findings := ReadProject("p.qdpx", c.content)
		if got := kinds(findings); got != c.want || (p == nil) != finding.Refused(findings) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		for _, f := range findings {
			if strings.Contains(strings.ToLower(f.String()), "secret") || strings.Contains(f.String(), "passwd") {
				t.Errorf("%s: a finding holds what the file says: %s", name, f)
			}
		}
	}
}

func TestWhatCannotBeReadIsNamedByItsGUID(t *testing.T) {
	head := `<Project xmlns="urn:QDA-XML:project:1.0" name="p"><CodeBook><Codes><Code guid="G1" name="a" isCodable="true"/></Codes></CodeBook><Sources><TextSource guid="G9" `
	coding := `<Coding guid="G5"><CodeRef targetGUID="G1"/></Coding>`
	for name, c := range map[string]struct{ source, want string }{
		"a formatted text":         {`richTextPath="internal://G9.docx"/>`, "not-read TextSource G9"},
		"no text":                  {`/>`, "no-text TextSource G9"},
		"a text elsewhere":         {`plainTextPath="absolute:///secret.txt"/>`, "no-text TextSource G9"},
		"a text that is not there": {`plainTextPath="internal://G8.txt"/>`, "no-text TextSource G9"},
		"a text in Latin-1":        {`plainTextPath="internal://G7.txt"/>`, "encoding TextSource G9"},
		"beyond the end":           {`><PlainTextContent>abc</PlainTextContent><PlainTextSelection guid="G4" startPosition="0" endPosition="4">` + coding + `</PlainTextSelection></TextSource>`, "position PlainTextSelection G4"},
		"backwards":                {`><PlainTextContent>abc</PlainTextContent><PlainTextSelection guid="G4" startPosition="2" endPosition="1"/></TextSource>`, "position PlainTextSelection G4"},
		"no number":                {`><PlainTextContent>abc</PlainTextContent><PlainTextSelection guid="G4" startPosition="-1" endPosition="99999999999999999999"/></TextSource>`, "position PlainTextSelection G4"},
		"an unknown code":          {`><PlainTextContent>abc</PlainTextContent><Coding guid="G5"><CodeRef targetGUID="G2"/></Coding></TextSource>`, "unknown-code Coding G5"},
		"an unknown user":          {`><PlainTextContent>abc</PlainTextContent><Coding guid="G5" creatingUser="G3"><CodeRef targetGUID="{G1}"/></Coding></TextSource>`, "unknown-user Coding G5"},
		"one guid twice":           {`><PlainTextContent>abc</PlainTextContent></TextSource><TextSource guid="{G9}"><PlainTextContent/>` + "</TextSource>", "duplicate-guid sources"},
	} {
		end := `</Sources></Project>`
		if !strings.Contains(c.source, "</TextSource>") && !strings.HasSuffix(c.source, "/>") {
			t.Fatal(name)
		}
		_, findings := ReadProject("p.qdpx", archive(t, "project.qde", guids(head+c.source+end), "sources/"+GUID("7")+".txt", "\xe9"))
		kind, words, _ := strings.Cut(guids(c.want), " ")
		if len(findings) != 1 || findings[0].Kind != kind || !strings.Contains(findings[0].Problem, words) || strings.Contains(findings[0].String(), "secret") {
			t.Errorf("%s: %v, want %s", name, findings, c.want)
		}
	}
}

func TestPositionsCountCodePoints(t *testing.T) {
	for name, c := range map[string]struct {
		text, part string
		start, end Position
	}{
		"Latin":                  {"no visa", "visa", 3, 7},
		"Arabic with diacritics": {"لَم نَحصُل على تأشيرة", "تأشيرة", 15, 21},
		"Chinese":                {"我们没有签证。", "签证", 4, 6},
		"beyond the first plane": {"𠮷野 visa", "visa", 3, 7},
		"a family joined by ZWJ": {"a 👩‍👩‍👧 visa", "visa", 8, 12},
		"a flag":                 {"🇨🇭 visa", "visa", 3, 7},
		"a skin colour":          {"👍🏽 visa", "👍🏽", 0, 2},
		"a combining accent":     {"caf\u0065\u0301 visa", "visa", 6, 10},
		"lines":                  {"a\nb visa", "visa", 4, 8},
		"to the end":             {"visa", "visa", 0, 4},
	} {
		at := strings.Index(c.text, c.part)
		start, end := Positions(c.text, at, at+len(c.part))
		if start != c.start || end != c.end {
			t.Errorf("%s: from %d to %d, want %d to %d", name, start, end, c.start, c.end)
		}
		spans, how := Locate([]byte(c.text), []Selection{{Start: c.start, End: c.end}})
		if s := spans[0]; !s.Found || c.text[s.Start:s.End] != c.part || how != (Counting{}) {
			t.Errorf("%s: not found again", name)
		}
	}
}

func TestPositionsCountedOtherwiseAreFoundByNames(t *testing.T) {
	text := "\ufeffone 👨‍👩‍👧‍👦\r\ntwo تأشيرة\r\nthree 签证 four"
	for name, c := range map[string]struct {
		start, end Position
		named      string
		how        Counting
	}{
		"as the standard says":            {25, 33, "three 签…", Counting{}},
		"without a name, in doubt":        {25, 33, "", Counting{}},
		"with one for CR LF":              {23, 31, "three 签证", Counting{Lines: true}},
		"in UTF-16":                       {29, 37, "three 签...", Counting{Units: true}},
		"with the mark":                   {26, 34, "three 签证", Counting{Mark: true}},
		"with everything":                 {28, 36, "three  签证", Counting{Units: true, Lines: true, Mark: true}},
		"a name that is no part of it":    {25, 33, "My note", Counting{}},
		"in UTF-16 to the end, unnamed":   {38, 42, "", Counting{Units: true}},
		"with one for CR LF, the mark in": {24, 32, "three 签证", Counting{Lines: true, Mark: true}},
	} {
		spans, how := Locate([]byte(text), []Selection{{Start: c.start, End: c.end, Name: c.named}})
		if how != c.how || !spans[0].Found {
			t.Errorf("%s: %q, want %q", name, how, c.how)
			continue
		}
		if got := text[spans[0].Start:spans[0].End]; strings.Contains(c.named, "签") && got != "three 签证" {
			t.Errorf("%s: found %q", name, got)
		}
	}
	// Within a surrogate pair is no place.
	if spans, _ := Locate([]byte("👩 ab"), []Selection{{Start: 1, End: 5, Name: "zz"}, {Start: 3, End: 5, Name: "ab"}}); spans[0].Found || !spans[1].Found {
		t.Errorf("got %v", spans)
	}
}

func TestGUIDs(t *testing.T) {
	if GUID("a", "b") == GUID("ab") || GUID("a", "") == GUID("a") {
		t.Error("guids do not tell words apart")
	}
	if g := GUID("x"); len(g) != 36 || g[14] != '5' || !strings.Contains("89ab", g[19:20]) {
		t.Errorf("%s is no UUID of version 5", g)
	}
	if Same(" {ABCD} ") != "abcd" || Shown("a name") != "without a guid" {
		t.Error("guids are compared or shown as they stand")
	}
}

func FuzzReadProject(f *testing.F) {
	f.Add([]byte(guids(full)), []byte("ab cd"))
	f.Add([]byte(`<Project name="p"><Sources><TextSource plainTextPath="internal://`+GUID("14")+`.txt"><PlainTextSelection startPosition="1" endPosition="2" name="b"/></TextSource></Sources></Project>`), []byte("\ufeffa\r\n👩b"))
	f.Add([]byte(`<Project><Sources><PDFSource/></Sources><Graphs><Graph>x<Vertex/></Graph></Graphs></Project>`), []byte{})
	f.Fuzz(func(t *testing.T, document, text []byte) {
		p, findings := ReadProject("p.qdpx", archive(t, "project.qde", string(document), "sources/"+GUID("14")+".txt", string(text)))
		if (p == nil) != finding.Refused(findings) {
			t.Fatalf("project %v with findings %v", p != nil, findings)
		}
		if p == nil {
			return
		}
		out := write(t, p)
		again, findings := ReadProject("p.qdpx", out)
		if again == nil {
			t.Fatal(findings)
		}
		if !bytes.Equal(write(t, again), out) {
			t.Fatal("what was written is written otherwise once it was read")
		}
	})
}

func FuzzReadCodebook(f *testing.F) {
	f.Add([]byte(guids(book)))
	f.Add([]byte(`<CodeBook><Codes><Code isCodable="1"/></Codes></CodeBook>`))
	f.Fuzz(func(t *testing.T, content []byte) {
		b, findings := ReadCodebook("b.qdc", content)
		if (b == nil) != finding.Refused(findings) {
			t.Fatalf("codebook %v with findings %v", b != nil, findings)
		}
		if b == nil {
			return
		}
		if _, err := WriteCodebook(b); err != nil {
			t.Fatal(err)
		}
	})
}
