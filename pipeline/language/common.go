package language

// Common reports whether a word, in lower case, is among the commonest of
// English, Spanish or French.
func Common(language, word string) bool {
	p := common([]byte(word))
	switch language {
	case "en":
		return p.en > 1
	case "es":
		return p.es > 1
	case "fr":
		return p.fr > 1
	}
	return false
}

// common returns what the commonest words speak for: three points for a word
// that only one of the languages has, one for each where they share it. Words
// are in lower case, in Latin-1.
func common(word []byte) points {
	if len(word) > 10 {
		return points{}
	}
	switch string(word) {
	// English
	case "the", "of", "and", "to", "that", "was", "were", "is", "are", "with", "for", "this", "it", "we", "our",
		"they", "their", "them", "have", "has", "had", "be", "been", "by", "at", "from", "which", "who", "what", "when",
		"where", "how", "an", "not", "but", "or", "its", "his", "her", "he", "she", "you", "your", "will", "would", "can",
		"could", "should", "there", "than", "then", "these", "those", "some", "any", "all", "many", "much", "more", "most", "other", "into",
		"about", "after", "before", "because", "also", "only", "very", "too", "so", "if", "did", "does", "do", "us",
		"being", "between", "during", "through", "without", "within", "while", "such", "just", "first", "people", "may", "might",
		"must", "get", "got", "never", "nothing", "nobody", "none", "over", "under", "up", "down", "out", "off", "own", "each", "every",
		"both", "few", "same", "here", "now", "again", "against", "since", "until", "however", "still", "even", "well", "like",
		"need", "needed", "make", "made", "use", "used", "one", "two", "time", "work", "my", "i":
		return points{en: 3}
	// French
	case "le", "et", "est", "une", "dans", "pour", "qui", "sur", "avec", "pas", "plus", "par", "nous", "vous", "ils",
		"elle", "elles", "il", "du", "des", "au", "aux", "ce", "ces", "cette", "cet", "sont", "ont", "ne", "sans", "mais",
		"ou", "o\xf9", "\xe0", "tr\xe8s", "notre", "votre", "vos", "leur", "leurs", "sa", "ses", "mes", "mon", "ton",
		"\xe9t\xe9", "\xeatre", "avoir", "fait", "faire", "comme", "tout", "tous", "toute", "toutes", "aussi", "peut", "peuvent", "avons",
		"avait", "avaient", "\xe9tait", "\xe9taient", "sommes", "deux", "apr\xe8s", "avant", "pendant", "depuis", "lors", "chez",
		"vers", "ainsi", "donc", "car", "si\xe8cle", "dont", "aucun", "aucune", "rien", "jamais", "trop", "peu", "beaucoup",
		"m\xeame", "autre", "autres", "je", "celle", "celui", "ceux", "ici", "bien", "bon", "quand", "parce", "afin", "lorsque",
		"plusieurs", "certains", "certaines", "encore", "moins", "toujours", "fois", "sous", "doit", "faut", "ai", "eu":
		return points{fr: 3}
	// Spanish
	case "el", "los", "las", "y", "una", "del", "al", "con", "por", "para", "su", "sus", "como", "pero", "m\xe1s", "fue", "fueron", "ser",
		"est\xe1", "est\xe1n", "han", "hay", "lo", "muy", "sin", "sobre", "este", "esta", "estos", "estas", "eso", "ese", "esa", "nuestro",
		"nuestra", "nuestros", "nuestras", "cuando", "donde", "porque", "tambi\xe9n", "hasta", "desde", "todo", "todos", "toda", "todas",
		"otro", "otra", "otros", "otras", "ha", "hab\xeda", "hab\xedan", "hubo", "tiene", "tienen", "tener", "hacer", "hace", "puede", "pueden", "aunque", "ya", "yo", "nada", "nadie", "nunca", "poco", "mucho", "muchos", "muchas", "cada", "uno", "unos", "unas", "dos", "a\xf1o", "a\xf1os",
		"durante", "mientras", "aqu\xed", "all\xed", "as\xed", "qu\xe9", "c\xf3mo", "d\xf3nde", "era", "eran", "ellos", "ellas", "ella", "usted", "se\xf1or",
		"ning\xfan", "ninguna", "antes", "despu\xe9s", "parte", "mayor", "solo", "s\xf3lo", "debe", "deben", "falta", "tenemos", "somos", "est\xe1bamos", "tuvimos", "fuimos",
		"fuera", "haber", "sido", "gran", "seg\xfan", "o", "alg\xfan", "alguna", "algunos", "algunas", "gente", "s\xed", "m\xed":
		return points{es: 3}
	// Words that two or three of them share.
	case "de", "la", "que", "se", "un", "en", "tu", "te", "entre", "si", "ni", "son":
		return points{es: 1, fr: 1}
	case "nos", "les":
		return points{es: 1, fr: 2}
	case "no", "me":
		return points{en: 1, es: 1}
	case "on":
		return points{en: 2, fr: 1}
	case "a":
		return points{en: 1, es: 1, fr: 1}
	case "es":
		return points{es: 2}
	case "in":
		return points{en: 3}
	case "as":
		return points{en: 2}
	}
	return points{}
}
