package pipeline

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/identity"
	"github.com/soundings-survey/soundings/pipeline/publish"
	"github.com/soundings-survey/soundings/pipeline/sheet"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

// ErrInReports says that open answers would lie in the folder that is sent on.
var ErrInReports = errors.New("open answers, redacted or not, must not lie in the folder for reports: name a file elsewhere under --out")

// RedactRequest asks for the open answers of a run.
type RedactRequest struct {
	Run   int    // 0 for the newest
	Out   string // where they are written
	Force bool   // over a file of that name
}

// Redacted is what became of the open answers.
type Redacted struct {
	Path     string
	Run      int
	Answers  int64
	Findings []finding.Finding
}

// Redact writes the open answers that a run left, with words in the place of
// identities, for people who code or translate them. It reads no export.
func Redact(ctx context.Context, c Config, env Env, q RedactRequest) (*Redacted, error) {
	if c.Retention.over(env.Now) {
		return nil, &RetentionError{Date: c.Retention.Until, What: c.retained()}
	}
	r := &run{ctx: ctx, config: c, env: env}
	if err := outside(r.path(c.Folders.Reports), q.Out); err != nil {
		return nil, err
	}
	folder := r.path(c.Folders.Restricted)
	dir, number, err := runToRedact(folder, q.Run)
	if err != nil {
		return nil, err
	}
	release, err := publish.Lock(folder) // what forget takes out meanwhile must not be written
	if err != nil {
		return nil, err
	}
	defer release()
	if _, err := os.Stat(filepath.Join(dir, forgetMark)); err == nil {
		return nil, errors.New("respondents are being forgotten, and that was interrupted: finish it with \"soundings forget\" first")
	}
	out := &Redacted{Path: q.Out, Run: number}
	step(r, "redact", func(s at) (struct{}, error) {
		asked, err := r.readItems(s)
		if err != nil || asked == nil {
			return struct{}{}, err
		}
		spoken, findings := c.languageItem(asked)
		if finding.Refused(findings) {
			s.found(findings)
			return struct{}{}, nil
		}
		w := redaction{run: r, dir: dir, asked: asked, spoken: spoken, counts: map[string]map[identity.Class]int{}, unknown: map[string]bool{}, identifying: map[string]bool{}}
		if out.Path, err = save(q.Out, q.Force, w.write); err != nil {
			return struct{}{}, err
		}
		out.Answers = w.answers
		s.counted(w.answers, w.answers, "open answers")
		s.found(w.findings())
		return struct{}{}, nil
	})
	out.Findings = r.findings
	return out, r.err
}

// outside refuses a file below the folder for reports, by whatever name or link
// either is reached.
func outside(reports, file string) error {
	inner, err := os.Stat(reports)
	if errors.Is(err, fs.ErrNotExist) {
		inner, err = nil, nil
	}
	if err != nil {
		return fmt.Errorf("look at the folder for reports: %w", cause(err))
	}
	dir, err := filepath.Abs(filepath.Dir(file))
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return fmt.Errorf("look at the folder of the file to write: %w", cause(err))
	}
	for ; inner != nil; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err != nil {
			return fmt.Errorf("look at the folder of the file to write: %w", cause(err))
		}
		if os.SameFile(info, inner) {
			return ErrInReports
		}
		if filepath.Dir(dir) == dir {
			break
		}
	}
	return nil
}

// runToRedact finds the folder of a run that left clean answers.
func runToRedact(folder string, number int) (string, int, error) {
	runs, err := runsIn(folder)
	if err != nil {
		return "", 0, fmt.Errorf("look for runs: %w", err)
	}
	if number == 0 {
		if len(runs) == 0 {
			return "", 0, errors.New("there is no run yet whose open answers could be written: run \"soundings run\" first")
		}
		number = slices.Max(runs)
	}
	dir := filepath.Join(folder, publish.Name(number))
	if _, err := os.Stat(filepath.Join(dir, cleanAnswers(survey.RespondentLevel))); err != nil {
		return "", 0, fmt.Errorf("run %d has left no clean answers in the restricted folder: name another run", number)
	}
	return dir, number, nil
}

// redaction is the writing of open answers.
type redaction struct {
	*run
	dir     string
	asked   *survey.Survey
	spoken  string // the item that says in which language respondents answer, or ""
	answers int64
	counts  map[string]map[identity.Class]int // by language

	unknown, identifying map[string]bool // items left out: not in the form, or identifying
	languages            []string        // those met, in the order in which they were
}

// write writes one row for each open answer.
func (w *redaction) write(to io.Writer) error {
	buffered := bufio.NewWriterSize(to, 1<<16)
	if _, err := buffered.WriteString(byteOrderMark); err != nil {
		return err
	}
	out := sheet.NewWriter(buffered)
	if err := out.Write([]string{"_id", "level", "item", "language", "text"}); err != nil {
		return err
	}
	rows := make([][]uint8, len(w.asked.Levels)) // the language of each row, as a place in languages
	for level, l := range w.asked.Levels {
		if err := w.level(out, level, l, rows); err != nil {
			return err
		}
	}
	out.Flush()
	return errors.Join(out.Error(), buffered.Flush())
}

