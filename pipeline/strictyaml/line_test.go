package strictyaml

import "testing"

func TestKeysHaveTheirLine(t *testing.T) {
	content := []byte("\xEF\xBB\xBFa: 1\r\nlist:\r\n  - {name: x}\r\n  - name: y\r\n    of: [1]\r\nfolders:\r\n  reports: r\r\n\"quoted\": {inner: 2}\r\n")
	for key, want := range map[string]int{
		"a": 1, "list": 2, "list[0]": 3, "list[0].name": 3, "list[1]": 4, "list[1].of": 5, "list[7]": 2, "list[x]": 2,
		"folders": 6, "folders.reports": 7, "folders.nothing": 6, "quoted.inner": 8, "nothing": 0, "a.b": 1, "": 0,
	} {
		if got := Line(content, key); got != want {
			t.Errorf("%s stands in line %d, want %d", key, got, want)
		}
	}
	if got := Line([]byte("a: [1"), "a"); got != 0 {
		t.Errorf("a broken file has line %d", got)
	}
}
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
