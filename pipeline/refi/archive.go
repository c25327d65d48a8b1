package refi

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/finding"
)

const (
	projectFile = "project.qde"
	maxBytes    = 512 << 20 // of an archive, unpacked
	maxParts    = 500_000
)

// ReadProject reads a .qdpx file; after a refusal the project is nil.
func ReadProject(file string, content []byte) (*Project, []finding.Finding) {
	r := &reader{file: file}
	parts, ok := r.unpack(content)
	if !ok {
		return nil, r.findings
	}
	document, found := parts[projectFile]
	if !found {
		r.add(finding.Refusal, "not-refi", "The archive has no "+projectFile+".", "Export the project again as REFI-QDA (.qdpx).")
		return nil, r.findings
	}
	delete(parts, projectFile)
	p := &Project{}
	if !r.decode(document, "Project", projectSpace, p) {
		return nil, r.findings
	}
	if len(parts) > 0 {
		p.Files = parts
	}
	r.check(p)
	return p, r.findings
}

// unpack reads the project and the files of its sources, by name. Some programs
// write "Sources" for "sources".
func (r *reader) unpack(content []byte) (map[string][]byte, bool) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) || z == nil {
		r.add(finding.Refusal, "damaged", "The file is no archive, or is damaged.", "Export the project again as REFI-QDA (.qdpx).")
		return nil, false
	}
	if len(z.File) > maxParts {
		r.add(finding.Refusal, "too-large", "The archive has more files than any of its kind.", "Check that it is what it should be.")
		return nil, false
	}
	parts := map[string][]byte{}
	seen := map[string]bool{}
	var others int64
	left := int64(maxBytes)
	for _, part := range z.File {
		key := strings.ToLower(part.Name)
		switch {
		case strings.Contains(part.Name, ".."), strings.HasPrefix(part.Name, "/"), strings.ContainsAny(part.Name, "\\:\x00"):
			r.add(finding.Refusal, "unsafe-archive", "A file of the archive points outside it (\"..\", a drive or a root).", "Do not open the archive elsewhere; ask for a new export.")
			return nil, false
		case part.Mode()&(fs.ModeType&^fs.ModeDir) != 0:
			r.add(finding.Refusal, "unsafe-archive", "The archive holds a link or a device.", "Do not open it elsewhere; ask for a new export.")
			return nil, false
		case seen[key]:
			r.add(finding.Refusal, "duplicate-part", "The archive has two files of one name, and readers disagree about which counts.", "Export the project again.")
			return nil, false
		}
		seen[key] = true
		if strings.HasSuffix(part.Name, "/") {
			continue
		}
		name := part.Name
		if folder, rest, nested := strings.Cut(name, "/"); nested {
			if name = rest; !strings.EqualFold(folder, "sources") || strings.Contains(rest, "/") {
				others++
				continue
			}
		} else if key != projectFile {
			others++
			continue
		} else {
			name = projectFile
		}
		if key == "sources/"+projectFile {
			others++
			continue
		}
		text, err := unpacked(part, left)
		if errors.Is(err, errTooLarge) {
			r.add(finding.Refusal, "too-large", "The archive unpacks to more than 512 MB, which is over the limit.", "Leave sound and video out of the export.")
			return nil, false
		}
		if err != nil {
			r.add(finding.Refusal, "damaged", "A file of the archive cannot be unpacked.", "Export the project again.")
			return nil, false
		}
		left -= int64(len(text))
		parts[name] = text
	}
	if others > 0 {
		r.add(finding.Warning, "other-files", "The archive holds files beside the project and its sources, which the standard does not know; they are left out.", "Nothing, unless the program that wrote them needs them.")
		r.findings[len(r.findings)-1].Count = others
	}
	return parts, true
}

var errTooLarge = errors.New("too large")

func unpacked(part *zip.File, left int64) ([]byte, error) {
	if part.UncompressedSize64 > uint64(left) {
		return nil, errTooLarge
	}
	in, err := part.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	content, err := io.ReadAll(io.LimitReader(in, left+1))
	if err == nil && int64(len(content)) > left {
		err = errTooLarge
	}
	return content, err
}
