package vault

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
)

const secret = "somebody@example.org"

func newKey(t *testing.T) *age.X25519Identity {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestFilesAreReadByEachOfTheirKeysAndByNoOther(t *testing.T) {
	first, second, other := newKey(t), newKey(t), newKey(t)
	keys, wrong := ParseKeys([]string{first.Recipient().String(), " " + second.Recipient().String() + "\n"})
	if len(wrong) > 0 {
		t.Fatal("keys were taken for none")
	}
	path := filepath.Join(t.TempDir(), "identities.csv")
	if err := keys.Write(path, func(w io.Writer) error { _, err := io.WriteString(w, secret); return err }); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("there is a file in clear beside the encrypted one")
	}
	content, err := os.ReadFile(path + Ending)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(content, []byte("somebody")) {
		t.Error("the file is in clear")
	}
	for name, key := range map[string]*age.X25519Identity{"first": first, "second": second} {
		r, err := age.Decrypt(bytes.NewReader(content), key)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != secret {
			t.Errorf("%s: other content", name)
		}
	}
	if _, err := age.Decrypt(bytes.NewReader(content), other); err == nil {
		t.Error("another key reads the file")
	}
}

func TestFilesAreForTheirOwnerAndGoWhenWritingFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "identities.csv")
	var none Keys
	if err := none.Write(path, func(w io.Writer) error { _, err := io.WriteString(w, secret); return err }); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	broken := errors.New("disk full")
	if err := none.Write(path, func(w io.Writer) error { _, _ = io.WriteString(w, secret); return broken }); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("half a file is left")
	}
}

func TestWrongKeysAreNamedByTheirPlace(t *testing.T) {
	key := newKey(t)
	keys, wrong := ParseKeys([]string{"age1abc", key.Recipient().String(), key.String(), "", strings.ToUpper(key.Recipient().String())[:20]})
	if len(keys) != 1 || !slices.Equal(wrong, []int{0, 2, 3, 4}) {
		t.Errorf("%d keys, wrong %v", len(keys), wrong)
	}
}

func TestSpoolsAreReadBackAndNeverInClear(t *testing.T) {
	path := filepath.Join(t.TempDir(), "spool")
	s, err := NewSpool(path)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Repeat(secret+"\n", 20_000)
	if _, err := io.WriteString(s, want); err != nil {
		t.Fatal(err)
	}
	r, err := s.Reader()
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil || len(content) < len(want) || bytes.Contains(content, []byte("somebody")) {
		t.Errorf("%d bytes, %v", len(content), err)
	}
	if got, err := io.ReadAll(r); err != nil || string(got) != want {
		t.Errorf("other content, %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("the spool is still there")
	}
}
