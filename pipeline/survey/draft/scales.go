package draft

import "strings"

// aside says whether a choice stands beside the others: 0 for an answer like
// any other, 1 for "other", 2 and more for what may be a missing answer.
func aside(label string) int {
	low := strings.TrimRight(plain(label), ".!")
	switch low {
	case "not sure", "i'm not sure", "im not sure", "unsure", "no opinion", "no answer", "sans opinion", "ne se prononce pas", "no sabe", "ns/nr", "no aplica", "no contesta", "не знаю", "затрудняюсь ответить", "отказ от ответа", "неприменимо", "不知道", "不适用", "拒绝回答", "不愿回答", "لا اعرف", "لا أعرف", "لا ينطبق", "dk", "dnk", "pnta", "refused", "skip":
		return 2
	case "autre", "otro", "otra", "другое", "其他", "أخرى", "اخرى":
		return 1
	}
	if absent(label) {
		return 3
	}
	for _, start := range []string{"don't know", "don’t know", "do not know", "i don't know", "i do not know", "dont know", "prefer not", "i prefer not", "not applicable", "does not apply", "ne sait pas", "je ne sais pas", "prefere ne pas", "je prefere ne pas", "sans objet", "non applicable", "no se", "prefiero no"} {
		if rest, ok := strings.CutPrefix(low, start); ok && (rest == "" || !letter(rest)) {
			return 2
		}
	}
	if rest, ok := strings.CutPrefix(low, "other"); ok && (rest == "" || !letter(rest)) {
		return 1
	}
	return 0
}

func letter(s string) bool { return s[0] >= 'a' && s[0] <= 'z' || s[0] >= 0x80 }

// scaleOf returns the place of each label on a scale that is known, when all
// are on one scale and no two share a place. Three labels are the fewest.
func scaleOf(labels []string) (map[string]int, bool) {
	if len(labels) < 3 {
		return nil, false
	}
	for _, scale := range scales {
		if places, ok := placesOn(labels, scale.place); ok {
			return places, true
		}
	}
	for _, degrees := range degreeWords {
		rest := ""
		place := func(low string) int { return degrees.place(low, &rest) }
		if places, ok := placesOn(labels, place); ok {
			return places, true
		}
	}
	return nil, false
}

func placesOn(labels []string, place func(string) int) (map[string]int, bool) {
	places, used := map[string]int{}, map[int]bool{}
	for _, label := range labels {
		n := place(strings.Trim(plain(label), " .!"))
		if n == 0 || used[n] {
			return nil, false
		}
		places[label], used[n] = n, true
	}
	return places, true
}

// scale is an ordered list of places, low end first; the wordings of a place
// are parted by |.
type scale []string

func (s scale) place(low string) int {
	for i, wordings := range s {
		for _, w := range strings.Split(wordings, "|") {
			if w == low || foreign(w) && fold(w) == low {
				return i + 1
			}
		}
	}
	return 0
}

// plain folds a label and takes off what stands in brackets at its end; names
// such as very_satisfied are read as words.
func plain(label string) string {
	low := strings.ReplaceAll(fold(label), "_", " ")
	if i := strings.Index(low, " ("); i > 0 && strings.HasSuffix(low, ")") {
		low = low[:i]
	}
	return low
}

// yesFirst orders yes before no.
func yesFirst(labels []string) (map[string]float64, bool) {
	order := map[string]float64{}
	for _, label := range labels {
		switch plain(label) {
		case "yes", "y", "true", "oui", "si", "да", "نعم", "是":
			order[label] = 1
		case "no", "n", "false", "non", "нет", "لا", "否":
			order[label] = 2
		default:
			return nil, false
		}
	}
	return order, len(order) > 0
}

// foreign reports whether a wording has letters that folding may change.
func foreign(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool { return c >= 0x80 })
}

