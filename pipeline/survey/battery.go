package survey

import "strings"

// SameBattery reports whether two neighbouring items are rows of one grid: both
// ask for one choice of the same list, in the same group and on the same level.
func SameBattery(a, b *Item) bool {
	return a.Type == SelectOne && b.Type == SelectOne && a.List == b.List && a.Level == b.Level && a.Folder() == b.Folder()
}

// Folder returns the path of the group in which the item stands, "" outside all
// groups.
func (i *Item) Folder() string {
	if at := strings.LastIndexByte(i.Path, '/'); at >= 0 {
		return i.Path[:at]
	}
	return ""
}

// Batteries returns the batteries of a level, in the order of the form: two
// items or more that stand together, notes between them aside.
func (s *Survey) Batteries(level int) [][]*Item {
	var out [][]*Item
	var now []*Item
	for i := range s.Items {
		item := &s.Items[i]
		if item.Level != level || !item.Type.HasAnswer() || item.Derived != "" {
			continue
		}
		if len(now) > 0 && SameBattery(now[len(now)-1], item) {
			now = append(now, item)
			continue
		}
		if len(now) > 1 {
			out = append(out, now)
		}
		now = []*Item{item}
	}
	if len(now) > 1 {
		out = append(out, now)
	}
	return out
}
