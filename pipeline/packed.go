package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/pack"
	"github.com/soundings-survey/soundings/pipeline/protect"
	"github.com/soundings-survey/soundings/pipeline/publish"
	"github.com/soundings-survey/soundings/pipeline/report/lang"
)

// PackRequest says which report to pack.
type PackRequest struct {
	Run      int // 0: the latest
	Audience protect.Audience
	Out      string // the archive; a name beside the report's folder if ""
	Force    bool   // write over a file of that name
}

// Packed is what packing came to.
type Packed struct {
	Path  string
	Files int
}

// ErrNoReport says that there is no report like the one asked for.
var ErrNoReport = errors.New("there is no such report")

// Pack writes the archive of a report that is safe to send. It is a
// *protect.NotSafe that the folder is not as the run left it, or that the report
// counts somebody who has been forgotten since.
func Pack(c Config, dir string, q PackRequest) (*Packed, error) {
	places := publish.Places{Reports: under(dir, c.Folders.Reports), Restricted: under(dir, c.Folders.Restricted)}
	if err := places.Check(); err != nil {
		return nil, err
	}
	if q.Audience != protect.Public && q.Audience != protect.Partners {
		return nil, fmt.Errorf("%w: only those for the public and for partners are there to be sent", ErrNoReport)
	}
	if q.Run == 0 {
		latest, err := publish.LatestNumber(places.Reports)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNoReport, err)
		}
		q.Run = latest
	}
	// Whoever forgets somebody meanwhile has to wait: the report may count them.
	release, err := publish.Lock(places.Restricted)
	if err != nil {
		return nil, err
	}
	defer release()
	folder := filepath.Join(places.Reports, publish.Name(q.Run), string(q.Audience))
	if info, err := os.Lstat(folder); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: run %d has none for this audience", ErrNoReport, q.Run)
	} else if err != nil || !info.IsDir() {
		return nil, &protect.NotSafe{Why: "the folder of the report is a link or no folder"}
	}
	if err := stillGood(places.Restricted, q); err != nil {
		return nil, err
	}
	files, err := gathered(places.Restricted, folder, q)
	if err != nil {
		return nil, err
	}
	if err := addReadmes(files, q.Audience); err != nil {
		return nil, err
	}
	out, err := packedAs(q, places, folder)
	if err != nil {
		return nil, err
	}
	return &Packed{out, len(files)}, placed(out, func(w io.Writer) error { return pack.Write(w, files) })
}

// stillGood refuses a report that counts somebody who has been forgotten.
func stillGood(restricted string, q PackRequest) error {
	releases, err := readReleases(restricted, q.Run)
	if err != nil {
		return err
	}
	for _, r := range releases {
		if r.Audience == q.Audience {
			if r.Revoked() {
				return &protect.NotSafe{Why: "this report counts somebody who has been forgotten since: run again, and pack the new one"}
			}
			return nil
		}
	}
	return &protect.NotSafe{Why: "the run has no record of a release to this audience"}
}

// gathered reads the files of the report, held against what the run recorded in
// the restricted folder, where nobody else can change it.
func gathered(restricted, folder string, q PackRequest) (map[string][]byte, error) {
	var own Manifest
	if err := readJSON(filepath.Join(restricted, publish.Name(q.Run), pack.ManifestName), &own); err != nil {
		return nil, &protect.NotSafe{Why: "the record of what the run wrote, manifest.json in its restricted folder, cannot be read"}
	}
	listed := own.Outputs
	if q.Audience != protect.Public {
		listed = own.Audiences[q.Audience]
	}
	var beside publicManifest
	if err := readJSON(filepath.Join(folder, pack.ManifestName), &beside); err != nil || !reflect.DeepEqual(beside.Outputs, listed) {
		return nil, &protect.NotSafe{Why: "manifest.json beside the report is not the one that the run wrote"}
	}
	files, err := pack.Gather(folder, listed)
	var trouble *pack.Trouble
	if errors.As(err, &trouble) {
		return nil, &protect.NotSafe{Why: "the folder of the report is not as the run left it: " + trouble.Error() + ". Put it back from a copy, or run again"}
	}
	return files, err
}

func readJSON(path string, into any) error {
	content, err := ReadWhole(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(content, into)
}

// addReadmes says in each language of the report what the files are.
func addReadmes(files map[string][]byte, audience protect.Audience) error {
	all, err := lang.Languages()
	if err != nil {
		return err
	}
	names := append(slices.Sorted(maps.Keys(files)), pack.ManifestName)
	closed := ""
	if audience == protect.Partners {
		closed = "notice.partners"
	}
	for _, l := range all {
		if _, there := files["report."+l.Tag+".html"]; there {
			files[pack.ReadmeName(l.Tag)] = pack.Readme(l, names, closed)
		}
	}
	return nil
}

// packedAs is where the archive goes: never among what is restricted, nor into
// the folder that is packed.
func packedAs(q PackRequest, places publish.Places, folder string) (string, error) {
	out := q.Out
	if out == "" {
		out = folder + ".zip"
	}
	real, err := filepath.Abs(out)
	if err != nil {
		return "", fmt.Errorf("find the place of the archive: %w", cause(err))
	}
	if up, err := filepath.EvalSymlinks(filepath.Dir(real)); err == nil {
		real = filepath.Join(up, filepath.Base(real))
	}
	for _, closed := range []string{places.Restricted, folder} {
		if end, err := filepath.EvalSymlinks(closed); err == nil {
			closed = end
		}
		closed, err := filepath.Abs(closed)
		if err != nil {
			return "", fmt.Errorf("find the place of the archive: %w", cause(err))
		}
		if rel, err := filepath.Rel(closed, real); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return "", &publish.PlaceError{Problem: "The archive would lie in a folder that it must not lie in: the restricted one, or the one that is packed.", Remedy: "Name another place with --out."}
		}
	}
	if q.Force {
		return out, nil
	}
	return free(out)
}

// VerifyPack reads an archive and returns how many files are in it as they were
// packed. It is a *pack.Trouble that any is not, or that there are others.
func VerifyPack(path string) (int, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("open the archive: %w", cause(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, fmt.Errorf("open the archive: %w", cause(err))
	}
	return pack.Verify(f, info.Size())
}
