package hypothesis

import (
	"errors"
	"slices"
	"strings"
)

// crosstab tabulates levels as R does: with all levels where the reference has
// rows and columns for all.
func crosstab(t *trial) figures {
	c, rows, cols := t.sheet.counts(t.Inputs.Row, t.Inputs.Col, false)
	if len(list(t.Expected["rows"])) > len(rows) || len(list(t.Expected["cols"])) > len(cols) {
		c, rows, cols = t.sheet.counts(t.Inputs.Row, t.Inputs.Col, true)
	}
	a := Associate(c)
	f, err := Fisher(c, t.Inputs.Level)
	if err != nil && !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
	return figures{
		"rows": rows, "cols": cols, "table": matrix(c.N, c.Cols), "n": a.N,
		"X2": a.Pearson.Statistic, "df": a.Pearson.DF, "p": a.Pearson.P,
		"G2": a.LikelihoodRatio.Statistic, "G2_p": a.LikelihoodRatio.P,
		"expected": matrix(a.Expected, c.Cols), "std_resid": matrix(a.StdResidual, c.Cols),
		"cramer_v": a.CramersV, "cramer_v_bias_corrected": a.CramersVCorrected, "contingency_C": a.ContingencyC,
		"gamma": a.Gamma, "concordant": a.Concordant, "discordant": a.Discordant,
		"X2_yates": a.Yates.Statistic, "p_yates": a.Yates.P,
		"fisher_p": f.P, "fisher_p_less": f.Less, "fisher_p_greater": f.Greater,
		"fisher_cond_or": f.OddsRatio, "fisher_or_ci95": f.Interval, "sample_or": a.OddsRatio,
	}
}

func groupTests(t *trial) figures {
	in := t.Inputs
	groups := t.sheet.met(t.sheet.choices(in.Group), in.Group, in.Y)
	if len(list(t.Expected["groups"])) > len(groups) {
		groups = t.sheet.choices(in.Group)
	}
	var tallies []Tally
	for i := range t.sheet.rows {
		tallies = append(tallies, Tally{Value: t.sheet.number(in.Y, i), Group: slices.Index(groups, t.sheet.cells[in.Group][i]), N: 1})
	}
	g := NewGrouped(len(groups), tallies)
	a, b := CompareGroups(g), CompareTwo(g, in.Level)
	of := func(f func(Group) float64) []float64 {
		var out []float64
		for _, d := range a.Groups {
			out = append(out, f(d))
		}
		return out
	}
	return figures{
		"groups": groups,
		"n":      of(func(d Group) float64 { return float64(d.N) }), "mean": of(func(d Group) float64 { return d.Mean }),
		"sd": of(func(d Group) float64 { return d.SD }), "median": of(func(d Group) float64 { return d.Median }),
		"mean_rank": of(func(d Group) float64 { return d.MeanRank }),
		"kw_H":      a.KruskalWallis.Statistic, "kw_df": a.KruskalWallis.DF, "kw_p": a.KruskalWallis.P, "epsilon2": a.EpsilonSquared,
		"anova_F": a.ANOVA.Statistic, "anova_df": []float64{a.ANOVA.DF, a.ANOVA.DF2}, "anova_p": a.ANOVA.P, "eta2": a.EtaSquared,
		"welch_F": a.Welch.Statistic, "welch_df": []float64{a.Welch.DF, a.Welch.DF2}, "welch_p": a.Welch.P,
		"mw_U": b.U, "mw_p_nocorr": b.MannWhitney.P, "mw_p_corr": b.MannWhitneyCorrected.P, "cliffs_delta": b.CliffsDelta,
		"welch_t": b.Welch.Statistic, "welch_t_df": b.Welch.DF, "welch_t_p": b.Welch.P, "welch_ci95": b.WelchInterval,
		"student_t": b.Student.Statistic, "student_df": b.Student.DF, "student_p": b.Student.P, "student_ci95": b.StudentInterval,
		"cohens_d_pooled": b.CohensD,
	}
}

func mannWhitneyExact(t *trial) figures {
	var tallies []Tally
	for group, values := range [][]float64{t.Inputs.A, t.Inputs.B} {
		for _, x := range values {
			tallies = append(tallies, Tally{Value: x, Group: group, N: 1})
		}
	}
	e, err := ExactMannWhitney(NewGrouped(2, tallies))
	if err != nil {
		t.Error(err)
	}
	return figures{"U": e.Statistic, "p": e.P, "p_less": e.Less, "p_greater": e.Greater}
}

func wilcoxonExact(t *trial) figures {
	var pairs []Pair
	for _, x := range list(t.Inputs.X) {
		pairs = append(pairs, Pair{Y: number(x), N: 1})
	}
	e, err := ExactWilcoxon(NewPairs(pairs))
	if err != nil {
		t.Error(err)
	}
	return figures{"V": e.Statistic, "p": e.P, "p_less": e.Less, "p_greater": e.Greater}
}

