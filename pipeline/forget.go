package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/publish"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// Forgotten is what came of forgetting respondents. It holds no identifier.
type Forgotten struct {
	Already int      // of those named, how many had been forgotten before
	Rows    int64    // of answers and logs that were taken out
	Files   int      // that were written anew
	Runs    []int    // whose reports counted them
	Look    []string // files that cannot be written anew and may name them
}

// UnknownError says that nothing is known of some who are to be forgotten, by
// their places in the list.
type UnknownError struct{ Places []int }

// Error implements error.
func (e *UnknownError) Error() string {
	return fmt.Sprintf("nothing is known of %d of those named (in the order given: %s): name them as _id or _uuid in the clean answers do. Nobody was forgotten",
		len(e.Places), strings.Trim(strings.Join(strings.Fields(fmt.Sprint(e.Places)), ", "), "[]"))
}

// Forget takes the data of respondents out of everything that runs have left in
// the restricted folder, notes them so that no later run counts them, and
// withdraws what counted them. Names are keyed identifiers or those of the tool.
// What was interrupted is finished when it is asked for again. What people were
// given of them is told before it can no longer be known.
func Forget(ctx context.Context, c Config, env Env, names []string, tell func(Handed)) (*Forgotten, error) {
	r := &run{ctx: ctx, config: c, env: env}
	f := &forgetting{run: r, folder: r.path(c.Folders.Restricted), gone: map[string]bool{}, counted: map[int]bool{}, out: &Forgotten{}}
	if _, err := os.Stat(f.folder); err != nil {
		return nil, fmt.Errorf("look for what runs have left: %w", cause(err))
	}
	release, err := publish.Lock(f.folder)
	if err != nil {
		return nil, err
	}
	defer release()
	key, err := readKey(filepath.Join(f.folder, keyFile))
	if err != nil {
		return nil, err
	}
	if f.runs, err = runsIn(f.folder); err != nil {
		return nil, fmt.Errorf("look for runs: %w", err)
	}
	all, err := readForgotten(f.folder, key)
	if err != nil {
		return nil, err
	}
	if all == nil {
		all = map[dataset.ID]bool{}
	}
	if err := f.find(names, key, c.Input, all); err != nil {
		return nil, err
	}
	// First those who are to be left out, then what counted them, then their rows:
	// until these are gone, the rest can be found and done again.
	if err := writeForgotten(f.folder, key, all); err != nil {
		return nil, err
	}
	if err := f.withdraw(); err != nil {
		return nil, err
	}
	handed, err := f.handed()
	if err != nil {
		return nil, err
	}
	tell(handed)
	return f.out, f.takeOut()
}

// forgetting is one call of Forget.
type forgetting struct {
	*run
	folder  string
	runs    []int
	gone    map[string]bool // what names them: both identifiers, in lower case
	counted map[int]bool    // runs whose figures counted them
	out     *Forgotten
}

func (f *forgetting) is(id, uuid string) bool {
	return id != "" && f.gone[strings.ToLower(id)] || uuid != "" && f.gone[strings.ToLower(uuid)]
}

// find looks for those named in what runs have left, and adds them to all who
// are forgotten.
func (f *forgetting) find(names []string, key []byte, input []ingest.Source, all map[dataset.ID]bool) error {
	place := map[string][]int{} // what names them -> places in the list
	known := make([]bool, len(names))
	ids := make([][]dataset.ID, len(names))
	for i, name := range names {
		text := strings.ToLower(strings.TrimPrefix(strings.TrimSpace(name), "uuid:"))
		ids[i] = ingest.IDs(key, input, strings.TrimPrefix(strings.TrimSpace(name), "uuid:"))
		if id, ok := idOf(text); ok {
			ids[i] = append(ids[i], id)
		}
		f.gone[text] = true
		place[text] = append(place[text], i)
		for _, id := range ids[i] {
			hex := fmt.Sprintf("%x", id)
			f.gone[hex] = true
			place[hex] = append(place[hex], i)
			if all[id] && !known[i] {
				known[i] = true
				f.out.Already++
			}
		}
	}
	meet := func(id, uuid string) {
		for _, text := range []string{strings.ToLower(id), strings.ToLower(uuid)} {
			for _, i := range place[text] {
				known[i] = true
				if keyed, ok := idOf(strings.ToLower(id)); ok {
					ids[i] = append(ids[i], keyed)
				}
			}
		}
	}
	also := map[string]bool{}
	for _, n := range f.runs {
		path := filepath.Join(f.folder, publish.Name(n), cleanAnswers(survey.RespondentLevel))
		gone, err := f.goneIn(path, nil, func(id, uuid string) {
			meet(id, uuid)
			also[strings.ToLower(id)], also[strings.ToLower(uuid)] = true, true
		})
		if err != nil {
			return err
		}
		if gone == nil || gone.Count() > 0 { // of answers that are gone it cannot be known
			f.counted[n] = true
		}
	}
	for text := range also {
		if text != "" {
			f.gone[text] = true
		}
	}
	err := f.eachFile(func(path string) error {
		if !strings.HasSuffix(path, ".csv") {
			return nil
		}
		_, err := f.csv(path, nil, func(text string) {
			meet("", text)
			meet(text, "")
		})
		return err
	})
	if err != nil {
		return err
	}
	var unknown []int
	for i := range names {
		if !known[i] {
			unknown = append(unknown, i+1)
		}
	}
	if len(unknown) > 0 {
		return &UnknownError{Places: unknown}
	}
	for i := range ids {
		for _, id := range ids[i] {
			all[id] = true
		}
	}
	return nil
}

