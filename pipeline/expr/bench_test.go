package expr

import "testing"

var usual = []struct{ name, source string }{
	{"equal", "${yes}='yes'"},
	{"equal to a number", "${n} = 7"},
	{"between", "${n} >= 0 and ${n} <= 120 or ${n} = -999"},
	{"selected", "selected(${many}, 'b')"},
	{"selected in a text", "selected('piped well borehole', 'borehole')"},
	{"count selected", "not(selected(${many},'none')) or count-selected(${many})=1"},
	{"chain", "${yes}='no' or ${yes}='tried' or ${yes}='maybe' or ${yes}='yes'"},
	{"arithmetic", "${n} + ${n} * 2 - 3 div 4 > 0"},
	{"if", "if(${n} > 5, 'big', 'small')"},
	{"number in a text", "'12.5' < 13"},
	{"date in a text", "${start} > '2020-01-01'"},
	{"pattern", "regex('01234567890', '^[0]{1}[0-9]{10}$')"},
}

func TestUsualExpressionsDoNotAllocate(t *testing.T) {
	for _, u := range usual {
		b := bind(t, u.source, one().slot)
		var env Env = one()
		if n := testing.AllocsPerRun(100, func() { b.True(env); b.Eval(env) }); n != 0 {
			t.Errorf("%s allocates %v times", u.source, n)
		}
	}
}

func BenchmarkTrue(b *testing.B) {
	for _, u := range usual {
		b.Run(u.name, func(b *testing.B) {
			bound := bind(b, u.source, one().slot)
			var env Env = one()
			b.ReportAllocs()
			for b.Loop() {
				bound.True(env)
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("not(selected(., 'none')) or count-selected(.) = 1 and ${yes} = 'yes'"); err != nil {
			b.Fatal(err)
		}
	}
}
