package protect

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/soundings-survey/soundings/pipeline/survey"
	"github.com/soundings-survey/soundings/pipeline/table"
)

// The attacker of further figures tries all tables of a scale by two groups that
// there could be: he knows the sizes of the groups, and keeps those tables that
// give every published figure as it is published.

// moments are what figures of a row of counts are made of.
func moments(row []int) (n, sum, square float64) {
	for c, count := range row {
		score := float64(c + 1)
		n += float64(count)
		sum += score * float64(count)
		square += score * score * float64(count)
	}
	return
}

func middle(row []int) float64 {
	n, _, _ := moments(row)
	below := 0.0
	for c, count := range row {
		if below += float64(count); 2*below >= n {
			return float64(c + 1)
		}
	}
	return math.NaN()
}

// pearson is the chi-square statistic of independence.
func pearson(n [][]int) float64 {
	var total, out float64
	columns := make([]float64, len(n[0]))
	for _, row := range n {
		for c, count := range row {
			columns[c] += float64(count)
			total += float64(count)
		}
	}
	for _, row := range n {
		base, _, _ := moments(row)
		for c, count := range row {
			if e := base * columns[c] / total; e > 0 {
				out += (float64(count) - e) * (float64(count) - e) / e
			}
		}
	}
	return out
}

// fOfMeans is the F statistic of equal means.
func fOfMeans(n [][]int) float64 {
	var total, sum, square, between float64
	for _, row := range n {
		m, s, q := moments(row)
		total, sum, square = total+m, sum+s, square+q
		between += s * s / m
	}
	within := square - between
	between -= sum * sum / total
	return between / (float64(len(n)) - 1) / (within / (total - float64(len(n))))
}

// rankSum is the sum of the mid-ranks of the first group.
func rankSum(n [][]int) float64 {
	before, out := 0.0, 0.0
	for c := range n[0] {
		all := float64(n[0][c] + n[1][c])
		out += float64(n[0][c]) * (before + (all+1)/2)
		before += all
	}
	return out
}

// statistics are those of the tests.
var statistics = map[table.Analysis]func([][]int) float64{table.TestIndependence: pearson, table.TestMean: fOfMeans, table.TestRank: rankSum}

func net(row []int) float64 {
	n, _, _ := moments(row)
	return float64(row[len(row)-1]-row[0]) / n
}

func added(n [][]int) []int {
	out := make([]int, len(n[0]))
	for _, row := range n {
		for c, count := range row {
			out[c] += count
		}
	}
	return out
}

// clue is a published figure, and how it is worked out.
type clue struct {
	number Number
	of     func(n [][]int) float64
}

func (c clue) fits(n [][]int) bool {
	v := c.of(n)
	return math.Abs(v-c.number.value) <= 0.5*math.Pow10(-c.number.places())+1e-9
}

// clues are the published figures that counts must give.
func clues(safe *Safe) (out []clue) {
	add := func(n Number, of func([][]int) float64) {
		if n.Status() == Published {
			out = append(out, clue{n, of})
		}
	}
	for _, v := range safe.Views() {
		if v.Row().Item != "x" {
			continue
		}
		for d := range v.Domains() {
			row := func(n [][]int) []int {
				if len(v.Row().By) == 0 {
					return added(n)
				}
				return n[d]
			}
			switch v.Row().Analysis {
			case table.PropSelectOne:
				for c := range v.Choices() {
					add(v.Count(d, c), func(n [][]int) float64 { return float64(row(n)[c]) })
				}
			case table.Mean:
				add(v.Mean(d), func(n [][]int) float64 { m, s, _ := moments(row(n)); return s / m })
			case table.Median:
				add(v.Figure(d, 0), func(n [][]int) float64 { return middle(row(n)) })
			case table.NetScore:
				add(v.Figure(d, 0), func(n [][]int) float64 { return net(row(n)) })
			}
		}
	}
	for _, v := range safe.Tests() {
		for _, x := range v.Tests() {
			add(x.Statistic, statistics[v.Row().Analysis])
		}
	}
	return out
}

// compositions visits every way to put n respondents into so many answers.
func compositions(n, answers int, visit func([]int)) {
	row := make([]int, answers)
	var fill func(at, left int)
	fill = func(at, left int) {
		if at == answers-1 {
			row[at] = left
			visit(row)
			return
		}
		for k := 0; k <= left; k++ {
			row[at] = k
			fill(at+1, left-k)
		}
	}
	fill(0, n)
}

// TestWholeNumbersBehindARoundedMeanAreNotFewer draws a case in which a rounded
// mean left a withheld count five numbers wide between ends that are none.
func TestWholeNumbersBehindARoundedMeanAreNotFewer(t *testing.T) {
	if _, _, cells := attackFurther(t, 0x34c); cells == 0 {
		t.Error("nothing was attacked")
	}
}

func TestFurtherFiguresGiveNoWithheldCellBack(t *testing.T) {
	releases, figures, cells := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		r, f, c := attackFurther(t, rapid.Uint64().Draw(t, "seed"))
		releases, figures, cells = releases+r, figures+f, cells+c
	})
	t.Logf("%d releases with %d figures; %d withheld cells attacked", releases, figures, cells)
	if cells == 0 && !testing.Short() {
		t.Error("nothing was attacked")
	}
}

