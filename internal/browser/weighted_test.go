package browser

import "testing"

// populations are invented: how many organisations there are of each size.
const populations = "item,value,total\norg_size,s0,1600\norg_size,s1,1500\norg_size,s2,1000\norg_size,s3,300\norg_size,s4,100\n"

// ours is what a publisher adds to a report: name, logo, commentary.
const ours = `  brand:
    name: {en: Example network, ar: شبكة للمثال}
    logo: logo.svg
    logo_alt: {en: A wave in a ring, ar: موجة في حلقة}
    colours: {ground: "#3D2B56", accent: "#12436D"}
    funder: {en: Paid for by nobody, ar: لم يدفع أحد ثمنه}
    licence: {en: CC BY 4.0, ar: CC BY 4.0}
    contact: {en: At the example network, ar: لدى شبكة المثال}
    authors: {en: Example network, ar: شبكة للمثال}
    year: "2026"
  commentary:
    lines:
      - {place: summary, text: {en: "What we make of it, in a sentence.", ar: "ما نستخلصه منه، في جملة."}}
      - {place: tools_used, text: {en: "Of all who answered, {tools_used:ohchr} had used these guides.", ar: "من بين جميع من أجابوا، استخدم {tools_used:ohchr} هذه الأدلة."}}
`

const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="18" fill="#3D2B56"/><path d="M6 22 Q13 12 20 22 T34 22" fill="none" stroke="#FFFFFF" stroke-width="4"/></svg>`

// A report with weights and all that a publisher adds to it.
func TestWeightedReport(t *testing.T) {
	browser := start(t)
	pages := example(t, []string{"en", "ar"}, "weight: {method: rake, frame: frame.csv, missing: keep, trim: {upper: 30}}\n", ours,
		map[string]string{"frame.csv": populations, "logo.svg": logo})
	for lang := range pages {
		t.Run(lang, func(t *testing.T) {
			file := address(t, pages[lang])
			p := open(t, browser, file, 1200)
			t.Run("asks for nothing but itself", func(t *testing.T) { asksForNothing(t, p, file, inPage) })
			for what, want := range map[string]int{
				"section[aria-labelledby=weights] table": 2, ".brand img[alt]": 1, ".foot p": 3, ".commentary": 2, ".commentary data": 1,
			} {
				if n := ask[int](t, p, `document.querySelectorAll("`+what+`").length`); n < want {
					t.Errorf("the page has %d of %s", n, what)
				}
			}
			if !ask[bool](t, p, `document.querySelector(".brand img").naturalWidth > 0`) {
				t.Error("the logo is not shown")
			}
			openAll(t, p)
			t.Run("fits its window", func(t *testing.T) { fits(t, p) })
			t.Run("can be looked at", func(t *testing.T) {
				for _, id := range []string{"top", "weights", "cite"} {
					drawPart(t, p, id, lang)
				}
			})
			t.Run("is accessible", func(t *testing.T) { isAccessible(t, p) })
			if lang == "en" {
				t.Run("has contrast", func(t *testing.T) { hasContrast(t, p) })
			}
		})
	}
}
