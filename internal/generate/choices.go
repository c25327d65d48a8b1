package main

import (
	"fmt"
	"io/fs"
	"sort"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Choice is one admissible answer. Score is empty where the list is no scale, or the choice is not on it.
type Choice struct {
	Name, Score string
	Label       map[string]string
}

// List is a list of choices in the order in which they are shown.
type List struct {
	Name    string
	Choices []Choice
}

// Has tells whether the list has a choice of that name.
func (l *List) Has(name string) bool {
	for _, c := range l.Choices {
		if c.Name == name {
			return true
		}
	}
	return false
}

// readLists reads lists.yaml line by line, so that the order of the file is kept, and adds the countries.
func readLists(words map[string]Wording) ([]List, error) {
	b, err := fs.ReadFile(source, "source/lists.yaml")
	if err != nil {
		return nil, fmt.Errorf("read lists.yaml: %w", err)
	}
	var lists []List
	for _, line := range strings.Split(string(b), "\n") {
		name, rest, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		l := List{Name: name}
		for _, field := range strings.Fields(rest) {
			choice, score, _ := strings.Cut(field, "=")
			c := Choice{Name: choice, Score: score, Label: map[string]string{}}
			for code, w := range words {
				c.Label[code] = w.Lists[name][choice]
			}
			l.Choices = append(l.Choices, c)
		}
		lists = append(lists, l)
	}
	countries, err := countryList(words)
	if err != nil {
		return nil, err
	}
	return append(lists, countries), nil
}

// countryList names the Member States of the United Nations by their ISO 3166-1 alpha-3 code, in English order.
func countryList(words map[string]Wording) (List, error) {
	states, err := readStates()
	if err != nil {
		return List{}, err
	}
	l := List{Name: "country"}
	for _, s := range states {
		region, err := language.ParseRegion(s.Code)
		if err != nil {
			return List{}, fmt.Errorf("country %s: %w", s.Code, err)
		}
		c := Choice{Name: s.Code, Label: map[string]string{}}
		for _, t := range tongues() {
			c.Label[t.Code] = display.Regions(language.MustParse(t.Code)).Name(region)
			if own := ownNames()[s.Code][t.Code]; own != "" {
				c.Label[t.Code] = own
			}
		}
		l.Choices = append(l.Choices, c)
	}
	sort.Slice(l.Choices, func(i, j int) bool { return l.Choices[i].Label["en"] < l.Choices[j].Label["en"] })
	pns := Choice{Name: "pns", Label: map[string]string{}}
	for code, w := range words {
		pns.Label[code] = w.Countries["pns"]
	}
	l.Choices = append(l.Choices, pns)
	return l, nil
}

// ownNames corrects names that the tables of x/text have in an older or another form than the United Nations.
func ownNames() map[string]map[string]string {
	return map[string]map[string]string{
		"SWZ": {"en": "Eswatini", "fr": "Eswatini", "es": "Eswatini", "ar": "إسواتيني", "zh": "斯威士兰", "ru": "Эсватини"},
		"MKD": {"en": "North Macedonia", "fr": "Macédoine du Nord", "es": "Macedonia del Norte", "ar": "مقدونيا الشمالية", "zh": "北马其顿", "ru": "Северная Македония"},
		"TUR": {"en": "Türkiye", "fr": "Türkiye", "es": "Türkiye", "ar": "تركيا", "zh": "土耳其", "ru": "Турция"},
		"CZE": {"en": "Czechia", "fr": "Tchéquie", "es": "Chequia", "ar": "تشيكيا", "zh": "捷克", "ru": "Чехия"},
		"CPV": {"en": "Cabo Verde", "fr": "Cabo Verde", "es": "Cabo Verde", "ar": "كابو فيردي", "zh": "佛得角", "ru": "Кабо-Верде"},
		"TLS": {"en": "Timor-Leste", "fr": "Timor-Leste", "es": "Timor-Leste", "ar": "تيمور - ليشتي", "zh": "东帝汶", "ru": "Тимор-Лешти"},
		"CIV": {"en": "Côte d’Ivoire", "fr": "Côte d’Ivoire", "es": "Côte d’Ivoire", "ar": "كوت ديفوار", "zh": "科特迪瓦", "ru": "Кот-д’Ивуар"},
		"MMR": {"en": "Myanmar", "fr": "Myanmar", "es": "Myanmar", "ar": "ميانمار", "zh": "缅甸", "ru": "Мьянма"},
		"COG": {"en": "Congo", "fr": "Congo", "es": "Congo", "ar": "الكونغو", "zh": "刚果（布）", "ru": "Конго"},
		"COD": {"en": "Democratic Republic of the Congo", "fr": "République démocratique du Congo", "es": "República Democrática del Congo", "ar": "جمهورية الكونغو الديمقراطية", "zh": "刚果民主共和国", "ru": "Демократическая Республика Конго"},
		"KOR": {"en": "Republic of Korea", "fr": "République de Corée", "es": "República de Corea", "ar": "جمهورية كوريا", "zh": "大韩民国", "ru": "Республика Корея"},
		"PRK": {"en": "Democratic People’s Republic of Korea", "fr": "République populaire démocratique de Corée", "es": "República Popular Democrática de Corea", "ar": "جمهورية كوريا الشعبية الديمقراطية", "zh": "朝鲜民主主义人民共和国", "ru": "Корейская Народно-Демократическая Республика"},
		"BLR": {"en": "Belarus", "fr": "Bélarus", "es": "Belarús", "ar": "بيلاروس", "zh": "白俄罗斯", "ru": "Беларусь"},
		"MDA": {"en": "Republic of Moldova", "fr": "République de Moldova", "es": "República de Moldova", "ar": "جمهورية مولدوفا", "zh": "摩尔多瓦共和国", "ru": "Республика Молдова"},
		"SYR": {"en": "Syrian Arab Republic", "fr": "République arabe syrienne", "es": "República Árabe Siria", "ar": "الجمهورية العربية السورية", "zh": "阿拉伯叙利亚共和国", "ru": "Сирийская Арабская Республика"},
		"LAO": {"en": "Lao People’s Democratic Republic", "fr": "République démocratique populaire lao", "es": "República Democrática Popular Lao", "ar": "جمهورية لاو الديمقراطية الشعبية", "zh": "老挝人民民主共和国", "ru": "Лаосская Народно-Демократическая Республика"},
		"BRN": {"en": "Brunei Darussalam", "fr": "Brunéi Darussalam", "es": "Brunei Darussalam", "ar": "بروني دار السلام", "zh": "文莱达鲁萨兰国", "ru": "Бруней-Даруссалам"},
		"FSM": {"en": "Micronesia (Federated States of)", "fr": "Micronésie (États fédérés de)", "es": "Micronesia (Estados Federados de)", "ar": "ميكرونيزيا (ولايات - الموحدة)", "zh": "密克罗尼西亚联邦", "ru": "Микронезия (Федеративные Штаты)"},
		"KGZ": {"ru": "Кыргызстан"}, "TKM": {"ru": "Туркменистан"}, "VNM": {"en": "Viet Nam", "fr": "Viet Nam", "es": "Viet Nam"},
		"ATG": {"en": "Antigua and Barbuda"}, "BIH": {"en": "Bosnia and Herzegovina"}, "KNA": {"en": "Saint Kitts and Nevis"}, "LCA": {"en": "Saint Lucia"},
		"VCT": {"en": "Saint Vincent and the Grenadines"}, "STP": {"en": "Sao Tome and Principe"}, "TTO": {"en": "Trinidad and Tobago"},
	}
}

// State is a Member State with its regional group and a language that answers about it may be written in beside English.
type State struct{ Code, Region, Language string }

// readStates reads countries.csv.
func readStates() ([]State, error) {
	rows, err := readCSV("countries.csv")
	if err != nil {
		return nil, err
	}
	var out []State
	for _, r := range rows {
		for _, code := range strings.Fields(r["states"]) {
			out = append(out, State{code, r["region"], r["language"]})
		}
	}
	return out, nil
}
