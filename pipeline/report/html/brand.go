package html

import (
	"encoding/base64"
	"html/template"

	"github.com/soundings-survey/soundings/pipeline/brand"
	"github.com/soundings-survey/soundings/pipeline/report"
)

// styleOf returns the style sheet of pages with the colours of a project, which
// have been checked and are #RRGGBB.
func styleOf(b report.Brand) string {
	own := ""
	if c := string(b.Colours.Accent); c != "" {
		own += "--accent:" + c + ";--link:" + c
	}
	if c := string(b.Colours.Ground); c != "" {
		if own != "" {
			own += ";"
		}
		own += "--deep:" + c
	}
	if own == "" {
		return style
	}
	return style + ":root{" + own + "}\n"
}

// logo returns a picture as the address of an image, with all of it inside.
func logo(l brand.Logo) template.URL {
	return template.URL("data:" + l.Media + ";base64," + base64.StdEncoding.EncodeToString(l.Content))
}
