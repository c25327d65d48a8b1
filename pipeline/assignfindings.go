package pipeline

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/soundings-survey/soundings/pipeline/coding"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

// told says of which answers nobody was given, and why.
func (w *assigning) told(left coding.Left) []finding.Finding {
	var out []finding.Finding
	add := func(kind, problem, remedy string) {
		out = append(out, finding.Finding{Stage: "assign", Kind: kind, Severity: finding.Warning, Problem: problem, Remedy: remedy})
	}
	called := func(lang string) string { return cmp.Or(lang, "a language that is not known") }
	for _, lang := range slices.Sorted(maps.Keys(left.Unread)) {
		add("unread", fmt.Sprintf("No coder reads %s: %d answers were given to nobody.", called(lang), left.Unread[lang]), "Name a coder who reads it under \"coding.coders\".")
	}
	for _, lang := range slices.Sorted(maps.Keys(left.Single)) {
		add("one-reader", fmt.Sprintf("One coder alone reads %s: none of the answers in it are coded twice.", called(lang)), "Agreement in this language cannot be known; name a second coder who reads it.")
	}
	if left.Apart > 0 {
		add("kept-apart", fmt.Sprintf("%d answers were given to nobody: fewer respondents than the threshold wrote in their language, and a coder who had two answers of one of them could put these together.", left.Apart), "Give them to further coders who read the language, or have nobody code them.")
	}
	if left.Beyond > 0 {
		f := finding.Finding{Stage: "assign", Kind: "not-drawn", Severity: finding.Note, Problem: fmt.Sprintf("%d answers were not drawn.", left.Beyond), Remedy: "The next call draws among them."}
		out = append(out, f)
	}
	return out
}

// texts says what became of the texts.
func (w *assigning) texts() []finding.Finding {
	var out []finding.Finding
	if w.request.Unredacted == "" {
		out = append(out, sieved("assign", "Read the packs before you give them to anybody, and agree with coders on when they are deleted."))
		for _, lang := range slices.Sorted(maps.Keys(w.replaced)) {
			if n := w.replaced[lang]; n > 0 {
				out = append(out, finding.Finding{Stage: "assign", Kind: "redacted", Severity: finding.Note, Problem: fmt.Sprintf("Identities replaced in answers in %s: %d.", cmp.Or(lang, "a language that is not known"), n)})
			}
		}
	} else {
		out = append(out, unredacted("assign", "The packs hold answers as respondents gave them, with what identifies", coding.AssignmentFile, "Give them only to those whom respondents agreed to be read by."))
	}
	if w.shows() {
		out = append(out, finding.Finding{Stage: "assign", Kind: "shown", Severity: finding.Warning,
			Problem: "Coders see what a machine suggests. Who is shown a code tends to give it: coders agree more than they would by themselves, and what is learnt from them confirms what was learnt before.",
			Remedy:  "These answers do not count among those by which rules are judged. Have some coded without suggestions as well."})
	}
	if w.alone > 0 {
		out = append(out, finding.Finding{Stage: "assign", Kind: "context-left-out", Severity: finding.Note,
			Problem: fmt.Sprintf("The context was left out beside %d answers: fewer respondents than the threshold wrote in this language and share it, or only these would be without one.", w.alone), Remedy: "Name fewer items under \"coding.context\"."})
	}
	if w.long > 0 {
		out = append(out, finding.Finding{Stage: "assign", Kind: "long-answers", Severity: finding.Warning,
			Problem: fmt.Sprintf("Answers longer than a cell of a worksheet holds were given to nobody: %d.", w.long), Remedy: "Assign them with --format qdpx."})
	}
	return out
}

// sieved says what taking identities out does not do.
func sieved(stage, remedy string) finding.Finding {
	return finding.Finding{Stage: stage, Kind: "redact-sieve", Severity: finding.Warning,
		Problem: "A machine finds names only beside a title or an introduction, and not who is known by what they tell.", Remedy: remedy}
}

// unredacted says that identities were left in, and which file keeps the reason.
func unredacted(stage, problem, file, remedy string) finding.Finding {
	return finding.Finding{Stage: stage, Kind: "unredacted", Severity: finding.Warning,
		Problem: problem + "; the reason is kept in " + file + ".", Remedy: remedy}
}
