package answers

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/refi"
)

// mark marks the first place of a part in a text.
func mark(coder, code, text, part string) Mark {
	at := strings.Index(text, part)
	return Mark{Coder: coder, Code: code, Start: at, End: at + len(part)}
}

const (
	arabic  = "\ufeffلَم نَحصُل على تأشيرة\r\nولا على مال"
	chinese = "我们没有签证。\r没有钱 👩‍👩‍👧 𠮷"
)

func pack() Pack {
	return Pack{
		Name: "Made up", Origin: "Soundings", Secret: "s", Coders: []string{"Coder A", "Coder B"},
		Codes: []refi.Code{{GUID: refi.GUID("family", "BAR"), Name: "BAR Obstacles", Codes: []refi.Code{
			{GUID: refi.GUID("code", "BAR_VISA"), Name: "BAR_VISA Visas", Codable: true}, {GUID: refi.GUID("code", "BAR_COST"), Name: "BAR_COST", Codable: true},
		}}},
		Variables: []refi.Variable{{Name: "region", Type: "Text"}, {Name: "size", Type: "Integer"}},
		Cases: []Case{
			{Unit: "0002", Values: map[string]string{"region": "Somewhere", "size": "3"}, Answers: []Answer{
				{Item: "why", Text: arabic, Marks: []Mark{mark(Rule, "BAR_VISA", arabic, "تأشيرة"), mark(Rule, "BAR_COST", arabic, "مال"), mark("Coder A", "BAR_VISA", arabic, "تأشيرة")}},
				{Item: "what", Text: "", Marks: []Mark{{Coder: "Coder B", Code: "BAR_COST", Time: "2024-05-01T10:00:00Z"}}},
			}},
			{Unit: "0001", Values: map[string]string{"region": "Elsewhere"}, Answers: []Answer{
				{Item: "why", Text: chinese, Marks: []Mark{mark(Rule, "BAR_COST", chinese, "钱"), mark("Coder B", "BAR_VISA", chinese, "👩‍👩‍👧 𠮷")}},
			}},
		},
	}
}

// back writes the project of a pack, lets another program change it, and reads
// its codings.
func back(t interface {
	Fatal(...any)
}, k Pack, change func(*refi.Project)) ([]Coding, []finding.Finding) {
	p, err := k.Project()
	if err != nil {
		t.Fatal(err)
	}
	content, err := refi.WriteProject(p)
	if err != nil {
		t.Fatal(err)
	}
	p, findings := refi.ReadProject("p.qdpx", content)
	if p == nil || len(findings) > 0 {
		t.Fatal(findings)
	}
	if change != nil {
		change(p)
	}
	return k.Codings("p.qdpx", p, "Coder A")
}

// sentCodings are the codings that a pack holds, in the order in which they come back.
func sentCodings(k Pack) []Coding {
	var out []Coding
	for _, c := range k.Cases {
		for _, a := range c.Answers {
			marks := slices.Clone(a.Marks)
			slices.SortStableFunc(marks, func(a, b Mark) int {
				return slices.Compare([]int{a.Start, a.End, strings.Compare(a.Coder, b.Coder), strings.Compare(a.Code, b.Code)}, []int{b.Start, b.End, 0, 0})
			})
			for _, m := range marks {
				out = append(out, Coding{Unit: c.Unit, Item: a.Item, Coder: m.Coder, Code: m.Code, Start: m.Start, End: m.End, Time: m.Time})
			}
		}
	}
	return out
}

func TestCodingsComeBackWithTheirPlaces(t *testing.T) {
	k := pack()
	got, findings := back(t, k, nil)
	if len(findings) > 0 || !reflect.DeepEqual(got, sentCodings(k)) {
		t.Errorf("got  %v\nwant %v\nfindings %v", got, sentCodings(k), findings)
	}
}

