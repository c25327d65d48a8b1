package pipeline

import (
	"github.com/soundings-survey/soundings/pipeline/brand"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Branding is what a project puts on its reports.
type Branding struct {
	Name    survey.Text   `yaml:"name"`
	Logo    string        `yaml:"logo"` // file
	LogoAlt survey.Text   `yaml:"logo_alt"`
	Colours brand.Colours `yaml:"colours"`
	Funder  survey.Text   `yaml:"funder"`
	Licence survey.Text   `yaml:"licence"`
	Contact survey.Text   `yaml:"contact"`
	Authors survey.Text   `yaml:"authors"`
	Year    string        `yaml:"year"`
}

// readBrand reads the logo, which is refused where it holds more than a picture,
// and checks the colours: those that cannot be read are not used.
func (r *run) readBrand(s at) error {
	b := r.config.Report.Brand
	var faults []brand.Fault
	r.colours, faults = b.Colours.Checked()
	for _, f := range faults {
		s.found([]finding.Finding{{
			Stage: "survey", Kind: "brand-colour", Severity: finding.Warning, Place: r.config.at("report.brand.colours." + f.Key),
			Problem: f.Problem, Remedy: "Choose another; the program's own is used until then.",
		}})
	}
	if b.Logo == "" {
		return nil
	}
	content, err := r.open(b.Logo)
	if err != nil {
		return err
	}
	logo, err := brand.ReadLogo(content)
	if err != nil {
		s.found([]finding.Finding{{
			Stage: "survey", Kind: "brand-logo", Severity: finding.Refusal, Place: finding.Place{File: b.Logo},
			Problem: finding.Sentence(err), Remedy: "Export it anew as PNG, or as plain SVG.",
		}})
		return nil
	}
	r.logo = logo
	if len(b.LogoAlt) == 0 && len(b.Name) == 0 {
		s.found([]finding.Finding{{
			Stage: "survey", Kind: "brand-logo", Severity: finding.Warning, Place: r.config.at("report.brand.logo"),
			Problem: "Nothing says what the logo shows to those who do not see it.", Remedy: "Add report.brand.logo_alt.",
		}})
	}
	return nil
}

// branding is what the report is given of it.
func (r *run) branding() report.Branding {
	b := r.config.Report.Brand
	return report.Branding{
		Name: b.Name, Authors: b.Authors, Funder: b.Funder, Licence: b.Licence, Contact: b.Contact, Year: b.Year,
		LogoAlt: b.LogoAlt, Logo: r.logo, Colours: r.colours,
	}
}
