package trace

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/soundings-survey/soundings/pipeline/ledger"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/table"
)

const (
	shown  = "prop_select_one @/@ ease %/% hard @/@ region %/% north"
	rare   = "prop_select_one @/@ ease %/% easy @/@ region %/% north"
	based  = "prop_select_one @/@ ease %/% NA @/@ region %/% north"
	tested = "test_chisq @/@ ease %/% NA @/@ region %/% NA"
	whole1 = "mean @/@ staff %/% NA @/@ NA %/% NA"
)

// folder is the restricted folder of an invented run, and the public one.
func folder(t *testing.T) (restricted, public fstest.MapFS) {
	t.Helper()
	counts := func(values []string, reasons, counts []int64) []protect.ExactDomain {
		return []protect.ExactDomain{{Values: values, Reasons: reasons, Counts: counts, Figures: make([]string, len(counts))}}
	}
	release, err := protect.EncodeReleases([]protect.Release{{
		Version: protect.ReleaseVersion, Run: 2, Audience: protect.Public, Threshold: 10, Respondents: 60,
		Tables: []protect.Told{
			{
				Row: table.Row{Analysis: table.PropSelectOne, Item: "ease", By: []string{"region"}}, Level: "respondent", Design: table.Stratified, AsOf: 1,
				Choices: []string{"hard", "easy"}, Domains: []protect.ToldDomain{{
					Values: []string{"north"}, Base: protect.ToldNumber{Stat: "base", Value: "44"},
					Figures: []protect.ToldNumber{{Stat: "share", Value: "0.91"}, {Stat: "share"}}, Counts: []protect.ToldNumber{{Stat: "count", Value: "40"}, {Stat: "count"}},
					Methods: []string{"logit", ""}, Missing: make([]protect.ToldNumber, 7),
				}},
				Exact: protect.Exact{Choices: []string{"hard", "easy"}, Domains: counts([]string{"north"}, []int64{45, 3, 2, 0, 1, 0, 0}, []int64{41, 4})},
			},
			{
				Row: table.Row{Analysis: table.Mean, Item: "staff"}, Level: "respondent", Design: table.Stratified,
				Exact: protect.Exact{Choices: []string{""}, Domains: counts(nil, []int64{15, 0, 45, 0, 0, 0, 0}, []int64{15})},
			},
		},
	}})
	if err != nil {
		t.Fatal(err)
	}
	var book bytes.Buffer
	lines := []ledger.Line{
		{Artifact: "report.en", Key: shown, As: "length", Run: 1, At: ledger.At{"region": {"north"}}, Stat: ledger.Pct, Value: "0.91", Status: ledger.Published},
		{Artifact: "report.en", Key: shown, As: "text", Run: 1, Stat: ledger.Pct, Value: "0.91", Status: ledger.Published},
		{Artifact: "report.en", Key: rare, As: "text", Run: 1, Stat: ledger.Pct, Status: ledger.Withheld, Marker: "c"},
		{Artifact: "results", Key: shown, As: "text", Run: 1, Stat: ledger.Count, Value: "40", Status: ledger.Published},
		{Artifact: "results", Key: shown, As: "text", Run: 1, Stat: ledger.Pct + " low", Value: "0.80", Status: ledger.Published},
		{Artifact: "results", Key: shown, As: "text", Run: 1, Stat: ledger.Pct + " high", Value: "0.97", Status: ledger.Published},
		{Artifact: "results", Key: whole1, As: "text", Run: 2, Stat: "figure", Status: ledger.Withheld, Marker: "c"},
		{Artifact: "report.en", Key: "responses analysed", As: "text", Run: 2, Stat: ledger.Count, Value: "60", Status: ledger.Published},
	}
	if err := ledger.Write(&book, ledger.Head{Audience: "public", Threshold: 10, Run: 2}, slices.Values(lines)); err != nil {
		t.Fatal(err)
	}
	restricted = fstest.MapFS{}
	for name, content := range map[string]string{
		"manifest.json":      `{"inputs":[{"name":"answers.csv","bytes":7,"sha256":"abc"}]}`,
		"ingest.json":        `{"files":[{"name":"answers.csv","rows":66,"kept":63,"duplicates":1,"excluded":{"rejected":2},"unlisted_choices":{"ease":3}}]}`,
		"cleaning.json":      `{"changes":[{"item":"ease","issue":"white space","count":4},{"item":"other","issue":"white space","count":9}]}`,
		"quality.json":       `{"received":66,"analysed":60,"aside":[{"reason":"noconsent","count":3}]}`,
		"weights.json":       `{"method":"raking","min":0.5,"max":2,"effective_base":50,"deff":1.2}`,
		"release.json":       string(release),
		"ledger.json":        book.String(),
		"findings.csv":       "\ufeffkind,problem\ntable-withheld,The table " + whole1 + " is withheld whole. There are too few respondents.\n",
		"results-exact.json": `[{"analysis_type":"prop_select_one","analysis_var":"ease","analysis_var_value":"hard","group_var":"region","group_var_value":"north","stat":0.911,"n":41,"n_total":45,"n_w":50.5,"n_w_total":55,"analysis_key":"` + shown + `","level":"respondent","ci_method":"logit"},{"analysis_type":"prop_select_one","analysis_var":"ease","analysis_var_value":"easy","group_var":"region","group_var_value":"north","stat":0.089,"n":4,"n_total":45,"analysis_key":"` + rare + `"},{"analysis_type":"test_chisq","analysis_var":"ease","analysis_var_value":"NA","group_var":"region","group_var_value":"NA","stat":3.2,"n_total":90,"p":0.04,"analysis_key":"` + tested + `"},{"analysis_type":"mean","analysis_var":"staff","analysis_var_value":"NA","group_var":"NA","group_var_value":"NA","stat":3.5,"n":15,"n_total":15,"analysis_key":"` + whole1 + `"}]`,
	} {
		restricted[name] = &fstest.MapFile{Data: []byte(content)}
	}
	public = fstest.MapFS{"codebook.xml": &fstest.MapFile{Data: []byte(`<codeBook xmlns="ddi:codebook:2_5" xml:lang="fr"><dataDscr>
<var ID="V1" name="easiness"><qstn><qstnLit xml:lang="fr">Était-ce facile ?</qstnLit></qstn></var>
<var ID="V2" name="ease"><labl xml:lang="en">Ease</labl><labl xml:lang="fr">Facilité</labl><universe>${x} = 1</universe><catgry><catValu>hard</catValu><labl xml:lang="fr">Difficile</labl></catgry><derivation var="V1"><drvdesc>made of easiness</drvdesc></derivation></var>
</dataDscr></codeBook>`)}}
	return restricted, public
}

