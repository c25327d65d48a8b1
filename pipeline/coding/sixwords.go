package coding

func english() words {
	return words{
		unit: "Unit", coder: "Coder", question: "Question", language: "Language", answer: "Answer", code: "Code", flag: "No code", note: "Note", suggested: "Suggested by rules", learnt: "Suggested from coded answers", rules: "Rules", decision: "Decision",
		none: "none fits", unclear: "unclear",
		hint:    "Codes under “Suggested” are proposals of a machine; the number says how likely one is. Decide by the answer itself. An empty cell does not mean that no code fits.",
		answers: "Answers", codes: "Codes", help: "Read me",
		group: "Group", definition: "Definition", include: "Include", exclude: "Exclude",
		notInList: "Choose a code from the list. The sheet of codes explains each.",
		guide: []string{
			"Give each answer all codes that fit, one in each column. Choose from the list; the sheet of codes explains each.",
			"If no code fits, choose “none fits” under “No code”. If you cannot tell what is meant, choose “unclear”.",
			"A row without a code and without a mark counts as not yet coded.",
			"Leave units and answers as they are. You may sort whole rows and hide columns.",
			"Code by yourself: do not discuss answers with other coders before all are coded.",
			"Write nothing into notes that could point to a person. Keep this file where only you can read it, and delete it when it has been handed back.",
		},
		judge: []string{
			"Coders disagree on these answers. Write all codes that hold under “Decision”, one in each column, also those on which they agree.",
			"If no code holds, choose “none fits” under “No code”. A row without a decision stays open.",
			"The letters of coders change from row to row. What rules say is a suggestion.",
			"Leave units and answers as they are. Keep this file where only you can read it.",
		},
	}
}

func french() words {
	return words{
		unit: "Unité", coder: "Codeur", question: "Question", language: "Langue", answer: "Réponse", code: "Code", flag: "Sans code", note: "Remarque", suggested: "Suggéré par les règles", learnt: "Suggéré d’après les réponses codées", rules: "Règles", decision: "Décision",
		none: "aucun ne convient", unclear: "pas clair",
		hint:    "Les codes sous « Suggéré » sont proposés par une machine ; le nombre dit à quel point un code est probable. Décidez d’après la réponse elle-même. Une cellule vide ne veut pas dire qu’aucun code ne convient.",
		answers: "Réponses", codes: "Codes", help: "Lisez-moi",
		group: "Groupe", definition: "Définition", include: "Inclure", exclude: "Exclure",
		notInList: "Choisissez un code dans la liste. La feuille des codes explique chacun.",
		guide: []string{
			"Donnez à chaque réponse tous les codes qui conviennent, un par colonne. Choisissez dans la liste ; la feuille des codes explique chacun.",
			"Si aucun code ne convient, choisissez « aucun ne convient » sous « Sans code ». Si vous ne savez pas ce qui est dit, choisissez « pas clair ».",
			"Une ligne sans code ni marque compte comme pas encore codée.",
			"Laissez les unités et les réponses telles quelles. Vous pouvez trier des lignes entières et masquer des colonnes.",
			"Codez seul : ne parlez pas des réponses avec d’autres codeurs avant que toutes soient codées.",
			"N’écrivez dans les remarques rien qui puisse désigner une personne. Gardez ce fichier là où vous seul pouvez le lire, et supprimez-le une fois rendu.",
		},
		judge: []string{
			"Les codeurs ne sont pas d’accord sur ces réponses. Mettez sous « Décision » tous les codes qui valent, un par colonne, y compris ceux sur lesquels ils s’accordent.",
			"Si aucun code ne vaut, choisissez « aucun ne convient » sous « Sans code ». Une ligne sans décision reste ouverte.",
			"Les lettres des codeurs changent d’une ligne à l’autre. Ce que disent les règles est une suggestion.",
			"Laissez les unités et les réponses telles quelles. Gardez ce fichier là où vous seul pouvez le lire.",
		},
	}
}

