package brand

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"strings"
)

// How large a logo may be.
const (
	MaxBytes  = 512 << 10
	maxPixels = 4 << 20
	maxTokens = 20_000
)

// ReadLogo returns a picture without anything that is no picture. PNG and JPEG
// are decoded and written anew, so that notes of cameras and programs, such as
// places, stay behind. Of SVG only shapes, texts and their colours are taken:
// what could run, or lead elsewhere, is refused. An error says why.
func ReadLogo(content []byte) (Logo, error) {
	if len(content) > MaxBytes {
		return Logo{}, errors.New("the logo is larger than 512 KB")
	}
	kind := ""
	switch {
	case bytes.HasPrefix(content, []byte("\x89PNG\r\n\x1a\n")):
		kind = "png"
	case bytes.HasPrefix(content, []byte("\xff\xd8\xff")):
		kind = "jpeg"
	default:
		clean, err := svg(content)
		return Logo{Media: "image/svg+xml", Content: clean}, err
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || size.Width < 1 || size.Height < 1 {
		return Logo{}, errors.New("the logo is a damaged picture")
	}
	if size.Width > maxPixels/size.Height {
		return Logo{}, errors.New("the logo has more than four million pixels")
	}
	picture, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return Logo{}, errors.New("the logo is a damaged picture")
	}
	var out bytes.Buffer
	if kind == "png" {
		err = png.Encode(&out, picture)
	} else {
		err = jpeg.Encode(&out, picture, &jpeg.Options{Quality: 92})
	}
	if err != nil {
		return Logo{}, fmt.Errorf("write the logo: %w", err)
	}
	return Logo{Media: "image/" + kind, Content: out.Bytes()}, nil
}

const svgSpace = "http://www.w3.org/2000/svg"

// shapes are the elements of a logo.
func shapes() []string {
	return []string{"svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "linearGradient", "radialGradient", "stop", "clipPath", "text", "tspan"}
}

// looks are the attributes of a logo.
func looks() []string {
	return strings.Fields("id d x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy points width height viewBox preserveAspectRatio transform fill fill-opacity fill-rule clip-rule clip-path clipPathUnits stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-opacity opacity offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod font-family font-size font-weight font-style text-anchor letter-spacing version")
}

// svg writes an SVG anew with what it may hold. Notes of drawing programs, which
// have names of their own, are left behind.
func svg(content []byte) ([]byte, error) {
	dec := xml.NewDecoder(bytes.NewReader(content))
	dec.Entity = map[string]string{}
	var out bytes.Buffer
	depth, skipped, tokens := 0, 0, 0
	began := false
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if tokens++; err != nil || tokens > maxTokens {
			return nil, errors.New("the logo is neither PNG nor JPEG nor a readable SVG")
		}
		switch t := token.(type) {
		case xml.Directive:
			if strings.Contains(string(t), "ENTITY") {
				return nil, errors.New("the logo has a DTD with entities, which no picture needs")
			}
		case xml.StartElement:
			if skipped > 0 || t.Name.Local == "metadata" || t.Name.Space != svgSpace && began {
				skipped++
				continue
			}
			if t.Name.Space != svgSpace || !slices.Contains(shapes(), t.Name.Local) || (t.Name.Local == "svg") == began {
				return nil, errors.New("the logo holds an element that is no shape: scripts, pictures, links, styles and the like are not taken")
			}
			if err := open(&out, t, !began); err != nil {
				return nil, err
			}
			began = true
			depth++
		case xml.EndElement:
			if skipped > 0 {
				skipped--
				continue
			}
			depth--
			out.WriteString("</" + t.Name.Local + ">")
		case xml.CharData:
			if depth > 0 && skipped == 0 {
				_ = xml.EscapeText(&out, t) // a buffer takes all
			}
		}
	}
	if !began || depth != 0 {
		return nil, errors.New("the logo is neither PNG nor JPEG nor a readable SVG")
	}
	return out.Bytes(), nil
}

// open writes the beginning of an element with the attributes that it may have.
func open(out *bytes.Buffer, t xml.StartElement, root bool) error {
	out.WriteString("<" + t.Name.Local)
	if root {
		out.WriteString(` xmlns="` + svgSpace + `"`)
	}
	for _, a := range t.Attr {
		name, value := a.Name.Local, strings.TrimSpace(a.Value)
		if a.Name.Space == "" && (strings.HasPrefix(strings.ToLower(name), "on") || strings.Contains(strings.ToLower(value), "javascript:")) {
			return errors.New("the logo has an attribute that could run a script")
		}
		if name == "href" {
			return errors.New("the logo leads elsewhere: it has a link")
		}
		if name == "style" && a.Name.Space == "" {
			return errors.New("the logo has styles: save it as plain SVG with presentation attributes")
		}
		if rest := strings.ReplaceAll(strings.ToLower(value), " ", ""); strings.Contains(strings.ReplaceAll(rest, "url(#", ""), "url(") {
			return errors.New("the logo leads elsewhere: it names a file")
		}
		if a.Name.Space != "" || !slices.Contains(looks(), name) {
			continue
		}
		out.WriteString(" " + name + `="`)
		_ = xml.EscapeText(out, []byte(value)) // a buffer takes all
		out.WriteString(`"`)
	}
	out.WriteString(">")
	return nil
}
