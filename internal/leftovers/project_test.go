package leftovers

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	_ "github.com/soundings-survey/soundings/pipeline" // what the program is built of: a result is not taken for today's when it has changed
	"github.com/soundings-survey/soundings/pipeline/identity/planted"
)

// project is a survey with identities planted in its answers.
type project struct {
	root    string   // the project, and the folders for temporary and cached files
	columns []string // what stands in columns that identify: in no file at all but the encrypted store
	texts   []string // what stands in open answers: in no file outside restricted
}

const form = `type,name,label::English (en),role
select_one side,region,Region,key
select_one yn,safe,Is it safe to speak?,sensitive
text,leader,Who speaks for you,Direct_identifier
text,contact,How to reach you,
text,line,Where we may call,
text,why,What happened?,
`

const lists = `list_name,name,label::English (en)
side,north,North
side,south,South
yn,yes,Yes
yn,no,No
`

const config = `version: 1
survey: {items: form.csv, choices: lists.csv}
input: [{file: answers.csv}]
retention: {until: 2099-12-31}
domains: [region]
identities:
  columns: {contact: restricted, line: drop, why: keep, Correo: restricted, "رقم الهاتف": drop}
  keys: [age1yp0grsqxshkjcursx7sttdgfumfyzszzwg34rzhe7rdm3dmvqemshxn3jy]
`

// newProject writes a project with n respondents.
func newProject(t *testing.T, n int) project {
	t.Helper()
	p := project{root: t.TempDir()}
	var open []string
	for _, lang := range planted.Languages() {
		for _, text := range planted.Texts(7, n, lang) {
			open = append(open, text.Text)
			for _, at := range text.Plants {
				if value := text.Text[at.Start:at.End]; len(value) >= 9 { // shorter ones stand in any file by chance
					p.texts = append(p.texts, value)
				}
			}
		}
	}
	var answers bytes.Buffer
	w := csv.NewWriter(&answers)
	lines := [][]string{{"region", "safe", "leader", "contact", "line", "why", "Correo", "رقم الهاتف", "_uuid"}}
	for i := range n {
		leader, mail := fmt.Sprintf("Planted Person %04d", i), fmt.Sprintf("planted%04d@example.org", i)
		phone, correo := fmt.Sprintf("+44 7700 90%04d", i), fmt.Sprintf("correo.%04d@example.com", i)
		arabic := fmt.Sprintf("+201555%06d", i)
		p.columns = append(p.columns, leader, mail, phone, correo, arabic)
		lines = append(lines, []string{
			[]string{"north", "south"}[i%2], []string{"yes", "no"}[i/2%2], leader, mail, phone, open[(i*7)%len(open)], correo, arabic,
			fmt.Sprintf("00000000-0000-4000-8000-%012d", i),
		})
	}
	if err := w.WriteAll(lines); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"form.csv": form, "lists.csv": lists, "config.yaml": config, "answers.csv": answers.String()} {
		if err := os.WriteFile(filepath.Join(p.root, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{"tmp", "home"} {
		if err := os.Mkdir(filepath.Join(p.root, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// command is the program at work in the project.
func (p project) command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(program, append(args, "--log", "json", "--now", "2026-01-31")...)
	cmd.Dir = p.root
	home := filepath.Join(p.root, "home")
	cmd.Env = []string{"TMPDIR=" + filepath.Join(p.root, "tmp"), "HOME=" + home, "XDG_CACHE_HOME=" + home, "PATH=" + os.Getenv("PATH")}
	return cmd
}

// built builds the program as it is shipped.
func built(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "soundings")
	if out, err := exec.Command("go", "build", "-o", program, "../../cmd/soundings").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return program
}
