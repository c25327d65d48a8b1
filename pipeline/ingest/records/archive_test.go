package records

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
)

func archiveOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, content := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestArchivesAreToldFromWorkbooks(t *testing.T) {
	for name, c := range map[string]struct {
		content []byte
		want    bool
	}{
		"texts":    {archiveOf(t, map[string]string{"a.csv": "a,b\n", "media/x.jpg": "x"}), false},
		"workbook": {workbook(t, "", nil), true},
		"neither":  {archiveOf(t, map[string]string{"a.jpg": "x"}), true},
	} {
		if got := IsWorkbook(bytes.NewReader(c.content), int64(len(c.content))); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func FuzzArchive(f *testing.F) {
	f.Add(archiveOf(f, map[string]string{"a.csv": "a,b\n1,2\n", "a-rec.csv": "x,PARENT_KEY,KEY\n"}))
	f.Add(archiveOf(f, map[string]string{"../a.csv": "a\n"}))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, content []byte) {
		IsWorkbook(bytes.NewReader(content), int64(len(content)))
		a, err := OpenArchive(bytes.NewReader(content), int64(len(content)), ',', Encoded{})
		if err != nil {
			return
		}
		for _, sheet := range a.Sheets {
			r, err := sheet.Open()
			if err != nil {
				continue
			}
			for {
				if _, err := r.Next(); err != nil {
					break
				}
			}
			Close(r)
		}
	})
}
