package ingest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/finding"
	"github.com/soundings-survey/soundings/pipeline/survey"
)

const limeItems = `type,name,label::English (en)
select_one lang,startlanguage,Language
select_one org,Q1,Kind of organisation
text,Q1_other,Other kind
select_multiple sub,Q2,Obstacles
text,Q2_other,Other obstacle
select_one agree,Q3_SQ001,Guidance was clear
select_one agree,Q3SQ002,Guidance came in time
begin_group,Q4,Numbers
integer,SQ001_SQ001,Staff women
integer,SQ001_SQ002,Staff men
end_group,,
rank sub,Q5,Order
date,Q6,Founded
`

const limeChoices = `list_name,name,label::English (en)
lang,en,English
lang,fr,French
org,A1,Local
org,A2,National
org,other,Other
sub,SQ001,Time
sub,SQ002,Language
sub,SQ003,Money
sub,other,Other
agree,A1,Yes
agree,A2,No
`

const limeHeader = `"id","submitdate","lastpage","startlanguage","seed","token","ipaddr","refurl","Q1","Q1[other]","Q2[SQ001]","Q2[SQ002]","Q2[SQ003]","Q2[other]","Q3[SQ001]","Q3[SQ002]","Q4[SQ001_SQ001]","Q4[SQ001_SQ002]","Q5[1]","Q5[2]","Q5[3]","Q5[4]","Q6"
`

const limeRows = `"1","2022-04-02 10:11:12","5","en","1","t","127.0.0.1","","A1","","Y","","Y","","A1","A2","3","4","SQ002","SQ001","","","1980-01-01 00:00:00"
"2","2022-04-02 10:11:13","5","fr","1","t","127.0.0.1","","-oth-","a union","","","","heat","A2","","","","","","","",""
"3","","1","fr","1","t","127.0.0.1","","","","","","","","","","","","","","","",""
"4","2022-04-02 10:11:15","5","en","1","t","127.0.0.1","","A2","","","Y","","","A1","A1","1","2","SQ001","","SQ002","","1980-05-01"
"5","2022-04-02 10:11:16","5","en","1","t","127.0.0.1","","A2","","","","","","A1","A1","1","2","SQ001","SQ001","","","1980-05-01"
`

func TestLimeSurveyIsReadByTheNamesOfTheForm(t *testing.T) {
	s := formOf(t, limeItems, limeChoices)
	for _, sep := range []string{",", ";"} {
		r := readText(t, s, strings.ReplaceAll(limeHeader+limeRows, "\",\"", "\""+sep+"\""), Source{})
		if r.dataset == nil {
			t.Fatal(r.text())
		}
		f := r.report.Files[0]
		if f.Format != "limesurvey-csv" || len(f.Unknown) > 0 || fmt.Sprint(f.SetAside) != "[submitdate lastpage seed token ipaddr refurl]" {
			t.Errorf("%+v", f)
		}
		_, lang := r.column(t, 0, "startlanguage")
		_, kind := r.column(t, 0, "Q1")
		_, kindOther := r.column(t, 0, "Q1_other")
		_, many := r.column(t, 0, "Q2")
		_, manyOther := r.column(t, 0, "Q2_other")
		_, late := r.column(t, 0, "Q3SQ002")
		_, men := r.column(t, 0, "SQ001_SQ002")
		_, order := r.column(t, 0, "Q5")
		_, founded := r.column(t, 0, "Q6")
		if got := fmt.Sprint(lang.Codes[:5], kind.Codes[:2], kindOther.Text(1), late.Codes[0], men.Ints[0]); got != "[0 1 1 0 0] [0 2]a union1 4" {
			t.Error(got)
		}
		if got := fmt.Sprint(many.Reasons, many.Set(0), many.Set(1), many.Set(3), manyOther.Text(1)); got != "[answered answered not answered answered not answered] [0 2] [3] [1]heat" {
			t.Error(got)
		}
		if got := fmt.Sprint(order.Reasons, order.Set(0)); got != "[answered not answered not answered invalid invalid] [1 0]" {
			t.Error(got)
		}
		if founded.Reasons[0] != survey.Answered {
			t.Error(founded.Reasons)
		}
	}
}

func TestTextBesideOtherWithoutAnItemIsTold(t *testing.T) {
	s := formOf(t, strings.Replace(limeItems, "text,Q2_other,Other obstacle\n", "", 1), limeChoices)
	r := readText(t, s, limeHeader+limeRows, Source{})
	if r.dataset == nil || !strings.Contains(r.kinds(finding.Warning), "other-text") {
		t.Fatal(r.text())
	}
	if _, many := r.column(t, 0, "Q2"); fmt.Sprint(many.Set(1)) != "[3]" {
		t.Error(many.Set(1))
	}
}

func TestOtherToolsColumnsAreNotTakenForLimeSurvey(t *testing.T) {
	s := formOf(t, limeItems, limeChoices)
	r := readText(t, s, "Q1,Q2[SQ001],Q2[SQ002]\nA1,Y,\n", Source{Absent: []string{"*x", "Q1_other", "Q2*", "Q3*", "SQ*", "Q5", "Q6", "startlanguage"}[1:]})
	if r.dataset == nil || r.report.Files[0].Format != "csv" {
		t.Fatalf("read as %s:\n%s", r.report.Files[0].Format, r.text())
	}
	if _, many := r.column(t, 0, "Q2"); fmt.Sprint(many.Set(0)) != "[0]" { // choices in brackets are choices all the same
		t.Error(many.Set(0))
	}
}
