package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Repack writes an archive again with its parts in a fixed order and without
// their times. The list of content types comes first, as readers expect.
func Repack(content []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, fmt.Errorf("pack an archive: %w", err)
	}
	parts := slices.Clone(in.File)
	slices.SortFunc(parts, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) }) // "[" sorts before letters
	var out bytes.Buffer
	packed := zip.NewWriter(&out)
	for _, part := range parts {
		if err := copyPart(packed, part); err != nil {
			return nil, fmt.Errorf("pack %s into an archive: %w", part.Name, err)
		}
	}
	if err := packed.Close(); err != nil {
		return nil, fmt.Errorf("pack an archive: %w", err)
	}
	return out.Bytes(), nil
}

func copyPart(to *zip.Writer, part *zip.File) error {
	from, err := part.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	into, err := to.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = io.Copy(into, from)
	return err
}
