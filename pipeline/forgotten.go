package pipeline

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/protect"
)

// forgottenFile lists the keyed identifiers of those who were forgotten, so that
// they are left out although an export still holds them. Its first line says by
// which key they were made.
const forgottenFile = "forgotten"

// forgotten reads the list for a run. Without the key by which it was made nobody
// on it would be known, and all would come back: then nothing may be published.
func (r *run) forgotten(key []byte) (map[dataset.ID]bool, error) {
	return readForgotten(r.path(r.config.Folders.Restricted), key)
}

func readForgotten(restricted string, key []byte) (map[dataset.ID]bool, error) {
	content, err := os.ReadFile(filepath.Join(restricted, forgottenFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read who was forgotten: %w", cause(err))
	}
	lines := strings.Split(strings.TrimSuffix(string(content), "\n"), "\n")
	if lines[0] != keyMark(key) {
		return nil, &protect.NotSafe{Why: "the list of those who were forgotten was made with another key than " + keyFile + ": put back the key from a copy, or those on it would be counted again"}
	}
	out := map[dataset.ID]bool{}
	for _, line := range lines[1:] {
		id, ok := idOf(line)
		if !ok {
			return nil, &protect.NotSafe{Why: "the list of those who were forgotten, " + forgottenFile + " in the restricted folder, is damaged: put it back from a copy"}
		}
		out[id] = true
	}
	return out, nil
}

// idOf reads a keyed identifier as it stands in clean answers.
func idOf(text string) (id dataset.ID, ok bool) {
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != len(id) {
		return id, false
	}
	return dataset.ID(raw), true
}

// keyMark tells one key from another, and nothing of it.
func keyMark(key []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("the list of those who were forgotten"))
	return "key " + hex.EncodeToString(mac.Sum(nil)[:16])
}

// writeForgotten puts the list in place, sorted.
func writeForgotten(restricted string, key []byte, all map[dataset.ID]bool) error {
	var b bytes.Buffer
	b.WriteString(keyMark(key) + "\n")
	ids := slices.Collect(maps.Keys(all))
	slices.SortFunc(ids, func(a, b dataset.ID) int { return bytes.Compare(a[:], b[:]) })
	for _, id := range ids {
		fmt.Fprintf(&b, "%x\n", id)
	}
	return placed(filepath.Join(restricted, forgottenFile), func(w io.Writer) error {
		_, err := w.Write(b.Bytes())
		return err
	})
}
