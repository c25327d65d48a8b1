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
