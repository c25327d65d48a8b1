package pipeline

import (
	"reflect"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/check"
	"github.com/soundings-survey/soundings/pipeline/finding"
)

func TestChecksAreSetOneByOneAndSwitchedOffByFalse(t *testing.T) {
	for text, change := range map[string]func(*check.Config){
		"":                            func(*check.Config) {},
		"checks: {outliers: false}":   func(c *check.Config) { c.Outliers.Off = true },
		"checks: {outliers: true}":    func(*check.Config) {},
		"checks: {outliers: {sd: 4}}": func(c *check.Config) { c.Outliers.SD = 4 },
		"checks: {outliers: {iqr: 0, log: false, by: region, leave: [a, b]}}": func(c *check.Config) {
			c.Outliers = check.Outliers{SD: 3, By: "region", Leave: []string{"a", "b"}}
		},
		"checks: {durations: {share: 0.5}, straight: false, dates: {earliest: 2000-01-01}}": func(c *check.Config) {
			c.Durations.Share, c.Straight.Off, c.Dates.Earliest = 0.5, true, "2000-01-01"
		},
		"checks: {exclusive: false, other: false, conditions: false, unknown: false, identifiers: false, duplicates: false}": func(c *check.Config) {
			c.Exclusive.Off, c.Other, c.Conditions, c.Unknown, c.Identifiers, c.Duplicates.Off = true, false, false, false, false, true
		},
		"checks: {exclusive: [none, list.no], same: [name, region], rules: rules.csv, duplicates: {most_different: 3}}": func(c *check.Config) {
			c.Exclusive.Choices, c.Same, c.Rules, c.Duplicates.MostDifferent = []string{"none", "list.no"}, []string{"name", "region"}, "rules.csv", 3
		},
	} {
		want := check.Default()
		change(&want)
		c, findings := ReadConfig("config.yaml", []byte("version: 1\nsurvey: form.xlsx\ninput: [{file: a.csv}]\n"+text+"\n"))
		if len(findings) > 0 || !reflect.DeepEqual(c.Checks, want) {
			t.Errorf("%s: %v\ngot  %+v\nwant %+v", text, findings, c.Checks, want)
		}
	}
	for _, text := range []string{
		"checks: {outlier: false}", "checks: {outliers: {sds: 3}}", "checks: {outliers: {iqr: -1}}", "checks: {outliers: 3}", "checks: {durations: {share: 1}}",
		"checks: {straight: {items: 1}}", "checks: {duplicates: {most_different: 31}}", "checks: {dates: {earliest: soon}}", "checks: {exclusive: {names: [a]}}", "checks: {conditions: maybe}",
	} {
		if _, findings := ReadConfig("config.yaml", []byte("version: 1\nsurvey: form.xlsx\ninput: [{file: a.csv}]\n"+text+"\n")); !finding.Refused(findings) {
			t.Errorf("%s: not refused", text)
		}
	}
}
