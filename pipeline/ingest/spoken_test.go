package ingest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

const spokenItems = `type,name,label::English (en),label::Français (fr),role
select_one yn,took_part,Took part?,Participé ?,
begin_group,org,Organisation,Organisation,
audio,note,Tell us,Racontez,sensitive
text,story,Story,Récit,
audio,secret,Your name,Votre nom,identifying
end_group,,,,
begin_repeat,rec,Recommendation,Recommandation,
audio,said,What was said,Ce qui fut dit,
end_repeat,,,,
`

// TestTranscriptsBecomeOpenItems: in each way in which tools name the columns.
func TestTranscriptsBecomeOpenItems(t *testing.T) {
	s := formOf(t, spokenItems, ynChoices)
	for name, header := range map[string]string{
		"names":           "took_part,note,note/transcript_en,note/transcript_fr,note/translation_ar,note/theme,story,story/translation_en,secret,secret/transcript_en",
		"groups":          "took_part,org/note,org/note/transcript_en,org/note/transcript_fr,org/note/translation_ar,org/note/theme,org/story,org/story/translation_en,org/secret,org/secret/transcript_en",
		"dots":            "took_part,org.note,org.note.transcript_en,org.note.transcript_fr,org.note.translation_ar,org.note/theme,org.story,org.story.translation_en,org.secret,org.secret.transcript_en",
		"names of today":  "took_part,note,note - transcript (en),note - transcript (fr),note - translation (ar),note/theme,story,story - translation (en),secret,secret - transcript (en)",
		"French labels":   "Participé ?,Racontez,Racontez - transcript (en),Racontez - transcript (fr),Racontez - translation (ar),Racontez/theme,Récit,Récit - translation (en),Votre nom,Votre nom - transcript (en)",
		"labels with sep": "Took part?,Tell us,Tell us/transcript_en,Tell us/transcript_fr,Tell us/translation_ar,Tell us/theme,Story,Story/translation_en,Your name,Your name/transcript_en",
	} {
		r := readText(t, s, header+"\nyes,1.m4a,said,,AR,fear,told,TOLD,2.m4a,who\nno,3.m4a,,dit,,,,,,\nno,4.m4a,a,b,,,,,,\n", Source{})
		if r.dataset == nil {
			t.Errorf("%s: %s", name, r.text())
			continue
		}
		if len(r.report.Files[0].Unknown) > 0 || strings.Contains(strings.Join(r.report.Files[0].Bound, " "), "secret") {
			t.Errorf("%s: %+v", name, r.report.Files[0])
		}
		if got := r.kinds(finding.Warning); got != "two-transcripts" {
			t.Errorf("%s: %s\n%s", name, got, r.text())
		}
		_, transcript := r.column(t, 0, "note_transcript")
		_, arabic := r.column(t, 0, "note_translation_ar")
		_, theme := r.column(t, 0, "note_theme")
		_, english := r.column(t, 0, "story_translation_en")
		if got := fmt.Sprint(transcript.Text(0), " ", transcript.Text(1), " ", transcript.Text(2), " ", arabic.Text(0), " ", theme.Text(0), " ", english.Text(0), arabic.Reasons[1]); got != "said dit a AR fear TOLDnot answered" {
			t.Errorf("%s: %s", name, got)
		}
		item, _ := r.dataset.Survey.Item("note_transcript")
		if item.Role != survey.Sensitive || item.Derived != "note" || item.Label["fr"] != "Racontez" {
			t.Errorf("%+v", item)
		}
		if _, there := r.dataset.Survey.Item("secret_transcript"); there {
			t.Error("the transcript of an identifying item must not be read")
		}
	}
}

func TestTranscriptsOfTheAPIAreRead(t *testing.T) {
	s := formOf(t, spokenItems, ynChoices)
	json := `[{"took_part":"yes","org/note":"1.m4a","_supplementalDetails":{"org/note":{"transcript":{"value":"said","languageCode":"en"},"translation":{"ar":{"value":"AR","languageCode":"ar"}}}}},{"took_part":"no","org/story":"x","_supplementalDetails":{}}]`
	r := read(t, s, map[string]string{"a.json": json}, 2, Source{File: "a.json"})
	if r.dataset == nil {
		t.Fatal(r.text())
	}
	_, transcript := r.column(t, 0, "note_transcript")
	_, arabic := r.column(t, 0, "note_translation_ar")
	if transcript.Text(0) != "said" || arabic.Text(0) != "AR" || transcript.Reasons[1] != survey.NotAnswered {
		t.Error(r.text())
	}
}

// TestOneFileHasTranscripts: the file that has none is read as well.
func TestOneFileHasTranscripts(t *testing.T) {
	s := formOf(t, spokenItems, ynChoices)
	r := read(t, s, map[string]string{"a.csv": "took_part,note,note/transcript_en,story\nyes,1,said,x\n", "b.csv": "took_part,note,story\nno,2,y\n"}, 2, Source{File: "a.csv"}, Source{File: "b.csv"})
	if r.dataset == nil || r.dataset.Respondents() != 2 {
		t.Fatal(r.text())
	}
}
