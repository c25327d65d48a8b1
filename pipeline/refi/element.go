package refi

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// Position counts code points; it is Nowhere where the file gives no number.
type Position int

// Nowhere is the position that cannot be read.
const Nowhere Position = -1

// UnmarshalXMLAttr reads a position, and never fails: what is no position lies
// out of the text and is found there.
func (p *Position) UnmarshalXMLAttr(a xml.Attr) error {
	n, err := strconv.Atoi(strings.TrimSpace(a.Value))
	if *p = Position(n); err != nil || n < 0 {
		*p = Nowhere
	}
	return nil
}

// UnmarshalXML reads sources of all kinds in their order.
func (s *Sources) UnmarshalXML(d *xml.Decoder, _ xml.StartElement) error {
	for {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			var source Source
			if t.Name.Local == "TextSource" {
				source.Text = new(Text)
				err = d.DecodeElement(source.Text, &t)
			} else {
				source.Other = new(Element)
				err = d.DecodeElement(source.Other, &t)
			}
			if err != nil {
				return err
			}
			*s = append(*s, source)
		}
	}
}

// MarshalXML writes sources in their order.
func (s Sources) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	if err := e.EncodeToken(start); err != nil {
		return err
	}
	for _, source := range s {
		var err error
		if source.Text != nil {
			err = e.EncodeElement(source.Text, named("TextSource"))
		} else if source.Other != nil {
			err = e.EncodeElement(source.Other, named(source.Other.Name))
		}
		if err != nil {
			return err
		}
	}
	return e.EncodeToken(start.End())
}

func named(name string) xml.StartElement { return xml.StartElement{Name: xml.Name{Local: name}} }

// UnmarshalXML reads an element with all that is in it. Blanks between elements are form.
func (x *Element) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	x.Name = start.Name.Local
	for _, a := range start.Attr {
		if a.Name.Space == "" && a.Name.Local != "xmlns" {
			x.Attrs = append(x.Attrs, a)
		}
	}
	var text strings.Builder
	for {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.StartElement:
			var child Element
			if err := child.UnmarshalXML(d, t); err != nil {
				return err
			}
			x.Children = append(x.Children, child)
		case xml.EndElement:
			if len(x.Children) == 0 {
				x.Text = text.String()
			}
			return nil
		}
	}
}

// MarshalXML writes the element as it was read.
func (x Element) MarshalXML(e *xml.Encoder, _ xml.StartElement) error {
	start := xml.StartElement{Name: xml.Name{Local: x.Name}, Attr: x.Attrs}
	if err := e.EncodeToken(start); err != nil {
		return err
	}
	for _, child := range x.Children {
		if err := child.MarshalXML(e, start); err != nil {
			return err
		}
	}
	if x.Text != "" {
		if err := e.EncodeToken(xml.CharData(x.Text)); err != nil {
			return err
		}
	}
	return e.EncodeToken(start.End())
}
