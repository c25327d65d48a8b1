package spss

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"

	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// finish puts the dictionary together once all of its records are there.
func (f *file) finish() error {
	if len(f.named) == 0 {
		return damaged("it has no variables")
	}
	if b := f.extensions[floats]; len(b) >= 24 {
		f.sysmis = math.Float64frombits(f.order.Uint64(b))
	}
	if err := f.settleEncoding(); err != nil {
		return err
	}
	f.readDisplay()
	if err := f.joinSegments(); err != nil {
		return err
	}
	f.rename()
	if err := f.readLongLabels(); err != nil {
		return err
	}
	if err := f.readLongMissings(); err != nil {
		return err
	}
	return f.checkTexts()
}

// settleEncoding finds how texts are encoded: as declared, or as the file says.
func (f *file) settleEncoding() error {
	name, where := strings.ToLower(strings.TrimSpace(f.declared)), "that input.encoding names"
	if name == "" {
		name, where = strings.ToLower(string(bytes.Trim(f.extensions[charset], " \x00"))), "that the SPSS file names"
	}
	if b := f.extensions[integers]; name == "" && len(b) >= 32 {
		switch code := f.order.Uint32(b[28:]); code {
		case 0, 1, 2, 3, 4: // not said, or ASCII with something or other behind it
		case 65001:
			name = "utf-8"
		default:
			name = codePage(code)
		}
	}
	if name == "" || name == "utf-8" || name == "utf8" {
		return nil
	}
	if n, ok := strings.CutPrefix(name, "cp"); ok {
		if code, err := strconv.ParseUint(n, 10, 32); err == nil {
			name = codePage(uint32(code))
		}
	}
	found, err := htmlindex.Get(name)
	if err != nil {
		return &records.Fault{Kind: "unknown-encoding", Problem: "The encoding " + where + ", " + records.Printable(name) + ", is not known.", Remedy: "Set input.encoding to its name as the web has it, for example windows-1256; or save the file in SPSS with Unicode."}
	}
	f.encoding = found
	if name, err := htmlindex.Name(found); err == nil && name == "utf-8" {
		f.encoding = nil
	}
	return nil
}

// codePage names a code page as the web does.
func codePage(code uint32) string {
	switch code {
	case 874, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258:
		return fmt.Sprintf("windows-%d", code)
	case 932:
		return "shift_jis"
	case 936:
		return "gbk"
	case 949:
		return "euc-kr"
	case 950:
		return "big5"
	case 10000:
		return "macintosh"
	case 20866:
		return "koi8-r"
	case 54936:
		return "gb18030"
	}
	if code > 28590 && code <= 28606 {
		return fmt.Sprintf("iso-8859-%d", code-28590)
	}
	return fmt.Sprintf("code page %d", code)
}

// readDisplay learns which variables are ordinal.
func (f *file) readDisplay() {
	b := f.extensions[display]
	step := 12
	if len(b) == 8*len(f.named) {
		step = 8
	} else if len(b) != 12*len(f.named) {
		return
	}
	for i, v := range f.named {
		v.ordered = f.order.Uint32(b[i*step:]) == 2
	}
}

// joinSegments joins the variables into which a text of more than 255 bytes is
// cut. Each of them but the last holds 255 bytes.
func (f *file) joinSegments() error {
	widths := map[string]int{}
	for pair := range bytes.SplitSeq(f.extensions[longTexts], []byte("\t")) {
		short, width, ok := strings.Cut(string(bytes.Trim(pair, "\x00")), "=")
		if n, err := strconv.Atoi(width); ok && err == nil && n > 255 && n <= 32767 {
			widths[strings.ToUpper(short)] = n
		}
	}
	for i := 0; i < len(f.named); {
		v := f.named[i]
		parts := 1
		if width := widths[strings.ToUpper(v.short)]; width > 0 {
			v.width = width
			parts = (width + 251) / 252
		}
		if i+parts > len(f.named) {
			return damaged("a long text has fewer parts than it should")
		}
		f.variables = append(f.variables, v)
		i += parts
		end := f.octets
		if i < len(f.named) {
			end = f.named[i].octet
		}
		if want := v.octet + v.octetsOf(); want != end {
			return damaged("a text does not have the length that is said of it")
		}
	}
	return nil
}

