package objects

import "strings"

// status reads what KoboToolbox writes as the validation status of a response:
// an object, of which the identifier counts.
func (w *walker) status(t *table, key string, depth int) error {
	uid := []byte{}
	err := w.plain(depth, 1, func(path []string, value []byte) {
		if len(path) == 1 && path[0] == "uid" {
			uid = value
		}
	})
	if err != nil {
		return err
	}
	w.take(t, key, number, uid)
	return nil
}

// details reads what KoboToolbox adds to recorded answers: their transcript and
// its translations. They become columns such as q/transcript_en, as in its
// other exports.
func (w *walker) details(t *table, depth int) error {
	type said struct{ language, value []byte }
	found := map[string]*said{}
	var order []string
	err := w.plain(depth, 4, func(path []string, value []byte) {
		n := len(path)
		if n < 3 || path[n-1] != "value" && path[n-1] != "languageCode" {
			return
		}
		name := path[0] + "/" + path[1]
		if path[1] == "translation" && n == 4 {
			name += "_" + path[2]
		} else if path[1] != "transcript" || n != 3 {
			return
		}
		s := found[name]
		if s == nil {
			s = &said{}
			found[name] = s
			order = append(order, name)
		}
		if path[n-1] == "value" {
			s.value = value
		} else {
			s.language = value
		}
	})
	if err != nil {
		return err
	}
	for _, name := range order {
		s := found[name]
		if s.value == nil {
			continue
		}
		column := name
		if strings.HasSuffix(name, "/transcript") && len(s.language) > 0 {
			column += "_" + string(s.language)
		}
		w.take(t, column, number, s.value)
	}
	return nil
}

// plain walks through an object whose brace has been read and tells of the texts
// in it, by the keys that lead to them, as deep as asked.
func (w *walker) plain(depth, levels int, tell func(path []string, value []byte)) error {
	var inside func(path []string, depth int) error
	inside = func(path []string, depth int) error {
		o := &object{}
		for {
			key, done, err := w.key(o, "")
			if err != nil || done {
				return err
			}
			t, err := w.lex.next()
			if err != nil {
				return err
			}
			here := append(path[:len(path):len(path)], key)
			switch {
			case t == '{' && len(here) < levels && depth < maxDepth:
				err = inside(here, depth+1)
			case t == text:
				w.flaws(key)
				tell(here, append([]byte{}, w.lex.text...))
			default:
				err = w.skip(t, depth+1)
			}
			if err != nil {
				return err
			}
		}
	}
	return inside(nil, depth)
}
