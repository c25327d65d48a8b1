package typeset

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-text/typesetting/font"
)

// A Font is a font file (TrueType, OpenType or a collection of them) that an
// analyst adds to the embedded ones.
type Font struct {
	Name string // for messages
	Data []byte // the whole file
}

// ReadFont reads a font file. It fails if the file cannot be read; New fails if it is no font.
func ReadFont(path string) (Font, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Font{}, fmt.Errorf("read font: %w", err)
	}
	return Font{Name: filepath.Base(path), Data: data}, nil
}

// add puts every face of a font file into the family of its name.
func (t *Typesetter) add(f Font) error {
	faces, err := font.ParseTTC(bytes.NewReader(f.Data))
	if err != nil {
		return fmt.Errorf("parse font %s: %w", f.Name, err)
	}
	for _, face := range faces {
		expandCoverages(face.Font)
		t.place(face.Font)
	}
	return nil
}

func (t *Typesetter) place(f *font.Font) {
	about := f.Describe()
	bold := about.Aspect.Weight >= font.WeightSemibold
	for i := embeddedFamilies; i < len(t.families); i++ {
		g := &t.families[i]
		if g.name != about.Family || g.bold != g.regular {
			continue
		}
		// The place held for the other weight is given over.
		if bold {
			g.bold = f
		} else {
			g.regular = f
		}
		return
	}
	t.families = append(t.families, family{name: about.Family, regular: f, bold: f})
}

func parseEmbedded(name string, bold bool) (*font.Font, error) {
	data, err := FontFile(name, bold)
	if err != nil {
		return nil, err
	}
	face, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("parse embedded font %s: %w", name, err)
	}
	expandCoverages(face.Font)
	return face.Font, nil
}

// FontFile returns the bytes of an embedded font, for documents that carry
// their fonts: family is "Noto Sans", "Noto Sans Arabic" or "Noto Sans SC"
// (Chinese cut to common characters). Any other name is an error.
func FontFile(family string, bold bool) ([]byte, error) {
	weight := "Regular"
	if bold {
		weight = "Bold"
	}
	data, err := embedded.ReadFile("fonts/" + strings.ReplaceAll(family, " ", "") + "-" + weight + ".ttf")
	if err != nil {
		return nil, fmt.Errorf("read embedded font %q: %w", family, err)
	}
	return data, nil
}
