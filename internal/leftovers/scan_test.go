package leftovers

import (
	"archive/zip"
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/ingest/records"
)

// scanner looks for values in bytes.
type scanner struct{ values [][]byte }

// scannerFor looks for values as they are.
func scannerFor(values []string) *scanner {
	s := &scanner{}
	for _, v := range values {
		s.values = append(s.values, []byte(v))
	}
	return s
}

// unkeyed looks for hashes of values that anybody could make, as bytes and as text.
func unkeyed(values []string) *scanner {
	s := &scanner{}
	for _, v := range values {
		a, b, c := md5.Sum([]byte(v)), sha1.Sum([]byte(v)), sha256.Sum256([]byte(v))
		for _, sum := range [][]byte{a[:], b[:], c[:]} {
			s.values = append(s.values, sum[:16], []byte(hex.EncodeToString(sum[:16])))
		}
	}
	return s
}

// found says how many of the values stand in some bytes.
func (s *scanner) found(content []byte) int {
	n := 0
	for _, v := range s.values {
		if bytes.Contains(content, v) {
			n++
		}
	}
	return n
}

// lay is a file or a part of one, decoded as far as it can be.
type lay struct {
	name    string
	content []byte
}

// layers returns a file as it lies there, the files in it, and the cells of its
// tables as they are read.
func layers(t *testing.T, name string, content []byte) []lay {
	t.Helper()
	out := []lay{{name, content}}
	if z, err := zip.NewReader(bytes.NewReader(content), int64(len(content))); err == nil {
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			inner, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, layers(t, name+"/"+f.Name, inner)...)
		}
	}
	// One that a killed run left without its end has no cells that can be read;
	// its bytes are searched above. It may hold the four letters of its start only,
	// which are those of its end.
	if strings.HasSuffix(name, ".parquet") && len(content) > len("PAR1")*2 && bytes.HasSuffix(content, []byte("PAR1")) {
		out = append(out, lay{name + " decoded", cells(t, content)})
	}
	return out
}

// memory is a file held in memory.
type memory struct{ *bytes.Reader }

func (memory) Close() error { return nil }

// cells returns all cells of a table file.
func cells(t *testing.T, content []byte) []byte {
	t.Helper()
	sheets, err := ingest.Tables(memory{bytes.NewReader(content)}, ingest.Source{})
	if err != nil {
		texts, err := dataset.Texts(bytes.NewReader(content)) // results hold columns that no file of answers has
		if err != nil {
			t.Fatal(err)
		}
		return []byte(strings.Join(texts, "\n"))
	}
	var out []byte
	for _, s := range sheets {
		r, err := s.Open()
		if err != nil {
			return out
		}
		for {
			c, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return out
			}
			for i := range c.Len() {
				out = append(out, strings.Join(c.Strings(i), "\n")...)
				out = append(out, '\n')
			}
		}
		records.Close(r)
	}
	return out
}

// leaks names the files of a project that hold what they must not: outside the
// restricted folder no identity at all, within it none of columns; nowhere a
// hash of one that anybody could make. It returns how many files it looked at.
func (p project) leaks(t *testing.T, printed []byte) (out []string, looked int) {
	t.Helper()
	columns, all := scannerFor(p.columns), scannerFor(append(slices.Clone(p.columns), p.texts...))
	hashes := unkeyed(p.columns)
	look := func(name string, content []byte, for_ *scanner) {
		for _, l := range layers(t, name, content) {
			looked++
			if n := for_.found(l.content); n > 0 {
				out = append(out, fmt.Sprintf("%s holds %d identities", l.name, n))
			}
			if n := hashes.found(l.content); n > 0 {
				out = append(out, fmt.Sprintf("%s holds %d hashes of identities", l.name, n))
			}
			if n := all.found([]byte(l.name)); n > 0 {
				out = append(out, "a name of a file is an identity")
			}
		}
	}
	look("what was printed", printed, all)
	err := filepath.WalkDir(p.root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(p.root, path)
		if e.IsDir() || name == "answers.csv" || e.Type()&fs.ModeSymlink != 0 {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		within := all
		if strings.HasPrefix(name, "restricted"+string(filepath.Separator)) {
			within = columns
			if info, err := e.Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
				out = append(out, name+" is open to others")
			}
		}
		look(filepath.ToSlash(name), content, within)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, looked
}
