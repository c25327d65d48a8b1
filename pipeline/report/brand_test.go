package report_test

import (
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/brand"
	"github.com/soundings-survey/soundings/pipeline/chart/canvas"
	"github.com/soundings-survey/soundings/pipeline/report"
)

// cited returns the paragraphs on how to cite a report.
func cited(r *report.Report) string {
	var out []string
	for _, ch := range r.Chapters {
		for _, b := range ch.Blocks {
			if p, is := b.(report.Paragraph); is && ch.ID == "cite" {
				out = append(out, p.Text.Text)
			}
		}
	}
	return strings.Join(out, "|")
}

func TestReportsSayHowToCiteThem(t *testing.T) {
	for _, c := range []struct {
		brand report.Branding
		want  string
	}{
		{report.Branding{}, "{}. Figures as published; made with Soundings."},
		{report.Branding{Name: text("Us", "نحن")}, "Us. {}.|Figures as published; made with Soundings."},
		{report.Branding{Year: "2021"}, "{} (2021).|Figures as published; made with Soundings."},
		{report.Branding{Name: text("Us", ""), Authors: text("A and B", ""), Year: "2021", Licence: text("CC BY 4.0", ""), Contact: text("our desk", "")},
			"A and B (2021). {}. Published by Us.|Figures as published; made with Soundings.|Licence: CC BY 4.0|Contact: our desk"},
	} {
		in := sample(t, "en")
		in.Brand = c.brand
		r := compose(t, in)
		if got := strings.ReplaceAll(cited(r), strings.TrimRight(r.Title, "."), "{}"); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestPagesCarryTheBrand(t *testing.T) {
	in := sample(t, "en")
	in.Brand = report.Branding{
		Name: text("Us <b>", ""), Funder: text("Paid by nobody", ""), Licence: text("CC BY 4.0", ""), LogoAlt: text("A wave", ""),
		Logo: brand.Logo{Media: "image/png", Content: []byte("x")}, Colours: brand.Colours{Accent: "#12436D", Ground: "#222222"},
	}
	got := string(page(t, in))
	for _, want := range []string{`<img src="data:image/png;base64,eA==" alt="A wave">`, "Us &lt;b&gt;", "<p>Paid by nobody</p>", "<p>Licence: CC BY 4.0</p>", "--accent:#12436D;--link:#12436D;--deep:#222222"} {
		if !strings.Contains(got, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if strings.Contains(got, string(canvas.Accent)) || !strings.Contains(got, `"#12436D"`) {
		t.Error("charts have the accent of the program")
	}
	found := false
	for _, l := range in.Safe.Ledger() {
		found = found || l.Key == "commentary @/@ brand.licence %/% en 1" && l.Value == "4.0"
	}
	if !found {
		t.Error("a number of the licence is not in the ledger")
	}
}
