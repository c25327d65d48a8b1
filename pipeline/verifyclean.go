package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/publish"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/verify"
)

// VerifyClean derives the clean answers of a run anew, from the files of answers
// and the log of the run, and compares them with those that the run left. Run 0
// is the newest. It writes nothing.
func VerifyClean(ctx context.Context, c Config, env Env, number int) (verify.Result, int, error) {
	dir, number, err := restrictedRun(c, env, number)
	if err != nil {
		return verify.Result{}, 0, err
	}
	env.check = true
	r, err := begin(ctx, c, env)
	if err != nil {
		return verify.Result{}, number, err
	}
	defer r.end()
	asked := step(r, "survey", r.readSurvey)
	raw := step(r, "ingest", func(s at) (*dataset.Dataset, error) { return r.ingest(s, asked) })
	if r.err != nil {
		return verify.Result{}, number, r.err
	}
	if err := r.sameInputs(dir, number); err != nil {
		return verify.Result{}, number, err
	}
	result, err := verifyRun(dir, raw)
	return result, number, err
}

// restrictedRun finds the restricted folder of a run that left clean answers.
func restrictedRun(c Config, env Env, number int) (string, int, error) {
	root := under(env.Dir, c.Folders.Restricted)
	if number == 0 {
		entries, err := os.ReadDir(root)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", 0, fmt.Errorf("look for runs: %w", cause(err))
		}
		for _, e := range entries {
			if n, err := strconv.Atoi(e.Name()); err == nil && e.IsDir() {
				number = max(number, n)
			}
		}
		if number == 0 {
			return "", 0, errors.New("there is no run yet whose clean answers could be verified: run \"soundings run\" first")
		}
	}
	dir := filepath.Join(root, publish.Name(number))
	for _, name := range []string{cleanAnswers(survey.RespondentLevel), cleaningLogFile, "manifest.json"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return "", 0, fmt.Errorf("run %d has no %s in the restricted folder: it cannot be verified", number, name)
		}
	}
	return dir, number, nil
}

// sameInputs says so when a file of answers, or the form, is not the one that
// the run read.
func (r *run) sameInputs(dir string, number int) error {
	content, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return fmt.Errorf("read the manifest of run %d: %w", number, cause(err))
	}
	var then Manifest
	if err := json.Unmarshal(content, &then); err != nil {
		return fmt.Errorf("read the manifest of run %d: %w", number, err)
	}
	read := map[string]string{}
	for _, in := range then.Inputs {
		read[in.Name] = in.SHA256
	}
	for _, in := range r.manifest.Inputs {
		if sum, ok := read[in.Name]; !ok || sum != in.SHA256 {
			return fmt.Errorf("%s is not the file that run %d read: put back the file of then, or verify a newer run", in.Name, number)
		}
	}
	return nil
}

func verifyRun(dir string, raw *dataset.Dataset) (verify.Result, error) {
	log, err := os.Open(filepath.Join(dir, cleaningLogFile))
	if err != nil {
		return verify.Result{}, fmt.Errorf("open the cleaning log of the run: %w", cause(err))
	}
	defer log.Close()
	var open []*os.File
	defer func() {
		for _, f := range open {
			_ = f.Close()
		}
	}()
	return verify.Verify(verify.Request{Raw: raw, Log: log, Clean: func(level string) (dataset.Stored, error) {
		f, err := os.Open(filepath.Join(dir, cleanAnswers(level)))
		if err != nil {
			return nil, fmt.Errorf("open the clean answers of the run: %w", cause(err))
		}
		open = append(open, f)
		return f, nil
	}})
}
