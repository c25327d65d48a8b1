package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/code/listing"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/refi"
	"github.com/soundings-survey/soundings/pipeline/refi/themes"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// bookFormat is a form in which a codebook is read and written. The language is
// that of names, where a form has one name for a code.
type bookFormat struct {
	ending string
	read   func(file string, content []byte, language string) (*code.Codebook, []finding.Finding)
	write  func(b *code.Codebook, language string) ([]byte, error)
}

// bookFormats returns the forms of codebooks, longer endings before shorter ones.
func bookFormats() []bookFormat {
	yaml := func(file string, content []byte, _ string) (*code.Codebook, []finding.Finding) {
		return code.Read(file, content)
	}
	toYAML := func(b *code.Codebook, _ string) ([]byte, error) { return themes.YAML(b) }
	return []bookFormat{
		{".yaml", yaml, toYAML},
		{".yml", yaml, toYAML},
		{".qdc", readQDC, writeQDC},
		{".taguette.csv", listing.Read, func(b *code.Codebook, language string) ([]byte, error) { return csvOf(listing.Tags(b, language)) }},
		{".csv", listing.Read, func(b *code.Codebook, _ string) ([]byte, error) { return csvOf(listing.Write(b)) }},
		{".maxqda.xlsx", listing.Read, func(b *code.Codebook, language string) ([]byte, error) { return bookOf(listing.Memos(b, language)) }},
		{".xlsx", listing.Read, func(b *code.Codebook, _ string) ([]byte, error) { return bookOf(listing.Write(b)) }},
	}
}

func csvOf(rows [][]string) ([]byte, error) {
	b := bytes.NewBufferString(byteOrderMark)
	err := sheet.WriteCSV(b, rows)
	return b.Bytes(), err
}

func bookOf(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	err := sheet.WriteBook(&b, "codebook", rows)
	return b.Bytes(), err
}

func readQDC(file string, content []byte, language string) (*code.Codebook, []finding.Finding) {
	b, findings := refi.ReadCodebook(file, content)
	if b == nil {
		return nil, findings
	}
	book, more := themes.Read(file, b, language)
	return book, append(findings, more...)
}

func writeQDC(b *code.Codebook, language string) ([]byte, error) {
	out, err := themes.Write(b, language)
	if err != nil {
		return nil, err
	}
	return refi.WriteCodebook(out)
}

// CodebookEndings returns the endings of files that codebooks are read from and written to.
func CodebookEndings() []string {
	var out []string
	for _, f := range bookFormats() {
		out = append(out, f.ending)
	}
	return out
}

func bookFormatOf(name string) (bookFormat, error) {
	all := bookFormats()
	i := slices.IndexFunc(all, func(f bookFormat) bool { return strings.HasSuffix(strings.ToLower(name), f.ending) })
	if i < 0 {
		return bookFormat{}, fmt.Errorf("%s is no codebook: names of codebooks end in %s", filepath.Base(name), strings.Join(CodebookEndings(), ", "))
	}
	return all[i], nil
}

// maxCodebook is the largest codebook that is read.
const maxCodebook = 64 << 20

// CodebookRequest asks to write a codebook in another form, which the endings of the names say.
type CodebookRequest struct {
	File, To string
	Language string // of names, where a form has one name for a code
	Force    bool   // write over a file of that name
}

// ConvertCodebook writes a codebook in another form, and returns the name of
// the file and how many codes it has. What is the matter with the codebook is a
// *RefusedError.
func ConvertCodebook(ctx context.Context, q CodebookRequest) (name string, codes int, findings []finding.Finding, err error) {
	from, err := bookFormatOf(q.File)
	if err != nil {
		return "", 0, nil, err
	}
	to, err := bookFormatOf(q.To)
	if err != nil {
		return "", 0, nil, err
	}
	content, err := readCodebookFile(q.File)
	if err != nil {
		return "", 0, nil, err
	}
	book, findings := from.read(q.File, content, q.Language)
	if book == nil || finding.Refused(findings) {
		return "", 0, nil, &RefusedError{Stage: "code", Findings: findings}
	}
	if err := ctx.Err(); err != nil {
		return "", 0, nil, err
	}
	out, err := to.write(book, q.Language)
	if err != nil {
		return "", 0, nil, fmt.Errorf("writing the codebook: %w", err)
	}
	name, err = save(q.To, q.Force, func(w io.Writer) error {
		_, err := w.Write(out)
		return err
	})
	return name, len(book.Codes), findings, err
}

func readCodebookFile(name string) ([]byte, error) {
	in, err := openPlain(name)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	defer in.Close()
	content, err := io.ReadAll(io.LimitReader(in, maxCodebook+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(content) > maxCodebook {
		return nil, &RefusedError{Stage: "code", Findings: []finding.Finding{{
			Stage: "code", Kind: "too-large", Severity: finding.Refusal, Place: finding.Place{File: name},
			Problem: "The file is larger than 64 MB, which is over the limit.", Remedy: "A codebook is far smaller: check that this is the right file.",
		}}}
	}
	return content, nil
}
