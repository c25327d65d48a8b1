package code

import "testing"

// Everyday words for themes stand in other sentences too. Where a theme is told
// in them it is found; where they speak of something else it is not.
func TestEverydayWordsAreTakenForTheirThemesAlone(t *testing.T) {
	bundledCodes(t, []trap{
		// English
		{"The tickets were more than we could afford.", "BAR_FUND"},
		{"The United Nations are far from here.", ""},
		{"The authorities wrote to us.", ""},
		{"In our opinion the room was full.", ""},
		{"We love films about the sea.", ""},
		{"The union of two villages.", ""},
		{"They drove us to the square.", ""},
		{"Nobody threatened us.", ""},
		{"No one was arrested.", ""},
		{"My parents got a warning, then a death threat.", "REP_THREAT"},
		{"The embassy refused and my stamp never came.", "BAR_VISA"},
		{"We spoke to states over coffee.", "STG_LOBBY"},
		{"A recommendation with a clear deadline.", "REC_SPECIFIC"},
		{"A clear deadline for the state is worth gold.", "REC_SPECIFIC"},
		{"The form is in English only, so half of us gave it back.", "BAR_LANG"},
		{"A class of thirty children.", ""},
		{"They filtered the water.", ""},
		// French
		{"Nous avions faim.", ""},
		{"La cellule de crise de l'hôpital.", ""},
		{"Avec le recul, c'était juste.", ""},
		{"L'empire est tombé.", ""},
		{"Dans l'ensemble, c'était bien.", ""},
		{"Personne n'a été menacé.", ""},
		{"Ils ont gelé nos comptes.", "REP_LEGAL"},
		{"Les journaux fermés ne rouvrent pas.", "FOE_EXPR"},
		// Spanish
		{"Le escribo para que lo sepa.", ""},
		{"La luz del sol entra.", ""},
		{"Los impuestos subieron.", ""},
		{"Nadie fue detenido.", ""},
		{"Nos dejaron hablar un rato.", ""},
		{"No damos abasto.", "BAR_STAFF"},
		{"De qué sirve, si todo sigue igual.", "BAR_TRUST"},
		{"Nos negaron la entrada en la frontera.", "BAR_VISA"},
		// Arabic
		{"درجة الحرارة عالية", ""},
		{"المكان واسع", ""},
		{"هذا فيروس قديم", ""},
		{"الطائرات جميلة", ""},
		{"عددنا قليل", "BAR_STAFF"},
		{"ننتظر خارج القاعة", ""},
		// Chinese
		{"天气很好，我们去公园。", ""},
		{"他是一位老师。", ""},
		{"酒店旁边有一条河。", ""},
		{"机票我们负担不起。", "BAR_FUND BAR_VISA"},
		{"我们忙不过来。", "BAR_STAFF"},
		{"他们不敢签名。", "REP_SELF"},
		// Russian
		{"После обеда был дождь.", ""},
		{"Это место нам знакомо.", ""},
		{"Человек, который пришел первым.", ""},
		{"В таком виде он и остался.", ""},
		{"Мы долго шли по лесу.", ""},
		{"Пришли ко мне домой двое в форме.", "REP_THREAT"},
		{"Билеты нам не по карману.", "BAR_FUND"},
		{"Рук не хватает.", "BAR_STAFF"},
	})
}
