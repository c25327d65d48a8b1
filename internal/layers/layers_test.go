// Package layers tests that packages import only what they may: nouns know of
// nothing above them, a stage knows of no other stage, and each library that
// could spread has one place.
package layers

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/soundings-survey/soundings/"

// may says which packages of ours a package (and those below it) may import.
// A package that is not listed fails the test: say where it belongs.
var may = map[string][]string{
	"pipeline/finding":     nil,
	"pipeline/expr":        nil,
	"pipeline/strictyaml":  {"pipeline/finding", "pipeline/spelling"},
	"pipeline/cleaninglog": {"pipeline/finding", "pipeline/ingest/records", "pipeline/sheet"},
	"pipeline/spelling":    nil,
	"pipeline/sheet":       nil,
	"pipeline/brand":       {"pipeline/chart"},
	"pipeline/commentary":  {"pipeline/finding", "pipeline/survey", "pipeline/sheet"},

	"pipeline/survey":          {"pipeline/finding", "pipeline/spelling"},
	"pipeline/survey/xlsform":  {"pipeline/finding", "pipeline/survey", "pipeline/expr", "pipeline/sheet"},
	"pipeline/survey/draft":    {"pipeline/finding", "pipeline/survey"},
	"pipeline/dataset":         {"pipeline/finding", "pipeline/survey"},
	"pipeline/dataset/foreign": nil,
	"pipeline/table":           {"pipeline/finding", "pipeline/survey", "pipeline/sheet", "pipeline/spelling"},
	"pipeline/table/gotaframe": {"pipeline/table", "pipeline/sheet"},
	"pipeline/ddi":             {"pipeline/survey", "pipeline/table"},
	"pipeline/quality":         nil,
	"pipeline/banner":          {"pipeline/finding", "pipeline/survey", "pipeline/table", "pipeline/estimate/hypothesis"},
	"pipeline/tipping":         nil,
	"pipeline/identity":        nil,
	"pipeline/language":        nil,
	"pipeline/words":           nil,
	"pipeline/fields":          {"pipeline/words", "pipeline/language"},
	"pipeline/asked":           append(slices.Clone(nouns), "pipeline/expr"),
	"pipeline/weighting":       append(slices.Clone(nouns), "pipeline/estimate/exact"),

	"pipeline/engine":              nouns,
	"pipeline/ingest":              append(stage("pipeline/ingest"), "pipeline/identity"),
	"pipeline/clean":               append(stage("pipeline/clean"), "pipeline/sheet"),
	"pipeline/check":               append(stage("pipeline/check"), "pipeline/estimate/exact", "pipeline/sheet"),
	"pipeline/code":                append(stage("pipeline/code"), "pipeline/language"),
	"pipeline/coding":              {"pipeline/finding", "pipeline/survey", "pipeline/sheet", "pipeline/spelling", "pipeline/language"},
	"pipeline/quotes":              {"pipeline/finding", "pipeline/identity", "pipeline/sheet"},
	"pipeline/quotes/bank":         append(stage("pipeline/quotes/bank"), "pipeline/quotes", "pipeline/identity", "pipeline/language"),
	"pipeline/weight":              append(stage("pipeline/weight"), "pipeline/weighting", "pipeline/estimate/exact", "pipeline/sheet"),
	"pipeline/derive":              stage("pipeline/derive"),
	"pipeline/estimate":            stage("pipeline/estimate"),
	"pipeline/estimate/sampling":   append(slices.Clone(nouns), "pipeline/estimate/exact"),
	"pipeline/estimate/regression": nil,
	"pipeline/estimate/orderstat":  {"pipeline/dataset", "pipeline/estimate/exact"},

	"pipeline/estimate/resample":     nil,
	"pipeline/estimate/scale":        {"pipeline/estimate/exact", "pipeline/estimate/resample"},
	"pipeline/estimate/multivariate": {"pipeline/estimate/exact"},
	"pipeline/agreement":             {"pipeline/estimate/resample"},
	"pipeline/suggest":               {"pipeline/words", "pipeline/fields"},
	"pipeline/agreement/codings":     {"pipeline/finding", "pipeline/ingest/records", "pipeline/agreement"},
	"pipeline/misclassify":           nil,
	"pipeline/codeerror":             {"pipeline/agreement", "pipeline/code", "pipeline/coding", "pipeline/misclassify", "pipeline/quality"},
	"pipeline/refi":                  {"pipeline/finding"},
	"pipeline/refi/answers":          {"pipeline/finding", "pipeline/refi"},
	"pipeline/code/listing":          {"pipeline/finding", "pipeline/code", "pipeline/sheet", "pipeline/spelling", "pipeline/survey"},
	"pipeline/refi/themes":           {"pipeline/finding", "pipeline/refi", "pipeline/code", "pipeline/strictyaml", "pipeline/survey"},
	"pipeline/recommend":             {"pipeline/finding", "pipeline/strictyaml", "pipeline/language"},
	"pipeline/recommend/judged":      append(stage("pipeline/recommend/judged"), "pipeline/recommend", "pipeline/spelling", "pipeline/table"),

	"pipeline/estimate/dist":       nil,
	"pipeline/estimate/hypothesis": {"pipeline/estimate/dist"},

	"pipeline/drift": append(stage("pipeline/drift"), "pipeline/quality"),

	"pipeline/ledger":  nil,
	"pipeline/audit":   {"pipeline/ledger"},
	"pipeline/protect": append(slices.Clone(nouns), "pipeline/protect", "pipeline/ledger", "pipeline/quality", "pipeline/tipping"),
	"pipeline/brief":   {"pipeline/finding", "pipeline/survey", "pipeline/table", "pipeline/protect", "pipeline/strictyaml"},
	"pipeline/chart":   {"pipeline/finding", "pipeline/survey", "pipeline/table", "pipeline/protect", "pipeline/chart"},
	"pipeline/report": {"pipeline/finding", "pipeline/survey", "pipeline/table", "pipeline/protect", "pipeline/brief",
		"pipeline/chart", "pipeline/report", "pipeline/strictyaml", "pipeline/quality", "pipeline/banner", "pipeline/commentary", "pipeline/brand", "pipeline/quotes"},
	"pipeline/report/xlsx":     {"pipeline/report", "pipeline/sheet"},
	"pipeline/report/markdown": {"pipeline/report"},
	"pipeline/report/pdf":      nil,
	"pipeline/pack":            {"pipeline/publish", "pipeline/report/lang"},
	"pipeline/verify":          {"pipeline/survey", "pipeline/dataset", "pipeline/sheet"},
	"pipeline/publish":         nil,
	"pipeline/trace":           {"pipeline/survey", "pipeline/table", "pipeline/protect", "pipeline/ledger", "pipeline/sheet", "pipeline/spelling"},
	"pipeline/vault":           nil,
	"pipeline":                 {"pipeline"},

	"cmd/soundings": {"pipeline", ""},
	"internal":      {"pipeline", "internal", ""},
	// The attacker knows what is published, and no code that withholds.
	"internal/attack": nil,
	"":                nil,
}

