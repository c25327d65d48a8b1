package xls

import (
	"bytes"
	"io"
)

// lockedName is how the directory of a compound file names the workbook that is
// under a password: "EncryptedPackage" in UTF-16.
var lockedName = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")

// looksLocked looks for that name in the first 4 MB of a file that cannot be
// read as a compound file: to take off the password is of more help then than
// to copy the file again.
func looksLocked(in io.ReaderAt, size int64) bool {
	head, err := io.ReadAll(io.NewSectionReader(in, 0, min(size, 4<<20)))
	return err == nil && bytes.Contains(head, lockedName)
}
