package refi

import (
	"encoding/xml"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// schemas is where the schemas of the standard lie beside the checkout.
var schemas = filepath.Join("..", "..", "..", "shared", "data", "readers", "refi-qda")

// node is an element with its namespace, as the checker of schemas sees it.
type node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []node     `xml:",any"`
}

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func (n node) all(name string) []node {
	var out []node
	for _, c := range n.Children {
		if c.XMLName.Local == name {
			out = append(out, c)
		}
	}
	return out
}

// schema knows as much of XML Schema as those of the standard use: sequences and
// choices of elements, attributes, and simple types by pattern or list.
type schema struct {
	space, root, rootType string
	complex, simple       map[string]node
	problems              []string
}

func readSchema(t *testing.T, file string) *schema {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(schemas, file))
	if os.IsNotExist(err) {
		t.Skip("the schemas of the standard are not beside the checkout")
	}
	if err != nil {
		t.Fatal(err)
	}
	var top node
	if err := xml.Unmarshal(content, &top); err != nil {
		t.Fatal(err)
	}
	s := &schema{space: top.attr("targetNamespace"), complex: map[string]node{}, simple: map[string]node{}}
	for _, n := range top.Children {
		switch n.XMLName.Local {
		case "element":
			s.root, s.rootType = n.attr("name"), n.attr("type")
		case "complexType":
			s.complex[n.attr("name")] = n
		case "simpleType":
			s.simple[n.attr("name")] = n
		}
	}
	return s
}

// validate returns what in a document the schema does not allow.
func (s *schema) validate(t *testing.T, document []byte) []string {
	t.Helper()
	var top node
	if err := xml.Unmarshal(document, &top); err != nil {
		return []string{err.Error()}
	}
	s.problems = nil
	if top.XMLName.Local != s.root || top.XMLName.Space != s.space {
		return []string{"the root is " + top.XMLName.Local + " in " + top.XMLName.Space}
	}
	s.element(s.root, top, s.rootType)
	return s.problems
}

func (s *schema) fault(path, format string, args ...any) {
	s.problems = append(s.problems, path+": "+fmt.Sprintf(format, args...))
}

func (s *schema) element(path string, n node, kind string) {
	if n.XMLName.Space != s.space {
		s.fault(path, "is in the namespace %q", n.XMLName.Space)
	}
	c, ok := s.complex[kind]
	if !ok {
		if len(n.Children) > 0 {
			s.fault(path, "has elements")
		}
		s.value(path, n.Text, kind)
		return
	}
	if strings.TrimSpace(n.Text) != "" {
		s.fault(path, "has text between its elements")
	}
	known := map[string]bool{}
	for _, a := range c.all("attribute") {
		known[a.attr("name")] = true
		given := slices.ContainsFunc(n.Attrs, func(x xml.Attr) bool { return x.Name.Local == a.attr("name") })
		if !given && a.attr("use") == "required" {
			s.fault(path, "lacks the attribute %s", a.attr("name"))
		}
		if given {
			s.value(path+"@"+a.attr("name"), n.attr(a.attr("name")), a.attr("type"))
		}
	}
	for _, a := range n.Attrs {
		if !known[a.Name.Local] && a.Name.Local != "xmlns" {
			s.fault(path, "has the attribute %s", a.Name.Local)
		}
	}
	rest := n.Children
	for _, part := range c.Children {
		switch part.XMLName.Local {
		case "sequence":
			rest = s.sequence(path, rest, part)
		case "choice":
			rest = s.choice(path, rest, part)
		}
	}
	if len(rest) > 0 {
		s.fault(path, "has %s out of place", rest[0].XMLName.Local)
	}
}

func (s *schema) sequence(path string, rest []node, seq node) []node {
	for _, part := range seq.Children {
		if part.XMLName.Local == "choice" {
			rest = s.choice(path, rest, part)
			continue
		}
		low, high := occurs(part)
		n := 0
		for len(rest) > 0 && rest[0].XMLName.Local == part.attr("name") && n < high {
			s.element(path+"/"+part.attr("name"), rest[0], part.attr("type"))
			rest, n = rest[1:], n+1
		}
		if n < low {
			s.fault(path, "lacks %s", part.attr("name"))
		}
	}
	return rest
}

// choice takes as many elements as it may. All choices of the standard may be empty or repeat.
func (s *schema) choice(path string, rest []node, c node) []node {
	_, high := occurs(c)
	for n := 0; len(rest) > 0 && n < high; n++ {
		i := slices.IndexFunc(c.Children, func(part node) bool { return part.attr("name") == rest[0].XMLName.Local })
		if i < 0 {
			break
		}
		s.element(path+"/"+rest[0].XMLName.Local, rest[0], c.Children[i].attr("type"))
		rest = rest[1:]
	}
	return rest
}

func occurs(n node) (low, high int) {
	low, high = 1, 1
	if v := n.attr("minOccurs"); v != "" {
		low, _ = strconv.Atoi(v)
	}
	if v := n.attr("maxOccurs"); v == "unbounded" {
		high = 1 << 30
	} else if v != "" {
		high, _ = strconv.Atoi(v)
	}
	return low, high
}

