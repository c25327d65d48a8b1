package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// node is an element of a part.
type node struct {
	name     string
	attrs    map[string]string // by local name
	children []*node
	chars    string
}

func tree(t testing.TB, part []byte) *node {
	t.Helper()
	root := &node{}
	open := []*node{root}
	for d := xml.NewDecoder(bytes.NewReader(part)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root
		}
		if err != nil {
			t.Fatalf("a part is not well formed: %v", err)
		}
		at := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			n := &node{name: token.Name.Local, attrs: map[string]string{}}
			for _, a := range token.Attr {
				n.attrs[a.Name.Local] = a.Value
			}
			at.children = append(at.children, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			at.chars += string(token)
		}
	}
}

// all gives the elements of a name below a node, in order.
func (n *node) all(name string) iter.Seq[*node] {
	return func(yield func(*node) bool) { n.each(name, yield) }
}

func (n *node) each(name string, yield func(*node) bool) bool {
	for _, c := range n.children {
		if c.name == name && !yield(c) || !c.each(name, yield) {
			return false
		}
	}
	return true
}

func (n *node) child(name string) *node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// text is what the runs of a paragraph show, line breaks included.
func (n *node) text() string {
	var b strings.Builder
	var walk func(*node)
	walk = func(n *node) {
		switch n.name {
		case "t":
			b.WriteString(n.chars)
		case "br":
			b.WriteString("\n")
		}
		for _, c := range n.children {
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

func (n *node) style() string {
	if p := n.child("pPr"); p != nil && p.child("pStyle") != nil {
		return p.child("pStyle").attrs["val"]
	}
	return ""
}

// order is the order in which the format wants the children of an element (ECMA-376
// part 1, the schema of WordprocessingML): word processors refuse another one.
var order = map[string]string{
	"pPr":         "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
	"rPr":         "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
	"tblPr":       "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
	"tbl":         "bookmarkStart bookmarkEnd tblPr tblGrid tr",
	"tr":          "tblPrEx trPr tc",
	"trPr":        "cantSplit tblHeader",
	"tcPr":        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
	"tcBorders":   "top start left bottom end right insideH insideV tl2br tr2bl",
	"tblBorders":  "top left bottom right insideH insideV",
	"tblCellMar":  "top left bottom right",
	"pBdr":        "top left bottom right between bar",
	"sectPr":      "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
	"style":       "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal rsid pPr rPr tblPr trPr tcPr tblStylePr",
	"tblStylePr":  "pPr rPr tblPr trPr tcPr",
	"styles":      "docDefaults latentStyles style",
	"docDefaults": "rPrDefault pPrDefault",
	"lvl":         "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
	"abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
	"numbering":   "numPicBullet abstractNum num",
	"settings":    "writeProtection view zoom defaultTabStop characterSpacingControl compat rsids mathPr themeFontLang clrSchemeMapping decimalSymbol listSeparator",
	"font":        "altName panose1 charset family notTrueType pitch sig",
	"inline":      "extent effectExtent docPr cNvGraphicFramePr graphic",
	"pic":         "nvPicPr blipFill spPr",
	"sdt":         "sdtPr sdtEndPr sdtContent",
	"docPartObj":  "docPartGallery docPartCategory docPartUnique",
}

func disordered(n *node) (out []string) {
	if wanted, ok := order[n.name]; ok {
		names, last := strings.Fields(wanted), 0
		for _, c := range n.children {
			at := slices.Index(names, c.name)
			if at < last {
				out = append(out, c.name+" in "+n.name)
			}
			last = max(at, last)
		}
	}
	for _, c := range n.children {
		out = append(out, disordered(c)...)
	}
	return out
}

func TestElementsHaveTheOrderOfTheFormat(t *testing.T) {
	for _, tag := range []string{"en", "ar"} {
		for name, part := range unpacked(t, written(t, sample(tag))) {
			if path.Ext(name) != ".xml" {
				continue
			}
			for _, what := range disordered(tree(t, part)) {
				t.Errorf("%s: %s: %s", tag, name, what)
			}
		}
	}
	if bad := disordered(tree(t, []byte(`<p><pPr><jc/><bidi/></pPr></p>`))); len(bad) != 1 {
		t.Error("a wrong order is not found")
	}
}

func TestWhatIsNamedIsThere(t *testing.T) {
	for _, tag := range []string{"en", "ar"} {
		parts := unpacked(t, written(t, sample(tag)))
		doc, styles := tree(t, parts["word/document.xml"]), tree(t, parts["word/styles.xml"])
		defined := map[string]bool{}
		for s := range styles.all("style") {
			if defined[s.attrs["styleId"]] {
				t.Errorf("style %s is there twice", s.attrs["styleId"])
			}
			defined[s.attrs["styleId"]] = true
		}
		for _, root := range []*node{doc, styles, tree(t, parts["word/header1.xml"]), tree(t, parts["word/footer1.xml"]), tree(t, parts["word/numbering.xml"])} {
			for _, kind := range []string{"pStyle", "rStyle", "tblStyle", "basedOn", "next"} {
				for s := range root.all(kind) {
					if !defined[s.attrs["val"]] {
						t.Errorf("%s: %s %s is not defined", tag, kind, s.attrs["val"])
					}
				}
			}
		}
		marks := map[string]bool{}
		for m := range doc.all("bookmarkStart") {
			name := strings.ToLower(m.attrs["name"])
			if marks[name] || !regexp.MustCompile(`^[a-z]\w{0,39}$`).MatchString(name) {
				t.Errorf("bookmark %s", m.attrs["name"])
			}
			marks[name] = true
		}
		links := 0
		for h := range doc.all("hyperlink") {
			links++
			if !marks[strings.ToLower(h.attrs["anchor"])] || h.attrs["id"] != "" {
				t.Errorf("a link leads to %q", h.attrs["anchor"])
			}
		}
		if links != 5 { // four lines of the contents, one point
			t.Errorf("%s: %d links", tag, links)
		}
		files := map[string]string{}
		for r := range tree(t, parts["word/_rels/document.xml.rels"]).all("Relationship") {
			if files[r.attrs["Id"]] != "" || r.attrs["TargetMode"] != "" || parts["word/"+r.attrs["Target"]] == nil {
				t.Errorf("relationship %v", r.attrs)
			}
			files[r.attrs["Id"]] = r.attrs["Target"]
		}
		drawings := map[string]bool{}
		for d := range doc.all("docPr") {
			if d.attrs["descr"] == "" || drawings[d.attrs["id"]] {
				t.Errorf("drawing %v", d.attrs)
			}
			drawings[d.attrs["id"]] = true
		}
		for b := range doc.all("blip") {
			if !strings.HasPrefix(files[b.attrs["embed"]], "media/") {
				t.Errorf("picture %q", b.attrs["embed"])
			}
		}
		if len(drawings) != 2 {
			t.Errorf("%d drawings", len(drawings))
		}
		known := string(parts["[Content_Types].xml"])
		for name := range parts {
			if path.Ext(name) == ".xml" && name != "[Content_Types].xml" && !strings.Contains(known, `PartName="/`+name+`"`) {
				t.Errorf("%s has no type", name)
			}
		}
	}
}

func TestTablesHaveHeadersThatRepeatAndCellsInEachColumn(t *testing.T) {
	doc := tree(t, unpacked(t, written(t, sample("en")))["word/document.xml"])
	tables := 0
	for table := range doc.all("tbl") {
		tables++
		columns, sum := 0, 0
		for c := range table.all("gridCol") {
			w, _ := strconv.Atoi(c.attrs["w"])
			columns, sum = columns+1, sum+w
		}
		if sum != textWidth {
			t.Errorf("table %d is %d wide", tables, sum)
		}
		first := true
		for row := range table.all("tr") {
			properties := row.child("trPr")
			if properties.child("cantSplit") == nil {
				t.Errorf("table %d: a row may be parted", tables)
			}
			if (properties.child("tblHeader") != nil) != (first && tables > 1) { // key figures have no header
				t.Errorf("table %d: header", tables)
			}
			cells := 0
			for c := range row.all("tc") {
				cells++
				if last := c.children[len(c.children)-1]; last.name != "p" {
					t.Errorf("table %d: a cell ends with %s", tables, last.name)
				}
			}
			if cells != columns {
				t.Errorf("table %d: %d cells in %d columns", tables, cells, columns)
			}
			first = false
		}
	}
	if tables != 7 {
		t.Errorf("%d tables", tables)
	}
}

func TestFieldsBeginAndEnd(t *testing.T) {
	doc := tree(t, unpacked(t, written(t, sample("en")))["word/document.xml"])
	var got []string
	for f := range doc.all("fldChar") {
		got = append(got, f.attrs["fldCharType"])
	}
	for i, kind := range got {
		if kind != []string{"begin", "separate", "end"}[i%3] {
			t.Fatalf("fields are %v", got)
		}
	}
	var codes []string
	for c := range doc.all("instrText") {
		codes = append(codes, strings.TrimSpace(c.chars))
	}
	want := []string{`TOC \o "1-2" \h \z \u`, `SEQ Figure \* ARABIC`, `SEQ Table \* ARABIC`, `SEQ Table \* ARABIC`, `SEQ Figure \* ARABIC`, `SEQ Table \* ARABIC`, `SEQ Table \* ARABIC`, `SEQ Table \* ARABIC`, `SEQ Table \* ARABIC`}
	if !slices.Equal(codes, want) || len(got) != 3*len(want) {
		t.Errorf("fields %v", codes)
	}
}

func TestPicturesFitThePage(t *testing.T) {
	doc := tree(t, unpacked(t, written(t, sample("en")))["word/document.xml"])
	for e := range doc.all("extent") {
		wide, _ := strconv.ParseFloat(e.attrs["cx"], 64)
		high, _ := strconv.ParseFloat(e.attrs["cy"], 64)
		if wide > mostWide || high > mostHigh || wide/high < 0.554 || wide/high > 0.557 { // 500 by 900
			t.Errorf("a picture of %v by %v", wide, high)
		}
	}
}
