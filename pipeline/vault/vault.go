// Package vault writes files that hold who somebody is. They are for their owner
// alone (0600), never stand half written under their name, and are encrypted as
// they are written where there are keys: then no byte of them is on the disk in
// clear. The format is that of age (age-encryption.org/v1), to X25519 keys.
package vault

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"filippo.io/age"
)

// Ending is what the names of encrypted files end with.
const Ending = ".age"

// Keys are the keys that files are encrypted to. Without any they are in clear.
type Keys []age.Recipient

// ParseKeys reads public keys of age, as "age1...". wrong are the places, from 0,
// of those that are none. The reason is not told: somebody may have pasted a
// secret key, which must not stand in a message.
func ParseKeys(texts []string) (keys Keys, wrong []int) {
	for i, text := range texts {
		key, err := age.ParseX25519Recipient(strings.TrimSpace(text))
		if err != nil {
			wrong = append(wrong, i)
			continue
		}
		keys = append(keys, key)
	}
	return keys, wrong
}

// Name returns what a file is called: with the ending where it is encrypted.
func (k Keys) Name(name string) string {
	if len(k) > 0 {
		return name + Ending
	}
	return name
}

// Write writes a file under Name(path). When write fails nothing is left of it.
func (k Keys) Write(path string, write func(io.Writer) error) (err error) {
	path = k.Name(path)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
		if err != nil {
			_ = os.Remove(path)
		}
	}()
	if len(k) == 0 {
		return write(f)
	}
	sealed, err := age.Encrypt(f, k...)
	if err != nil {
		return fmt.Errorf("encrypt: %w", err)
	}
	if err := write(sealed); err != nil {
		return err
	}
	return sealed.Close()
}

// Spool keeps what must wait until the run knows which of it may be kept. It is
// encrypted to a key that is in memory alone: what a killed run leaves of it
// can be read by nobody. It is written once, then read.
type Spool struct {
	file   *os.File
	key    *age.X25519Identity
	sealed io.WriteCloser
}

// NewSpool makes a spool in a file.
func NewSpool(path string) (*Spool, error) {
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, fmt.Errorf("make a key for what is set aside: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	sealed, err := age.Encrypt(f, key.Recipient())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("encrypt what is set aside: %w", err), f.Close())
	}
	return &Spool{f, key, sealed}, nil
}

// Write adds to the spool.
func (s *Spool) Write(p []byte) (int, error) { return s.sealed.Write(p) }

// Reader ends the writing and reads the spool from its beginning.
func (s *Spool) Reader() (io.Reader, error) {
	if err := s.sealed.Close(); err != nil {
		return nil, err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return age.Decrypt(s.file, s.key)
}

// Close takes the spool away.
func (s *Spool) Close() error {
	return errors.Join(s.file.Close(), os.Remove(s.file.Name()))
}