// level writes the open answers of a level.
func (w *redaction) level(out *sheet.Writer, level int, l survey.Level, rows [][]uint8) error {
	in, err := os.Open(filepath.Join(w.dir, cleanAnswers(l.Name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open clean answers: %w", cause(err))
	}
	defer in.Close()
	return dataset.KeptRows(in, func(name string) bool { return w.wants(name) || name == w.spoken }, func(row dataset.Kept) error {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		at := uint8(0)
		switch above := l.Parent; {
		case level == 0:
			if at, err = w.languageOf(row.Answers[w.spoken]); err != nil {
				return err
			}
		case row.Parent < 0 || row.Parent >= int64(len(rows[above])):
			return errors.New("the clean answers of a repeat belong to rows that are not there: make them anew with a run")
		default:
			at = rows[above][row.Parent]
		}
		if len(w.asked.Levels) > 1 {
			rows[level] = append(rows[level], at)
		}
		for _, item := range slices.Sorted(maps.Keys(row.Answers)) {
			if item == w.spoken {
				continue
			}
			if err := w.answer(out, []string{row.ID, l.Name, item, w.languages[at]}, row.Answers[item]); err != nil {
				return err
			}
		}
		return nil
	})
}

// answer writes one open answer. Without a language the form's own serves for
// the words that are put in.
func (w *redaction) answer(out *sheet.Writer, head []string, text string) error {
	lang := head[len(head)-1]
	in := lang
	if in == "" {
		in = w.asked.Default
	}
	text, found := identity.Redact(text, in)
	for _, m := range found {
		if w.counts[lang] == nil {
			w.counts[lang] = map[identity.Class]int{}
		}
		w.counts[lang][m.Class]++
	}
	w.answers++
	return out.Write(append(head, text))
}

// wants reports whether an item holds open answers, and notes what is left out.
func (w *redaction) wants(name string) bool {
	item, ok := w.asked.Item(name)
	switch {
	case !ok:
		w.unknown[name] = true
	case item.Role == survey.Identifying:
		w.identifying[name] = true
	default:
		return item.Type == survey.OpenText
	}
	return false
}

// languageOf returns the place of a respondent's language: that of their answer,
// none where it names no language, and the form's where it was not asked or told.
func (w *redaction) languageOf(answer string) (uint8, error) {
	tag := w.asked.Default
	if answer != "" {
		tag = ""
		if at := slices.IndexFunc(w.asked.Languages, func(l survey.Language) bool { return strings.EqualFold(l.Tag, answer) }); at >= 0 {
			tag = w.asked.Languages[at].Tag
		} else if known, err := language.Parse(answer); err == nil {
			tag = known.String()
		}
	}
	at := slices.Index(w.languages, tag)
	if at < 0 {
		at = len(w.languages)
		w.languages = append(w.languages, tag)
	}
	if at > 255 {
		return 0, errors.New("the item that says in which language respondents answer has more than 256 languages: is it another item?")
	}
	return uint8(at), nil
}

// findings tells what was replaced, by language and class, and what was left out.
func (w *redaction) findings() []finding.Finding {
	out := []finding.Finding{{
		Stage: "redact", Kind: "redact-sieve", Severity: finding.Warning,
		Problem: "A machine finds names only beside a title or an introduction, and not who is known by what they tell.",
		Remedy:  "Read the file before you give it to anybody, and agree with them on when it is deleted.",
	}}
	for _, lang := range slices.Sorted(maps.Keys(w.counts)) {
		var parts []string
		n := 0
		for _, class := range identity.Classes() {
			if k := w.counts[lang][class]; k > 0 {
				parts = append(parts, fmt.Sprintf("%s %d", class, k))
				n += k
			}
		}
		called := lang
		if called == "" {
			called = "a language that is not known"
		}
		out = append(out, finding.Finding{Stage: "redact", Kind: "redacted", Severity: finding.Note,
			Problem: fmt.Sprintf("Replaced in answers in %s: %s.", called, strings.Join(parts, ", "))})
	}
	for _, left := range []struct {
		items           map[string]bool
		problem, remedy string
	}{
		{w.unknown, "The clean answers hold items that the form does not have; they were left out: ", "Name the form of then, or make a new run, if they are open answers that you need."},
		{w.identifying, "Items of the clean answers identify, as the form or the config now says; they were left out: ", "Make a new run, so that they leave the clean answers too."},
	} {
		if names := slices.Sorted(maps.Keys(left.items)); len(names) > 0 {
			out = append(out, finding.Finding{Stage: "redact", Kind: "left-out", Severity: finding.Warning, Problem: left.problem + strings.Join(names, ", ") + ".", Remedy: left.remedy})
		}
	}
	return out
}
