package protect

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/soundings-survey/soundings/pipeline/quality"
)

func TestDamagedRecordsAreRefused(t *testing.T) {
	s := newSeries(t, 100)
	s.release()
	whole, err := EncodeReleases(s.releases)
	if err != nil {
		t.Fatal(err)
	}
	change := func(from, to string) []byte {
		out := strings.Replace(string(whole), from, to, 1)
		if out == string(whole) {
			t.Fatalf("the record has no %s", from)
		}
		return []byte(out)
	}
	for name, content := range map[string][]byte{
		"cut off":            whole[:len(whole)/2],
		"empty":              nil,
		"of another version": change(`"version": 2`, `"version": 1`),
		"of another run":     change(`"run": 1`, `"run": 2`),
		"no threshold":       change(`"threshold": 5`, `"threshold": 0`),
		"an unknown field":   change(`"threshold": 5`, `"treshold": 5`),
		"no figure":          change(`"value": "`, `"value": "x`),
		"negative":           change(`"reasons": [`, `"reasons": [ -1,`),
		"two ends":           append(slices.Clone(whole), whole...),
	} {
		if _, err := ReadReleases(content, 1); err == nil {
			t.Errorf("a record that is %s is read", name)
		}
	}
	if _, err := ReadReleases(whole, 1); err != nil {
		t.Error(err)
	}
}

func TestAnEarlierRecordThatIsGoneStopsTheRelease(t *testing.T) {
	s := newSeries(t, 300)
	s.release()
	s.join(1, usual)
	s.release()
	st := s.study()
	_, _, err := Protect(st.survey, s.plan, st.tables(s.plan), s.releases[1:], Public, s.cfg)
	var unsafe *NotSafe
	if !errors.As(err, &unsafe) || len(unsafe.Tables) == 0 {
		t.Errorf("got %v", err)
	}
}

func TestTheAccountStaysAsItWasToo(t *testing.T) {
	s := newSeries(t, 300)
	account := quality.Account{Received: 320, Analysed: 300, Aside: []quality.Aside{{Reason: quality.NoConsent, Count: 20}}}
	tell := func() Quality {
		st := s.study()
		safe, _, err := Protect(st.survey, s.plan, st.tables(s.plan), s.releases, Public, s.cfg)
		if err != nil {
			t.Fatal(err)
		}
		q := safe.Account(account)
		s.releases = append(s.releases, safe.Release(len(s.releases)+1))
		return q
	}
	if q := tell(); q.AsOf != 0 || told(q.Received).Value != "320" {
		t.Errorf("the first account: %+v", q)
	}
	account.Received, account.Aside[0].Count = 321, 21
	if q := tell(); q.AsOf != 1 || told(q.Received).Value != "320" {
		t.Errorf("one more received: %+v", told(q.Received))
	}
	account.Received, account.Aside[0].Count = 325, 25
	if q := tell(); q.AsOf != 0 || told(q.Received).Value != "325" {
		t.Errorf("five more received: %+v", told(q.Received))
	}
	for i := range s.releases {
		s.releases[i].Withdraw(map[int]bool{3: true})
	}
	if q := tell(); q.Received.Status() != Withheld {
		t.Error("an account that counted somebody forgotten is told again")
	}
}

func TestWeightsAreNotToldAfterSmallChanges(t *testing.T) {
	s := newSeries(t, 300)
	w := quality.Weights{Responses: 300, Effective: 200, DEff: 1.5, Ratio: 3}
	tell := func() Weights {
		st := s.study()
		safe, _, err := Protect(st.survey, s.plan, st.tables(s.plan), s.releases, Public, s.cfg)
		if err != nil {
			t.Fatal(err)
		}
		out := safe.Weights(st.survey, w, nil)
		s.releases = append(s.releases, safe.Release(len(s.releases)+1))
		return out
	}
	if tell().DEff.Status() != Published {
		t.Fatal("the weights are not told of at first")
	}
	w.Responses, w.DEff = 302, 1.6
	if tell().DEff.Status() != Withheld {
		t.Error("the weights tell of two who joined")
	}
	w.Responses = 305
	if tell().DEff.Status() != Published {
		t.Error("the weights are not told of after five have joined")
	}
}

func FuzzReadReleases(f *testing.F) {
	s := newSeries(f, 40)
	s.plan.Rows = s.plan.Rows[:2]
	s.release()
	content, err := EncodeReleases(s.releases)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Add([]byte(`{"version":2,"releases":[{"version":2,"run":1,"audience":"public","threshold":5,"respondents":3,"tables":[{"row":{"Item":"ease","Analysis":"mean"},"level":"respondent","as_of":1}]}]}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		read, err := ReadReleases(content, 1)
		if err != nil {
			return
		}
		st := s.study()
		_, _, err = Protect(st.survey, s.plan, st.tables(s.plan), read, Public, s.cfg)
		var unsafe *NotSafe
		if err != nil && !errors.As(err, &unsafe) {
			t.Fatal(err)
		}
	})
}
