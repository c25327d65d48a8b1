package xlsform

import "strings"

// column is the meaning of one column of a sheet.
type column struct {
	title    string // as the form has it
	key      string // what it holds: "type", "label", "relevant" ...; otherColumn and its title when it is none of ours
	tag      string // BCP 47 tag of its language, once the languages of the form are known
	language string // "English (en)" of "label::English (en)", "" when it names none
}

// otherColumn marks a column that is tolerated and not read.
const otherColumn = "?"

// parseTitle reads a column's title: "label::English (en)", "label:English",
// "constraint message", "bind::relevant". Case, blanks and hyphens do not count.
func parseTitle(title string, aliases func(string) string) column {
	out := column{title: title}
	if title == "" {
		return out
	}
	parts := strings.Split(title, "::")
	if len(parts) == 1 {
		parts = strings.SplitN(title, ":", 2)
	}
	base := plainTitle(parts[0])
	rest := parts[1:]
	if (base == "bind" || base == "body" || base == "control") && len(rest) > 0 {
		base, rest = plainTitle(strings.TrimPrefix(plainTitle(rest[0]), "jr:")), rest[1:]
	}
	key := aliases(base)
	switch {
	case key == "":
		out.key = otherColumn + title
	case len(rest) == 0:
		out.key = key
	case len(rest) == 1 && translatable(key):
		out.key, out.language = key, trim(rest[0])
	default:
		out.key = otherColumn + title
	}
	return out
}

// plainTitle brings the spellings of a title to one.
func plainTitle(s string) string {
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(trim(s)))
}

func translatable(key string) bool {
	switch key {
	case "label", "hint", "short", "message", "title":
		return true
	}
	return false
}

// surveyColumn returns what a column of the survey sheet holds, "" for one that is not read.
func surveyColumn(base string) string {
	switch base {
	case "type", "name", "label", "hint", "calculation", "parameters", "appearance", "constraint", "relevant", "required", "role", "chapter", "disabled", "choice_filter":
		return base
	case "caption":
		return "label"
	case "label_short", "short_label", "short", "labelshort", "labelreport", "label_report", "labelq":
		return "short"
	case "constraint_message", "constraint_msg", "constraintmsg", "constraining_message":
		return "message"
	case "relevance", "skip_logic":
		return "relevant"
	case "mandatory":
		return "required"
	case "calculate":
		return "calculation"
	case "appareance":
		return "appearance"
	case "anonymise", "anonymize":
		return "role"
	case "kobo__score_choices", "kobo__rank_items":
		return "kobo_list"
	}
	return ""
}

// choicesColumn returns what a column of the choices sheet holds.
func choicesColumn(base string) string {
	switch base {
	case "name", "label", "score", "order", "list_name":
		return base
	case "value":
		return "name"
	case "caption":
		return "label"
	case "listname", "list":
		return "list_name"
	case "label_short", "short_label", "short", "labelshort", "labelreport", "label_report", "labelq":
		return "short"
	}
	return ""
}

// settingsColumn returns what a column of the settings sheet holds.
func settingsColumn(base string) string {
	switch base {
	case "form_id", "id_string":
		return "form_id"
	case "form_title", "title", "set_form_title":
		return "title"
	case "version", "form_version":
		return "version"
	case "default_language", "default_lang":
		return "default_language"
	}
	return ""
}
