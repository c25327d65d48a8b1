package suggest

import "sort"

// Kangxi are the radicals under which dictionaries put Chinese signs, in the
// order in which Unicode has the signs (block CJK Unified Ideographs). Most say
// what a sign is about: that of illness, of plants, of metals.
const kangxi = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳" +
	"心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立" +
	"竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里" +
	"金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠"

// radical is the radical of a Chinese sign, as its sign in the block Kangxi
// Radicals, which texts do not have; 0 where the order of signs does not tell it.
func radical(sign rune) rune {
	if sign < '一' || sign > '龥' {
		return 0
	}
	s, wide := string(sign), len("一")
	return '⼀' - 1 + rune(sort.Search(len(kangxi)/wide, func(n int) bool { return kangxi[n*wide:(n+1)*wide] > s }))
}

// radicalGrams puts the radical of a sign, by itself and before and behind its
// neighbour, and those of both.
func radicalGrams(sign, next []rune, put func(gram)) {
	r := radical(sign[0])
	if r == 0 {
		return
	}
	h := add(begin(radicals), []rune{r})
	put(gram{h, radicals})
	if next == nil {
		return
	}
	put(gram{add(h, next), radicals})
	if q := radical(next[0]); q != 0 {
		put(gram{add(h, []rune{q}), radicals})
		put(gram{add(add(begin(radicals), sign), []rune{q}), radicals})
	}
}
