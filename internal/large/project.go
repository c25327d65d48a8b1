package large

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/soundings-survey/soundings/pipeline/survey/xlsform"
)

// Project writes a project into a folder: the form, the answers and a config.
func Project(dir string, items, responses int, seed uint64, faults bool) error {
	s, err := Survey(items)
	if err != nil {
		return err
	}
	form, err := xlsform.Write(s)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	const config = "version: 1\nsurvey: form.xlsx\ninput: [{file: answers.csv}]\ndomains: [item_000, item_001]\n"
	for name, content := range map[string][]byte{"form.xlsx": form, "config.yaml": []byte(config)} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	f, err := os.OpenFile(filepath.Join(dir, "answers.csv"), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write the answers: %w", err)
	}
	err = WriteAnswers(f, s, responses, seed, faults)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("write the answers: %w", err)
	}
	return nil
}