func (s *schema) value(path, value, kind string) {
	ok := true
	switch kind {
	case "xsd:string":
	case "xsd:boolean":
		ok = slices.Contains([]string{"true", "false", "0", "1"}, value)
	case "xsd:integer":
		_, ok = new(big.Int).SetString(value, 10)
	case "xsd:decimal":
		ok = regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)$`).MatchString(value)
	case "xsd:date":
		_, err := time.Parse("2006-01-02", value)
		ok = err == nil
	case "xsd:dateTime":
		_, err := time.Parse("2006-01-02T15:04:05.999999999", strings.TrimSuffix(value, "Z"))
		ok = err == nil
	default:
		simple, known := s.simple[kind]
		if !known || len(simple.all("restriction")) != 1 {
			s.fault(path, "has the type %s, which the checker does not know", kind)
			return
		}
		r := simple.all("restriction")[0]
		for _, p := range r.all("pattern") {
			ok = regexp.MustCompile("^(" + p.attr("value") + ")$").MatchString(value)
		}
		if list := r.all("enumeration"); len(list) > 0 {
			ok = slices.ContainsFunc(list, func(e node) bool { return e.attr("value") == value })
		}
	}
	if !ok {
		s.fault(path, "%q is no %s", value, kind)
	}
}

// valid fails the test where a schema does not allow a document; libxml2 is
// asked too where it is there.
func valid(t *testing.T, file string, document []byte) {
	t.Helper()
	for _, p := range readSchema(t, file).validate(t, document) {
		t.Error(p)
	}
	tool, err := exec.LookPath("xmllint")
	if err != nil {
		return
	}
	name := filepath.Join(t.TempDir(), "document.xml")
	if err := os.WriteFile(name, document, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(tool, "--noout", "--nonet", "--schema", filepath.Join(schemas, file), name).CombinedOutput(); err != nil {
		t.Errorf("xmllint: %s", out)
	}
}

func TestTheCheckerOfSchemasFindsMistakes(t *testing.T) {
	s := readSchema(t, "Project.xsd")
	guid := GUID("x")
	for body, want := range map[string]string{
		``: "",
		`<Sets><Set guid="` + guid + `" name="a"/></Sets><Notes><Note guid="` + guid + `"/></Notes>`: "out of place",
		`<Sources><TextSource/></Sources>`:                   "lacks the attribute guid",
		`<Sources><TextSource guid="x"/></Sources>`:          "is no GUIDType",
		`<Users></Users>`:                                    "lacks User",
		`<Users><User guid="` + guid + `" age="1"/></Users>`: "has the attribute age",
		`<CodeBook><Codes><Code guid="` + guid + `" name="a" isCodable="yes"/></Codes></CodeBook>`:                        "is no xsd:boolean",
		`<Variables><Variable guid="` + guid + `" name="a" typeOfVariable="Word"/></Variables>`:                           "is no typeOfVariableType",
		`<Cases><Case guid="` + guid + `"><VariableValue><TextValue>1</TextValue></VariableValue></Case></Cases>`:         "lacks VariableRef",
		`<Users xmlns=""><User guid="` + guid + `"/></Users>`:                                                             "namespace",
		`<Sources><TextSource guid="` + guid + `" creationDateTime="yesterday"/></Sources>`:                               "is no xsd:dateTime",
		`<Links><Link guid="` + guid + `"/></Links><Graphs><Graph guid="` + guid + `"><Edge/></Graph></Graphs>words`:      "lacks the attribute guid",
		`<Cases><Case guid="` + guid + `"><SourceRef targetGUID="` + guid + `"/><CodeRef targetGUID="1"/></Case></Cases>`: "has CodeRef out of place",
	} {
		got := strings.Join(s.validate(t, []byte(`<Project xmlns="urn:QDA-XML:project:1.0" name="p">`+body+`</Project>`)), "\n")
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

// The grammar of the package names what the schemas name.
func TestTheGrammarIsThatOfTheSchemas(t *testing.T) {
	type entry map[string]bool
	want := map[string]entry{}
	for _, file := range []string{"Project.xsd", "Codebook.xsd"} {
		s := readSchema(t, file)
		var walk func(name, kind string, seen []string)
		walk = func(name, kind string, seen []string) {
			if want[name] == nil {
				want[name] = entry{}
			}
			c := s.complex[kind]
			for _, a := range c.all("attribute") {
				want[name]["@"+a.attr("name")] = true
			}
			if slices.Contains(seen, name) {
				return
			}
			var elements func(n node)
			elements = func(n node) {
				for _, e := range n.Children {
					switch e.XMLName.Local {
					case "element":
						want[name][e.attr("name")] = true
						walk(e.attr("name"), e.attr("type"), append(seen, name))
					case "sequence", "choice":
						elements(e)
					}
				}
			}
			elements(c)
		}
		walk(s.root, s.rootType, nil)
	}
	got := newVocabulary()
	if len(got) != len(want) {
		t.Errorf("%d elements, want %d", len(got), len(want))
	}
	for name, w := range want {
		g := entry{}
		for a := range got[name].attributes {
			g["@"+a] = true
		}
		for e := range got[name].elements {
			g[e] = true
		}
		if fmt.Sprint(g) != fmt.Sprint(w) {
			t.Errorf("%s: %v, want %v", name, g, w)
		}
	}
}
