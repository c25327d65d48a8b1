package ddi

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// schema is what the schema of DDI-Codebook 2.5 says of the children of each
// element that is written: their order; those with ? stand once at most. Other
// elements hold text alone.
var schema = map[string]string{
	"codeBook":   "docDscr? stdyDscr fileDscr dataDscr otherMat",
	"stdyDscr":   "citation studyAuthorization stdyInfo studyDevelopment method dataAccs othrStdyMat notes",
	"citation":   "titlStmt? rspStmt? prodStmt? distStmt? serStmt verStmt biblCit holdings notes",
	"titlStmt":   "titl? subTitl altTitl parTitl IDNo",
	"verStmt":    "version? verResp notes",
	"stdyInfo":   "studyBudget subject abstract sumDscr qualityStatement notes exPostEvaluation",
	"sumDscr":    "timePrd collDate nation geogCover geogUnit geoBndBox? boundPoly anlyUnit universe dataKind",
	"method":     "dataColl notes anlyInfo? stdyClas",
	"dataColl":   "timeMeth dataCollector collectorTraining frequenc sampProc sampleFrame targetSampleSize deviat collMode resInstru instrumentDevelopment sources? collSitu actMin ConOps weight cleanOps",
	"dataAccs":   "setAvail useStmt notes",
	"useStmt":    "confDec? specPerm? restrctn? contact citReq? deposReq? conditions? disclaimer?",
	"fileDscr":   "fileTxt locMap? notes",
	"fileTxt":    "fileName? fileCitation? fileCont? fileStrc? dimensns? fileType? format? filePlac? dataChck ProcStat? dataMsng? software verStmt?",
	"dataDscr":   "varGrp nCubeGrp var nCube notes",
	"varGrp":     "labl txt concept defntn universe notes",
	"var":        "location labl imputation? security? embargo? respUnit? anlysUnit? qstn valrng invalrng undocCod universe TotlResp? sumStat txt stdCatgry catgryGrp catgry codInstr verStmt concept derivation? varFormat? geoMap catLevel notes",
	"qstn":       "preQTxt qstnLit postQTxt forward backward ivuInstr",
	"invalrng":   "item key notes",
	"item":       "",
	"catgry":     "catValu? labl txt catStat mrow?",
	"derivation": "drvdesc? drvcmd?",
	"otherMat":   "typ? labl txt? notes table citation? otherMat",
}

// holds checks a codebook against the schema, and that it says nothing of answers.
func holds(t interface{ Errorf(string, ...any) }, content []byte) (elements map[string]int) {
	type open struct {
		name string
		at   int // place among the children it may have
		last string
	}
	elements = map[string]int{}
	ids, refs := map[string]bool{}, []string{}
	stack := []open{{name: "", at: 0}}
	in := xml.NewDecoder(bytes.NewReader(content))
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Errorf("the codebook is no XML: %v", err)
			return elements
		}
		switch x := token.(type) {
		case xml.StartElement:
			name := x.Name.Local
			elements[name]++
			if x.Name.Space != namespace {
				t.Errorf("%s is in the namespace %q", name, x.Name.Space)
			}
			if top := &stack[len(stack)-1]; top.name != "" {
				order := strings.Fields(schema[top.name])
				at := slices.IndexFunc(order, func(o string) bool { return strings.TrimSuffix(o, "?") == name })
				switch {
				case at < 0:
					t.Errorf("%s may not stand in %s", name, top.name)
				case at < top.at:
					t.Errorf("%s stands after %s in %s", name, top.last, top.name)
				case top.last == name && strings.HasSuffix(order[at], "?"):
					t.Errorf("%s stands twice in %s", name, top.name)
				}
				top.at, top.last = at, name
			}
			for _, a := range x.Attr {
				switch a.Name.Local {
				case "ID":
					if ids[a.Value] {
						t.Errorf("two elements have the ID %s", a.Value)
					}
					ids[a.Value] = true
				case "var", "varGrp", "files", "wgt-var":
					refs = append(refs, strings.Fields(a.Value)...)
				case "lang":
					if !tags.MatchString(a.Value) {
						t.Errorf("%q is no language", a.Value)
					}
				}
			}
			stack = append(stack, open{name: name})
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
	for _, ref := range refs {
		if !ids[ref] {
			t.Errorf("nothing has the ID %s", ref)
		}
	}
	for _, bad := range []string{"catStat", "sumStat", "dimensns", "TotlResp", "valrng"} {
		if elements[bad] > 0 {
			t.Errorf("the codebook says something of the answers: %s", bad)
		}
	}
	return elements
}

