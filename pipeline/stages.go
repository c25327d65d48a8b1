package pipeline

import (
	"io"
	"os"
	"path/filepath"

	"github.com/soundings-survey/soundings/pipeline/brief"
	"github.com/soundings-survey/soundings/pipeline/check"
	"github.com/soundings-survey/soundings/pipeline/clean"
	"github.com/soundings-survey/soundings/pipeline/code"
	"github.com/soundings-survey/soundings/pipeline/dataset"
	"github.com/soundings-survey/soundings/pipeline/derive"
	"github.com/soundings-survey/soundings/pipeline/estimate"
	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/ingest"
	"github.com/soundings-survey/soundings/pipeline/quality"
	"github.com/soundings-survey/soundings/pipeline/recommend/judged"
	"github.com/soundings-survey/soundings/pipeline/report"
	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
	"github.com/soundings-survey/soundings/pipeline/weight"
)

// ingest reads the answers and binds them to the survey.
func (r *run) ingest(s at, asked *survey.Survey) (*dataset.Dataset, error) {
	key, err := r.key()
	if err != nil {
		return nil, err
	}
	forgotten, err := r.forgotten(key)
	if err != nil {
		return nil, err
	}
	log, done, err := r.cleaningLog(setAsideFile)
	if err != nil {
		return nil, err
	}
	for _, in := range r.config.Input {
		for _, name := range in.Files() {
			if err := r.note(name); err != nil {
				return nil, err
			}
		}
	}
	s.found(r.decide())
	r.aside = newIdentityStore(r.engine.Dir, asked)
	answers, report, findings, err := ingest.Ingest(r.ctx, r.engine, ingest.Request{
		Survey: asked, Config: ingest.Config{Input: r.config.Input, Filter: r.config.Filter, Identities: r.config.Identities.Columns}, Aside: r.aside, Open: r.openInput, List: r.listInput, Key: key, Log: log,
		Views: views(r.config.Survey, r.versions, asked), Forgotten: forgotten,
	})
	report.Changes = r.versions.Changes
	if finding.Refused(findings) {
		for _, in := range r.config.Input {
			s.found(formForAnswers(in.File, func() (io.ReadCloser, error) { return os.Open(r.path(in.File)) }, asked, r.config.Survey.name()))
		}
	}
	s.found(findings)
	r.ingested = report
	r.noteInterviews(report)
	if err := done(err); err != nil || answers == nil {
		return nil, err
	}
	s.counted(report.Rows(), answers.Respondents(), "responses")
	return answers, writeJSON(filepath.Join(r.private, "ingest.json"), report)
}

// clean corrects answers and logs every correction.
func (r *run) clean(s at, d *dataset.Dataset) (*dataset.Dataset, error) {
	lines, err := r.readLogs(s)
	if err != nil {
		return nil, err
	}
	r.lines = lines
	aside, err := r.setAside(lines)
	if err != nil {
		return nil, err
	}
	log, done, err := r.cleaningLog(cleaningLogFile)
	if err != nil {
		return nil, err
	}
	out, summary, findings, err := clean.Clean(r.ctx, r.engine, d, clean.Config{Consent: r.config.Consent, Lines: lines, Unbound: r.config.Clean.Unbound, SetAside: aside}, recorder{log, r.noteLost})
	s.found(findings)
	if err := done(err); err != nil || out == nil {
		return nil, err
	}
	if err := r.keepConflicts(s, summary.Conflicts); err != nil || finding.Refused(s.findings.All()) {
		return nil, err
	}
	if err := r.keepClean(out); err != nil {
		return nil, err
	}
	if err := r.keepIdentities(out); err != nil {
		return nil, err
	}
	s.counted(d.Respondents(), out.Respondents(), "responses")
	r.cleaned = summary
	return out, writeJSON(filepath.Join(r.private, "cleaning.json"), summary)
}

// check proposes what to look at, and parts with the tool's identifiers.
func (r *run) check(s at, d *dataset.Dataset) (*dataset.Dataset, error) {
	q, err := r.checkRequest()
	if err != nil {
		return nil, err
	}
	proposals, done, err := r.proposalsFile("proposals.csv")
	if err != nil {
		return nil, err
	}
	q.Propose = proposals.Add
	out, summary, findings, err := check.Check(r.ctx, r.engine, d, r.config.Checks, q)
	s.found(findings)
	s.found(proposals.tooMany())
	if err := done(err); err != nil || out == nil {
		return nil, err
	}
	s.counted(d.Respondents(), out.Respondents(), "responses")
	for _, c := range summary.Checks {
		if !c.Day && c.Check != check.Unreadable { // a report must not hang on the day of the run
			r.checked = append(r.checked, quality.Check{Check: c.Check, Item: c.Item, Looked: c.Looked, Flagged: c.Flagged})
		}
	}
	return out, writeJSON(filepath.Join(r.private, "checks.json"), summary)
}

