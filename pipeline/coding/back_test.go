package coding

import (
	"fmt"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

const story = "The visa came too late."

// about is the answer that is coded in these tests.
func about() About {
	return About{Unit: Unit{"r1", "story"}, Language: "en", Text: story, Rule: []string{"BAR_VISA"}, Redacted: func() string { return "The visa came [when]." }}
}

func returned(coder, text string, codes ...string) Returned {
	return Returned{File: coder + ".xlsx", Row: 2, Name: Key("k").Name(about().Unit), Coder: coder, Codes: codes, Text: text, HasText: true}
}

func kinds(f []finding.Finding) string {
	var out []string
	for _, one := range f {
		out = append(out, one.Kind)
		if strings.Contains(one.String(), "visa") {
			out = append(out, "WORDS OF THE ANSWER")
		}
	}
	return strings.Join(out, " ")
}

func TestWhatComesBackIsComparedWithTheAnswer(t *testing.T) {
	k := Key("k")
	given := Assigned{Unit: about().Unit, Name: k.Name(about().Unit), Language: "es", Coder: "ana", Batch: 1, Drawn: true, Given: k.Mark("The visa came ..."), Answer: k.Mark(story)}
	before := given
	before.Answer = k.Mark("Another answer.")
	unclear, untold, drawn := returned("bo", story), returned("ana", "", "X"), returned("ana", story, "X")
	unclear.Flag, untold.HasText, drawn.Drawn = Unclear, false, true
	for name, c := range map[string]struct {
		codes, decisions []Returned
		assigned         []Assigned
		want             string // final codes, whether sampled, language
		gathered, looked string // kinds of findings
	}{
		"as it was":                          {[]Returned{returned("ana", story, "X")}, nil, nil, "[X] false en", "", ""},
		"with other blanks":                  {[]Returned{returned("ana", " The visa\r\n came too late. ", "X")}, nil, nil, "[X] false en", "", ""},
		"without identities":                 {[]Returned{returned("ana", "The visa came [when].", "X")}, nil, nil, "[X] false en", "", ""},
		"as it was given":                    {[]Returned{returned("ana", "The visa came ...", "X")}, nil, []Assigned{given}, "[X] true en", "", ""},
		"not as it was":                      {[]Returned{returned("ana", "The visa came.", "X")}, nil, []Assigned{given}, "[BAR_VISA] true en", "", "coded-other-answer"},
		"changed since":                      {[]Returned{returned("ana", "Another answer.", "X")}, nil, []Assigned{before}, "[BAR_VISA] true en", "", "coded-changed-answer"},
		"changed since, and not compared":    {[]Returned{untold}, nil, []Assigned{before}, "[BAR_VISA] true en", "", "coded-changed-answer"},
		"not compared":                       {[]Returned{untold}, nil, nil, "[X] false en", "", ""},
		"drawn, as the file says":            {[]Returned{drawn}, nil, nil, "[X] true en", "", ""},
		"by somebody else":                   {[]Returned{returned("bo", story, "X")}, nil, []Assigned{given}, "[X] true en", "coded-not-assigned", ""},
		"one who cannot tell":                {[]Returned{unclear, returned("ana", story, "X")}, nil, nil, "[X] false en", "", ""},
		"the same twice":                     {[]Returned{returned("ana", story, "X"), returned("ana", story, "X")}, nil, nil, "[X] false en", "coded-twice", ""},
		"decided":                            {[]Returned{returned("ana", story, "X"), returned("bo", story, "Y")}, []Returned{returned("", story, "Z")}, nil, "[Z] false en", "", ""},
		"decided that none fits":             {[]Returned{returned("ana", story, "X")}, []Returned{returned("", story)}, nil, "[] false en", "", ""},
		"decided about an answer that moved": {[]Returned{returned("ana", story, "X")}, []Returned{returned("", "Other words.", "Z")}, nil, "[X] false en", "", "coded-other-answer"},
	} {
		back, findings := Gather(k, c.codes, c.decisions, c.assigned)
		if got := kinds(findings); got != c.gathered {
			t.Errorf("%s: gathering finds %q, want %q", name, got, c.gathered)
		}
		a, unit, findings, ok := back.Look(about())
		if got := fmt.Sprintf("%v %v %s", a.Final, a.Sampled, a.Language); !ok || unit != k.Name(about().Unit) || got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if got := kinds(findings); got != c.looked {
			t.Errorf("%s: looking finds %q, want %q", name, got, c.looked)
		}
	}
}

func TestWhoSaysTwoThingsIsRefused(t *testing.T) {
	_, findings := Gather(Key("k"), []Returned{returned("ana", story, "X"), returned("ana", story, "Y")}, nil, nil)
	if !finding.Refused(findings) || kinds(findings) != "coded-twice" {
		t.Errorf("got %v", findings)
	}
}

func TestAnswersThatAreNotThereAreTold(t *testing.T) {
	k := Key("k")
	unknown, elsewhere := returned("ana", story, "X"), returned("bo", story, "X")
	elsewhere.UUID, elsewhere.Name = "1", "uelse"
	for name, c := range map[string]struct {
		seen      map[string]bool
		forgotten bool
		assigned  []Assigned
		want      string
	}{
		"seen":                 {map[string]bool{unknown.Name: true, "uelse": true}, false, nil, ""},
		"of nobody":            {nil, false, nil, "coded-unknown-unit coded-gone"},
		"forgotten":            {nil, true, nil, "coded-gone coded-gone"},
		"that were given once": {nil, false, []Assigned{{Name: unknown.Name, Coder: "ana"}}, "coded-gone coded-gone"},
	} {
		back, _ := Gather(k, []Returned{unknown, elsewhere}, nil, c.assigned)
		if got := kinds(back.Unmet(c.seen, func(string) bool { return c.forgotten })); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAnswersFromElsewhereMayHaveSeveralNames(t *testing.T) {
	k := Key("k")
	r := returned("ana", story, "X")
	r.UUID, r.Also, r.Name = "1", []string{r.Name}, "uother"
	back, _ := Gather(k, []Returned{r}, nil, nil)
	a, name, _, ok := back.Look(about())
	if !ok || name != "uother" || fmt.Sprint(a.Final) != "[X]" || len(back.Unmet(map[string]bool{name: true}, nil)) > 0 {
		t.Errorf("%v, %s, %v", a.Final, name, ok)
	}
}

func TestAllThatIsSaidOfAnAnswerMeetsUnderAnyOfItsNames(t *testing.T) {
	k := Key("k")
	pack := returned("bo", story, "X")
	elsewhere := returned("ana", story, "X", "Y")
	elsewhere.UUID, elsewhere.Name, elsewhere.Also = "1", "uother", []string{pack.Name, "uthird"}
	decided, before := returned("", story, "Z"), returned("", story, "Z")
	before.Name = "uother" // as a workbook has it that was written before there were packs
	given := Assigned{Unit: about().Unit, Name: pack.Name, Coder: "bo", Drawn: true, Given: k.Mark(story), Answer: k.Mark(story)}
	other := given
	other.Coder = "ana"
	for name, c := range map[string]struct {
		codes, decisions []Returned
		assigned         []Assigned
		want             string // coders, final codes, whether sampled
	}{
		"from elsewhere, of an answer that was assigned": {[]Returned{elsewhere}, nil, []Assigned{other}, "[{ana [X Y]}] [X Y] true"},
		"from elsewhere and of a pack":                   {[]Returned{elsewhere, pack}, nil, []Assigned{given, other}, "[{ana [X Y]} {bo [X]}] [X] true"},
		"of a pack whose assignment is lost":             {[]Returned{elsewhere, pack}, nil, nil, "[{ana [X Y]} {bo [X]}] [X] false"},
		"and decided":                                    {[]Returned{elsewhere}, []Returned{decided}, nil, "[{ana [X Y]}] [Z] false"},
		"and decided under another name":                 {[]Returned{elsewhere, pack}, []Returned{before}, []Assigned{given, other}, "[{ana [X Y]} {bo [X]}] [Z] true"},
	} {
		back, findings := Gather(k, c.codes, c.decisions, c.assigned)
		a, unit, looked, ok := back.Look(about())
		if got := fmt.Sprint(a.Coders, a.Final, a.Sampled); !ok || got != c.want || len(findings)+len(looked) > 0 {
			t.Errorf("%s: %s, %v %v, want %s", name, got, findings, looked, c.want)
		}
		if left := back.Unmet(map[string]bool{unit: true}, func(string) bool { return false }); len(left) > 0 {
			t.Errorf("%s: %v", name, left)
		}
	}
}

func TestWhoCodedElsewhereWhatOthersWereGivenIsTold(t *testing.T) {
	k := Key("k")
	name := k.Name(about().Unit)
	r := returned("ana", story, "X")
	r.UUID, r.Name, r.Also = "1", "uother", []string{name}
	_, findings := Gather(k, []Returned{r}, nil, []Assigned{{Unit: about().Unit, Name: name, Coder: "bo"}})
	if got := kinds(findings); got != "coded-not-assigned" {
		t.Errorf("finds %q", got)
	}
}

func TestTheAnswerOfAnotherWaveHasNotWhatIsSaidOfThis(t *testing.T) {
	k := Key("k")
	pack, elsewhere, wave := returned("bo", story, "X"), returned("ana", story, "X"), about()
	wave.Response, wave.Text = "r2", "All went well."
	elsewhere.UUID, elsewhere.Also = "1", []string{k.Name(wave.Unit)}
	back, _ := Gather(k, []Returned{pack, elsewhere}, nil, nil)
	if _, _, findings, ok := back.Look(wave); ok || len(findings) > 0 || back.Knows(wave.Unit) {
		t.Errorf("%v", findings)
	}
}

func TestSheetsFromElsewhereAreRead(t *testing.T) {
	book := NewBook(madeUpCodes())
	for name, c := range map[string]struct {
		content, want, kinds string
	}{
		"by _uuid":            {"_uuid,item,coder,codes,flag,drawn\n1,story,ANA,BAR_VISA;BAR_FUND,,random\n2,story,ana,,none,\n3,story,ana,,,\n", "[1 ana [BAR_FUND BAR_VISA] true] [2 ana [] false]", "coded-open"},
		"no coder":            {"_uuid,item,codes\n1,story,BAR_VISA\n", "", "coded-columns"},
		"no unit":             {"coder,codes\nana,BAR_VISA\n", "", "coded-columns"},
		"a column twice":      {"unit,unit,coder,codes\nu1,u1,ana,BAR_VISA\n", "", "coded-columns"},
		"nothing":             {"", "", "coded-empty"},
		"no sheet":            {"PK\x03\x04", "", "coded-unreadable"},
		"all that is wrong":   {"unit,coder,code_1,flag\nu1,ana,BAR_VISE,\nu2,anna,BAR_VISA,\nu3,ana,BAR_VISA,none\n,ana,BAR_VISA,\nu5,,BAR_VISA,\nu6,ana,,maybe\n", "", "coded-unknown-code coded-unknown-coder coded-contradiction coded-no-unit coded-no-coder coded-flag"},
		"two codes, one name": {"unit,coder,code_1\nu1,ana,Money\n", "", "coded-unknown-code"},
	} {
		got, findings := Read("codes.csv", []byte(c.content), book, []Coder{{Name: "ana"}}, false)
		var said []string
		for _, r := range got {
			said = append(said, fmt.Sprint("[", r.UUID, " ", r.Coder, " ", r.Codes, " ", r.Drawn, "]"))
		}
		if strings.Join(said, " ") != c.want || kinds(findings) != c.kinds {
			t.Errorf("%s: %v, %q, want %s, %q", name, said, kinds(findings), c.want, c.kinds)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("unit,coder,code_1,flag\nu1,ana,BAR_VISA,\n"))
	f.Add([]byte("_uuid,item,coder,codes\n1,story,ana,BAR_VISA;BAR_FUND\n"))
	f.Add([]byte("PK\x03\x04"))
	book := NewBook(madeUpCodes())
	f.Fuzz(func(t *testing.T, content []byte) {
		got, findings := Read("f", content, book, nil, false)
		for _, r := range got {
			if r.Row < 2 || (len(r.Codes) == 0) == (r.Flag == NoFlag) {
				t.Fatalf("row %d says nothing", r.Row)
			}
		}
		if got == nil && len(findings) == 0 && len(content) == 0 {
			t.Fatal("nothing was read, and nothing said of it")
		}
	})
}

func TestAssignmentsComeBack(t *testing.T) {
	all := []Assigned{
		{Unit: Unit{"r2", "b"}, Name: "u2", Language: "ar", Coder: "ana", Batch: 2, Drawn: true, Given: "g", Answer: "a", Reason: "=they agreed, all"},
		{Unit: Unit{"r1", "a"}, Name: "u1", Coder: "bo", Batch: 1},
	}
	var b strings.Builder
	if err := WriteAssignment(&b, all); err != nil {
		t.Fatal(err)
	}
	got, err := ReadAssignment([]byte(b.String()))
	if err != nil || fmt.Sprint(got) != fmt.Sprint([]Assigned{all[1], all[0]}) {
		t.Errorf("%v, %v", got, err)
	}
	for _, content := range []string{"a,b\n", b.String() + "x\n", strings.Replace(b.String(), ",2,random", ",0,random", 1)} {
		if _, err := ReadAssignment([]byte(content)); err == nil {
			t.Errorf("%q is read", content)
		}
	}
}