func TestTextsAreWrittenPlain(t *testing.T) {
	p, err := pack().Project()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range p.Files {
		if bytes.ContainsAny(text, "\r") || bytes.HasPrefix(text, []byte("\ufeff")) || !strings.HasSuffix(name, ".txt") || len(name) != 40 {
			t.Errorf("%s holds a mark or CR", name)
		}
	}
	if len(p.Files) != 3 || p.Sources[0].Text.PlainPath != "internal://"+p.Sources[0].Text.GUID+".txt" {
		t.Error("texts are not where they are looked for")
	}
	// The visa stands behind 15 code points of Arabic letters and diacritics.
	if s := p.Sources[0].Text.Selections[0]; s.Start != 15 || s.End != 21 || len(s.Codings) != 2 {
		t.Errorf("got %+v", s)
	}
}

func TestTheSameAnswersGiveTheSameBytes(t *testing.T) {
	write := func(k Pack) []byte {
		p, err := k.Project()
		if err != nil {
			t.Fatal(err)
		}
		content, err := refi.WriteProject(p)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	k := pack()
	if !bytes.Equal(write(k), write(pack())) {
		t.Error("the same answers give other bytes")
	}
	k.Secret = "another"
	p, _ := pack().Project()
	q, _ := k.Project()
	if p.Cases[0].GUID == q.Cases[0].GUID || p.Sources[0].Text.GUID == q.Sources[0].Text.GUID || p.Codes[0].GUID != q.Codes[0].GUID {
		t.Error("the secret does not hide units, or changes codes")
	}
}

func TestCodingsComeBackFromOtherPrograms(t *testing.T) {
	k := pack()
	want := sentCodings(k)
	anew := func(guid string) string { return "{" + strings.ToUpper(refi.GUID("other", refi.Same(guid))) + "}" }
	var codes func([]refi.Code)
	codes = func(list []refi.Code) {
		for i := range list {
			list[i].GUID = anew(list[i].GUID)
			codes(list[i].Codes)
		}
	}
	// new guids for all, texts with a mark and CR LF, positions moved as the program counts them
	got, findings := back(t, k, func(p *refi.Project) {
		codes(p.Codes)
		for i := range p.Users {
			p.Users[i].GUID = anew(p.Users[i].GUID)
		}
		for _, s := range p.Sources {
			content, _ := p.Content(s.Text)
			text := strings.ReplaceAll(string(content), "\n", "\r\n")
			for i := range s.Text.Selections {
				x := &s.Text.Selections[i]
				if before := string([]rune(string(content))[:x.Start]); strings.Contains(before, "\n") {
					x.Start, x.End = x.Start+1, x.End+1
				}
				for j := range x.Codings {
					c := &x.Codings[j]
					c.Code.GUID, c.CreatingUser = anew(c.Code.GUID), anew(c.CreatingUser)
				}
			}
			for j := range s.Text.Codings {
				c := &s.Text.Codings[j]
				c.Code.GUID, c.CreatingUser = anew(c.Code.GUID), anew(c.CreatingUser)
			}
			delete(p.Files, strings.TrimPrefix(s.Text.PlainPath, "internal://"))
			s.Text.GUID = anew(s.Text.GUID)
			s.Text.PlainPath = "internal://" + s.Text.GUID + ".TXT"
			p.Files[strings.ToLower(s.Text.GUID)+".txt"] = []byte("\ufeff" + text + "\r\n")
		}
	})
	if len(findings) > 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v\nfindings %v", got, want, findings)
	}
}

