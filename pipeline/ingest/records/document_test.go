package records

import (
	"bytes"
	"strings"
	"testing"
)

func TestDocumentsAreReadAsParagraphs(t *testing.T) {
	body := `<w:document><w:body><w:p><w:r><w:t>One</w:t></w:r><w:r><w:tab/><w:t xml:space="preserve"> and</w:t><w:br/><w:t>more</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>
<w:p/><w:p><w:ins><w:r><w:t>kept</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>d</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:instrText>HYPERLINK</w:instrText></w:r><w:r><w:t>x &amp; y</w:t></w:r></w:p></w:body></w:document>`
	content := archiveOf(t, map[string]string{"word/document.xml": body})
	d, err := ReadDocument(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(d.Paragraphs, "|"); got != "One\t and\nmore|kept|a\tb c|d|x & y" || d.Notes != 1 {
		t.Errorf("%q %d", got, d.Notes)
	}
}

func FuzzDocument(f *testing.F) {
	for _, body := range []string{"<w:p><w:r><w:t>x</w:t></w:r></w:p>", "<w:tbl><w:tr><w:tc>", "</w:tbl></w:del><w:del>", "<!DOCTYPE x>", ""} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		content := archiveOf(t, map[string]string{"word/document.xml": string(body)})
		d, err := ReadDocument(bytes.NewReader(content), int64(len(content)))
		if err != nil && len(d.Paragraphs) > 0 {
			t.Fatal("text beside an error")
		}
	})
}
