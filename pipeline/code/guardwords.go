package code

type guardWord struct {
	role  role
	words []string
}

// guardWords returns the words of the guard. They are looked for in every
// answer, whatever its language.
func guardWords() []guardWord {
	return []guardWord{
		{denial, []string{
			"no", "not", "never", "without", "none", "nor", "neither", "don't", "didn't", "doesn't", "wasn't", "weren't", "isn't", "aren't", "haven't", "hadn't", "hasn't",
			"pas", "sans", "aucun", "aucune", "jamais", "ni", "non", "nul", "nulle",
			"sin", "ningún", "ninguna", "ninguno", "nunca", "tampoco",
			"не", "нет", "без", "ни", "никаких", "никакой", "никогда", "никто",
			"لا", "لم", "لن", "ليس", "ليست", "ليس لدينا", "بدون", "دون", "بلا", "ولا", "ولم", "ولن", "وليس", "فلا", "فلم", "عدم وجود", "انعدام",
			"没有", "沒有", "没", "沒", "不", "无", "無", "未", "从未", "毫无", "并无",
		}},
		{dismissal, []string{
			"no problem*", "not a problem", "no issue*", "not an issue", "no obstacle*", "not an obstacle", "no trouble*",
			"pas un problème", "pas été un problème", "pas de problème*", "aucun problème", "sans problème*", "pas un obstacle",
			"no es un problema", "no fue un problema", "no era un problema", "ningún problema", "sin problema*",
			"не проблема", "без проблем", "не было проблемой", "не были проблемой", "не стал* проблемой",
			"لا مشكلة", "ليست مشكلة", "ليس مشكلة", "لم تكن مشكلة", "بلا مشاكل", "دون مشاكل", "بدون مشاكل",
			"不是问题", "没有问题", "没问题", "不成问题",
		}},
		{neutral, []string{
			"not without", "never without", "pas sans", "non sans", "no sin", "не без", "ليس بدون", "ليس بلا", "ليس من دون", "不是没有", "并非没有", "不无",
			"not only", "not just", "no doubt", "no wonder", "cannot", "can not", "can't", "could not", "couldn't", "not able", "unable",
			"not enough", "not sufficient", "did not get", "didn't get", "did not receive", "didn't receive", "did not obtain", "didn't obtain", "never got", "never received", "were not given", "was not given", "no one could", "not fit", "doesn't fit", "didn't fit",
			"pas seulement", "non seulement", "pas assez", "pas suffisamment", "pas pu", "pas su", "pas obtenu", "pas reçu", "peut pas", "pouvons pas", "pouvait pas", "pouvions pas", "tient pas", "tenait pas", "entre pas",
			"no solo", "no sólo", "no solamente", "no pudimos", "no pudo", "no pudieron", "no podemos", "no puede", "no pueden", "no logramos", "no conseguimos", "no obtuvimos", "no recibimos", "no nos dieron", "no hay suficiente*", "no tuvimos suficiente*", "no cab*",
			"не только", "не смог*", "не мог*", "не може*", "не получи*", "не дали", "не удалось", "не хвата*", "не хватило", "не помеща*", "не помест*",
			"ليس فقط", "لا نستطيع", "لم نستطع", "لم نتمكن", "لا يمكن", "لا يمكننا", "لم نحصل", "لم يحصل", "لا يكفي", "لم يتسع", "لا يتسع",
			"不仅", "不只", "不但", "不得不", "无法", "不能", "没能", "未能", "不够", "不足", "不给", "没拿到", "没有拿到", "没有获得", "未获得", "没有得到", "未得到", "不断", "不少", "不同", "不安", "不公", "不良", "不明", "无论", "未来", "没收",
		}},
		{turn, []string{
			"but", "however", "although", "though", "because", "due to", "owing to", "yet", "while", "whereas", "unless", "only",
			"mais", "cependant", "pourtant", "toutefois", "car", "parce que", "parce qu'", "à cause", "faute de", "en raison",
			"pero", "sino", "aunque", "porque", "por culpa", "debido a", "a causa",
			"но", "однако", "хотя", "зато", "потому что", "из-за", "поскольку", "так как",
			"لكن", "ولكن", "لكنها", "إلا أن", "غير أن", "بل", "بسبب", "نتيجة", "لأن", "لأنها",
			"但", "但是", "可是", "不过", "然而", "却", "因为", "由于", "因",
		}},
		{filler, []string{
			"a", "an", "the", "of", "to", "with", "any", "our", "in", "for", "on", "at", "by", "or", "from", "about",
			"de", "d", "du", "des", "le", "la", "les", "l", "un", "une", "au", "aux", "en", "avec", "pour", "ou", "nos", "notre", "à",
			"del", "el", "los", "las", "una", "al", "con", "por", "para", "o", "nuestro", "nuestra",
			"с", "со", "в", "во", "на", "о", "об", "для", "или", "к", "ко", "у",
			"في", "من", "على", "أي", "أو", "مع", "إلى", "عن", "لدينا",
		}},
	}
}
