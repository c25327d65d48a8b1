// Package pack makes the archive of a report that is safe to send: the files of
// one folder of reports, each of which the run itself wrote and nobody changed
// since, and nothing else. The same files give the same bytes.
package pack

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/publish"
)

// ManifestName is the file that lists the others, in a folder of reports and in
// an archive.
const ManifestName = "manifest.json"

// Manifest lists the files of an archive, but itself.
type Manifest struct {
	Outputs []publish.File `json:"outputs"`
}

// Trouble says why a folder is not packed, or an archive not to be trusted. It
// names no file that the run did not write: such a name may say too much.
type Trouble struct{ Problems []string }

// Error implements error.
func (t *Trouble) Error() string { return strings.Join(t.Problems, "; ") }

// Gather reads the files of a folder. It is a *Trouble that a file is not as it
// is listed, that one is missing, or that anything else lies in the folder: other
// files, hidden ones, links. What it returns is what it compared with the list.
func Gather(dir string, listed []publish.File) (map[string][]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the folder of the report: %w", err)
	}
	defer root.Close()
	want := map[string]publish.File{}
	for _, f := range listed {
		want[f.Name] = f
	}
	out := map[string][]byte{}
	var others, hidden, links int
	var trouble Trouble
	err = fs.WalkDir(root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return err
		}
		f, known := want[name]
		switch {
		case strings.HasPrefix(e.Name(), "."):
			hidden++
			if e.IsDir() {
				return fs.SkipDir
			}
		case e.IsDir():
		case !e.Type().IsRegular():
			links++
		case name == ManifestName:
		case !known:
			others++
		default:
			content, err := fs.ReadFile(root.FS(), name)
			if err != nil {
				return err
			}
			if !same(f, content) {
				trouble.Problems = append(trouble.Problems, name+" is not as the run wrote it")
			}
			out[name] = content
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the folder of the report: %w", err)
	}
	for _, f := range listed {
		if _, there := out[f.Name]; !there {
			trouble.Problems = append(trouble.Problems, f.Name+" is missing")
		}
	}
	for _, x := range []struct {
		n    int
		what string
	}{{others, "files that the run did not write"}, {hidden, "hidden files or folders"}, {links, "links or other things that are no files"}} {
		if x.n > 0 {
			trouble.Problems = append(trouble.Problems, fmt.Sprintf("there are %s: %d", x.what, x.n))
		}
	}
	if len(trouble.Problems) > 0 {
		return nil, &trouble
	}
	return out, nil
}

func same(f publish.File, content []byte) bool {
	return f.Bytes == int64(len(content)) && f.SHA256 == sum(content)
}

func sum(content []byte) string {
	hash := sha256.Sum256(content)
	return hex.EncodeToString(hash[:])
}

// Write writes an archive of files, with a manifest of them.
func Write(w io.Writer, files map[string][]byte) error {
	var m Manifest
	names := slices.Sorted(maps.Keys(files))
	for _, name := range names {
		m.Outputs = append(m.Outputs, publish.File{Name: name, Bytes: int64(len(files[name])), SHA256: sum(files[name])})
	}
	list, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("list the files of the archive: %w", err)
	}
	out := zip.NewWriter(w)
	put := func(name string, content []byte) error {
		head := &zip.FileHeader{Name: name, Method: zip.Deflate}
		head.SetMode(0o644)
		to, err := out.CreateHeader(head)
		if err == nil {
			_, err = to.Write(content)
		}
		return err
	}
	if err := put(ManifestName, append(list, '\n')); err != nil {
		return fmt.Errorf("write the archive: %w", err)
	}
	for _, name := range names {
		if err := put(name, files[name]); err != nil {
			return fmt.Errorf("write the archive: %w", err)
		}
	}
	return out.Close()
}

// maxFile is how large a file of an archive may be, unpacked.
const maxFile = 1 << 30

// Verify reads an archive and returns how many files its manifest lists. It is a
// *Trouble that one of them is missing or is not as listed, or that there is
// anything else in it.
func Verify(r io.ReaderAt, size int64) (int, error) {
	in, err := zip.NewReader(r, size)
	if err != nil {
		return 0, &Trouble{[]string{"it is no archive, or it is damaged"}}
	}
	m, err := manifestOf(in)
	if err != nil {
		return 0, err
	}
	listed := map[string]publish.File{}
	for _, f := range m.Outputs {
		listed[f.Name] = f
	}
	var trouble Trouble
	seen, others := map[string]bool{}, 0
	for _, part := range in.File {
		if part.Name == ManifestName && !seen[ManifestName] {
			seen[ManifestName] = true
			continue
		}
		f, known := listed[part.Name]
		if !known || seen[part.Name] || !part.Mode().IsRegular() || !tame(part.Name) {
			others++
			continue
		}
		seen[part.Name] = true
		if !holds(part, f) {
			trouble.Problems = append(trouble.Problems, f.Name+" is not as it was packed")
		}
	}
	for _, f := range m.Outputs {
		if !seen[f.Name] {
			trouble.Problems = append(trouble.Problems, f.Name+" is missing")
		}
	}
	if others > 0 {
		trouble.Problems = append(trouble.Problems, fmt.Sprintf("there is something in it that was not packed: %d", others))
	}
	if len(trouble.Problems) > 0 {
		return 0, &trouble
	}
	return len(m.Outputs), nil
}

// tame reports whether a name stays in the folder into which an archive is unpacked.
func tame(name string) bool {
	return fs.ValidPath(name) && path.Clean(name) == name && !strings.ContainsAny(name, "\\:") && !strings.HasPrefix(path.Base(name), ".")
}

func manifestOf(in *zip.Reader) (Manifest, error) {
	var m Manifest
	for _, part := range in.File {
		if part.Name != ManifestName {
			continue
		}
		content, ok := read(part, 64<<20)
		if ok && json.NewDecoder(bytes.NewReader(content)).Decode(&m) == nil && len(m.Outputs) > 0 {
			return m, nil
		}
	}
	return m, &Trouble{[]string{"it has no " + ManifestName + " that says what was packed"}}
}

func holds(part *zip.File, f publish.File) bool {
	if f.Bytes < 0 || f.Bytes > maxFile {
		return false
	}
	content, ok := read(part, f.Bytes)
	return ok && same(f, content)
}

// read unpacks a part, unless there is more of it than it may have.
func read(part *zip.File, most int64) ([]byte, bool) {
	from, err := part.Open()
	if err != nil {
		return nil, false
	}
	defer from.Close()
	content, err := io.ReadAll(io.LimitReader(from, most+1))
	return content, err == nil && int64(len(content)) <= most
}
