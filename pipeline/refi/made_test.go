package refi_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/refi"
	"github.com/soundings-survey/soundings/pipeline/refi/answers"
	"github.com/soundings-survey/soundings/pipeline/refi/themes"
)

// What is made of the bundled codebook and of answers is valid too.
func TestWhatIsMadeIsValid(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "..", "data", "codebook.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	book, findings := code.Read("codebook.yaml", content)
	if book == nil {
		t.Fatal(findings)
	}
	out, err := themes.Write(book, "ar")
	if err != nil {
		t.Fatal(err)
	}
	codebook, err := refi.WriteCodebook(out)
	if err != nil {
		t.Fatal(err)
	}
	refi.Valid(t, "Codebook.xsd", codebook)

	pack := answers.Pack{
		Name: "Made up", Origin: "Soundings", Codes: themes.Codes(book, "en"), Coders: []string{"Coder A"},
		Variables: []refi.Variable{{Name: "region", Type: "Text"}, {Name: "size", Type: "Integer"}, {Name: "day", Type: "Date"}},
		Cases: []answers.Case{{Unit: "0001", Values: map[string]string{"region": "Somewhere", "size": "3", "day": "2024-05-01"}, Answers: []answers.Answer{
			{Item: "why", Text: "no visa \u0001 👩‍👩‍👧", Marks: []answers.Mark{
				{Coder: answers.Rule, Code: book.Codes[0].ID, Start: 3, End: 9, Time: "2024-05-01T10:00:00Z"}, {Coder: "Coder A", Code: book.Codes[1].ID},
			}},
		}}},
	}
	p, err := pack.Project()
	if err != nil {
		t.Fatal(err)
	}
	project, err := refi.WriteProject(p)
	if err != nil {
		t.Fatal(err)
	}
	refi.Valid(t, "Project.xsd", refi.Document(t, project))
	// Signs that XML cannot hold do not keep the codings from coming back.
	read, findings := refi.ReadProject("p.qdpx", project)
	if read == nil {
		t.Fatal(findings)
	}
	if got, findings := pack.Codings("p.qdpx", read, "Coder A"); len(got) != 2 || got[1].Start != 3 || got[1].End != 9 || len(findings) > 0 {
		t.Errorf("got %v, findings %v", got, findings)
	}
}