// Scales that are known as a whole, in lower case without accents.
var scales = []scale{
	{"strongly disagree|completely disagree|totally disagree", "disagree|mostly disagree", "somewhat disagree|slightly disagree|rather disagree", "neither agree nor disagree|neither|neutral|undecided|neither agree or disagree", "somewhat agree|slightly agree|rather agree", "agree|mostly agree", "strongly agree|completely agree|totally agree"},
	{"pas du tout d'accord|pas du tout d’accord", "pas d'accord|pas d’accord|plutot pas d'accord|plutot pas d’accord", "ni d'accord ni pas d'accord|ni d’accord ni pas d’accord|neutre", "d'accord|d’accord|plutot d'accord|plutot d’accord", "tout a fait d'accord|tout a fait d’accord"},
	{"muy en desacuerdo|totalmente en desacuerdo", "en desacuerdo|algo en desacuerdo", "ni de acuerdo ni en desacuerdo|neutral", "de acuerdo|algo de acuerdo", "muy de acuerdo|totalmente de acuerdo"},
	{"категорически не согласен|полностью не согласен", "не согласен|скорее не согласен", "ни согласен, ни не согласен|нейтрально", "согласен|скорее согласен", "полностью согласен"},
	{"لا أوافق بشدة|أعارض بشدة", "لا أوافق|أعارض", "محايد", "أوافق", "أوافق بشدة"},
	{"非常不同意|强烈不同意", "不同意", "中立|一般|既不同意也不反对", "同意", "非常同意|强烈同意"},
	{"never", "almost never|very rarely", "rarely|seldom|once in a while", "occasionally", "sometimes", "about half the time|about half", "often", "frequently|usually", "very often|very frequently|almost always|most of the time", "always"},
	{"jamais", "presque jamais|tres rarement", "rarement", "parfois|quelquefois|de temps en temps", "souvent", "tres souvent|presque toujours", "toujours"},
	{"nunca", "casi nunca", "rara vez|raramente|pocas veces", "a veces|algunas veces", "a menudo|frecuentemente|con frecuencia", "casi siempre|muy a menudo", "siempre"},
	{"никогда", "почти никогда", "редко", "иногда", "часто", "почти всегда|очень часто", "всегда"},
	{"أبدا", "نادرا", "أحيانا", "غالبا", "دائما"},
	{"从不|从未|从来没有", "很少", "有时|偶尔", "经常|常常", "总是"},
	{"very unlikely|extremely unlikely", "unlikely|somewhat unlikely", "neither likely nor unlikely|neutral", "likely|somewhat likely", "very likely|extremely likely"},
	{"very dissatisfied|very unsatisfied", "dissatisfied|somewhat dissatisfied|unsatisfied", "neither satisfied nor dissatisfied|neither satisfied|neutral", "satisfied|somewhat satisfied", "very satisfied"},
	{"very difficult|very hard", "difficult|somewhat difficult|hard", "neither easy nor difficult|neutral", "easy|somewhat easy", "very easy"},
	{"very bad|very poor|terrible", "bad|poor", "fair|average|adequate|acceptable|neutral|neither good nor bad", "good", "very good", "excellent"},
	{"very important not to have", "somewhat important not to have", "not important either way", "somewhat important to have", "very important to have"},
	{"much worse|a lot worse", "worse|somewhat worse", "about the same|the same|stayed same|stayed the same|no change|no different", "better|somewhat better", "much better|a lot better"},
	{"very low", "low", "medium|moderate|average", "high", "very high"},
	{"very unimportant", "unimportant|somewhat unimportant", "neither important nor unimportant|neutral", "important|somewhat important", "very important"},
	{"not at all", "not much|very little", "some", "a lot"},
	{"none|not at all|no impact", "a little|slightly|minor", "somewhat|moderately|moderate", "a lot|very much|mostly|major", "completely|extremely|severe"},
}

// degrees are words of degree that stand before one and the same word: not at
// all useful, slightly useful ... The wordings of a place are parted by |.
type degrees []string

var degreeWords = []degrees{
	{"not at all", "not too|not very|not so|hardly", "slightly|a little", "somewhat|fairly", "moderately|reasonably", "quite", "very", "extremely"},
	{"pas du tout", "peu|pas tres", "un peu|legerement", "moyennement|moderement", "assez|plutot", "tres", "extremement"},
	{"nada", "poco|no muy", "algo|un poco", "moderadamente", "bastante", "muy", "extremadamente|sumamente"},
	{"совсем не|совершенно не", "не очень", "немного|слегка", "умеренно|довольно", "очень", "чрезвычайно|крайне"},
}

// place returns the place of a wording. The first that has a word after its
// degree sets that word for all; "not at all" may stand alone.
func (d degrees) place(low string, rest *string) int {
	best, length := 0, 0
	for i, wordings := range d {
		for _, w := range strings.Split(wordings, "|") {
			after, ok := strings.CutPrefix(low, w)
			if !ok || len(w) <= length || after != "" && after[0] != ' ' {
				continue
			}
			after = strings.TrimSpace(after)
			if after == "" && i > 0 {
				continue
			}
			if after != "" && *rest == "" {
				*rest = after
			}
			if after == "" || after == *rest {
				best, length = i+1, len(w)
			}
		}
	}
	return best
}