// code judges the recommendations that answers quote, and gives open answers the
// codes of the codebook.
func (r *run) code(s at, d *dataset.Dataset) (*dataset.Dataset, error) {
	s.counted(d.Respondents(), d.Respondents(), "responses")
	d, findings, err := judged.Judge(r.ctx, r.engine, d, r.config.Recommendations)
	s.found(findings)
	if err != nil || finding.Refused(findings) {
		return nil, err
	}
	if r.config.Code.Codebook == "" {
		return d, nil
	}
	content, err := r.open(r.config.Code.Codebook)
	if err != nil {
		return nil, err
	}
	book, findings := code.Read(r.config.Code.Codebook, content)
	s.found(findings)
	if finding.Refused(findings) {
		return nil, nil
	}
	r.codebook, r.matcher = book, code.NewMatcher(book)
	out, summary, err := r.codeWithPeople(s, d, book)
	if err != nil || out == nil {
		return nil, err
	}
	if err := r.measureCodes(out.Survey, book, summary); err != nil {
		return nil, err
	}
	return out, writeJSON(filepath.Join(r.private, "coding.json"), summary)
}

// weight gives every respondent a weight.
func (r *run) weight(s at, d *dataset.Dataset) (*dataset.Dataset, error) {
	s.counted(d.Respondents(), d.Respondents(), "responses")
	s.found(r.config.unfittedReplicates())
	sheets, err := r.weightSheets(s)
	if err != nil || finding.Refused(s.findings.All()) {
		return nil, err
	}
	out, outcome, findings, err := weight.Weight(r.ctx, r.engine, d, r.config.Weight, sheets)
	s.found(findings)
	if err != nil || out == nil {
		return nil, err
	}
	r.weighted = outcome
	return out, writeJSON(filepath.Join(r.private, "weights.json"), outcome.Summary)
}

// derive adds the items that are made of others: those that the project defines,
// and the needs of the brief.
func (r *run) derive(s at, d *dataset.Dataset) (*dataset.Dataset, error) {
	s.counted(d.Respondents(), d.Respondents(), "responses")
	d, err := r.deriveItems(s, d)
	if err != nil || d == nil {
		return nil, err
	}
	if r.config.Brief.Components == "" {
		return d, nil
	}
	content, err := r.open(r.config.Brief.Components)
	if err != nil {
		return nil, err
	}
	components, findings := brief.Read(r.config.Brief.Components, content)
	s.found(findings)
	if finding.Refused(findings) {
		return nil, nil
	}
	var shares []derive.Share
	for _, k := range components.Components {
		parts, findings := components.Parts(k, d.Survey)
		s.found(findings)
		share := derive.Share{Name: k.ItemName(), Label: k.Label}
		for _, p := range parts {
			share.Parts = append(share.Parts, derive.Part{Item: p.Item, Values: p.Values})
		}
		shares = append(shares, share)
	}
	out, findings, err := derive.Derive(r.ctx, r.engine, d, shares)
	s.found(findings)
	r.components = components
	return out, err
}

// plan decides what to compute: the analyst's plan or one guessed from the
// survey, and what the brief needs.
func (r *run) plan(s at, d *dataset.Dataset) (table.Plan, error) {
	s.found(r.config.unprotected(d.Survey))
	s.found(r.config.unfitFigures(d.Survey))
	s.found(r.config.misplaced(d.Survey))
	s.found(r.config.publishableMade(d.Survey, r.components))
	plan, findings, err := r.makePlan(d)
	s.found(findings)
	s.found(linked(plan, d.Survey, r.config.definitions(d.Survey)))
	if err != nil {
		return plan, err
	}
	for _, row := range append(report.Plan(d.Survey, r.config.hidden()), r.config.Report.Priority.Plan(d.Survey)...) {
		if asksShares(plan, row.Item) {
			plan.Add(row)
		}
	}
	for _, row := range r.config.Recommendations.Plan(d.Survey) {
		if asksShares(plan, row.Item) {
			plan.Add(row)
		}
	}
	for _, row := range r.rollup(plan, d.Survey) {
		plan.Add(row)
	}
	if r.components != nil {
		for _, row := range r.components.Plan(d.Survey) {
			plan.Add(row)
		}
	}
	r.codesByStage(&plan, d)
	r.quotedTables(&plan)
	s.found(r.addTables(&plan, d.Survey, d.Levels[0].Layout.Has))
	s.found(repeatsInPlan(plan, d.Survey))
	otherwise, err := r.otherwiseFolded(plan, d.Survey)
	if err != nil {
		return plan, err
	}
	s.found(otherwise)
	s.counted(int64(len(plan.Rows)), int64(len(plan.Rows)), "tables")
	return plan, nil
}

// estimate computes every table of the plan in one pass over the answers.
func (r *run) estimate(s at, d *dataset.Dataset, plan table.Plan) ([]*table.Table, error) {
	cfg := r.config.Estimate.Config()
	cfg.Design = r.config.Design
	if c := r.weighted.Calibration; c != nil {
		cfg.Fitted = c
	}
	tables, findings, err := estimate.Estimate(r.ctx, r.engine, d, plan, cfg)
	s.found(findings)
	s.counted(d.Respondents(), int64(len(tables)), "responses to tables")
	if err != nil {
		return nil, err
	}
	if tables, err = r.tables.Settle(tables); err != nil {
		return nil, err
	}
	return tables, r.writeExact(tables)
}

// protect withholds what could point to a respondent, for each audience.
func (r *run) protect(s at, asked *survey.Survey, plan table.Plan, tables []*table.Table) ([]*edition, error) {
	releases, err := r.releases()
	if err != nil {
		return nil, err
	}
	r.earlier = releases
	safe, findings, err := r.safely(asked, plan, tables)
	s.found(findings)
	s.counted(int64(len(tables)), int64(len(tables)), "tables")
	if err != nil {
		return nil, err
	}
	return r.editions(safe)
}
