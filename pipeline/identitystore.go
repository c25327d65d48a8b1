package pipeline

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/vault"
)

// identityStore takes what identifies while answers are read, and writes it when
// it is known whose answers are kept: of who did not consent, or was left out
// otherwise, nothing stays. Until then it lies in a spool that nobody else can
// read.
type identityStore struct {
	dir    string
	survey *survey.Survey
	levels map[int]*asideLevel
}

// asideLevel is what is set aside of a level. A record of its spool is the file,
// the row, the identifier, and the cells, each with its length.
type asideLevel struct {
	columns []string
	spool   *vault.Spool
	out     *bufio.Writer
}

func newIdentityStore(dir string, s *survey.Survey) *identityStore {
	return &identityStore{dir, s, map[int]*asideLevel{}}
}

// Begin implements ingest.Aside.
func (s *identityStore) Begin(level int, columns []string) error {
	if len(columns) == 0 {
		return nil
	}
	spool, err := vault.NewSpool(filepath.Join(s.dir, "aside-"+strconv.Itoa(level)))
	if err != nil {
		return fmt.Errorf("set aside what identifies: %w", cause(err))
	}
	s.levels[level] = &asideLevel{columns, spool, bufio.NewWriterSize(spool, 1<<16)}
	return nil
}

// Add implements ingest.Aside.
func (s *identityStore) Add(level int, from dataset.Origin, id dataset.ID, cells []string) error {
	l := s.levels[level]
	var head []byte
	head = binary.AppendUvarint(head, uint64(from.File))
	head = binary.AppendUvarint(head, uint64(from.Row))
	head = append(head, id[:]...)
	_, err := l.out.Write(head)
	for _, cell := range cells {
		if err == nil {
			_, err = l.out.Write(binary.AppendUvarint(nil, uint64(len(cell))))
		}
		if err == nil {
			_, err = l.out.WriteString(cell)
		}
	}
	if err != nil {
		return fmt.Errorf("set aside what identifies: %w", cause(err))
	}
	return nil
}

// close takes the spools away.
func (s *identityStore) close() {
	if s == nil {
		return
	}
	for _, l := range s.levels {
		_ = l.spool.Close()
	}
	clear(s.levels)
}

// setAsideCells is what was set aside of a response.
type setAsideCells struct {
	from  dataset.Origin
	id    dataset.ID
	cells []string
}

// next reads a record of the spool; io.EOF after the last.
func (l *asideLevel) next(in *bufio.Reader) (r setAsideCells, err error) {
	file, err := binary.ReadUvarint(in)
	if err != nil {
		return r, err // io.EOF between records
	}
	row, err := binary.ReadUvarint(in)
	if err == nil {
		_, err = io.ReadFull(in, r.id[:])
	}
	r.from = dataset.Origin{File: int(file), Row: int64(row)}
	for range l.columns {
		if err != nil {
			break
		}
		var n uint64
		if n, err = binary.ReadUvarint(in); err == nil {
			cell := make([]byte, n)
			_, err = io.ReadFull(in, cell)
			r.cells = append(r.cells, string(cell))
		}
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return r, err
}

// keepIdentities writes the identity store: of the responses that are kept, who
// they are, beside the keyed identifiers under which their answers are found.
func (r *run) keepIdentities(d *dataset.Dataset) error {
	defer r.aside.close()
	if r.env.check {
		return nil
	}
	keys, _ := vault.ParseKeys(r.config.Identities.Keys)
	for level := range d.Survey.Levels {
		l := r.aside.levels[level]
		if l == nil {
			continue
		}
		err := keys.Write(filepath.Join(r.private, identitiesFile(d.Survey.Levels[level].Name)), func(w io.Writer) error { return l.write(w, d, level) })
		if err != nil {
			return fmt.Errorf("write the identity store: %w", cause(err))
		}
	}
	return nil
}

// identitiesFile names the store of a level.
func identitiesFile(level string) string {
	if level == survey.RespondentLevel {
		return "identities.csv"
	}
	return "identities-" + level + ".csv"
}

// write writes what was set aside of the responses that are in the dataset. Both
// are in the order in which answers were read.
func (l *asideLevel) write(w io.Writer, d *dataset.Dataset, level int) error {
	if err := l.out.Flush(); err != nil {
		return err
	}
	spool, err := l.spool.Reader()
	if err != nil {
		return err
	}
	in := bufio.NewReaderSize(spool, 1<<16)
	out := sheet.NewWriter(w)
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	if err := out.Write(append([]string{"_id", "file", "row"}, l.columns...)); err != nil {
		return err
	}
	waiting, err := l.next(in)
	for b, batchErr := range d.Batches(level) {
		if batchErr != nil {
			return batchErr
		}
		for i := range b.Len() {
			from := b.Origin(i)
			for err == nil && before(waiting.from, from) {
				waiting, err = l.next(in) // of a response that was left out
			}
			if err != nil || waiting.from != from {
				continue // nothing was set aside of it
			}
			line := append([]string{hex.EncodeToString(waiting.id[:]), strconv.Itoa(from.File + 1), strconv.FormatInt(from.Row, 10)}, waiting.cells...)
			if err := out.Write(line); err != nil {
				return err
			}
			waiting, err = l.next(in)
		}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	out.Flush()
	return out.Error()
}

// before reports whether an origin was read before another.
func before(a, b dataset.Origin) bool {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row)) < 0
}
