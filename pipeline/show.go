package pipeline

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/soundings-survey/soundings/pipeline/publish"
	"github.com/soundings-survey/soundings/pipeline/table/gotaframe"
)

// ShowRequest says which published figures to show.
type ShowRequest struct {
	Item, By, Sort string
	JSON           bool
}

// Show returns published figures of the latest run, as a text table or JSON.
func Show(c Config, dir string, q ShowRequest) (string, error) {
	latest, err := publish.Latest(under(dir, c.Folders.Reports))
	if errors.Is(err, publish.ErrNoRun) {
		return "", fmt.Errorf("%w: run \"soundings run\" first", err)
	}
	if err != nil {
		return "", err
	}
	f, err := os.Open(filepath.Join(latest, "results.csv"))
	if err != nil {
		return "", fmt.Errorf("open the results of the latest run: %w", cause(err))
	}
	defer f.Close()
	return gotaframe.Show(f, gotaframe.Query{Item: q.Item, By: q.By, Sort: q.Sort, JSON: q.JSON})
}
