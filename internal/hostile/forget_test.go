package hostile

import (
	"bytes"
	"testing"
)

// An identifier that looks like a formula stands guarded in the logs of a run;
// whose it is can be forgotten all the same, and the other lines stay guarded.
func TestGuardedIdentifiersAreForgotten(t *testing.T) {
	const gone, stays = "=1+1-zmark", "@2-zmark"
	w := newWorld(t)
	w.survey("answers.csv")
	rows := Answers()
	for i, id := range []string{gone, stays} {
		rows[i+1][0] = id
		rows[i+1][3] = "not a choice" // so that the proposals name them
	}
	w.put("answers.csv", CSV(rows))
	before := w.outside()
	w.soundings(0, "run")
	const log = "restricted/0001/proposals.csv"
	for _, id := range []string{gone, stays} {
		if !bytes.Contains(read(t, w.path(log)), []byte("'"+id)) {
			t.Fatalf("the proposals do not name %q, guarded:\n%s", id, read(t, w.path(log)))
		}
	}
	w.soundings(0, "forget", "--", gone)
	left := read(t, w.path(log))
	if bytes.Contains(left, []byte(gone)) || !bytes.Contains(left, []byte("\n'"+stays+",")) {
		t.Errorf("after forgetting:\n%s", left)
	}
	look(t, w.dir, before)
}
