package report_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/report"
)

// explored calls a function with every view of the explorer.
func explored(r *report.Report, visit func(item report.ExplorerItem, v report.ExplorerView)) {
	for _, ch := range r.Explorer.Chapters {
		for _, i := range ch.Items {
			for _, v := range i.Views {
				visit(i, v)
			}
		}
	}
}

func TestTheExplorerHoldsPublishedFiguresAlone(t *testing.T) {
	in := sample(t, "en")
	r := compose(t, in)
	allowed := map[string]bool{}
	for _, l := range in.Safe.Ledger() {
		if l.Artifact != report.Artifact("en") || l.Status != protect.Published {
			continue
		}
		v, err := l.Value.Float64()
		if err != nil {
			t.Fatal(err)
		}
		n := in.Language.Numbers
		switch {
		case l.Share():
			allowed[n.Percent(v, l.Decimals)] = true
		case l.Mean():
			allowed[n.Decimal(v, l.Decimals)] = true
		default:
			allowed[n.Count(int64(v))] = true
		}
	}
	figure := regexp.MustCompile(`\d[\d,.]*%?`)
	shown, withheld := 0, 0
	explored(r, func(i report.ExplorerItem, v report.ExplorerView) {
		for _, g := range v.Groups {
			if !allowed[g.Base] {
				t.Errorf("%s by %q: the base %q is not in the ledger", i.Name, v.By, g.Base)
			}
		}
		for _, row := range v.Rows {
			if len(row.Cells) != len(v.Groups) {
				t.Fatalf("%s by %q: %d cells for %d groups", i.Name, v.By, len(row.Cells), len(v.Groups))
			}
			for _, c := range row.Cells {
				if !c.Shown {
					withheld++
					if c.Text != in.Language.Numbers.Mark() || c.Interval != "" || c.At != 0 || c.Ranged || c.From != 0 || c.To != 0 {
						t.Errorf("%s by %q: a withheld figure says more than its mark: %+v", i.Name, v.By, c)
					}
					continue
				}
				shown++
				for _, n := range append(figure.FindAllString(c.Interval, -1), c.Text) {
					if !allowed[n] {
						t.Errorf("%s by %q: %q is not in the ledger", i.Name, v.By, n)
					}
				}
				if c.At < 0 || c.At > 1 || c.Ranged && (c.From > c.At || c.To < c.At || c.From < 0 || c.To > 1) {
					t.Errorf("%s by %q: a figure lies outside its scale: %+v", i.Name, v.By, c)
				}
			}
		}
	})
	if shown < 50 || withheld == 0 {
		t.Errorf("%d figures shown, %d withheld", shown, withheld)
	}
}

func TestLengthsAreThoseOfTheFiguresOnTheScale(t *testing.T) {
	found := 0
	explored(compose(t, sample(t, "en")), func(i report.ExplorerItem, v report.ExplorerView) {
		switch {
		case i.Name == "region" && v.By == "": // half of 180, on a scale that ends at 75%
			found++
			if v.Low != "0%" || v.High != "75%" || v.Rows[0].Cells[0].At != 0.6667 || v.Point {
				t.Errorf("shares: %+v", v)
			}
		case i.Name == "hard_write" && v.By == "region": // the middle of a scale from 1 to 5
			found++
			if v.Low != "1" || v.High != "5" || v.Rows[0].Cells[1].At != 0.5 || !v.Point || len(v.Groups) != 3 {
				t.Errorf("means: %+v", v)
			}
		}
	})
	if found != 2 {
		t.Errorf("%d views looked at", found)
	}
}

// A sensitive item may be broken down only where the report itself does so.
func TestSensitiveItemsAreExploredAsFarAsTheReportShowsThem(t *testing.T) {
	for _, domains := range [][]string{{"region"}, {"tools", "region"}} {
		in := sample(t, "en")
		in.Domains = domains
		r := compose(t, in)
		drawn := false
		for _, ch := range r.Chapters {
			for _, b := range ch.Blocks {
				if f, ok := b.(report.Figure); ok && strings.HasPrefix(f.ID, "f-threat-by-") {
					drawn = true
				}
			}
		}
		has, plain := false, false
		explored(r, func(i report.ExplorerItem, v report.ExplorerView) {
			has = has || i.Name == "threat" && v.By != ""
			plain = plain || i.Name == "staff" && v.By == "region"
		})
		if has != drawn || drawn != (domains[0] == "region") || !plain {
			t.Errorf("domains %v: broken down in the report %v, in the explorer %v; another item in the explorer %v", domains, drawn, has, plain)
		}
	}
}
