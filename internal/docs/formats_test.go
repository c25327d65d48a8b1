package docs

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline"
	"github.com/soundings-survey/soundings/pipeline/brief"
	"github.com/soundings-survey/soundings/pipeline/cleaninglog"
	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// keys returns the names under which a type is written: "disclosure.threshold".
// What stands in a list has the name of the list, what stands in a map NAME.
func keys(of reflect.Type, tag, prefix string) []string {
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return keys(of.Elem(), tag, prefix)
	case reflect.Map:
		if of.Elem().Kind() == reflect.Struct {
			return keys(of.Elem(), tag, prefix+".NAME")
		}
		return nil
	case reflect.Struct:
	default:
		return nil
	}
	var out []string
	for i := range of.NumField() {
		f := of.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get(tag), ",")
		if name == "" || name == "-" {
			continue
		}
		path := strings.TrimPrefix(prefix+"."+name, ".")
		out = append(append(out, path), keys(f.Type, tag, path)...)
	}
	return out
}

func TestFormatsNamesEverything(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "..", "docs", "formats.md"))
	if err != nil {
		t.Fatal(err)
	}
	for what, names := range map[string][]string{
		"the config":          keys(reflect.TypeFor[pipeline.Config](), "yaml", ""),
		"the codebook":        keys(reflect.TypeFor[code.Codebook](), "yaml", ""),
		"the components file": keys(reflect.TypeFor[brief.Components](), "yaml", ""),
		"the manifest":        keys(reflect.TypeFor[pipeline.Manifest](), "json", ""),
		"the ledger":          keys(reflect.TypeFor[protect.Line](), "json", ""),
		"quality.json":        keys(reflect.TypeFor[quality.Account](), "json", ""),
		"ingest.json":         keys(reflect.TypeFor[ingest.Report](), "json", ""),
		"the agreement":       keys(reflect.TypeFor[pipeline.AgreementReport](), "json", ""),
		"the results":         table.Columns[:],
		"the cleaning log":    cleaninglog.Columns[:],
	} {
		if len(names) < 4 {
			t.Errorf("%s: only %d names were found", what, len(names))
		}
		slices.Sort(names)
		for _, n := range names {
			if !strings.Contains(string(content), "`"+n+"`") {
				t.Errorf("docs/formats.md does not explain %q of %s", n, what)
			}
		}
	}
}