// attackFurther attacks the release of a drawn survey, and counts releases,
// published figures and withheld cells.
func attackFurther(t rapid.TB, seed uint64) (releases, figures, cells int) {
	r := rand.New(rand.NewPCG(seed, 3))
	answers := 2 + r.IntN(2)
	s := newStudy(t, 0, kind{name: "x", choices: answers, scaled: true}, kind{name: "b", choices: 2})
	n := [][]int{make([]int, answers), make([]int, answers)}
	for d := range n {
		for range 10 + r.IntN(16) {
			n[d][int(math.Pow(r.Float64(), 0.4+2*r.Float64())*float64(answers))]++
		}
	}
	for d, row := range n {
		for c, count := range row {
			for range count {
				s.n++
				for _, item := range []string{"x", "b"} {
					s.answers[item], s.reason[item] = append(s.answers[item], nil), append(s.reason[item], survey.NotAnswered)
				}
				s.set("x", s.n-1, choiceNames(answers)[c])
				s.set("b", s.n-1, choiceNames(2)[d])
			}
		}
	}
	plan, further := furtherPlan(r, n)
	tables := append(s.tables(plan), further...)
	safe, _, err := Protect(s.survey, plan, tables, nil, Public, Config{Threshold: 5})
	if err != nil {
		return 0, 0, 0 // contradictions and the like: nothing is published
	}
	all := clues(safe)
	releases++
	figures += len(all)
	var low, high [3][3]int
	for d := range low {
		for c := range low[d] {
			low[d][c], high[d][c] = math.MaxInt, -1
		}
	}
	note := func(d, c, v int) { low[d][c], high[d][c] = min(low[d][c], v), max(high[d][c], v) }
	try := [][]int{make([]int, answers), make([]int, answers)}
	bases := [2]int{}
	for d := range n {
		for _, count := range n[d] {
			bases[d] += count
		}
	}
	compositions(bases[0], answers, func(first []int) {
		copy(try[0], first)
		compositions(bases[1], answers, func(second []int) {
			copy(try[1], second)
			for _, c := range all {
				if !c.fits(try) {
					return
				}
			}
			for c := range answers {
				note(0, c, try[0][c])
				note(1, c, try[1][c])
				note(2, c, try[0][c]+try[1][c])
			}
		})
	})
	for _, v := range safe.Views() {
		if _, whole := v.Whole(); whole || v.Row().Item != "x" || v.Row().Analysis != table.PropSelectOne {
			continue
		}
		for d := range v.Domains() {
			at, row := d, n[d]
			if len(v.Row().By) == 0 {
				at, row = 2, added(n)
			}
			for c := range answers {
				if few := row[c] >= 1 && row[c] < 5; !few || v.Count(d, c).Status() == Published {
					continue
				}
				cells++
				if high[at][c]-low[at][c] < 5 {
					t.Errorf("%v: %d of answer %d in domain %d is known to be %d to %d\n%s", n, row[c], c, at, low[at][c], high[at][c], describe(safe))
				}
			}
		}
	}
	return releases, figures, cells
}

// furtherPlan draws what is asked of the item, and makes the further tables.
func furtherPlan(r *rand.Rand, n [][]int) (table.Plan, []*table.Table) {
	var plan table.Plan
	var further []*table.Table
	b := []string{"b"}
	for _, row := range []table.Row{
		{Analysis: table.PropSelectOne, Item: "b"},
		{Analysis: table.PropSelectOne, Item: "x"}, {Analysis: table.PropSelectOne, Item: "x", By: b},
		{Analysis: table.Mean, Item: "x"}, {Analysis: table.Mean, Item: "x", By: b},
	} {
		if r.IntN(4) > 0 {
			plan.Add(row)
		}
	}
	figure := func(row table.Row, of func([]int) float64) {
		rows := n
		if len(row.By) == 0 {
			rows = [][]int{added(n)}
		}
		t := made(row, []string{""}, 0, [][]string{{"c1"}, {"c2"}}, 0)
		for d := range rows {
			base, _, _ := moments(rows[d])
			t.Domains[d].Base.Reasons[survey.Answered], t.Domains[d].Base.Kish = int64(base), base
			t.Cells[d][0] = table.Estimate{Value: of(rows[d]), Lo: math.NaN(), Hi: math.NaN(), Count: int64(base)}
		}
		further = append(further, t)
	}
	last := len(n[0])
	for _, by := range [][]string{nil, b} {
		figure(table.Row{Analysis: table.Median, Item: "x", By: by}, middle)
		figure(table.Row{Analysis: table.NetScore, Item: "x", By: by, Values: choiceNames(last)[last-1:], Against: []string{"c1"}}, net)
	}
	base, _, _ := moments(added(n))
	for _, a := range []table.Analysis{table.TestIndependence, table.TestMean, table.TestRank} {
		further = append(further, testsOf(table.Row{Analysis: a, Item: "x", By: b}, 2, table.Test{Method: "m", Statistic: statistics[a](n), P: 0.3, N: int64(base)}))
	}
	return plan, further
}
