package commentary

import (
	"strings"
	"testing"
)

func TestReferencesStandInBraces(t *testing.T) {
	pieces, err := Parse("a {item:choice} b { item : c | group : v }{mean}{mean @/@ x %/% NA @/@ NA %/% NA}.")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range pieces {
		switch f := p.Figure; {
		case f == nil:
			got = append(got, p.Words)
		default:
			word := f.Key + f.Item + ":" + f.Choice
			for _, g := range f.Groups {
				word += "|" + g.Item + ":" + g.Value
			}
			got = append(got, word)
		}
	}
	if s := strings.Join(got, "~"); s != "a ~item:choice~ b ~item:c|group:v~mean:~mean @/@ x %/% NA @/@ NA %/% NA:~." {
		t.Errorf("pieces %s", s)
	}
	for _, bad := range []string{"{", "}", "a } b", "{}", "{item:}", "{:x}", "{item:c|group}", "{item:c|:v}", "{a"} {
		if _, err := Parse(bad); err == nil {
			t.Errorf("%q was understood", bad)
		}
	}
}

func TestLinesWithoutTextArePassedOver(t *testing.T) {
	lines, findings := Read("c.csv", []byte("\ufeffplace;kind;text;now\nease;;Words;was\nease;title;;was\nregion;hide;;\n"))
	if len(findings) > 0 || len(lines) != 2 || lines[0].Kind != Comment || lines[0].At.Row != 2 || lines[1].Kind != Hide {
		t.Errorf("%+v %v", lines, findings)
	}
	for _, bad := range []string{"place,txt\n", "place\n", "text\n", "place,text,text\n", "\xff"} {
		if _, findings := Read("c.csv", []byte(bad)); len(findings) != 1 {
			t.Errorf("%q: %v", bad, findings)
		}
	}
}

func TestAnyChangeMakesAnotherLine(t *testing.T) {
	base := Line{Place: "a", Kind: Comment, Language: "en", Text: "b"}
	seen := map[string]bool{base.Fingerprint(): true}
	for _, change := range []func(*Line){
		func(l *Line) { l.Place = "ab" }, func(l *Line) { l.Text = "" }, func(l *Line) { l.Language = "fr" }, func(l *Line) { l.AsOf = "b" }, func(l *Line) { l.Choice = "b" },
	} {
		l := base
		change(&l)
		if seen[l.Fingerprint()] {
			t.Errorf("%+v has the name of another", l)
		}
		seen[l.Fingerprint()] = true
	}
	moved := base
	moved.At.Row = 9
	if !seen[moved.Fingerprint()] {
		t.Error("a line that has moved in its sheet is the same line")
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a {item:choice|group:value} b {x @/@ y}")
	f.Fuzz(func(t *testing.T, text string) {
		pieces, err := Parse(text)
		if err != nil {
			return
		}
		words := ""
		for _, p := range pieces {
			words += p.Words
		}
		if strings.ContainsAny(words, "{}") {
			t.Errorf("%q keeps a brace", text)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("place,text\na,b\n"))
	f.Fuzz(func(_ *testing.T, content []byte) {
		lines, _ := Read("c.csv", content)
		_ = Check(lines)
	})
}
