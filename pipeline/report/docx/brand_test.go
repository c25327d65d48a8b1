package docx

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/brand"
	"github.com/soundings-survey/soundings/pipeline/report"
)

// TestADocumentBearsTheBrand: the name is that of its creator, the logo stands
// over the title with its words, colours are the project's, lines of the foot
// follow the notice.
func TestADocumentBearsTheBrand(t *testing.T) {
	encode := map[string]func(io.Writer, image.Image) error{
		"png":  png.Encode,
		"jpeg": func(w io.Writer, i image.Image) error { return jpeg.Encode(w, i, nil) },
	}
	for kind, write := range encode {
		var logo bytes.Buffer
		if err := write(&logo, image.NewGray(image.Rect(0, 0, 40, 20))); err != nil {
			t.Fatal(err)
		}
		r := sample("en")
		r.Brand = report.Brand{Name: "An & organisation", Foot: []string{"Funded by nobody"},
			Logo:    brand.Logo{Media: "image/" + kind, Content: logo.Bytes(), Alt: "The <logo>"},
			Colours: brand.Colours{Accent: "#123456", Ground: "#654321"}}
		all := unpacked(t, written(t, r))
		if got := all["word/media/logo."+kind]; !bytes.Equal(got, logo.Bytes()) {
			t.Errorf("%s: the document holds %d bytes of the logo", kind, len(got))
		}
		for part, want := range map[string][]string{
			"docProps/core.xml": {"<dc:creator>An &amp; organisation</dc:creator>"},
			"word/styles.xml":   {`w:color w:val="123456"`, `w:color w:val="654321"`},
			"word/document.xml": {`descr="The &lt;logo&gt;"`, "Funded by nobody", `cx="1066800" cy="533400"`},
		} {
			for _, w := range want {
				if !strings.Contains(string(all[part]), w) {
					t.Errorf("%s: %s lacks %s", kind, part, w)
				}
			}
		}
	}
	r := sample("en")
	r.Brand = report.Brand{Name: "An organisation", Logo: brand.Logo{Media: "image/svg+xml", Content: []byte("<svg/>")}}
	if got := string(unpacked(t, written(t, r))["word/document.xml"]); !strings.Contains(got, "An organisation") {
		t.Error("without a picture of the logo the name must stand over the title")
	}
}
