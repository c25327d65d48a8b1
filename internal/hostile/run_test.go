package hostile

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var program string

// TestMain builds the command once.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "soundings-hostile-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		program = filepath.Join(dir, "soundings.exe")
		if out, err := exec.Command("go", "build", "-o", program, "../../cmd/soundings").CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "build the command: %v\n%s", err, out)
			return 1
		}
		return m.Run()
	}())
}

// world is a folder in which the command works, and nothing else does.
type world struct {
	t   *testing.T
	dir string
}

func newWorld(t *testing.T) world {
	w := world{t, t.TempDir()}
	for _, dir := range []string{"home", "tmp", "project"} {
		if err := os.Mkdir(filepath.Join(w.dir, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func (w world) path(name string) string {
	return filepath.Join(w.dir, "project", filepath.FromSlash(name))
}

func (w world) put(name string, content []byte) {
	w.t.Helper()
	if err := os.MkdirAll(filepath.Dir(w.path(name)), 0o700); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(w.path(name), content, 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// soundings runs the command in the project and returns what it printed. What
// it prints must not steer a terminal, whatever comes of it.
func (w world) soundings(status int, args ...string) string {
	w.t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = filepath.Join(w.dir, "project")
	cmd.Env = []string{"HOME=" + filepath.Join(w.dir, "home"), "TMPDIR=" + filepath.Join(w.dir, "tmp"), "PATH=" + os.Getenv("PATH"), "SystemRoot=" + os.Getenv("SystemRoot"), "TMP=" + filepath.Join(w.dir, "tmp")}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		w.t.Fatal(err)
	}
	if got != status {
		w.t.Fatalf("%q: status %d, want %d\n%s", args, got, status, out.String())
	}
	if i := strings.IndexFunc(out.String(), func(r rune) bool { return steers(r) || r >= 0x2066 && r <= 0x2069 }); i >= 0 {
		w.t.Errorf("%q prints a sign that steers a terminal: %q", args, out.String()[max(0, i-40):i+8])
	}
	if strings.Contains(out.String(), "fault in the program") {
		w.t.Errorf("%q: %s", args, out.String())
	}
	return out.String()
}

// outside lists everything but what runs may write.
func (w world) outside() []string {
	return slices.DeleteFunc(tree(w.t, w.dir), func(name string) bool {
		return strings.HasPrefix(name, "project/reports") || strings.HasPrefix(name, "project/restricted")
	})
}

const settings = `version: 1
identities: {vouched: [g, region, named]} # formulas look like handles
survey: form.xlsx
input:
  - {file: %s}
consent: {item: consent, accept: "yes"}
domains: [region, named]
report:
  title: {en: %s, fr: %s}
  notice: {en: %s}
  source: {en: %s}
items:
  tools: {label: {en: %s}}
  q3: {label: {en: %s}}
`

// quoted returns a text as YAML has it, without the signs that are refused there.
func quoted(text string) string {
	return `'` + strings.ReplaceAll(strings.ReplaceAll(text, "\n", "\n\n    "), `'`, `''`) + `'`
}

func (w world) survey(answers string) {
	w.t.Helper()
	form, err := Book(Form())
	if err != nil {
		w.t.Fatal(err)
	}
	w.put("form.xlsx", form)
	w.put(answers, CSV(Answers()))
	x := map[string]string{}
	for _, each := range Texts() {
		x[each.Name] = quoted(each.Text)
	}
	w.put("config.yaml", fmt.Appendf(nil, settings, quoted(answers), x["closing script"], x["formula"], x["handler"], x["svg"], x["go template"], x["address"]))
}

func TestAttacksComeOutAsText(t *testing.T) {
	w := newWorld(t)
	w.survey("=1+1 <b>;{{.}}.csv")
	before := w.outside()
	w.soundings(0, "check")
	w.soundings(0, "run")
	w.soundings(0, "run", "--log", "json")
	for _, args := range [][]string{{"named"}, {"tools", "--by", "named"}, {"named", "--json"}} {
		if out := w.soundings(0, append([]string{"show"}, args...)...); !strings.Contains(out, "=1+zmark") {
			t.Errorf("show %q lacks a choice:\n%s", args, out)
		}
	}
	w.soundings(0, "verify", "clean")
	if after := w.outside(); !slices.Equal(before, after) {
		t.Errorf("written outside of the folders of runs: %q", after)
	}
	seen := look(t, w.dir, before)
	if seen[".html"] < 4 || seen[".csv"] < 8 || seen[".xml"] < 1 {
		t.Errorf("only %v were looked at", seen)
	}
	page := textOf(t, w.path("reports/0001/public/report.en.html"))
	for _, want := range []string{`<script>document.title="` + mark, "{{.}}{{printf", `"><img src=x onerror=alert(1)>`, "javascript:alert(1)//", `</script></style></title><script>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks the text %q", want)
		}
	}
}