// octetsOf returns how many pieces of 8 bytes the variable takes in a case.
func (v *variable) octetsOf() int {
	switch {
	case v.width == 0:
		return 1
	case v.width <= 255:
		return (v.width + 7) / 8
	}
	parts := (v.width + 251) / 252
	return (parts-1)*32 + (v.width-(parts-1)*252+7)/8
}

// rename gives variables the long names that stand beside their short ones.
func (f *file) rename() {
	long := map[string]string{}
	for pair := range bytes.SplitSeq(f.extensions[longNames], []byte("\t")) {
		if short, name, ok := strings.Cut(string(pair), "="); ok && name != "" {
			long[strings.ToUpper(short)] = name
		}
	}
	for _, v := range f.variables {
		if name := long[strings.ToUpper(v.short)]; name != "" {
			v.name = []byte(strings.TrimRight(name, " \x00"))
		}
	}
}

// fields takes an extension apart into its parts.
type fields struct {
	f *file
	b []byte
}

func (p *fields) int() (int, bool) {
	if len(p.b) < 4 {
		return 0, false
	}
	n := int32(p.f.order.Uint32(p.b))
	p.b = p.b[4:]
	return int(n), n >= 0
}

func (p *fields) take(n int) ([]byte, bool) {
	if n < 0 || n > len(p.b) {
		return nil, false
	}
	out := p.b[:n]
	p.b = p.b[n:]
	return out, true
}

// text takes a text with its length before it.
func (p *fields) text() ([]byte, bool) {
	n, ok := p.int()
	if !ok {
		return nil, false
	}
	return p.take(n)
}

func (f *file) find(name []byte) *variable {
	for _, v := range f.variables {
		if bytes.Equal(v.name, bytes.TrimRight(name, " ")) {
			return v
		}
	}
	return nil
}

// readLongLabels reads value labels of texts of more than 8 bytes.
func (f *file) readLongLabels() error {
	bad := damaged("labels of long values are not whole")
	for p := (&fields{f, f.extensions[longLabels]}); len(p.b) > 0; {
		name, ok1 := p.text()
		_, ok2 := p.int()
		n, ok3 := p.int()
		if !ok1 || !ok2 || !ok3 {
			return bad
		}
		v := f.find(name)
		for range n {
			value, ok1 := p.text()
			label, ok2 := p.text()
			if !ok1 || !ok2 {
				return bad
			}
			if v != nil {
				v.values = append(v.values, valueLabel{value, label})
			}
			if f.labels++; f.labels > maxLabels {
				return bad
			}
		}
	}
	return nil
}

// readLongMissings reads missing values of texts of more than 8 bytes.
func (f *file) readLongMissings() error {
	bad := damaged("missing values of long texts are not whole")
	for p := (&fields{f, f.extensions[longMissings]}); len(p.b) > 0; {
		name, ok1 := p.text()
		n, ok2 := p.take(1)
		width, ok3 := p.int()
		if !ok1 || !ok2 || !ok3 {
			return bad
		}
		v := f.find(name)
		for range n[0] {
			value, ok := p.take(width)
			if !ok {
				return bad
			}
			if v != nil {
				v.missing = append(v.missing, value)
			}
		}
	}
	return nil
}

// checkTexts refuses a dictionary whose texts are not in the encoding that they
// should be in: its names would not be those of the form.
func (f *file) checkTexts() error {
	if f.encoding != nil {
		return nil
	}
	for _, v := range f.variables {
		good := utf8.Valid(v.name) && utf8.Valid(v.label)
		for _, l := range v.values {
			good = good && utf8.Valid(l.label)
		}
		if !good {
			return &records.Fault{Kind: "not-utf-8", Problem: "Names or labels of the SPSS file are not UTF-8, and the file does not say how they are written.", Remedy: "Set input.encoding to how the file was written, for example windows-1256; or save it in SPSS with Unicode."}
		}
	}
	return nil
}
