package leftovers

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

// workbookTexts takes the texts out of the cells, names and properties of a
// workbook.
func workbookTexts(t *testing.T, content []byte) []string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var out []string
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, name)
		for _, row := range rows {
			out = append(out, row...)
		}
	}
	properties, err := book.GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	for _, defined := range book.GetDefinedName() {
		out = append(out, defined.Name, defined.RefersTo)
	}
	return append(out, properties.Title, properties.Subject, properties.Creator, properties.LastModifiedBy, properties.Description, properties.Keywords)
}
