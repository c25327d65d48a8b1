package cleaninglog

// words are the texts of the readme in one language.
type words struct {
	types map[Type]string
	steps []string
}

// readmeIn returns the texts in a language, else in English.
func readmeIn(language string) words {
	all := readmes()
	if w, ok := all[language]; ok {
		return w
	}
	return all["en"]
}

// readmes are the texts in each language.
func readmes() map[string]words {
	return map[string]words{
		"en": {map[Type]string{
			NoAction:        "The answer was looked at and stays as it is.",
			ChangeResponse:  "The answer is replaced by the new value.",
			BlankResponse:   "The answer is set to missing. Leave the new value empty.",
			RemoveSurvey:    "The whole response is removed, with the rows of its repeats.",
			RecodeOther:     "The text beside \"other\" is moved into the choice that the new value names.",
			VariableAdded:   "Adds an item that the form lacks: a line with the uuid \"all\" declares it, one line a response gives its value.",
			VariableRemoved: "Takes an item out for all responses. The uuid is \"all\".",
		}, []string{
			"Fill in change_type and, where it is needed, new_value, in the sheet cleaning_log. A line without a change_type counts as not decided yet.",
			"Do not change old_value: a line is only followed while the answer is still the one it saw.",
			"You may add lines of your own below the last one.",
			"Name this file under clean.log in config.yaml. The next run follows the lines.",
			"This file holds answers. Do not send it on.",
		}},
		"fr": {map[Type]string{
			NoAction:        "La réponse a été vérifiée et reste telle quelle.",
			ChangeResponse:  "La réponse est remplacée par la nouvelle valeur.",
			BlankResponse:   "La réponse devient manquante. Laissez la nouvelle valeur vide.",
			RemoveSurvey:    "Le questionnaire entier est retiré, avec les lignes de ses répétitions.",
			RecodeOther:     "Le texte à côté de « autre » est reclassé dans le choix que désigne la nouvelle valeur.",
			VariableAdded:   "Ajoute une variable absente du formulaire : une ligne avec l’uuid « all » la déclare, une ligne par questionnaire donne sa valeur.",
			VariableRemoved: "Retire une variable pour tous les questionnaires. L’uuid est « all ».",
		}, []string{
			"Dans la feuille cleaning_log, remplissez change_type et, si nécessaire, new_value. Une ligne sans change_type est considérée comme non décidée.",
			"Ne modifiez pas old_value : une ligne n’est suivie que si la réponse est encore celle qu’elle a vue.",
			"Vous pouvez ajouter vos propres lignes après la dernière.",
			"Indiquez ce fichier sous clean.log dans config.yaml. La prochaine exécution suivra ses lignes.",
			"Ce fichier contient des réponses. Ne le transmettez pas.",
		}},
		"es": {map[Type]string{
			NoAction:        "La respuesta se revisó y queda como está.",
			ChangeResponse:  "La respuesta se sustituye por el valor nuevo.",
			BlankResponse:   "La respuesta pasa a faltar. Deje vacío el valor nuevo.",
			RemoveSurvey:    "Se elimina el cuestionario entero, con las filas de sus repeticiones.",
			RecodeOther:     "El texto junto a «otro» pasa a la opción que nombra el valor nuevo.",
			VariableAdded:   "Añade una variable que el formulario no tiene: una línea con el uuid «all» la declara y una línea por cuestionario da su valor.",
			VariableRemoved: "Quita una variable en todos los cuestionarios. El uuid es «all».",
		}, []string{
			"Rellene change_type y, si hace falta, new_value en la hoja cleaning_log. Una línea sin change_type cuenta como no decidida.",
			"No cambie old_value: una línea solo se aplica mientras la respuesta sea la que vio.",
			"Puede añadir líneas propias debajo de la última.",
			"Indique este archivo en clean.log de config.yaml. La próxima ejecución aplicará sus líneas.",
			"Este archivo contiene respuestas. No lo reenvíe.",
		}},
		"ru": {map[Type]string{
			NoAction:        "Ответ проверен и остаётся без изменений.",
			ChangeResponse:  "Ответ заменяется новым значением.",
			BlankResponse:   "Ответ становится пропущенным. Новое значение не заполняйте.",
			RemoveSurvey:    "Анкета удаляется целиком, вместе со строками повторов.",
			RecodeOther:     "Текст рядом с «другое» переносится в вариант, указанный в новом значении.",
			VariableAdded:   "Добавляет переменную, которой нет в форме: строка с uuid «all» объявляет её, по строке на анкету задаёт значение.",
			VariableRemoved: "Убирает переменную из всех анкет. В uuid указывается «all».",
		}, []string{
			"На листе cleaning_log заполните change_type и, где нужно, new_value. Строка без change_type считается нерешённой.",
			"Не меняйте old_value: строка применяется, только пока ответ тот же, что и раньше.",
			"Ниже последней строки можно добавить свои.",
			"Укажите этот файл в clean.log в config.yaml. При следующем запуске строки будут применены.",
			"Файл содержит ответы. Не пересылайте его.",
		}},
		"ar": {map[Type]string{
			NoAction:        "روجعت الإجابة وتبقى كما هي.",
			ChangeResponse:  "تُستبدل الإجابة بالقيمة الجديدة.",
			BlankResponse:   "تصبح الإجابة مفقودة. اترك القيمة الجديدة فارغة.",
			RemoveSurvey:    "يُحذف الاستبيان كله مع صفوف التكرار التابعة له.",
			RecodeOther:     "يُنقل النص المكتوب بجانب «أخرى» إلى الخيار الذي تسميه القيمة الجديدة.",
			VariableAdded:   "يضيف متغيرا لا يوجد في الاستمارة: سطر فيه uuid «all» يعلن عنه، وسطر لكل استبيان يعطي قيمته.",
			VariableRemoved: "يزيل متغيرا من جميع الاستبيانات. قيمة uuid هي «all».",
		}, []string{
			"املأ change_type، وعند الحاجة new_value، في الورقة cleaning_log. السطر الذي لا change_type فيه لم يُتخذ فيه قرار بعد.",
			"لا تغيّر old_value: لا يُنفَّذ السطر إلا إذا ظلت الإجابة كما كانت.",
			"يمكنك إضافة أسطر خاصة بك بعد السطر الأخير.",
			"اذكر هذا الملف تحت clean.log في config.yaml. سيُنفَّذ ما في الأسطر عند التشغيل التالي.",
			"هذا الملف يحتوي على إجابات. لا ترسله إلى أحد.",
		}},
		"zh": {map[Type]string{
			NoAction:        "已查看该答案，保持不变。",
			ChangeResponse:  "用新值替换该答案。",
			BlankResponse:   "将该答案设为缺失。新值留空。",
			RemoveSurvey:    "删除整份答卷及其重复组中的各行。",
			RecodeOther:     "将“其他”旁的文字归入新值所指的选项。",
			VariableAdded:   "添加表单中没有的变量：uuid 为 all 的一行用于声明，每份答卷一行给出其值。",
			VariableRemoved: "从所有答卷中去掉一个变量。uuid 为 all。",
		}, []string{
			"请在工作表 cleaning_log 中填写 change_type，必要时填写 new_value。没有 change_type 的行视为尚未决定。",
			"请勿更改 old_value：只有答案仍与当时相同，该行才会执行。",
			"可在最后一行之下添加自己的行。",
			"请在 config.yaml 的 clean.log 下写上此文件。下次运行将执行这些行。",
			"此文件含有答案，请勿转发。",
		}},
	}
}
