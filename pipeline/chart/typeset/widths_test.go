package typeset

// harfbuzzWidths are the widths of texts at 100 points, in points.
func harfbuzzWidths() []struct {
	text      string
	bold, rtl bool
	width     float64
} {
	return []struct {
		text      string
		bold, rtl bool
		width     float64
	}{
		{"نقطة ظلم قلق", false, true, 557.41},
		{"ذكرًا ضيّق يئن", false, true, 547.41},
		{"كانت المبادئ التوجيهية للتقارير واضحة", false, true, 1518.50},
		{"AVATAR Tyre “To” – Wo", false, false, 1035.20},
		{"Ёжик Съёмка ГА", false, false, 771.31},
		{"Où ça œuvre Ǿ façade", false, false, 1041.50},
		{"审议，有用", false, false, 500.00},
		{"نقطة ظلم قلق", true, true, 613.00},
		{"ذكرًا ضيّق يئن", true, true, 597.50},
		{"كانت المبادئ التوجيهية للتقارير واضحة", true, true, 1662.20},
		{"AVATAR Tyre “To” – Wo", true, false, 1103.50},
		{"Ёжик Съёмка ГА", true, false, 835.11},
		{"Où ça œuvre Ǿ façade", true, false, 1094.00},
		{"审议，有用", true, false, 500.00},
	}
}
