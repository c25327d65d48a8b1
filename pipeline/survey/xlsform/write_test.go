package xlsform_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

const nested = `type,name,label::English (en),label::Français (fr),relevant,role,label_short::English (en),chapter
start,start,,,,,,
select_one yn,took_part,Did you take part?,Avez-vous participé ?,,key,Took part,1
begin_group,g,Group,Groupe,${took_part} = 'yes',,,
select_multiple yn,both,Both?,Les deux ?,,,,
begin_repeat,r,Repeat,,,,,
decimal,d,How much?,Combien ?,. > 1 or ${both} = '',sens,,
end_repeat,,,,,,,
end_group,,,,,,,
text,last,Anything else?,,,,,
`

func TestWhatIsWrittenReadsBackAsItWas(t *testing.T) {
	first, findings, err := xlsform.Read(parts(nested, "list_name,name,label::English (en),score\nyn,yes,Yes,1\nyn,no,No,0.5\n", ""))
	if err != nil || finding.Refused(findings) {
		t.Fatal(findings, err)
	}
	once, err := xlsform.Write(first)
	if err != nil {
		t.Fatal(err)
	}
	second, findings := readBytes(t, once)
	if finding.Refused(findings) {
		t.Fatal(findings)
	}
	if got, want := dump(unplaced(joined(second)), nil), dump(unplaced(joined(first)), nil); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	again, err := xlsform.Write(second)
	if err != nil || !bytes.Equal(once, again) {
		t.Errorf("written twice, the bytes differ: %v", err)
	}
}

// joined makes one condition of several, as writing does.
func joined(s *survey.Survey) *survey.Survey {
	for i := range s.Items {
		if n := len(s.Items[i].Relevant); n > 1 {
			s.Items[i].Relevant = []string{"(" + strings.Join(s.Items[i].Relevant, ") and (") + ")"}
		}
	}
	return s
}

func unplaced(s *survey.Survey) *survey.Survey {
	for i := range s.Items {
		s.Items[i].Place = finding.Place{}
	}
	return s
}

func TestAWrittenWorkbookHasNoTime(t *testing.T) {
	s, _ := survey.New(survey.Survey{Default: "en", Languages: []survey.Language{{Name: "English (en)", Tag: "en"}}})
	content, err := xlsform.Write(s)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for i, part := range z.File {
		if !part.Modified.IsZero() && part.Modified.Year() > 1980 {
			t.Errorf("%s is dated %v", part.Name, part.Modified)
		}
		if i > 0 && z.File[i-1].Name >= part.Name {
			t.Errorf("%s stands after %s", part.Name, z.File[i-1].Name)
		}
	}
}

// metadataNames are names by which metadata is told to identify.
var metadataNames = map[string]bool{"email": true, "audit": true, "imei": true, "deviceid": true, "username": true}

// Whatever the labels and names, a survey that is written reads back with the
// same items, choices and scores.
func TestEverySurveyReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z_][a-z0-9_.]{0,8}`), 1, 6, rapid.ID[string]).Draw(t, "names")
		label := rapid.StringMatching(`[A-Za-zéñжم中0-9%=+@ ,;'"?!-]{0,20}[a-z]`)
		in := survey.Survey{Default: "en", Languages: []survey.Language{{Name: "English (en)", Tag: "en"}}, Lists: []*survey.ChoiceList{nil}}
		var choices []survey.Choice
		for _, name := range rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z0-9]{1,5}`), 1, 5, rapid.ID[string]).Draw(t, "choices") {
			score := float64(rapid.IntRange(-20, 20).Draw(t, "score")) / 4
			choices = append(choices, survey.Choice{Name: name, Label: survey.Text{"en": survey.PlainText(label.Draw(t, "label"))}, Score: &score})
		}
		in.Lists[0] = survey.NewChoiceList("l", choices)
		for _, name := range names {
			of := rapid.SampledFrom([]survey.Type{survey.SelectOne, survey.SelectMultiple, survey.Integer, survey.Decimal, survey.OpenText, survey.Date, survey.DateTime, survey.Metadata, survey.GPS, survey.Media}).Draw(t, "type")
			item := survey.Item{Name: name, Path: name, Type: of, Label: survey.Text{"en": survey.PlainText(label.Draw(t, "label"))}, Role: rapid.SampledFrom([]survey.Role{survey.Plain, survey.Key, survey.Sensitive, survey.Identifying}).Draw(t, "role")}
			if of.HasChoices() {
				item.List = "l"
			}
			if _, known := metadataNames[name]; known || of == survey.GPS || of == survey.Media {
				item.Role = survey.Identifying
			}
			in.Items = append(in.Items, item)
		}
		first, findings := survey.New(in)
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		content, err := xlsform.Write(first)
		if err != nil {
			t.Fatal(err)
		}
		second, findings, err := xlsform.Read(xlsform.Files{Workbook: xlsform.File{Name: "f.xlsx", Content: content}})
		if err != nil || finding.Refused(findings) {
			t.Fatal(findings, err)
		}
		for i := range second.Items { // told by a choice called other beside a text NAME_other
			second.Items[i].OrOther = false
		}
		if got, want := dump(unplaced(second), nil), dump(unplaced(first), nil); got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	})
}
