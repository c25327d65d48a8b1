package code

import "unicode/utf8"

// Signs of traditional Chinese that answers to surveys are likely to hold, in
// order, and beneath them those of simplified Chinese that they fold to.
const (
	signBytes   = 3 // of each
	traditional = "亞來倉個們倫偉側偵偽傑備傳債傷價儘償優兒內兩冊凍別刪則剛創劃劇劉動務勝勞勢勵勸匯區協參員問啟喚喪單嚇嚴囑國圍園圓圖團執堅" +
		"報場塊墮壇壓壞壯婦媽孫學實寧審寫寬寶將專尋對導屆層屬島崗師帶幣幫幹幾庫廠廣廳張強彈彙後徑從復徵徹恆惡惱愛態慣慮慶憂憑憲應" +
		"懲懷戀戰戲戶拋掃掛採揚換搶擇擊擔據擬擴擾攔攜攝攤敗敵數斷於時曉書會東條業極榮構樂樓標樣橋機檢權歐歡歲歷歸殘殺氣決沒況淨減" +
		"測準滿漁漢潔濟灣災為無煙熱營爭爾牆牽狀猶獄獎獨獲獻現環產畫異當療發盜盡監眾碼礎禮稅種稱穩窮競筆節範簡簽糧糾紀約純紙級細終" +
		"組結絕絡給統經綠維綱網緊線編練縣縮績織繼續罰羅義習聖聞聯聲職聽脅腦腳膽臨臺與興舉舊艱莊華葉蓋蘇處虛號蟲術衛衝裝裡製複見規" +
		"視覺覽觀觸訂計訊討訓記訟設許訴評詞試話該認語誠誤說課調談請論諮諾謝證識譜譯議護讀變讓讚豐負財貢責貴買貸費資賓賠賣質賬賴購" +
		"趕跡踐車軍軟較載輔輕輪輸輿轉辦農這連週進遊運過達違遞遠適遲選遺還鄉鄰醫釋針鋪錄錢錯鍵鎖鎮鐘鐵長門閉開間閱關隊階際隨險隱雖" +
		"雙雜離難電靈靜頁頂項順須預領頭頻題額願類顧顯風飛飯養館馬駐駭騷驅驗驚體髮鬥鬧鮮鳥麗麥點黨齊齡龍"
	simple = "亚来仓个们伦伟侧侦伪杰备传债伤价尽偿优儿内两册冻别删则刚创划剧刘动务胜劳势励劝汇区协参员问启唤丧单吓严嘱国围园圆图团执坚" +
		"报场块堕坛压坏壮妇妈孙学实宁审写宽宝将专寻对导届层属岛岗师带币帮干几库厂广厅张强弹汇后径从复征彻恒恶恼爱态惯虑庆忧凭宪应" +
		"惩怀恋战戏户抛扫挂采扬换抢择击担据拟扩扰拦携摄摊败敌数断于时晓书会东条业极荣构乐楼标样桥机检权欧欢岁历归残杀气决没况净减" +
		"测准满渔汉洁济湾灾为无烟热营争尔墙牵状犹狱奖独获献现环产画异当疗发盗尽监众码础礼税种称稳穷竞笔节范简签粮纠纪约纯纸级细终" +
		"组结绝络给统经绿维纲网紧线编练县缩绩织继续罚罗义习圣闻联声职听胁脑脚胆临台与兴举旧艰庄华叶盖苏处虚号虫术卫冲装里制复见规" +
		"视觉览观触订计讯讨训记讼设许诉评词试话该认语诚误说课调谈请论咨诺谢证识谱译议护读变让赞丰负财贡责贵买贷费资宾赔卖质账赖购" +
		"赶迹践车军软较载辅轻轮输舆转办农这连周进游运过达违递远适迟选遗还乡邻医释针铺录钱错键锁镇钟铁长门闭开间阅关队阶际随险隐虽" +
		"双杂离难电灵静页顶项顺须预领头频题额愿类顾显风飞饭养馆马驻骇骚驱验惊体发斗闹鲜鸟丽麦点党齐龄龙"
)

// simplified returns the sign of simplified Chinese for one of traditional
// Chinese. Another rune comes back as it is.
func simplified(r rune) rune {
	if r < firstSign || r > lastSign {
		return r
	}
	var sought [signBytes]byte
	utf8.EncodeRune(sought[:], r)
	low, high := 0, len(traditional)/signBytes
	for low < high {
		middle := (low + high) / 2
		if traditional[middle*signBytes:(middle+1)*signBytes] < string(sought[:]) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low*signBytes < len(traditional) && traditional[low*signBytes:(low+1)*signBytes] == string(sought[:]) {
		r, _ = utf8.DecodeRuneInString(simple[low*signBytes:])
	}
	return r
}

// traditionalSigns returns what signs of traditional Chinese fold to.
func traditionalSigns() map[rune]rune {
	out := map[rune]rune{}
	for i, from := range traditional {
		to, _ := utf8.DecodeRuneInString(simple[i:])
		out[from] = to
	}
	return out
}

// spellings returns a sign, and the signs of traditional Chinese that fold to it.
func spellings(sign rune) []rune {
	out := []rune{sign}
	for i, to := range simple {
		if to == sign {
			from, _ := utf8.DecodeRuneInString(traditional[i:])
			out = append(out, from)
		}
	}
	return out
}
