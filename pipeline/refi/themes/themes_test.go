package themes

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/refi"
)

func bundled(t *testing.T) *code.Codebook {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "..", "data", "codebook.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	b, findings := code.Read("b", content)
	if b == nil {
		t.Fatal(findings)
	}
	return b
}

// there writes a codebook as .qdc, reads it and returns what came back.
func there(t interface{ Fatal(...any) }, b *code.Codebook, language string) (*code.Codebook, []byte, []finding.Finding) {
	out, err := Write(b, language)
	if err != nil {
		t.Fatal(err)
	}
	content, err := refi.WriteCodebook(out)
	if err != nil {
		t.Fatal(err)
	}
	in, findings := refi.ReadCodebook("b", content)
	if in == nil || len(findings) > 0 {
		t.Fatal(findings)
	}
	got, findings := Read("b", in, language)
	return got, content, findings
}

func TestTheBundledCodebookComesBackWhole(t *testing.T) {
	b := bundled(t)
	for _, language := range []string{"en", "ar", "zh", "ru"} {
		got, _, findings := there(t, b, language)
		if !reflect.DeepEqual(got, b) {
			t.Errorf("%s: the codebook changed; findings %v", language, findings)
		}
	}
}

func TestYAMLComesBackWhole(t *testing.T) {
	b := bundled(t)
	content, err := YAML(b)
	if err != nil {
		t.Fatal(err)
	}
	got, findings := code.Read("b", content)
	if !reflect.DeepEqual(got, b) {
		t.Errorf("the codebook changed; findings %v", findings)
	}
	again, _ := YAML(got)
	if !bytes.Equal(content, again) {
		t.Error("the same codebook gives other bytes")
	}
}

func TestAnyCodebookComesBackWhole(t *testing.T) {
	text := rapid.OneOf(
		rapid.SampledFrom([]string{"Plain.", "Include: this", "a\n\nInclude: b", "a\n\nExclude: b\n\nInclude: c", "key: 'value' #x", "- \"x\"", "null", "123", "true", "ا ب", "签证", "👩‍👩‍👧", "two\nlines"}),
		rapid.StringMatching(`[a-zé:#'"-]{1,12}`),
	)
	rapid.Check(t, func(t *rapid.T) {
		b := &code.Codebook{Version: text.Draw(t, "version"), Title: map[string]string{"en": text.Draw(t, "title")}}
		families := rapid.IntRange(0, 3).Draw(t, "families")
		for i := range families {
			b.Families = append(b.Families, code.Family{ID: string(rune('A'+i)) + "F", Label: map[string]string{"fr": text.Draw(t, "label")}})
		}
		for f := range families + 1 {
			for i := range rapid.IntRange(1, 3).Draw(t, "codes") {
				c := code.Theme{ID: string(rune('A'+f)) + "_" + string(rune('A'+i)), Definition: text.Draw(t, "d"), Include: text.Draw(t, "i"), Exclude: text.Draw(t, "e"), Terms: map[string][]string{"en": {"visa*", "no money"}}}
				if f < families {
					c.Family = b.Families[f].ID
				}
				if i > 0 && rapid.Bool().Draw(t, "under") {
					c.Parent = string(rune('A'+f)) + "_" + string(rune('A'+rapid.IntRange(0, i-1).Draw(t, "parent")))
				}
				if rapid.Bool().Draw(t, "more") {
					c.Negation, c.Sensitive, c.Label = code.Ignore, true, map[string]string{"en": text.Draw(t, "name"), "zh": text.Draw(t, "name")}
				}
				b.Codes = append(b.Codes, c)
			}
		}
		b.Codes = rapid.Permutation(b.Codes).Draw(t, "order")
		content, err := YAML(b)
		if err != nil {
			t.Fatal(err)
		}
		want, findings := code.Read("b", content)
		if want == nil {
			t.Fatal(findings)
		}
		got, _, findings := there(t, want, "en")
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("the codebook changed: %+v\nwant %+v\nfindings %v", got, want, findings)
		}
	})
}