func whole(t *testing.T) *survey.Survey {
	t.Helper()
	score := 2.0
	s, findings := survey.New(survey.Survey{
		ID: "form", Version: "3", Default: "en", Languages: []survey.Language{{Tag: "en"}, {Tag: "ar"}, {Tag: "not a tag"}},
		Title:  survey.Text{"en": "A <survey> & more", "ar": "مسح", "fr": "Une enquête"},
		Levels: []survey.Level{{Name: "respondent", Parent: -1}, {Name: "rec", Parent: 0}},
		Groups: []survey.Group{{Name: "a", Path: "a", Label: survey.Text{"en": "A"}}, {Name: "b", Path: "a/b"}, {Name: "empty", Path: "empty"}},
		Lists: []*survey.ChoiceList{survey.NewChoiceList("l", []survey.Choice{
			{Name: "1", Label: survey.Text{"en": "One", "ar": "واحد"}, Score: &score}, {Name: "2", Score: &score}, {Name: "dk", Missing: survey.DontKnow},
		})},
		Items: []survey.Item{
			{Name: "q1", Type: survey.SelectOne, List: "l", Path: "a/b/q1", Label: survey.Text{"en": "Question?", "ar": "سؤال؟"}, Hint: survey.Text{"en": "Think."}, Relevant: []string{"${w} > 1", "${q2} = 'x'"}, Filter: "region = ${q2}"},
			{Name: "q2", Type: survey.SelectMultiple, List: "l", Path: "q2", Short: survey.Text{"not a tag": "Short"}},
			{Name: "w", Type: survey.Decimal, Path: "w", Constraint: ". > 0", Message: survey.Text{"en": "Positive."}, Missing: []survey.MissingNumber{{Number: 999, Reason: survey.Refused}}},
			{Name: "name", Type: survey.OpenText, Path: "name", Role: survey.Identifying, Label: survey.Text{"en": "Who are you?"}},
			{Name: "place", Type: survey.GPS, Path: "place"},
			{Name: "n", Type: survey.Integer, Level: 1, Path: "a/n"},
			{Name: "sum", Type: survey.Calculated, Path: "sum", Calculate: "${w} * 2"},
			{Name: "made", Type: survey.SelectOne, List: "l", Path: "made", Derived: "q1"},
			{Name: "day", Type: survey.Date, Path: "day"},
		},
	})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return s
}

func input(s *survey.Survey) Input {
	return Input{
		Survey: s, Design: table.Stratified, Weight: "w", Public: []string{"results.csv"},
		Files: []File{{"clean.parquet", 0, func(name string) bool { return name != "made" }}, {"clean-rec.parquet", 1, func(string) bool { return true }}},
	}
}

