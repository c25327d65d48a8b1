package main

import (
	"math/rand/v2"
	"strings"
)

// World is what all respondents share: form, wording and places.
type World struct {
	Form   *Form
	Pieces map[string]Pieces
	States map[string][]string // by region and language, "africa fr"
}

// Person is one made-up respondent: what it is like, and what it has answered so far.
type Person struct {
	*rand.Rand
	world   *World
	Answers map[string]string
	Lang    string // of the open answers

	capacity, experience, risk, foreign float64 // latent; foreign: distance between own and UN working languages
	small                               bool
	obstacle                            map[string]int // severity of each obstacle, also where not answered
}

// readWorld reads what all respondents share.
func readWorld() (*World, error) {
	f, err := readForm()
	if err != nil {
		return nil, err
	}
	w := &World{Form: f, Pieces: map[string]Pieces{}, States: map[string][]string{}}
	for _, t := range f.Tongues {
		var p Pieces
		if err := readYAML("open/"+t.Code+".yaml", &p); err != nil {
			return nil, err
		}
		w.Pieces[t.Code] = p
	}
	states, err := readStates()
	if err != nil {
		return nil, err
	}
	for _, s := range states {
		for _, lang := range []string{s.Language, "en"} {
			key := s.Region + " " + lang
			w.States[key] = append(w.States[key], s.Code)
			if s.Language == "en" {
				break
			}
		}
	}
	return w, nil
}

// person makes respondent i of a seed. It depends on nothing else, so that more respondents never change the first ones.
func (w *World) person(seed uint64, i int) *Person {
	p := &Person{Rand: rand.New(rand.NewPCG(seed, uint64(i))), world: w, Answers: map[string]string{}, obstacle: map[string]int{}}
	p.put("consent", "yes")
	p.put("consent_store", spin(p.Rand, Slot{"yes", 82}, Slot{"no", 18}))
	quoted := rand.New(rand.NewPCG(seed^0x71756f7465, uint64(i))) // of its own, so that nothing else changes
	p.put("consent_quote", spin(quoted, Slot{"yes", 70}, Slot{"no", 30}))
	p.profile()
	p.engagement()
	p.obstacles()
	p.safety()
	p.tell()
	p.expression()
	p.recommendations()
	p.followUp()
	p.tools()
	p.close()
	return p
}

// put answers an item.
func (p *Person) put(item, answer string) { p.Answers[item] = answer }

// maybe answers an item, or with the given odds leaves it out.
func (p *Person) maybe(skip float64, item, answer string) {
	if p.Float64() >= skip {
		p.put(item, answer)
	}
}

// has tells whether a choice is selected.
func (p *Person) has(item, choice string) bool {
	for _, c := range strings.Fields(p.Answers[item]) {
		if c == choice {
			return true
		}
	}
	return false
}

// several selects every choice of the item's list whose odds (logit) come true, in the order of the form, at most limit if that is over 0.
// Where none comes true it answers with fallback.
func (p *Person) several(item, fallback string, limit int, odds map[string]float64) string {
	var got []string
	for _, c := range p.world.Form.byList[p.world.Form.byName[item].List].Choices {
		if l, ok := odds[c.Name]; ok && chance(p.Rand, l) && (limit == 0 || len(got) < limit) {
			got = append(got, c.Name)
		}
	}
	if len(got) == 0 {
		return fallback
	}
	return strings.Join(got, " ")
}