func TestCodesOfAnotherProgramBecomeThemes(t *testing.T) {
	b := &refi.Codebook{Codes: []refi.Code{
		{GUID: refi.GUID("1"), Name: "Barriers", Codes: []refi.Code{
			{GUID: refi.GUID("2"), Name: "Visa problems", Codable: true, Color: "#ff0000", Description: "When a visa is missing.\r\n\r\nInclude: delays", Codes: []refi.Code{
				{GUID: refi.GUID("3"), Name: "Refused", Codable: true},
			}},
			{GUID: refi.GUID("4"), Name: "签证", Codable: true},
			{GUID: refi.GUID("5"), Name: "خوف", Codable: true},
		}},
		{GUID: refi.GUID("6"), Name: "BAR_TIME Time is short", Codable: true},
		{GUID: refi.GUID("7"), Name: "Refused", Codable: true},
	}}
	got, findings := Read("f.qdc", b, "en")
	if got == nil {
		t.Fatal(findings)
	}
	var lines []string
	for _, c := range got.Codes {
		lines = append(lines, strings.Join([]string{c.ID, c.Family, c.Parent, c.Label["en"], c.Definition, c.Include}, "|"))
	}
	want := []string{
		"VISA_PROBLEMS|BARRIERS||Visa problems|When a visa is missing.|delays", "REFUSED|BARRIERS|VISA_PROBLEMS|Refused||", "CODE|BARRIERS||签证||",
		"CODE_2|BARRIERS||خوف||", "BAR_TIME|||Time is short||", "REFUSED_2|||Refused||",
	}
	if !reflect.DeepEqual(lines, want) {
		t.Errorf("got  %q\nwant %q", lines, want)
	}
	kinds := map[string]int{}
	for _, f := range findings {
		kinds[f.Kind]++
	}
	if kinds["levels"] != 0 || kinds["colours"] != 1 || kinds["no-terms"] != 6 {
		t.Errorf("findings %v", findings)
	}
}

func TestFamiliesInFamiliesAreWarnedOf(t *testing.T) {
	b := &refi.Codebook{Codes: []refi.Code{{GUID: refi.GUID("1"), Name: "All", Codes: []refi.Code{
		{GUID: refi.GUID("2"), Name: "Barriers", Codes: []refi.Code{{GUID: refi.GUID("3"), Name: "Visas", Codable: true}}},
	}}}}
	got, findings := Read("f.qdc", b, "en")
	if got == nil || got.Codes[0].Family != "BARRIERS" || !slices.ContainsFunc(findings, func(f finding.Finding) bool { return f.Kind == "levels" }) {
		t.Errorf("codebook %+v, findings %v", got, findings)
	}
}

func TestWhatOtherProgramsChangeIsTaken(t *testing.T) {
	out, err := Write(bundled(t), "en")
	if err != nil {
		t.Fatal(err)
	}
	c := &out.Codes[0].Codes[0]
	c.Name = strings.ReplaceAll(c.Name, "National consultations", "Hearings")
	c.Description = strings.ReplaceAll("Another meaning.\n\n"+c.Description[strings.Index(c.Description, "Include"):], "\n", "\r\n")
	out.Codes[0].Codes[1].Description = strings.Replace(out.Codes[0].Codes[1].Description, "terms:", "terms: [", 1)
	got, findings := Read("f.qdc", out, "en")
	if got == nil {
		t.Fatal(findings)
	}
	a, b := got.Codes[0], got.Codes[1]
	if a.Label["en"] != "Hearings" || a.Label["fr"] == "" || a.Definition != "Another meaning." || a.Include == "" || len(a.Terms) != 6 {
		t.Errorf("got %+v", a)
	}
	if b.ID != "STG_SUBMIT" || len(b.Terms) != 0 || len(findings) != 2 {
		t.Errorf("got %+v with findings %v", b, findings)
	}
}

func TestCodesForCodersHoldNoTerms(t *testing.T) {
	b := bundled(t)
	var walk func([]refi.Code) int
	walk = func(list []refi.Code) int {
		n := 0
		for _, c := range list {
			if strings.Contains(c.Description, divider) || strings.Contains(c.Description, "terms:") {
				t.Errorf("the description of %s holds terms", c.Name)
			}
			if c.Codable {
				n++
			}
			n += walk(c.Codes)
		}
		return n
	}
	if n := walk(Codes(b, "fr")); n != len(b.Codes) {
		t.Errorf("%d codes of %d", n, len(b.Codes))
	}
}
