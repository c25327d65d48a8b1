package expr

import "strings"

// wrongSign says what to write instead of signs of other languages.
func wrongSign(c, next rune) (SyntaxError, bool) {
	problem := "there is no sign " + string(c) + " in an expression"
	remedy := ""
	switch {
	case c == '=' && next == '=', c == '!', c == '<' && next == '>', c == '=' && (next == '<' || next == '>'):
		problem = "there is no operator " + strings.TrimRight(string(c)+string(next), "\x00")
		switch {
		case c == '!':
			remedy = "write != or not(...)"
		case c == '<':
			remedy = "write !="
		case next == '=':
			remedy = "write ="
		default:
			remedy = "write " + string(next) + "="
		}
	case c == '&':
		remedy = "write and; use concat() to join texts"
	case c == '|':
		remedy = "write or"
	case c == '/':
		problem, remedy = "there is no operator /, and no path from the top of the form begins here", "divide with div; refer to an item as ${name}, ../name or /form/group/name"
	case c == '[' || c == ']':
		problem, remedy = "conditions in square brackets are not read here", "compute on the level of the repeat"
	case c == '@':
		problem, remedy = "attributes are not read here", "refer to an item as ${name}"
	case c == '%':
		remedy = "write mod for a remainder, div 100 for a percentage"
	case c == '^':
		remedy = "write pow(x, y)"
	case c == '÷':
		remedy = "write div"
	case c == '×' || c == '·':
		remedy = "write *"
	case c == '{' || c == '}':
		remedy = "refer to an item as ${name}"
	case c == ';' || c == '،' || c == '，' || c == '、':
		remedy = "separate arguments with a comma"
	case c == '（' || c == '）':
		remedy = "write round brackets as ( and )"
	default:
		return SyntaxError{}, false
	}
	return SyntaxError{Problem: problem, Remedy: remedy}, true
}

// refusal says why a function is not had here, or what to write instead; ""
// where nothing is known of it.
func refusal(name string) string {
	switch name {
	case "pulldata", "instance":
		return "it looks values up in a file that is not here; have the form keep the value in a calculated item"
	case "jr:choice-name", "jr:itext":
		return "it gives labels, which depend on the language; use the name of the choice"
	case "uuid", "random", "randomize":
		return "it gives another value at each call; use the value that was collected"
	case "property", "version":
		return "it asks the device; use the value that was collected"
	case "area", "enclosed-area", "distance", "geofence", "intersects":
		return "places are set aside and not computed with"
	case "digest", "base64-decode", "extract-signed":
		return "enciphered values are not read here"
	case "current":
		return "refer to an item as ${name}, to the answer itself as ."
	case "last":
		return "write count(${repeat})"
	case "substring":
		return "write substr(text, from, to), which counts from 0"
	case "thousandsep":
		return "it writes numbers for display; use the number"
	case "if-else", "ifelse", "iif":
		return "write if(condition, then, else)"
	case "len", "length":
		return "write string-length()"
	case "isnull", "is-null", "isblank", "is-blank", "empty":
		return "write ${name} = ''"
	case "in":
		return "write selected(${name}, 'choice')"
	}
	if lower := strings.ToLower(name); lower != name {
		if _, is := find(lower); is {
			return "the names of functions are written in small letters: " + lower + "()"
		}
		return refusal(lower)
	}
	return ""
}