func pairedNumeric(t *trial) figures {
	pairs := t.sheet.pairs(t.Inputs.Pre, t.Inputs.Post, "")
	p := ComparePairs(pairs, t.Inputs.Level)
	e, err := ExactWilcoxon(pairs)
	if err != nil {
		t.Error(err)
	}
	return figures{
		"n": p.N, "n_nonzero": p.Nonzero, "mean_diff": p.Difference, "sd_diff": p.SD,
		"t": p.T.Statistic, "df": p.T.DF, "p": p.T.P, "ci95": p.Interval, "cohens_dz": p.CohensDz,
		"V": p.V, "wilcoxon_p_nocorr": p.Wilcoxon.P, "wilcoxon_p_corr": p.WilcoxonCorrected.P, "wilcoxon_p_exact": e.P,
		"rank_biserial": p.RankBiserial, "sign_pos": p.Positive, "sign_neg": p.Negative, "sign_p": p.SignP,
		"improved": p.Improved, "same": p.Same, "worse": p.Worse,
	}
}

func mcNemar(t *trial) figures {
	c, _, _ := t.sheet.counts(t.Inputs.Pre, t.Inputs.Post, true)
	m := McNemar(c)
	return figures{
		"table": matrix(c.N, c.Cols), "n": m.N, "X2": m.Plain.Statistic, "df": m.Plain.DF, "p": m.Plain.P,
		"X2_cc": m.Corrected.Statistic, "p_cc": m.Corrected.P, "p_exact": m.ExactP, "p_mid": m.MidP,
		"diff": m.Difference, "diff_se": m.SE, "or": m.OddsRatio,
	}
}

func cochranQ(t *trial) figures {
	c := CochranQ(t.sheet.profiles(t.Inputs.Vars), len(t.Inputs.Vars))
	return figures{"n": c.N, "Q": c.Q.Statistic, "df": c.Q.DF, "p": c.Q.P}
}

func friedman(t *trial) figures {
	f := Friedman(t.sheet.profiles(t.Inputs.Vars), len(t.Inputs.Vars))
	return figures{
		"n": f.N, "chi2": f.ChiSquare.Statistic, "df": f.ChiSquare.DF, "p": f.ChiSquare.P,
		"kendall_w": f.KendallW, "mean_ranks": f.MeanRanks,
	}
}

// bowkerStuart puts five steps together to three where the reference has a
// table of three: 1-2, 3, 4-5.
func bowkerStuart(t *trial) figures {
	in := t.Inputs
	if len(list(t.Expected["table"])) == 3 && len(t.sheet.choices(in.Pre)) > 3 {
		for _, column := range []string{in.Pre, in.Post} {
			for i, v := range t.sheet.cells[column] {
				t.sheet.cells[column][i] = strings.NewReplacer("1", "1", "2", "1", "3", "2", "4", "3", "5", "3").Replace(v)
			}
		}
	}
	levels := t.sheet.choices(in.Pre)
	for _, l := range t.sheet.choices(in.Post) {
		if !slices.Contains(levels, l) {
			levels = append(levels, l)
		}
	}
	slices.Sort(levels)
	c := NewCounts(len(levels), len(levels))
	for i := range t.sheet.rows {
		c.Add(slices.Index(levels, t.sheet.cells[in.Pre][i]), slices.Index(levels, t.sheet.cells[in.Post][i]), 1)
	}
	s := Symmetry(c)
	return figures{
		"table": matrix(c.N, c.Cols), "n": s.N, "bowker": s.Bowker.Statistic, "bowker_df": s.Bowker.DF, "bowker_p": s.Bowker.P,
		"stuart_maxwell": s.StuartMaxwell.Statistic, "stuart_maxwell_df": s.StuartMaxwell.DF, "stuart_maxwell_p": s.StuartMaxwell.P,
	}
}

func correlations(t *trial) figures {
	x, _ := t.Inputs.X.(string)
	c := Correlate(t.sheet.pairs(x, t.Inputs.Y, t.Inputs.Weight), t.Inputs.Level)
	return figures{
		"n": c.N, "pearson": c.Pearson, "pearson_t": c.PearsonTest.Statistic, "pearson_p": c.PearsonTest.P, "pearson_ci95": c.PearsonInterval,
		"spearman": c.Spearman, "spearman_S": c.SpearmanS, "spearman_p": c.SpearmanTest.P,
		"kendall_tau_b": c.KendallTauB, "kendall_z": c.KendallTest.Statistic, "kendall_p": c.KendallTest.P,
		"weighted_pearson": c.WeightedPearson,
	}
}

func binomial(t *trial) figures {
	p := Proportion{X: int64(number(t.Inputs.X)), N: t.Inputs.N, Level: t.Inputs.Level}
	return figures{
		"p": p.Share(), "wilson": p.Wilson(), "wilson_cc": p.WilsonCorrected(), "clopper_pearson": p.ClopperPearson(),
		"agresti_coull": p.AgrestiCoull(), "jeffreys": p.Jeffreys(), "wald": p.Wald(),
	}
}

func adjustments(t *trial) figures {
	var p []float64
	for _, v := range t.Inputs.P {
		p = append(p, number(v))
	}
	out := figures{}
	for name, by := range map[string]Adjustment{
		"holm": Holm, "hochberg": Hochberg, "hommel": Hommel, "bonferroni": Bonferroni,
		"BH": BenjaminiHochberg, "fdr": BenjaminiHochberg, "BY": BenjaminiYekutieli, "none": Unadjusted,
	} {
		q, err := Adjust(p, by)
		if err != nil {
			t.Error(err)
		}
		out[name] = q
	}
	return out
}
