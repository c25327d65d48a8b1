package language

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The sentences were written by others, of news, science and travel.
func TestSentencesAreTheirLanguages(t *testing.T) {
	root := filepath.Join("..", "..", "..", "shared", "data", "six-languages")
	if _, err := os.Stat(root); err != nil {
		t.Skip("SKIPPED, NOTHING WAS ACCEPTED: the shared data are not beside the checkout")
	}
	for code, dir := range map[string]string{"ar": "arb_Arab", "en": "eng_Latn", "es": "spa_Latn", "fr": "fra_Latn", "ru": "rus_Cyrl", "zh": "zho_Hans"} {
		all, right, sure, surelyWrong := 0, 0, 0, 0
		for _, split := range []string{"train", "dev", "test"} {
			f, err := os.Open(filepath.Join(root, dir, split+".tsv"))
			if os.IsNotExist(err) && split == "test" {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			lines := bufio.NewScanner(f)
			lines.Scan() // names of columns
			for lines.Scan() {
				text := lines.Text()[strings.LastIndexByte(lines.Text(), '\t')+1:]
				got, certain := Detect(text)
				all++
				switch {
				case got == code && certain:
					right++
					sure++
				case got == code:
					right++
				case certain:
					surelyWrong++
				}
				if got != code && testing.Verbose() {
					t.Logf("%s taken for %s (sure: %v): %s", code, got, certain, text)
				}
			}
		}
		share := float64(right) / float64(all)
		t.Logf("%s: %d sentences, right %.2f %%, sure and right %.2f %%, sure and wrong %d", code, all, 100*share, 100*float64(sure)/float64(all), surelyWrong)
		if all < 800 || share < 0.99 {
			t.Errorf("%s: %d of %d sentences are told, want 99 %% of at least 800", code, right, all)
		}
	}
}

func TestShortAnswersAreTheirLanguages(t *testing.T) {
	for text, want := range map[string]string{
		"No visa":                        "es?", // could be either
		"Lack of funding":                "en",
		"Too expensive, we stayed home":  "en",
		"The embassy refused our visas.": "en",
		"LE VISA N’EST PAS ARRIVÉ":       "fr",
		"Coût du voyage":                 "fr",
		"Refus de visa par l'ambassade":  "fr",
		"Manque de moyens":               "fr?",
		"Falta de dinero":                "es",
		"¿Y la traducción?":              "es",
		"Nos negaron el visado":          "es",
		"Отказ в визе":                   "ru",
		"Немає грошей на поїздку":        "ru?", // Ukrainian, which is none of the six
		"رفض التأشيرة":                   "ar",
		"ویزا گرفتن سخت بود":             "ar?", // Persian
		"签证被拒":                           "zh",
		"ビザが出ませんでした":                     "zh?", // Japanese
		"我们用 Zoom 和 Signal 开会":           "zh?",
		"We met the ОБСЕ":                "en?",
		"Подали через Kobo":              "ru",
		"":                               "?",
		"2019-2022 / 16.10":              "?",
		"O visto foi negado":             "es", // Portuguese, of which it does not know
	} {
		code, sure := Detect(text)
		if !sure {
			code += "?"
		}
		if code != want {
			t.Errorf("%q is told to be %q, want %q", text, code, want)
		}
	}
}

func FuzzDetect(f *testing.F) {
	for _, s := range []string{"the visa", "l’été", "¿qué?", "не", "لا", "没", "\xff\xc2", "œ\xe2\x80"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		code, sure := Detect(text)
		switch code {
		case "ar", "en", "es", "fr", "ru", "zh":
		case "":
			if sure {
				t.Error("sure of no language")
			}
		default:
			t.Errorf("there is no language %q", code)
		}
	})
}

func BenchmarkDetect(b *testing.B) {
	text := strings.Repeat("The embassy refused our visas because nobody had told them about the pre-session. ", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Detect(text)
	}
}
