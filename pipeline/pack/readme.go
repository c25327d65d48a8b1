package pack

import (
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/report/lang"
)

// kinds are what is said of files, by the words of the catalogue. A file whose
// name fits none is listed by its name alone.
func kinds() []struct{ begin, end, key string } {
	return []struct{ begin, end, key string }{
		{"report.", ".html", "pack.report"},
		{"report.", ".pdf", "pack.pdf"},
		{"report.", ".docx", "pack.docx"},
		{"report.", ".md", "pack.summary"},
		{"tables.", ".html", "pack.tables"},
		{"tables.", ".xlsx", "pack.workbook"},
		{"figures/", "", "pack.figures"},
		{"results.", "", "pack.results"},
		{"codebook.", "", "pack.codebook"},
		{ManifestName, "", "pack.manifest"},
	}
}

// ReadmeName returns the name of the file that says in a language what the
// others are: "README.en.txt".
func ReadmeName(tag string) string { return "README." + tag + ".txt" }

// Readme says in a language what each file of an archive is. Files in other
// languages are left to their own.
func Readme(l *lang.Language, names []string, closed string) []byte {
	var lines []string
	say := func(key string) {
		if text := l.Say(key); !slices.Contains(lines, text) {
			lines = append(lines, text)
		}
	}
	say("pack.title")
	if closed != "" {
		say(closed)
	}
	for _, k := range kinds() {
		var fit []string
		for _, name := range names {
			if !strings.HasPrefix(name, k.begin) || !strings.HasSuffix(name, k.end) {
				continue
			}
			switch {
			case k.begin == "figures/":
				fit = []string{"figures/"}
			case k.end == "" || name == k.begin+l.Tag+k.end:
				fit = append(fit, name)
			}
		}
		if len(fit) > 0 {
			lines = append(lines, strings.Join(fit, ", "), "    "+l.Say(k.key))
		}
	}
	lines = append(lines, l.Say("pack.check"))
	var b strings.Builder
	b.WriteString("\ufeff") // so that every editor knows the encoding
	for i, line := range lines {
		if i > 0 && !strings.HasPrefix(line, "    ") {
			b.WriteString("\r\n")
		}
		b.WriteString(line + "\r\n")
	}
	return []byte(b.String())
}
