package brand

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
)

func TestLogosArePicturesAndNothingElse(t *testing.T) {
	const head = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">`
	for name, c := range map[string]struct{ in, says string }{
		"a shape":            {`<?xml version="1.0"?><!-- x -->` + head + `<path d="M0 0h9" fill="#123456" data-x="1"/></svg>`, ""},
		"a gradient":         {head + `<linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient><rect width="9" height="9" fill="url(#a)"/></svg>`, ""},
		"a script":           {head + `<script>1</script></svg>`, "no shape"},
		"an event":           {head + `<path onload="x()" d=""/></svg>`, "run a script"},
		"a link":             {head + `<a href="x"><path d=""/></a></svg>`, "no shape"},
		"a use elsewhere":    {head + `<g xlink:href="http://x"/></svg>`, "leads elsewhere"},
		"a picture":          {head + `<image/></svg>`, "no shape"},
		"a style":            {head + `<path style="fill:red"/></svg>`, "styles"},
		"a file":             {head + `<path fill="url(http://x)"/></svg>`, "names a file"},
		"a foreign object":   {head + `<foreignObject/></svg>`, "no shape"},
		"an animation":       {head + `<animate/></svg>`, "no shape"},
		"entities":           {`<!DOCTYPE svg [<!ENTITY a "b">]>` + head + `</svg>`, "DTD"},
		"an unknown entity":  {head + `<title>&a;</title></svg>`, "readable"},
		"not closed":         {head, "readable"},
		"another namespace":  {`<svg viewBox="0 0 1 1"/>`, "no shape"},
		"text":               {"a logo", "readable"},
		"nothing":            {"", "readable"},
		"a PNG that is none": {"\x89PNG\r\n\x1a\nxx", "damaged"},
		"too large":          {strings.Repeat("x", MaxBytes+1), "larger"},
	} {
		logo, err := ReadLogo([]byte(c.in))
		if c.says == "" {
			if err != nil || logo.Media != "image/svg+xml" || bytes.Contains(logo.Content, []byte("data-x")) {
				t.Errorf("%s: %v %s", name, err, logo.Content)
			}
			if again, err := ReadLogo(logo.Content); err != nil || !bytes.Equal(again.Content, logo.Content) {
				t.Errorf("%s: does not stay as it is: %v", name, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNotesInPicturesStayBehind(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	plain := b.Bytes()
	chunk := []byte("tEXtAuthor\x00me")
	note := binary.BigEndian.AppendUint32(append([]byte("\x00\x00\x00\x09"), chunk...), crc32.ChecksumIEEE(chunk))
	noted := append(append(append([]byte{}, plain[:33]...), note...), plain[33:]...)
	logo, err := ReadLogo(noted)
	if err != nil || logo.Media != "image/png" || bytes.Contains(logo.Content, []byte("Author")) {
		t.Errorf("the note stays, or the picture is not read: %v %s", err, logo.Media)
	}
}

func TestColoursThatCannotBeReadAreNotUsed(t *testing.T) {
	for _, c := range []struct {
		is   canvas.Colour
		says string
	}{
		{canvas.Accent, ""}, {"#12436D", ""}, {"#000000", ""}, {"#FFCC00", "too light"}, {"red", "#RRGGBB"}, {"#12345G", "#RRGGBB"},
		{canvas.Highlight, "by all"}, {"#5E6B0C", "hard to tell"},
	} {
		got, faults := Colours{Accent: c.is}.Checked()
		if c.says == "" && (len(faults) > 0 || got.Accent != c.is) {
			t.Errorf("%s: %v", c.is, faults)
		}
		if c.says != "" && (len(faults) != 1 || !strings.Contains(faults[0].Problem, c.says) || got.Accent != "") {
			t.Errorf("%s: %v, used %q", c.is, faults, got.Accent)
		}
	}
	if got, faults := (Colours{Ground: canvas.Highlight}).Checked(); len(faults) > 0 || got.Ground == "" {
		t.Errorf("what is behind the title is no mark: %v", faults)
	}
}

func FuzzReadLogo(f *testing.F) {
	f.Add([]byte(`<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>`))
	f.Fuzz(func(t *testing.T, content []byte) {
		logo, err := ReadLogo(content)
		if err != nil || logo.Media != "image/svg+xml" {
			return
		}
		if again, err := ReadLogo(logo.Content); err != nil || !bytes.Equal(again.Content, logo.Content) {
			t.Errorf("what was cleaned is not clean: %v", err)
		}
	})
}
