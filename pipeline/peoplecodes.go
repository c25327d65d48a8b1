package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/identity"
	"github.com/soundings-survey/soundings/pipeline/sheet"
)

// codesFile says who decided each code of each answer, in the restricted folder.
const codesFile = "codes.csv"

// codeWithPeople gives open answers the codes of rules, and over these those of
// people. Each code of each answer is written with who decided it.
func (r *run) codeWithPeople(s at, d *dataset.Dataset, book *code.Codebook) (out *dataset.Dataset, summary code.Summary, err error) {
	p, err := r.newPeopleCodes(s, d, book)
	if err != nil || finding.Refused(s.findings.All()) {
		return nil, summary, err
	}
	f, err := os.OpenFile(filepath.Join(r.private, codesFile), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, summary, fmt.Errorf("write the codes: %w", cause(err))
	}
	p.out = sheet.NewWriter(f)
	err = p.out.Write([]string{"response", "item", "language", "code", "source", "coders", "start", "end"})
	var findings []finding.Finding
	if err == nil {
		out, summary, findings, err = code.Reviewed(r.ctx, r.engine, d, r.matcher, r.config.Code, code.Reviewer{Look: p.look, Keep: p.keep})
		s.found(findings)
	}
	p.out.Flush()
	for _, e := range []error{p.out.Error(), f.Close()} {
		if err == nil && e != nil {
			err = fmt.Errorf("write the codes: %w", cause(e))
		}
	}
	if err != nil || finding.Refused(findings) {
		return nil, summary, err
	}
	finding.Sort(p.findings)
	s.found(p.findings)
	s.found(p.back.Unmet(p.seen, p.forgotten))
	r.codedByPeople = p.answers
	return out, summary, r.writeAgreement(book)
}

// peopleCodes is what people have to say while answers are coded.
type peopleCodes struct {
	key   coding.Key
	ids   []string         // of codes, in the order of the codebook
	place map[string]int32 // of each
	back  *coding.Back

	gone     map[string]bool // names of answers of those who were forgotten
	rows     bool            // some of them may be rows of a repeat, whose names cannot be known
	fallback string          // language of words in the place of identities where none is known
	disputes *disputes
	lessons  *lessons

	out      *sheet.Writer
	seen     map[string]bool // names of the answers that people spoke of
	kept     map[coding.Unit]bool
	answers  []coding.Answer
	findings []finding.Finding
}

func (r *run) newPeopleCodes(s at, d *dataset.Dataset, book *code.Codebook) (*peopleCodes, error) {
	secret, err := r.key()
	if err != nil {
		return nil, err
	}
	p := &peopleCodes{key: coding.Key(secret), place: map[string]int32{}, seen: map[string]bool{}, kept: map[coding.Unit]bool{}, gone: map[string]bool{}, fallback: d.Survey.Default, disputes: r.disputes, lessons: r.lessons}
	for i, c := range book.Codes {
		p.ids = append(p.ids, c.ID)
		p.place[c.ID] = int32(i)
	}
	codes, decisions, assigned, err := r.readCoded(s, openItems(d.Survey), bookForCoders(book), p.key)
	if err != nil {
		return nil, err
	}
	back, findings := coding.Gather(p.key, codes, decisions, assigned)
	p.back = back
	s.found(findings)
	if p.back.Len() == 0 {
		return p, nil
	}
	forgotten, err := r.forgotten(secret)
	if err != nil {
		return nil, err
	}
	for i := range d.Survey.Items {
		it := &d.Survey.Items[i]
		for id := range forgotten {
			p.gone[p.key.Name(coding.Unit{Response: fmt.Sprintf("%x", id), Item: it.Name})] = true
		}
		p.rows = p.rows || len(forgotten) > 0 && it.Level > 0
	}
	return p, nil
}

// forgotten reports whether an answer was, or may have been, of somebody who was
// forgotten: the names of rows of a repeat hang on their answers.
func (p *peopleCodes) forgotten(name string) bool { return p.rows || p.gone[name] }

// reviewed is what is kept of an answer.
type reviewed struct {
	rows   [][]string // of the file of codes
	name   string     // where people spoke of it; so are the others
	answer *coding.Answer
	text   string
	found  []finding.Finding
}

// responseOf names the response of an answer. Rows of a repeat have no name of
// their own: the answer tells them apart.
func responseOf(key coding.Key, id string, level int, text string) string {
	if level == 0 {
		return id
	}
	return id + "." + key.Mark(text)[:8]
}

// look decides on an answer.
func (p *peopleCodes) look(s code.Seen) ([]int32, any) {
	if p.back.Len() == 0 && len(s.Rule) == 0 {
		return s.Rule, nil
	}
	u := coding.Unit{Response: fmt.Sprintf("%x", s.Response), Item: s.Item}
	u.Response = responseOf(p.key, u.Response, s.Level, s.Text)
	rule := make([]string, len(s.Rule))
	for i, c := range s.Rule {
		rule[i] = p.ids[c]
	}
	slices.Sort(rule)
	answer, keep := coding.Answer{Unit: u, Rule: rule}, reviewed{}
	if p.back.Len() > 0 && p.back.Knows(u) {
		lang := s.Language()
		said, name, found, ok := p.back.Look(coding.About{Unit: u, Language: lang, Text: s.Text, Rule: rule, Redacted: func() string {
			text, _ := identity.Redact(s.Text, p.wordsIn(lang))
			return text
		}})
		if ok {
			answer, keep.name, keep.found = said, name, found
			keep.answer, keep.text = &said, s.Text
		}
	}
	if keep.name == "" && len(s.Rule) == 0 {
		return s.Rule, nil
	}
	if answer.Language == "" {
		answer.Language = s.Language()
	}
	var final []int32
	for _, d := range answer.Decide() {
		c := p.place[d.Code]
		final = append(final, c)
		start, end := "", ""
		if d.Source == coding.Rule {
			if i := slices.IndexFunc(s.Hits, func(h code.Hit) bool { return h.Code == c && !h.Denied }); i >= 0 {
				start, end = strconv.Itoa(s.Hits[i].Start), strconv.Itoa(s.Hits[i].End)
			}
		}
		keep.rows = append(keep.rows, []string{u.Response, u.Item, answer.Language, d.Code, string(d.Source), strings.Join(d.Coders, ";"), start, end})
	}
	slices.Sort(final)
	return final, keep
}

// wordsIn returns the language of the words that stand in the place of identities.
func (p *peopleCodes) wordsIn(language string) string {
	if language == "" {
		return p.fallback
	}
	return language
}

// keep writes and gathers what was decided, in the order of answers. Rows of a
// repeat that say the same are one answer, of which people spoke once.
func (p *peopleCodes) keep(what any) error {
	k := what.(reviewed)
	for _, row := range k.rows {
		if err := p.out.Write(row); err != nil {
			return fmt.Errorf("write the codes: %w", cause(err))
		}
	}
	if k.name != "" {
		p.seen[k.name] = true
	}
	if k.answer == nil || p.kept[k.answer.Unit] {
		return nil
	}
	p.kept[k.answer.Unit] = true
	p.findings = append(p.findings, k.found...)
	if len(k.answer.Coders) > 0 || k.answer.Adjudicated != nil {
		p.answers = append(p.answers, *k.answer)
		if p.lessons != nil {
			p.lessons.add(*k.answer, k.text)
		}
	}
	if p.disputes != nil {
		p.disputes.add(*k.answer, k.name, k.text, p.back.Unsure(k.name))
	}
	return nil
}
