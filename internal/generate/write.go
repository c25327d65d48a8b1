package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Plant is a fault put on purpose into a row of answers.csv. Row counts responses from 1, as _index does.
type Plant struct {
	Row         int
	Item, Fault string
}

// mostCoded is up to how many respondents the sample of coders is made: the
// answers are held for it.
const mostCoded = 10_000

// write writes form.xlsx and answers.csv into a folder, and what two coders say of
// a sample of the answers.
func write(folder string, seed uint64, n int, mess bool) error {
	w, err := readWorld()
	if err != nil {
		return err
	}
	book, err := workbook(w.Form)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := os.WriteFile(filepath.Join(folder, "form.xlsx"), book, 0o644); err != nil {
		return fmt.Errorf("write form: %w", err)
	}
	file, err := os.Create(filepath.Join(folder, "answers.csv"))
	if err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	_, err = w.answers(file, seed, n, mess)
	if shut := file.Close(); err == nil {
		err = shut
	}
	if err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	if n > mostCoded {
		return nil
	}
	return w.coded(folder, seed)
}

// answers streams n responses as a KoboToolbox export with XML names: semicolons, every cell quoted, a byte order mark.
// It gives the faults that it planted.
func (w *World) answers(to io.Writer, seed uint64, n int, mess bool) ([]Plant, error) {
	out := bufio.NewWriterSize(to, 1<<16)
	if _, err := out.WriteString("\ufeff"); err != nil {
		return nil, err
	}
	line(out, w.heads())
	var plants []Plant
	var fates []Lot
	later := map[int][][]string{} // copies by the respondent after whom they are written
	var waiting []string          // faults that have not found their place yet
	index := 0
	emit := func(cells []string) {
		index++
		line(out, append(append([]string{}, cells...), strconv.Itoa(index)))
	}
	for i := range n {
		if i%block == 0 {
			fates = lots(seed, i/block)
		}
		p := w.person(seed, i)
		lot := fates[i%block]
		if lot.Fate != "" {
			p.fate(lot.Fate)
		}
		if mess && lot.Fault != "" && lot.Fault != "duplicate" {
			waiting = append(waiting, lot.Fault)
		}
		if len(waiting) > 0 && lot.Fate == "" && lot.Fault != "duplicate" {
			if item := p.fault(waiting[0]); item != "" {
				plants = append(plants, Plant{index + 1, item, waiting[0]})
				waiting = waiting[1:]
			} else { // this response has no place for it: let another fault come first
				waiting = append(waiting[1:], waiting[0])
			}
		}
		cells := w.cells(p, seed, i)
		emit(cells)
		if mess && lot.Fault == "duplicate" {
			at := min(i+1+i%9, n-1)
			later[at] = append(later[at], cells)
		}
		for _, again := range later[i] {
			emit(again)
			plants = append(plants, Plant{index, "", "duplicate"})
		}
		delete(later, i)
	}
	return plants, out.Flush()
}

// line writes a line with every cell quoted. An error stays in the writer until it is flushed.
func line(out *bufio.Writer, cells []string) {
	for i, c := range cells {
		if i > 0 {
			_ = out.WriteByte(';')
		}
		_ = out.WriteByte('"')
		_, _ = out.WriteString(strings.ReplaceAll(c, `"`, `""`))
		_ = out.WriteByte('"')
	}
	_ = out.WriteByte('\n')
}

// heads gives the header: items with the path of their group, choices of a select_multiple behind it, then what Kobo adds.
func (w *World) heads() []string {
	var out []string
	for _, r := range w.Form.Rows {
		if !r.IsItem() {
			continue
		}
		out = append(out, r.Header())
		if r.Many() {
			for _, c := range w.Form.byList[r.List].Choices {
				out = append(out, r.Header()+"/"+c.Name)
			}
		}
	}
	return append(out, "_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__", "_tags", "_index")
}

// cells gives the row of a respondent without its _index.
func (w *World) cells(p *Person, seed uint64, i int) []string {
	r := rand.New(rand.NewPCG(seed^0x74696d65, uint64(i)))
	hours := map[string]int{"africa": 1, "asia_pacific": 6, "eeg": 3, "grulac": -5, "weog": 2}[p.Answers["region"]]
	zone := time.FixedZone("", hours*3600)
	start := time.Date(2022, time.April, 4, 6, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(60*14*60))*time.Minute + time.Duration(r.IntN(60))*time.Second)
	length := time.Duration(6+len(p.Answers)/3+r.IntN(25)) * time.Minute
	end := start.Add(length)
	const stamp = "2006-01-02T15:04:05.000-07:00"
	p.put("start", start.In(zone).Format(stamp))
	p.put("end", end.In(zone).Format(stamp))
	p.put("today", start.In(zone).Format(time.DateOnly))
	p.put("deviceid", fmt.Sprintf("collect:synthetic-%04d", i+1))
	var out []string
	for _, row := range w.Form.Rows {
		if !row.IsItem() {
			continue
		}
		v := p.Answers[row.Name]
		out = append(out, v)
		if !row.Many() {
			continue
		}
		chosen := map[string]bool{}
		for _, c := range strings.Fields(v) {
			chosen[c] = true
		}
		for _, c := range w.Form.byList[row.List].Choices {
			switch {
			case v == "":
				out = append(out, "")
			case chosen[c.Name]:
				out = append(out, "1")
			default:
				out = append(out, "0")
			}
		}
	}
	status := spin(r, Slot{"", 85}, Slot{"validation_status_approved", 13}, Slot{"validation_status_on_hold", 1}, Slot{"validation_status_not_approved", 1})
	return append(out, strconv.Itoa(900001+i), uuid(seed, i), end.Add(3*time.Second).UTC().Format("2006-01-02T15:04:05"), status, "", "submitted_via_web", "", "vSynthetic2022", "")
}
