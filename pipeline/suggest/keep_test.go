package suggest

import (
	"bytes"
	"reflect"
	"testing"
)

func TestAModelThatWasKeptSuggestsTheSame(t *testing.T) {
	for _, single := range []bool{true, false} {
		examples := made(200, false)
		m, _ := train(t, examples, Settings{Single: single})
		var first, second bytes.Buffer
		if err := m.Write(&first); err != nil {
			t.Fatal(err)
		}
		kept := bytes.Clone(first.Bytes())
		n, err := Read(&first)
		if err != nil {
			t.Fatal(err)
		}
		if err := n.Write(&second); err != nil || !bytes.Equal(kept, second.Bytes()) {
			t.Errorf("single %t: what was read is written otherwise: %v", single, err)
		}
		said := 0
		for _, e := range examples {
			a, b := m.Suggest(e.Text, "en"), n.Suggest(e.Text, "en")
			if !reflect.DeepEqual(a, b) {
				t.Fatalf("single %t: %v, and after reading %v", single, a, b)
			}
			said += len(a)
		}
		if said == 0 {
			t.Errorf("single %t: nothing was suggested", single)
		}
	}
}

func TestADamagedModelIsRefused(t *testing.T) {
	m, _ := train(t, made(60, false), Settings{})
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	for name, content := range map[string][]byte{
		"nothing":       nil,
		"other version": append([]byte("soundings suggester 0"), whole[len(format):]...),
		"cut off":       whole[:len(whole)-1],
		"too long":      append(bytes.Clone(whole), 0),
		"not a number":  append(bytes.Clone(whole[:len(whole)-4]), 0, 0, 0xc0, 0x7f),
	} {
		if _, err := Read(bytes.NewReader(content)); err == nil {
			t.Errorf("%s: must be refused", name)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(format + "\n" + `{"codes":["a"],"curves":[{"Slope":1,"Shift":0}],"least":[0.5],"features":0}` + "\n\x00\x00\x00\x00"))
	f.Add([]byte(format + "\n" + `{"single":true,"codes":["a","b"],"curves":[{},{}],"least":[0,0],"features":-1}` + "\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		if m, err := Read(bytes.NewReader(content)); err == nil {
			for _, s := range m.Best("some words", "a mark") {
				if !(s.Probability >= 0 && s.Probability <= 1) {
					t.Errorf("a probability of %v", s.Probability)
				}
			}
		}
	})
}