// goneIn finds the rows of a file of clean answers that are to go; nil where the
// file is not there.
func (f *forgetting) goneIn(path string, above *dataset.Rows, found func(id, uuid string)) (*dataset.Rows, error) {
	if err := f.ctx.Err(); err != nil {
		return nil, err
	}
	in, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open clean answers: %w", cause(err))
	}
	defer in.Close()
	return dataset.Gone(in, f.is, above, found)
}

// withdraw marks in the records of releases what counted them.
func (f *forgetting) withdraw() error {
	for _, n := range f.runs {
		path := filepath.Join(f.folder, publish.Name(n), releaseFile)
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			continue // a later run says so
		}
		releases, err := readReleases(f.folder, n)
		if err != nil {
			return err
		}
		changed := false
		for i := range releases {
			changed = releases[i].Withdraw(f.counted) || changed
		}
		if f.counted[n] {
			f.out.Runs = append(f.out.Runs, n)
		}
		if !changed {
			continue
		}
		content, err := protect.EncodeReleases(releases)
		if err != nil {
			return err
		}
		if err := placed(path, func(w io.Writer) error { _, err := w.Write(content); return err }); err != nil {
			return err
		}
	}
	return nil
}

// takeOut writes what holds their rows anew without them.
func (f *forgetting) takeOut() error {
	for _, n := range f.runs {
		if err := f.answers(filepath.Join(f.folder, publish.Name(n))); err != nil {
			return err
		}
	}
	return f.eachFile(func(path string) error {
		if base := filepath.Base(path); base == quotesBook || base == approvalBook {
			return f.removeBook(path)
		}
		switch filepath.Ext(path) {
		case ".parquet":
			return nil
		case ".csv":
			return f.rewriteCSV(path)
		}
		found, err := f.mentions(path)
		if found && err == nil {
			f.out.Look = append(f.out.Look, path)
		}
		return err
	})
}

// answers takes them out of the clean answers of a run. Rows of a repeat point to
// rows of the level above by their number, so all files are changed together:
// written beside their places first, then, when a mark says that they are whole,
// put there.
func (f *forgetting) answers(dir string) error {
	mark := filepath.Join(dir, forgetMark)
	if _, err := os.Stat(mark); err == nil {
		if err := f.putInPlace(dir); err != nil {
			return err
		}
	}
	files, err := inFolder(dir, "clean-answers*.parquet")
	if err != nil || len(files) == 0 {
		return err
	}
	lost, any := map[string]*dataset.Rows{}, false
	for _, path := range files {
		if lost[path], err = f.goneIn(path, nil, nil); err != nil {
			return err
		}
		any = any || lost[path].Count() > 0
	}
	if !any {
		return nil
	}
	above, err := f.above(dir, files)
	if err != nil {
		return err
	}
	for _, path := range files {
		in, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("open clean answers: %w", cause(err))
		}
		err = writeFile(path+forgetNext, func(w io.Writer) error { return dataset.Forget(in, w, lost[path], lost[above[path]]) })
		_ = in.Close()
		if err != nil {
			return err
		}
		f.out.Files++
		f.out.Rows += int64(lost[path].Count())
	}
	if err := writeFile(mark, func(io.Writer) error { return nil }); err != nil {
		return err
	}
	return f.putInPlace(dir)
}

// What stands beside clean answers while they are changed.
const (
	forgetNext = ".forget"
	forgetMark = "forgetting"
)

func (f *forgetting) putInPlace(dir string) error {
	next, err := inFolder(dir, "*"+forgetNext)
	if err != nil {
		return err
	}
	for _, path := range next {
		if err := os.Rename(path, strings.TrimSuffix(path, forgetNext)); err != nil {
			return fmt.Errorf("put clean answers in place: %w", cause(err))
		}
	}
	if err := os.Remove(filepath.Join(dir, forgetMark)); err != nil {
		return fmt.Errorf("put clean answers in place: %w", cause(err))
	}
	return nil
}

// above says of each file of a repeat which one holds the rows above, as the form
// has it.
func (f *forgetting) above(dir string, files []string) (map[string]string, error) {
	out := map[string]string{}
	if len(files) == 1 {
		return out, nil
	}
	asked, _, err := ReadForm(f.config.Survey, func(name string) ([]byte, error) { return ReadWhole(f.path(name)) })
	if err != nil || asked == nil {
		return nil, fmt.Errorf("read the form, which says what the rows of repeats belong to: %w", cmp.Or(err, errors.New("it has mistakes")))
	}
	asked, _ = asked.Flat(f.config.Survey.Flat)
	for _, l := range asked.Levels {
		if l.Parent >= 0 {
			out[filepath.Join(dir, cleanAnswers(l.Name))] = filepath.Join(dir, cleanAnswers(asked.Levels[l.Parent].Name))
		}
	}
	for _, path := range files {
		if _, ok := out[path]; !ok && filepath.Base(path) != cleanAnswers(survey.RespondentLevel) {
			return nil, fmt.Errorf("%s is of a repeat that the form no longer has: delete the file, and forget again", filepath.Base(path))
		}
	}
	return out, nil
}

// eachFile calls f for each file in the restricted folder but the key, the list
// of those forgotten and the records of releases.
func (f *forgetting) eachFile(do func(path string) error) error {
	return filepath.WalkDir(f.folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("look through the restricted folder: %w", cause(err))
		}
		if err := f.ctx.Err(); err != nil {
			return err
		}
		if !e.Type().IsRegular() || slices.Contains([]string{keyFile, forgottenFile, releaseFile}, e.Name()) || strings.HasPrefix(e.Name(), ".lock") {
			return nil
		}
		return do(path)
	})
}
