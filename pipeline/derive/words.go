package derive

import "github.com/soundings-survey/soundings/pipeline/survey"

// words returns the labels of the choices that derived items make of themselves,
// in the languages of the reports.
func words(choice string) survey.Text {
	switch choice {
	case "yes":
		return survey.Text{"en": "Yes", "fr": "Oui", "es": "Sí", "ar": "نعم", "ru": "Да", "zh": "是"}
	case "no":
		return survey.Text{"en": "No", "fr": "Non", "es": "No", "ar": "لا", "ru": "Нет", "zh": "否"}
	case otherChoice:
		return survey.Text{"en": "Other", "fr": "Autre", "es": "Otro", "ar": "أخرى", "ru": "Другое", "zh": "其他"}
	}
	return nil
}
