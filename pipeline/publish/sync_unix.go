//go:build unix

package publish

import "os"

// syncDir asks the disk to keep a file or folder as it is now.
func syncDir(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