// profile answers who the organisation is.
func (p *Person) profile() {
	region := spin(p.Rand, Slot{"africa", 35}, Slot{"asia_pacific", 25}, Slot{"grulac", 19}, Slot{"eeg", 11}, Slot{"weog", 6}, Slot{"global", 2.5}, Slot{"pns", 1.5})
	p.put("region", region)
	p.Lang = p.language(region)
	p.put("resp_lang", p.Lang)
	if codes := p.world.States[region+" "+p.Lang]; len(codes) > 0 && p.Float64() < 0.75 {
		p.put("country", one(p.Rand, codes))
	} else if p.Float64() < 0.25 {
		p.put("country", "pns")
	}
	kind := spin(p.Rand, Slot{"local", 21}, Slot{"national", 33}, Slot{"regional", 5}, Slot{"intl", 5}, Slot{"network", 10}, Slot{"media", 7},
		Slot{"union", 3}, Slot{"academic", 3}, Slot{"faith", 4}, Slot{"nhri", 2}, Slot{"individual", 5}, Slot{"other", 2})
	p.put("org_type", kind)
	p.capacity = p.NormFloat64()*0.7 + map[string]float64{"local": -0.8, "national": 0.2, "regional": 0.6, "intl": 1.2, "network": 0.4, "nhri": 1, "individual": -1.4, "union": 0.2, "academic": 0.3}[kind] +
		map[string]float64{"weog": 0.5, "africa": -0.2, "global": 0.6}[region]
	p.experience = p.NormFloat64()*0.8 + 0.5*p.capacity
	p.risk = p.NormFloat64()*0.8 + map[string]float64{"asia_pacific": 0.35, "eeg": 0.3, "africa": 0.1, "weog": -1, "global": -0.5, "grulac": 0}[region] +
		map[string]float64{"media": 0.4, "individual": 0.4, "nhri": -0.8}[kind]
	p.foreign = map[string]float64{"en": 0, "fr": 0.9, "es": 1, "ar": 1.2, "zh": 1.3, "ru": 1.3}[p.Lang] + 0.4*p.NormFloat64()
	size := level(p.Rand, 1.4+1.1*p.capacity, 0.6, 0, 4)
	p.small = size < "2"
	if p.Float64() < 0.03 {
		p.put("org_size", "pns")
	} else {
		p.maybe(0.02, "org_size", "s"+size)
	}
	p.maybe(0.03, "org_years", []string{"lt3", "y3_10", "gt10"}[level(p.Rand, 1.15+0.5*p.experience, 0.5, 0, 2)[0]-'0'])
	p.maybe(0.02, "themes", p.themes(kind))
	p.ledBy()
	ecosoc := spin(p.Rand, Slot{"yes", 12 + 16*p.capacity}, Slot{"no", 62}, Slot{"pending", 6}, Slot{"refused", 3 + 3*p.risk}, Slot{"dk", 8})
	p.maybe(0.03, "ecosoc", ecosoc)
	p.maybe(0.04, "legal_status", spin(p.Rand, Slot{"registered", 74}, Slot{"unreg_choice", 8 - 3*p.capacity}, Slot{"unreg_refused", 4 + 5*p.risk},
		Slot{"exile", 3 + 3*p.risk}, Slot{"pns", 4 + 2*p.risk}))
	odds := map[string]float64{"en": 1.1 - p.foreign + 0.6*p.capacity, "fr": -3, "es": -3.2, "ar": -3.5, "zh": -4.5, "ru": -3.8, "pt": -3.5, "other": -0.4}
	odds[p.Lang] = 4
	p.maybe(0.03, "work_langs", p.several("work_langs", p.Lang, 0, odds))
}

// language draws the language of the answers.
func (p *Person) language(region string) string {
	switch region {
	case "africa":
		return spin(p.Rand, Slot{"en", 46}, Slot{"fr", 39}, Slot{"ar", 15})
	case "asia_pacific":
		return spin(p.Rand, Slot{"en", 46}, Slot{"ar", 26}, Slot{"zh", 22}, Slot{"ru", 12})
	case "eeg":
		return spin(p.Rand, Slot{"en", 38}, Slot{"ru", 62})
	case "grulac":
		return spin(p.Rand, Slot{"es", 80}, Slot{"en", 16}, Slot{"fr", 4})
	case "weog":
		return spin(p.Rand, Slot{"en", 66}, Slot{"fr", 20}, Slot{"es", 14})
	default:
		return spin(p.Rand, Slot{"en", 55}, Slot{"fr", 12}, Slot{"es", 10}, Slot{"ar", 8}, Slot{"zh", 10}, Slot{"ru", 5})
	}
}

// themes selects up to five main themes.
func (p *Person) themes(kind string) string {
	odds := map[string]float64{"foe": -0.2, "jour": -1.5, "ati": -1.4, "assembly": -0.9, "digital": -1.8, "hrd": -0.8, "women": -0.6, "child": -1.4, "lgbti": -1.9,
		"disab": -1.8, "indig": -2.3, "minor": -2, "migr": -2, "escr": -1.2, "env": -1.8, "justice": -1.2, "dp": -2.8, "other": -3}
	switch kind {
	case "media":
		odds["foe"], odds["jour"], odds["ati"] = 2, 2, 0.3
	case "union":
		odds["escr"], odds["assembly"] = 1.5, 1
	case "faith":
		odds["minor"] = 0
	}
	return p.several("themes", "other", 5, odds)
}

// ledBy answers who leads the organisation.
func (p *Person) ledBy() {
	switch {
	case p.Float64() < 0.05+0.02*max(p.risk, 0):
		p.put("led_by", "pns")
	case p.Float64() < 0.04:
	default:
		p.put("led_by", p.several("led_by", "none", 0, map[string]float64{"women": -0.5, "youth": -1.3, "lgbti": -2.8, "disab": -2.5, "indig": -2.9, "minority": -2.3, "refugee": -3}))
	}
}