func spanish() words {
	return words{
		unit: "Unidad", coder: "Codificador", question: "Pregunta", language: "Idioma", answer: "Respuesta", code: "Código", flag: "Sin código", note: "Nota", suggested: "Sugerido por las reglas", learnt: "Sugerido a partir de respuestas codificadas", rules: "Reglas", decision: "Decisión",
		none: "ninguno encaja", unclear: "no está claro",
		hint:    "Los códigos de las columnas «Sugerido» los propone una máquina; el número dice lo probable que es cada uno. Decida según la propia respuesta. Una celda vacía no significa que ningún código encaje.",
		answers: "Respuestas", codes: "Códigos", help: "Léame",
		group: "Grupo", definition: "Definición", include: "Incluir", exclude: "Excluir",
		notInList: "Elija un código de la lista. La hoja de códigos explica cada uno.",
		guide: []string{
			"Dé a cada respuesta todos los códigos que encajen, uno en cada columna. Elija de la lista; la hoja de códigos explica cada uno.",
			"Si ningún código encaja, elija «ninguno encaja» en «Sin código». Si no sabe qué se quiere decir, elija «no está claro».",
			"Una fila sin código ni marca cuenta como aún no codificada.",
			"Deje las unidades y las respuestas como están. Puede ordenar filas enteras y ocultar columnas.",
			"Codifique por su cuenta: no hable de las respuestas con otros codificadores antes de que todas estén codificadas.",
			"No escriba en las notas nada que pueda señalar a una persona. Guarde este archivo donde solo usted pueda leerlo y bórrelo cuando lo haya devuelto.",
		},
		judge: []string{
			"Los codificadores no están de acuerdo sobre estas respuestas. Escriba en «Decisión» todos los códigos que valen, uno en cada columna, también aquellos en los que coinciden.",
			"Si ningún código vale, elija «ninguno encaja» en «Sin código». Una fila sin decisión queda abierta.",
			"Las letras de los codificadores cambian de una fila a otra. Lo que dicen las reglas es una sugerencia.",
			"Deje las unidades y las respuestas como están. Guarde este archivo donde solo usted pueda leerlo.",
		},
	}
}

func russian() words {
	return words{
		unit: "Единица", coder: "Кодировщик", question: "Вопрос", language: "Язык", answer: "Ответ", code: "Код", flag: "Без кода", note: "Примечание", suggested: "Предложено правилами", learnt: "Предложено по закодированным ответам", rules: "Правила", decision: "Решение",
		none: "ни один не подходит", unclear: "неясно",
		hint:    "Коды в столбцах «Предложено» предлагает машина; число показывает, насколько код вероятен. Решайте по самому ответу. Пустая ячейка не значит, что ни один код не подходит.",
		answers: "Ответы", codes: "Коды", help: "Прочтите",
		group: "Группа", definition: "Определение", include: "Включать", exclude: "Не включать",
		notInList: "Выберите код из списка. Каждый код объяснён на листе кодов.",
		guide: []string{
			"Дайте каждому ответу все подходящие коды, по одному в столбце. Выбирайте из списка; каждый код объяснён на листе кодов.",
			"Если ни один код не подходит, выберите «ни один не подходит» в столбце «Без кода». Если непонятно, что имеется в виду, выберите «неясно».",
			"Строка без кода и без отметки считается ещё не закодированной.",
			"Не меняйте единицы и ответы. Можно сортировать строки целиком и скрывать столбцы.",
			"Кодируйте самостоятельно: не обсуждайте ответы с другими, пока не закодированы все.",
			"Не пишите в примечаниях ничего, что могло бы указать на человека. Храните файл там, где его можете прочесть только вы, и удалите его, когда вернёте.",
		},
		judge: []string{
			"По этим ответам кодировщики расходятся. Укажите в столбцах «Решение» все верные коды, по одному в столбце, в том числе те, в которых они согласны.",
			"Если ни один код не верен, выберите «ни один не подходит» в столбце «Без кода». Строка без решения остаётся открытой.",
			"Буквы кодировщиков меняются от строки к строке. То, что говорят правила, — лишь предложение.",
			"Не меняйте единицы и ответы. Храните файл там, где его можете прочесть только вы.",
		},
	}
}

