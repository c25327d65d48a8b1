package code

import (
	"slices"
	"strings"
	"testing"
)

// Words that mislead: most have another meaning, stand inside another word, or
// are a term of one code in one phrase and of another code in the next.
func TestMisleadingWordsGiveNoWrongCode(t *testing.T) {
	bundledCodes(t, []trap{
		// English
		{"We submitted it in March.", ""},
		{"The protest march was banned.", "FOE_ASSEMBLY"},
		{"They refused to grant access to the draft.", ""},
		{"A small grant paid for it.", "BAR_FUND"},
		{"We were under pressure to finish.", ""},
		{"Our members were under pressure.", "REP_THREAT"},
		{"There was a hackathon on open maps.", ""},
		{"Of course we took part.", ""},
		{"An online course would help.", "TOL_TRAIN"},
		{"Training for the police was promised.", ""},
		{"The interpretation of the law changed.", ""},
		{"There was no interpretation in the room.", "BAR_LANG"},
		{"We use indicators.", ""},
		{"It is on our calendar.", ""},
		{"A calendar with deadlines, please.", "TOL_DB"},
		{"The deadlines were no problem.", ""},
		{"We missed the deadline.", "BAR_TIME"},
		{"How to report reprisals?", "TOL_SAFETY"},
		{"There were reprisals.", "REP_THREAT"},
		{"I am a person of few words.", ""},
		{"Each recommendation needs a clear indicator.", "REC_SPECIFIC"},
		// French
		{"Cher collègue, bonjour.", ""},
		{"Nous avons dû chercher longtemps.", ""},
		{"Un billet coûte cher.", "BAR_FUND"},
		{"Ça marche bien.", ""},
		{"Le marché est fermé.", ""},
		{"La marche pacifique fut dispersée.", "FOE_ASSEMBLY"},
		{"Le processus est en cours, au cours de l'année.", ""},
		{"Un cours en ligne nous aiderait.", "TOL_TRAIN"},
		{"La police est là en permanence.", ""},
		{"Un arrêté ministériel a été publié.", ""},
		{"Elle a été arrêtée par la police.", "REP_DETAIN"},
		{"Nous avions des chiffres.", ""},
		{"Le réseau est tombé.", ""},
		{"Un réseau d'organisations nous a portés.", "ENA_COALITION"},
		{"Une contribution financière est demandée aux membres.", ""},
		{"Notre contribution écrite est partie.", "STG_SUBMIT"},
		// Spanish
		{"La red no funciona.", ""},
		{"Somos una red de organizaciones.", "ENA_COALITION"},
		{"Redacción de textos.", ""},
		{"El proceso está en marcha.", ""},
		{"Es un cambio a largo plazo.", ""},
		{"El plazo venció.", "BAR_TIME"},
		{"Los medios de comunicación callan.", ""},
		{"Enviamos la comunicación conjunta.", "STG_SUBMIT"},
		{"El proyecto está en curso.", ""},
		{"Los compromisos voluntarios son muchos.", ""},
		{"Solo somos voluntarios.", "BAR_STAFF"},
		// Arabic
		{"ضرب مثلا جيدا", ""},
		{"تعرض للضرب في المركز", "REP_DETAIN"},
		{"وجدنا حلا", ""},
		{"تم حل الجمعية", "REP_LEGAL"},
		{"هذا تسجيل صوتي", ""},
		{"بسبب التسجيل", "BAR_STATUS"},
		{"مراقبة التنفيذ عملنا", "FUP_MONITOR"},
		{"مراقبة هواتفنا", "REP_SURV"},
		{"الشبكة جميلة", ""},
		{"وبالتأشيرات", "BAR_VISA"},
		// Chinese
		{"联合国的大楼", ""},
		{"联合提交的材料", "STG_SUBMIT"},
		{"网络上有很多照片", ""},
		{"网速太慢", "BAR_CONNECT"},
		{"担心来不及", "BAR_TIME"},
		{"我们不敢说话", "REP_SELF"},
		{"通过这项法律", ""},
		{"他们监视我们", "REP_SURV"},
		{"我们监测落实情况", "FUP_IMPL FUP_MONITOR"},
		// Russian
		{"Визит посла.", ""},
		{"Виза пришла поздно.", "BAR_VISA"},
		{"Средства массовой информации молчат.", ""},
		{"Нет средств на поездку.", "BAR_FUND"},
		{"Его срок истек в тюремной больнице.", ""},
		{"Сроки подачи слишком ранние.", "BAR_TIME"},
		{"Сделали денежный перевод.", ""},
		{"В заключение скажу спасибо.", ""},
		{"Сети магазинов.", ""},
		{"Мы создали сеть организаций.", "ENA_COALITION"},
		{"Боялись, что узнают.", "REP_SELF"},
	})
}

// trap is a text and the ids of the codes that it has.
type trap struct{ text, want string }

// bundledCodes tests which codes of the bundled codebook texts have.
func bundledCodes(t *testing.T, traps []trap) {
	t.Helper()
	cb := bundledBook(t)
	scanner := NewMatcher(cb).Scanner()
	for _, c := range traps {
		var got []string
		codes, _ := scanner.Codes(c.text, nil)
		for _, i := range codes {
			got = append(got, cb.Codes[i].ID)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: %v, want %q", c.text, got, c.want)
		}
	}
}