func record(t *testing.T) *Record {
	t.Helper()
	restricted, public := folder(t)
	r, err := Read(2, restricted, public)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAFigureIsFollowedDownToItsCounts(t *testing.T) {
	got := record(t).Follow(shown)
	f := got.Figure
	if f == nil || f.Items[0].Wording != "Facilité" || f.Items[0].Of == nil || f.Items[0].Of.Wording != "Était-ce facile ?" || f.Choice == nil || f.Choice.Label != "Difficile" || len(f.Among) != 1 || f.Among[0].Choice.Name != "north" {
		t.Fatalf("the figure is %+v", f)
	}
	if i := f.Items[0]; len(i.Changes) != 1 || i.Changes[0] != (Count{"white space", 4}) || i.Unlisted != 3 || i.Asked[0] != "${x} = 1" {
		t.Errorf("the item is %+v", i)
	}
	c := got.Counted
	if *c.N != 41 || *c.Base != 45 || *c.Weighted != 50.5 || c.Design != "stratified" || c.Weights.Method != "raking" || c.Interval != "logit" || counts(c.Missing) != "not asked 3, not answered 2, refused 0, don't know 1, not applicable 0, invalid 0" {
		t.Errorf("counted: %+v", c)
	}
	o := got.Outcomes[0]
	if o.Status != "published" || o.Shown != "0.91" || o.Low != "0.80" || o.High != "0.97" || o.Held != 1 || len(o.Stands) != 2 || o.Stands[0].Artifact != "report.en" || strings.Join(o.Stands[0].As, " ") != "length text" {
		t.Errorf("outcome: %+v", o)
	}
	if text := got.Text(); !strings.Contains(text, "1: it is the figure of that run; the counts above are of run 2") || !strings.Contains(text, "report.en: pct 0.91 (length, text)") {
		t.Errorf("the text is\n%s", text)
	}
	if s := got.Source; s.Inputs[0].SHA256 != "abc" || s.Files[0].Excluded[0] != (Count{"rejected", 2}) || s.Aside[0] != (Count{"noconsent", 3}) || s.Analysed != 60 {
		t.Errorf("source: %+v", s)
	}
	if !got.Restricted || !strings.Contains(got.Text(), "NOT TO BE PUBLISHED") {
		t.Error("four are left of the base, and nothing says so")
	}
}

func TestWhyAFigureIsWithheldIsSaid(t *testing.T) {
	r := record(t)
	if o := r.Follow(rare).Outcomes[0]; o.Status != "withheld" || !strings.Contains(o.Why, "fewer respondents than the threshold made the choice") || o.Shown != "" {
		t.Errorf("a rare choice: %+v", o)
	}
	if o := r.Follow(whole1).Outcomes[0]; o.Status != "withheld" || o.Why != "the table is withheld whole. There are too few respondents." {
		t.Errorf("a whole table: %+v", o)
	}
	n := func(v int64) *int64 { return &v }
	for _, c := range []struct {
		of   *Counted
		want string
	}{
		{&Counted{N: n(12), Base: n(19)}, "twice the threshold"},
		{&Counted{N: n(40), Base: n(44)}, "are left"},
		{&Counted{N: n(20), Base: n(44)}, "could be worked out"},
		{nil, "could be worked out"},
	} {
		if got := why(c.of, 10); !strings.Contains(got, c.want) {
			t.Errorf("%+v: %q", c.of, got)
		}
	}
}

func TestBasesTestsAndTheAccountAreFollowedToo(t *testing.T) {
	r := record(t)
	if got := r.Follow(based); got.Counted == nil || *got.Counted.Base != 45 || got.Counted.N != nil || got.Figure.Choice != nil {
		t.Errorf("a base: %+v", got.Counted)
	}
	if got := r.Follow(tested); got.Counted == nil || *got.Counted.P != 0.04 || got.Figure.Among[0].Item.Name != "region" || got.Outcomes[0].Status != "not written" {
		t.Errorf("a test: %+v", got)
	}
	if got := r.Follow("responses analysed"); got.Figure != nil || got.Counted != nil || got.Outcomes[0].Shown != "60" || got.Restricted {
		t.Errorf("the account: %+v", got)
	}
}

func TestKeysAreFoundByWhatIsKnownOfThem(t *testing.T) {
	r := record(t)
	for word, want := range map[string]string{
		shown: shown, "  " + strings.ReplaceAll(shown, " ", "  "): shown, "mean": whole1, "staff": whole1, "responses": "responses analysed", "%/% hard @/@": shown,
	} {
		if got, err := r.Find(word); err != nil || got != want {
			t.Errorf("%q: %q, %v", word, got, err)
		}
	}
	for word, want := range map[string]string{"prop_select_one": shown, "stafff": whole1, "prop_select_one @/@ eese %/% hard @/@ region %/% north": shown, "mean @/@ staff %/% 4": whole1} {
		_, err := r.Find(word)
		var missed *NotFound
		if !errors.As(err, &missed) || len(missed.Near) == 0 || missed.Near[0] != want {
			t.Errorf("%q: %v", word, err)
		}
	}
	var missed *NotFound
	if _, err := r.Find("zzzzzzzzzz"); !errors.As(err, &missed) || len(missed.Near) > 0 {
		t.Errorf("a word like nothing: %v", err)
	}
	if _, err := r.Find(" "); !errors.As(err, &missed) {
		t.Errorf("nothing: %v", err)
	}
}

func TestFiguresOfAnArtifactAreListed(t *testing.T) {
	r := record(t)
	got, err := r.Of("report.en")
	if err != nil || len(got) != 3 || got[0].Key != shown || got[1].Status != "withheld" || !strings.Contains(List(got), "published  responses analysed  count 60") {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := r.Of("reprt.en"); err == nil || !strings.Contains(err.Error(), `Did you mean "report.en"?`) {
		t.Errorf("%v", err)
	}
}

func TestWhatIsGoneOrDamagedIsNamed(t *testing.T) {
	for name, gone := range map[string]bool{"manifest.json": true, "results-exact.json": true, "ledger.json": true, "release.json": true, "findings.csv": true, "coding.json": false, "weights.json": false} {
		restricted, public := folder(t)
		delete(restricted, name)
		if _, err := Read(2, restricted, public); errors.Is(err, ErrGone) != gone || !gone && err != nil || gone && !strings.Contains(err.Error(), name) {
			t.Errorf("without %s: %v", name, err)
		}
	}
	for _, name := range []string{"manifest.json", "results-exact.json", "ledger.json", "release.json", "quality.json", "findings.csv"} {
		restricted, public := folder(t)
		restricted[name] = &fstest.MapFile{Data: []byte(`{"secret`)}
		if _, err := Read(2, restricted, public); err == nil || errors.Is(err, ErrGone) || strings.Contains(err.Error(), "secret") {
			t.Errorf("with a damaged %s: %v", name, err)
		}
	}
	restricted, _ := folder(t)
	r, err := Read(2, restricted, fstest.MapFS{})
	if err != nil || r.Follow(shown).Figure.Items[0].Name != "ease" {
		t.Errorf("without the public folder: %v", err)
	}
}