func arabic() words {
	return words{
		unit: "الوحدة", coder: "المرمِّز", question: "السؤال", language: "اللغة", answer: "الإجابة", code: "الرمز", flag: "بلا رمز", note: "ملاحظة", suggested: "اقتراح القواعد", learnt: "اقتراح وفق الإجابات المرمَّزة", rules: "القواعد", decision: "القرار",
		none: "لا شيء يناسب", unclear: "غير واضح",
		hint:    "الرموز في أعمدة «اقتراح» يقترحها الحاسوب، والعدد يبيّن مدى احتمال كل رمز. قرّر بناء على الإجابة نفسها. والخلية الفارغة لا تعني أنّ لا رمز يناسب.",
		answers: "الإجابات", codes: "الرموز", help: "اقرأني",
		group: "المجموعة", definition: "التعريف", include: "يشمل", exclude: "لا يشمل",
		notInList: "اختر رمزاً من القائمة. ورقة الرموز تشرح كل رمز.",
		guide: []string{
			"أعطِ كل إجابة جميع الرموز التي تناسبها، رمزاً في كل عمود. اختر من القائمة؛ وورقة الرموز تشرح كل رمز.",
			"إذا لم يناسب أي رمز فاختر «لا شيء يناسب» تحت «بلا رمز». وإذا لم يتضح المقصود فاختر «غير واضح».",
			"الصف الذي لا رمز فيه ولا علامة يُعدّ غير مرمَّز بعد.",
			"اترك الوحدات والإجابات كما هي. يمكنك فرز الصفوف كاملة وإخفاء الأعمدة.",
			"رمِّز بمفردك: لا تناقش الإجابات مع مرمِّزين آخرين قبل ترميزها كلها.",
			"لا تكتب في الملاحظات ما قد يدل على شخص. احفظ هذا الملف حيث لا يقرؤه غيرك، واحذفه بعد تسليمه.",
		},
		judge: []string{
			"يختلف المرمِّزون في هذه الإجابات. اكتب تحت «القرار» جميع الرموز الصحيحة، رمزاً في كل عمود، بما فيها ما اتفقوا عليه.",
			"إذا لم يصح أي رمز فاختر «لا شيء يناسب» تحت «بلا رمز». والصف الذي لا قرار فيه يبقى مفتوحاً.",
			"تتغير حروف المرمِّزين من صف إلى آخر. وما تقوله القواعد اقتراح فحسب.",
			"اترك الوحدات والإجابات كما هي. احفظ هذا الملف حيث لا يقرؤه غيرك.",
		},
	}
}

func chinese() words {
	return words{
		unit: "单元", coder: "编码员", question: "问题", language: "语言", answer: "回答", code: "代码", flag: "无代码", note: "备注", suggested: "规则建议", learnt: "根据已编码回答的建议", rules: "规则", decision: "决定",
		none: "均不适用", unclear: "不清楚",
		hint:    "“建议”列中的代码由机器提出，数字表示其可能性。请根据回答本身作出判断。单元格为空并不表示没有合适的代码。",
		answers: "回答表", codes: "代码表", help: "说明",
		group: "类别", definition: "定义", include: "包括", exclude: "不包括",
		notInList: "请从列表中选择代码。代码表对每个代码都有解释。",
		guide: []string{
			"请给每个回答选出所有适用的代码，每列一个。从列表中选择；代码表对每个代码都有解释。",
			"如果没有适用的代码，请在“无代码”一列选择“均不适用”。如果看不懂意思，请选择“不清楚”。",
			"既无代码也无标记的行视为尚未编码。",
			"请勿改动单元和回答。可以整行排序，也可以隐藏列。",
			"请独立编码：在全部编完之前，不要与其他编码员讨论回答。",
			"备注中不要写任何可能指向个人的内容。请把本文件保存在只有您能读到的地方，交回后将其删除。",
		},
		judge: []string{
			"编码员对这些回答意见不一。请在“决定”各列写下所有成立的代码，每列一个，包括他们意见一致的代码。",
			"如果没有成立的代码，请在“无代码”一列选择“均不适用”。没有决定的行仍属待定。",
			"编码员的字母逐行变换。规则给出的只是建议。",
			"请勿改动单元和回答。请把本文件保存在只有您能读到的地方。",
		},
	}
}