func TestWhatCannotComeBackIsNamed(t *testing.T) {
	first := func(p *refi.Project) *refi.Text { return p.Sources[0].Text }
	for name, c := range map[string]struct {
		change func(*refi.Project)
		want   string // kind of the finding
		count  int    // of codings
		places int    // codings with a place
	}{
		"a changed text":      {func(p *refi.Project) { p.Files[first(p).GUID+".txt"] = []byte("secret") }, "changed-text", 6, 2},
		"a text that is lost": {func(p *refi.Project) { delete(p.Files, first(p).GUID+".txt") }, "", 6, 2},
		"a new text":          {func(p *refi.Project) { first(p).GUID, first(p).Name = refi.GUID("new"), "secret" }, "unknown-source", 3, 2},
		"a new code": {func(p *refi.Project) {
			p.Codes = append(p.Codes, refi.Code{GUID: refi.GUID("mine"), Name: "secret", Codable: true})
			first(p).Selections[0].Codings[0].Code.GUID = refi.GUID("mine")
		}, "unknown-code", 5, 4},
		"a place out of it":  {func(p *refi.Project) { first(p).Selections[1].End = 1000 }, "", 6, 4},
		"another user":       {func(p *refi.Project) { first(p).Selections[1].Codings[0].CreatingUser = refi.GUID("somebody") }, "", 6, 5},
		"a coding once more": {func(p *refi.Project) { s := &first(p).Selections[1]; s.Codings = append(s.Codings, s.Codings[0]) }, "", 6, 5},
	} {
		got, findings := back(t, pack(), c.change)
		places := 0
		for _, g := range got {
			if g.End > 0 {
				places++
			}
		}
		kind := ""
		for _, f := range findings {
			kind += f.Kind
			if strings.Contains(f.String(), "secret") {
				t.Errorf("%s: %s holds words of the project", name, f)
			}
		}
		if kind != c.want || len(got) != c.count || places != c.places {
			t.Errorf("%s: %d codings, %d with places, finding %q; want %d, %d and %q", name, len(got), places, kind, c.count, c.places, c.want)
		}
	}
	got, _ := back(t, pack(), func(p *refi.Project) { first(p).Selections[1].Codings[0].CreatingUser = refi.GUID("somebody") })
	if got[2].Coder != "Coder A" || got[2].Code != "BAR_COST" {
		t.Errorf("a coding by somebody unknown is by %q", got[2].Coder)
	}
}

func TestAPackThatDoesNotFitIsAnError(t *testing.T) {
	for want, change := range map[string]func(*Pack){
		"a code that the codebook lacks":    func(k *Pack) { k.Cases[0].Answers[0].Marks[0].Code = "BAR" },
		"a coder that the project lacks":    func(k *Pack) { k.Cases[0].Answers[0].Marks[0].Coder = "C" },
		"lies outside it":                   func(k *Pack) { k.Cases[0].Answers[0].Marks[0].End = 1000 },
		"within a sign":                     func(k *Pack) { k.Cases[0].Answers[0].Marks[0].Start++ },
		"an answer to what stands twice":    func(k *Pack) { k.Cases[0].Answers = append(k.Cases[0].Answers, Answer{Item: "what"}) },
		"case 2 of the project: mark 1 of ": func(k *Pack) { k.Cases[1].Answers[0].Marks[0].End = 0 },
	} {
		k := pack()
		change(&k)
		if _, err := k.Project(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// Whatever the texts, codings come back to the same bytes.
func TestPlacesSurviveAnyText(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "é", "e\u0301", "لَم", "签", "𠮷", "👩‍👩‍👧", "\r\n", "\n", "\r", " ", "\u200f", "\ufeff", "\t", "&<"})
	rapid.Check(t, func(t *rapid.T) {
		k := pack()
		k.Cases = k.Cases[:1]
		pieces := rapid.SliceOfN(piece, 1, 12).Draw(t, "text")
		from := rapid.IntRange(0, len(pieces)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(pieces)).Draw(t, "to")
		text := strings.Join(pieces, "")
		if strings.Trim(text, "\ufeff") == "" {
			t.Skip("a text of nothing but byte order marks has no places to tell")
		}
		m := Mark{Coder: Rule, Code: "BAR_VISA", Start: len(strings.Join(pieces[:from], "")), End: len(strings.Join(pieces[:to], ""))}
		k.Cases[0].Answers = []Answer{{Item: "why", Text: text, Marks: []Mark{m}}}
		got, _ := back(t, k, nil)
		if len(got) != 1 {
			t.Fatalf("%d codings", len(got))
		}
		// A mark before the text is part of no selection.
		if want, is := flatten(text[m.Start:m.End]).text, flatten(text[got[0].Start:got[0].End]).text; strings.Trim(want, "\ufeff\n") != strings.Trim(is, "\ufeff\n") {
			t.Fatalf("got %q, want %q", is, want)
		}
	})
}
