package strictyaml

import "testing"

func TestElementsOfListsHaveLines(t *testing.T) {
	content := []byte("a: 1\nlist:\n  - {name: x, rule: 1}\n  - name: y\n    rule: 2\n  - 5\nflat: [1, 2]\n")
	for key, want := range map[string]int{
		"list[0]": 3, "list[0].rule": 3, "list[1]": 4, "list[1].name": 4, "list[1].rule": 5, "list[1].none": 4, "list[2]": 6,
		"list[3]": 2, "list[x]": 2, "list[-1].name": 2, "flat[1]": 7, "a[0]": 1, "none[0]": 0,
	} {
		if got := Line(content, key); got != want {
			t.Errorf("%s stands on line %d, got %d", key, want, got)
		}
	}
}