var nouns = []string{"pipeline/finding", "pipeline/survey", "pipeline/dataset", "pipeline/table"}

// stage returns what a stage may import: nouns, the engine, expressions; never another stage.
func stage(self string) []string {
	return append(slices.Clone(nouns), "pipeline/engine", "pipeline/expr", "pipeline/cleaninglog", "pipeline/strictyaml", "pipeline/asked", "pipeline/spelling", self)
}

// only says where a library may be imported.
var only = map[string]string{
	"github.com/apache/arrow/":    "pipeline/dataset",
	"github.com/go-gota/gota":     "pipeline/table/gotaframe",
	"gonum.org/v1/plot":           "pipeline/chart",
	"github.com/spf13/viper":      "cmd/",
	"github.com/spf13/cobra":      "cmd/",
	"github.com/chromedp":         "pipeline/report/pdf", // and internal/browser, a test
	"github.com/goccy/go-yaml":    "pipeline/strictyaml",
	"github.com/go-text":          "pipeline/chart/typeset",
	"github.com/gofrs/flock":      "pipeline/publish",
	"github.com/xuri/excelize":    "",
	"filippo.io/age":              "pipeline/vault",
	"github.com/rogpeppe/":        "cmd/",
	"github.com/tdewolff/":        "pipeline/chart/typeset",
	"gonum.org/v1/gonum/optimize": "pipeline/protect",
}

func TestImports(t *testing.T) {
	root := filepath.Join("..", "..")
	files := 0
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := e.Name()
		if e.IsDir() && (strings.HasPrefix(name, ".") && name != ".." || name == "testdata" || name == "reports" || name == "restricted") {
			return fs.SkipDir
		}
		if e.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		files++
		dir, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		checkFile(t, filepath.ToSlash(dir), path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Errorf("only %d files were looked at: is the root right?", files)
	}
}

func checkFile(t *testing.T, dir, path string) {
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	if dir == "." {
		dir = ""
	}
	test := strings.HasSuffix(path, "_test.go")
	for _, spec := range f.Imports {
		imp, _ := strconv.Unquote(spec.Path.Value)
		if ours, is := strings.CutPrefix(imp+"/", module); is {
			ours = strings.TrimSuffix(ours, "/")
			if !test && !allowed(t, dir, ours) {
				t.Errorf("%s imports %s, which its layer may not", path, ours)
			}
			continue
		}
		for lib, place := range only {
			if strings.HasPrefix(imp, lib) && !strings.HasPrefix(dir+"/", place) && !test {
				t.Errorf("%s imports %s, which belongs in %s alone", path, imp, place)
			}
		}
	}
}

// allowed finds the rule of the nearest folder that has one. A rule names
// packages; it covers those below them, except that "pipeline" in the rule of
// a stage's own folder never stands for everything.
func allowed(t *testing.T, dir, imported string) bool {
	rule := dir
	for {
		if _, ok := may[rule]; ok {
			if rule == "pipeline" && dir != "pipeline" {
				t.Errorf("no rule for the package %s: add it to the layers", dir)
				return true
			}
			break
		}
		if rule == "" || rule == "." {
			t.Errorf("no rule for the package %s: add it to the layers", dir)
			return true
		}
		rule = strings.TrimPrefix(filepath.ToSlash(filepath.Dir(rule)), ".")
	}
	if strings.HasPrefix(imported+"/", dir+"/") && dir != "" {
		return true
	}
	for _, m := range may[rule] {
		switch {
		case m == imported, m != "" && strings.HasPrefix(imported, m+"/"):
			return true
		}
	}
	return rule != "" && rule != "pipeline" && strings.HasPrefix(imported+"/", rule+"/")
}