func written(t *testing.T, in Input) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, in); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestACodebookSaysWhatTheFormSays(t *testing.T) {
	content := written(t, input(whole(t)))
	elements := holds(t, []byte(content))
	for _, want := range []string{
		`<titl xml:lang="en">A &lt;survey&gt; &amp; more</titl>`, `<parTitl xml:lang="ar">مسح</parTitl>`, `<parTitl xml:lang="fr">Une enquête</parTitl>`,
		`<version>3</version>`, `<sampProc>stratified random sample</sampProc>`, `<weight>Figures are weighted by w.</weight>`,
		`<var ID="V1" name="q1" wgt-var="V3" files="F1" intrvl="discrete" nature="ordinal" representationType="code">`,
		`<qstnLit xml:lang="ar">سؤال؟</qstnLit>`, `<ivuInstr xml:lang="en">Think.</ivuInstr>`,
		`<universe>${w} &gt; 1</universe>`, `<universe>${q2} = &#39;x&#39;</universe>`, `<notes type="choices offered">region = ${q2}</notes>`,
		`<catgry missing="Y" missType="don&#39;t know">`, `<txt>score 2</txt>`,
		`<labl>Short</labl>`, `<qstn responseDomainType="category">`,
		`name="w" wgt="wgt"`, `<item VALUE="999"></item>`, `<key>999 refused</key>`, `<notes type="constraint message" xml:lang="en">Positive.</notes>`,
		`<varGrp ID="G1" type="section" var="V4" varGrp="G2" name="a">`, `name="n" files="F2"`,
		`<drvcmd>${w} * 2</drvcmd>`, `<derivation var="V1">`, `representationType="datetime"`, `<otherMat level="study" URI="results.csv">`,
	} {
		if !strings.Contains(content, want) {
			t.Errorf("the codebook lacks %s", want)
		}
	}
	if elements["var"] != 7 || elements["fileDscr"] != 2 || elements["varGrp"] != 2 {
		t.Errorf("%d variables, %d files, %d groups", elements["var"], elements["fileDscr"], elements["varGrp"])
	}
	if strings.Contains(content, "Who are you?") || strings.Contains(content, "place") {
		t.Error("what identifies, or is set aside, is no variable")
	}
	if again := written(t, input(whole(t))); again != content {
		t.Error("two codebooks of one survey differ")
	}
}

func TestTheCodebookOfTheExampleHoldsAgainstTheSchema(t *testing.T) {
	name := filepath.Join("..", "..", "data", "form.xlsx")
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := xlsform.Read(xlsform.Files{Workbook: xlsform.File{Name: name, Content: content}})
	if err != nil || s == nil {
		t.Fatal(err)
	}
	in := Input{Survey: s, Files: []File{{"clean.parquet", 0, func(string) bool { return true }}}}
	book := written(t, in)
	elements := holds(t, []byte(book))
	for _, l := range s.Languages {
		if !strings.Contains(book, `<qstnLit xml:lang="`+l.Tag+`">`) {
			t.Errorf("no question is asked in %s", l.Tag)
		}
	}
	if elements["var"] < 10 || elements["universe"] == 0 || elements["catgry"] < 20 {
		t.Errorf("the codebook holds %v", elements)
	}
}

func TestAnySurveyHoldsAgainstTheSchema(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SampledFrom([]string{"", "a", "<&>\"'", "\x01\ufffe", "سؤال", " "})
		text := rapid.MapOf(rapid.SampledFrom([]string{"en", "ar", "", "x y", "zh-Hant"}), words)
		types := []survey.Type{survey.SelectOne, survey.Integer, survey.OpenText, survey.Note, survey.Calculated, survey.Rank, survey.Time}
		s := survey.Survey{Default: words.Draw(t, "default"), Title: text.Draw(t, "title"), ID: words.Draw(t, "id")}
		s.Lists = []*survey.ChoiceList{survey.NewChoiceList("l", []survey.Choice{{Name: words.Draw(t, "choice"), Label: text.Draw(t, "label")}})}
		for i := range rapid.IntRange(0, 6).Draw(t, "items") {
			s.Items = append(s.Items, survey.Item{
				Name: string(rune('a' + i)), Type: rapid.SampledFrom(types).Draw(t, "type"), List: "l", Label: text.Draw(t, "question"), Hint: text.Draw(t, "hint"),
				Path: rapid.SampledFrom([]string{"", "g/", "g/h/", "lost/"}).Draw(t, "path") + string(rune('a'+i)), Derived: rapid.SampledFrom([]string{"", "a", "rule"}).Draw(t, "derived"),
				Constraint: words.Draw(t, "constraint"), Message: text.Draw(t, "message"), Calculate: words.Draw(t, "calculate"),
			})
		}
		s.Groups = []survey.Group{{Name: "g", Path: "g"}, {Name: "h", Path: "g/h", Label: text.Draw(t, "group")}, {Name: "h", Path: "g/h"}}
		whole, _ := survey.New(s)
		var b bytes.Buffer
		if err := Write(&b, Input{Survey: whole, Weight: "b"}); err != nil {
			t.Fatal(err)
		}
		holds(t, b.Bytes())
	})
}
