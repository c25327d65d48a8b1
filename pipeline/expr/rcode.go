package expr

import "strings"

// IsR reports whether an expression that cannot be read is R code, as indicator sheets of other
// tools have it: it assigns, takes columns with $, chains or calls functions of R
// that the language of forms has not.
func IsR(s string) bool {
	for _, sign := range []string{"<-", "%>%", "|>", "%in%", "%/%", "::", "ifelse(", "if_else(", "case_when(", "case.when(", "is.na(", "c(", "dplyr", "mutate(", "rowSums(", "as.numeric(", "as.character(", "paste(", "paste0(", "fct_", "function("} {
		for rest := s; ; {
			at := strings.Index(rest, sign)
			if at < 0 {
				break
			}
			if sign != "c(" || at == 0 || strings.ContainsRune(" (,=~", rune(rest[at-1])) {
				return true
			}
			rest = rest[at+len(sign):]
		}
	}
	for rest := s; ; {
		at := strings.IndexByte(rest, '$')
		if at < 0 {
			return false
		}
		if at+1 == len(rest) || rest[at+1] != '{' {
			return at > 0
		}
		rest = rest[at+1:]
	}
}
