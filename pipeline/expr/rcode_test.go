package expr

import "testing"

func TestRIsToldFromWhatIsMerelyWrong(t *testing.T) {
	for source, want := range map[string]bool{
		"ifelse(df$age > 5, 1, 0)": true, "main$a": true, "x %in% c('a', 'b')": true, "a <- 1": true, "dplyr::n()": true, "case_when(a ~ 1)": true, "sum(c(a, b))": true, "is.na(a)": true,
		"${a} = 'yes'": false, "${a} +": false, "concat(${a}": false, "$a": false, "calc(1)": false, "${a} == 1": false,
	} {
		if got := IsR(source); got != want {
			t.Errorf("%s: %v", source, got)
		}
	}
}
