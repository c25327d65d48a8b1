package protect

// Flow is what became of the responses that came in, as it may be published.
type Flow struct{ Received, Aside, Analysed Number }

// Flow protects the counts of responses received and set aside. The number
// analysed is known from every table, so the two others stand and fall
// together: they are withheld when 1 to k-1 were set aside. When fewer than k
// were analysed, all three are.
func (s *Safe) Flow(received, analysed int64) Flow {
	const key = "responses"
	aside := received - analysed
	f := Flow{withheld(CountStat, key+" received"), withheld(CountStat, key+" set aside"), withheld(CountStat, key+" analysed")}
	if analysed < int64(s.Threshold()) || aside < 0 {
		return f
	}
	f.Analysed = count(CountStat, key+" analysed", analysed)
	if aside == 0 || aside >= int64(s.Threshold()) {
		f.Received, f.Aside = count(CountStat, key+" received", received), count(CountStat, key+" set aside", aside)
	}
	return f
}
