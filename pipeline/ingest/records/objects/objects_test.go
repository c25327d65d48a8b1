package objects

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

func scan(t testing.TB, content string) *File {
	t.Helper()
	f, err := Scan(func() (io.Reader, error) { return strings.NewReader(content), nil })
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// dump writes out the tables of a file, a line a row.
func dump(t testing.TB, f *File) string {
	t.Helper()
	var out strings.Builder
	for _, sheet := range f.Sheets(nil) {
		r, err := sheet.Open()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "[%s]\n", sheet.Name)
		for {
			c, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			for i := range c.Len() {
				fmt.Fprintf(&out, "%d %s\n", c.Row(i), strings.Join(c.Strings(i), "|"))
			}
		}
	}
	return out.String()
}

func faults(f *File) string {
	var out []string
	for _, x := range f.Faults {
		out = append(out, fmt.Sprintf("%s@%d:%s", x.Kind, x.Row, x.Key))
	}
	return strings.Join(out, " ")
}

func TestObjectsBecomeTables(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"an object a line": {"{\"b\":\"x\",\"a\":1.10}\n\n{\"a\":null,\"c\":true}\n", "[]\n1 a|b|c\n1 1.10|x|\n3 ||true\n"},
		"a list":           {`[{"a":12345678901234567890},{"a":-0.50e+07}]`, "[]\n1 a\n1 12345678901234567890\n2 -0.50e+07\n"},
		"a mark before":    {"[{\"a\":false}]", "[]\n1 a\n1 false\n"},
		"a page": {`{"count":2,"next":null,"previous":null,"results":[{"g/a":"1"},{"g/a":"2"}]}`,
			"[]\n1 g/a\n1 1\n2 2\n"},
		"pages in a list": {`[{"count":2,"next":"u","previous":null,"results":[{"a":"1"}]},{"count":2,"next":null,"previous":"u","results":[{"a":"2"}]}]`,
			"[]\n1 a\n1 1\n2 2\n"},
		"pages one after the other": {"{\"count\":2,\"next\":\"u\",\"results\":[{\"a\":\"1\"}]}\n{\"count\":2,\"results\":[{\"a\":\"2\"}],\"next\":null}",
			"[]\n1 a\n1 1\n2 2\n"},
		"a record that only looks like a page": {`[{"count":3},{"next":"x","results":[{"a":1}]}]`,
			"[]\n1 count|next|_index\n1 3||1\n2 |x|2\n[results]\n1 a|_parent_index|_parent_table_name\n2 1|2|\n"},
		"nested repeats": {`[{"a":1,"org/rec":[{"org/rec/t":"x","org/rec/in":[{"org/rec/in/n":1},{"org/rec/in/n":2}]},{"org/rec/t":"y"}]},{"org/rec":[{"org/rec/in":[{"org/rec/in/n":3}]}]}]`,
			"[]\n1 a|_index\n1 1|1\n2 |2\n" +
				"[rec]\n1 org/rec/t|_index|_parent_index|_parent_table_name\n1 x|1|1|\n1 y|2|1|\n2 |3|2|\n" +
				"[in]\n1 org/rec/in/n|_parent_index|_parent_table_name\n1 1|1|rec\n1 2|1|rec\n2 3|3|rec\n"},
		"objects in objects": {`[{"g":{"a":1,"g/b":2},"_validation_status":{"uid":"validation_status_approved","label":"x"}},{"_validation_status":{}}]`,
			"[]\n1 _validation_status|g/a|g/b\n1 validation_status_approved|1|2\n2 ||\n"},
		"what is not read": {`[{"_geolocation":[null,1.5],"_attachments":[{"a":"b"}],"_notes":[],"_tags":["x"],"a":1}]`,
			"[]\n1 _attachments|_geolocation|_notes|_tags|a\n1 ||||1\n"},
		"lists of choices": {`[{"a":["x","y"]},{"a":["x y","z"]},{"a":[]},{"a":[1,null]}]`, "[]\n1 a\n1 x y\n2 x y;z\n3 \n4 1\n"},
		"escapes":          {`[{"a":"\u00e9\ud83d\ude00\n\"\/"}]`, "[]\n1 a\n1 é😀\n\"/\n"},
		"transcripts": {`[{"g/q":"r.mp3","_supplementalDetails":{"g/q":{"transcript":{"value":"said","languageCode":"en"},"translation":{"fr":{"value":"dit","languageCode":"fr"}}}}}]`,
			"[]\n1 g/q|g/q/transcript_en|g/q/translation_fr\n1 r.mp3|said|dit\n"},
	} {
		t.Run(name, func(t *testing.T) {
			f := scan(t, c.content)
			if len(f.Faults) > 0 {
				t.Fatal(faults(f))
			}
			if got := dump(t, f); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

func TestFaultsAreToldTogetherWithRowAndKey(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"several lines": {"{\"a\":1,\"a\":2}\n{\"a\":NaN}\n{\"b\":-Infinity}\n{\"a\":\n{\"a\":\"\\ud800\"}\n{\"a\":\"\xff\"}\n{\"a\":1}}\n{\"a\":\"x}\n",
			"duplicate-key@1:a json-word@2:a json-word@3:b json-syntax@4: lone-surrogate@5:a not-utf-8@6:a json-other@7: json-syntax@8:"},
		"numbers of records in a list": {`[{"a":1},{"a":"\udc00x"},{"b":1,"b":{"c":1}}]`, "lone-surrogate@2:a duplicate-key@3:b"},
		"something behind":             {`[{"a":1}] x`, "json-syntax@1:"},
		"a list behind":                {`[{"a":1}][{"a":1}]`, "json-trailing@1:"},
		"an object behind":             {`[{"a":1}]{"a":1}`, "json-trailing@1:"},
		"cut off":                      {`[{"a":1},{"a":`, "json-syntax@2:"},
		"cut off in a page":            {`{"count":3,"results":[{"a":1}`, "json-syntax@2:"},
		"a comma too many":             {`[{"a":1,}]`, "json-syntax@1:"},
		"a number of another kind":     {`[{"a":01}]`, "json-syntax@1:"},
		"other things":                 {`[{"a":1},2]`, "json-other@2:"},
		"mixed lists":                  {`[{"a":[{"b":1},2]},{"a":[[1]]}]`, "mixed-list@1:a mixed-list@2:a"},
		"deep":                         {`[{"a":` + strings.Repeat(`{"a":`, 1000) + "1" + strings.Repeat("}", 1000) + "}]", "json-depth@1:a/a"},
	} {
		t.Run(name, func(t *testing.T) {
			got := faults(scan(t, c.content))
			if name == "deep" {
				if !strings.HasPrefix(got, "json-depth@1:a/a") {
					t.Error(got)
				}
				return
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestMissingPagesCanBeCounted(t *testing.T) {
	f := scan(t, `{"count":5,"next":"https://example.org/?start=2","previous":null,"results":[{"a":"1"},{"a":"2"}]}`)
	if p := f.Paging; p != (Paging{Pages: 1, Count: 5, Held: 2}) {
		t.Errorf("%+v", p)
	}
}

// endless gives one text that never ends.
type endless struct{ begun bool }

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	if !e.begun {
		n, e.begun = copy(p, `[{"a":["`), true
	}
	for i := n; i < len(p); i++ {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestRecordsAreBounded(t *testing.T) {
	f, err := Scan(func() (io.Reader, error) {
		return io.MultiReader(io.LimitReader(&endless{}, 3*records.MaxCell), strings.NewReader(`"]}]`)), nil
	})
	if err != nil || faults(f) != "cell-too-long@1:a" {
		t.Error(err, faults(f))
	}
	long := strings.Repeat(`"`+strings.Repeat("x", 1<<20)+`",`, 30)
	if got := faults(scan(t, `[{"a":[`+long+`"x"]}]`)); got != "row-too-long@1:" {
		t.Error(got)
	}
	var keys bytes.Buffer
	for i := range records.MaxColumns + 10 {
		fmt.Fprintf(&keys, "{\"k%d\":1}\n", i)
	}
	if got := faults(scan(t, keys.String())); !strings.HasPrefix(got, "too-many-keys") {
		t.Error(got)
	}
}

func FuzzObjects(f *testing.F) {
	for _, seed := range []string{
		`{"count":1,"next":null,"results":[{"a":"1","r":[{"r/b":2}]}]}`, "{\"a\":1}\n{\"a\":\"\\ud83d\\ude00\"}\n", `[{"a":[1,2]},{}]`, `[{"a":NaN}]`,
		`[{"_supplementalDetails":{"q":{"transcript":{"value":"x","languageCode":"en"}}}}]`, "{\"a\":\n{\"a\":1}", `{"results":[{}],"count":1}`, "[{\"a\":\"\xff\x00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		file := scan(t, content)
		if len(file.Faults) > 0 {
			return
		}
		rows := int64(0)
		for i, sheet := range file.Sheets(nil) {
			r, err := sheet.Open()
			if err != nil {
				t.Fatal(err)
			}
			width := -1
			for {
				c, err := r.Next()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("what was scanned cannot be read: %v", err)
				}
				for k := range c.Len() {
					if width < 0 {
						width = c.Width(k)
					} else if i == 0 {
						rows++
					}
					if c.Width(k) != width {
						t.Fatal("a row has another width than the header")
					}
				}
			}
		}
		if rows != file.Records {
			t.Fatalf("%d rows of %d records", rows, file.Records)
		}
	})
}
