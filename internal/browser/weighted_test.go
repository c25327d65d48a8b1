package browser

import "testing"

// populations are invented: how many organisations there are of each size.
const populations = "item,value,total\norg_size,s0,1600\norg_size,s1,1500\norg_size,s2,1000\norg_size,s3,300\norg_size,s4,100\n"

func TestWeightedReport(t *testing.T) {
	browser := start(t)
	pages := example(t, "weight: {method: rake, frame: frame.csv, missing: keep, trim: {upper: 30}}\n", map[string]string{"frame.csv": populations})
	for lang := range pages {
		t.Run(lang, func(t *testing.T) {
			file := address(t, pages[lang])
			p := open(t, browser, file, 1200)
			if n := ask[int](t, p, `document.querySelectorAll("section[aria-labelledby=weights] table").length`); n < 2 {
				t.Errorf("the chapter on weights has %d tables", n)
			}
			openAll(t, p)
			t.Run("is accessible", func(t *testing.T) { isAccessible(t, p) })
			for name, width := range map[string]int64{"wide": 1200, "narrow": 390} {
				t.Run("fits a "+name+" window", func(t *testing.T) {
					none(t, check(t, open(t, browser, file, width), "wide"))
				})
			}
			t.Run("can be looked at", func(t *testing.T) { drawPart(t, p, "weights", lang) })
		})
	}
}
