package privacy

import (
	"slices"
	"strings"
)

// phone is a telephone number: with a country's code after + or 00, Finnish or Swedish with its leading 0, or any after a word
// for telephone. Prefixes: Traficom, numbering of the telephone network (M 32); PTS, Swedish numbering plan.
func phone(t text, i int) (int, Kind) {
	if before := t.at(i - 1); (before == '.' || before == ',' || before == ':' || before == '/' || dash(before)) && digit(t.at(i-2)) {
		return 0, ""
	}
	digits, first, end := t.dialled(i)
	plus := t[i] == '+' || t[i] == '(' && t.at(i+1) == '+'
	if end == 0 || alnum(t.at(end)) || t.joined(end) || t.at(end) == '%' || t.at(end) == '/' {
		return 0, ""
	}
	ok := false
	switch {
	case plus:
		ok = international(digits) && (len(digits) >= 10 || !strings.Contains(string(t[i:end]), ".")) // +10.000.000 is none
	case strings.HasPrefix(digits, "00"):
		ok = international(digits[2:])
	case t[i] == '(' && !strings.HasPrefix(digits, "0"):
	case digits[0] == '0':
		ok = (domestic(digits) && !(first == 5 && len(digits) > 5 && !mobile(digits)) || t.swedish(i, first, digits)) && !t.date(i) && !t.serialNumber(i, end)
	}
	if !ok && len(digits) >= 5 && len(digits) <= 13 && digit(t[i]) {
		ok = t.calls(i) && !t.date(i)
	}
	if !ok {
		return 0, ""
	}
	return end, KindPhone
}

// dialled reads a number with single spaces, dashes and brackets between its groups: its digits, how many stand in the first
// group, and where it ends; end 0 for none.
func (t text) dialled(i int) (digits string, first, end int) {
	var b []byte
	open, closed := false, false
	j := i
	if t.at(j) == '(' && t.at(j+1) == '+' {
		open = true
		j++
	}
	plus := t.at(j) == '+'
	if plus {
		j++
	}
	dots := plus || t.at(j) == '0' && (t.at(j+1) == '4' || t.at(j+1) == '5')
	for ; j < len(t) && len(b) <= 16; j++ {
		c := t[j]
		switch {
		case digit(c):
			b = append(b, byte(c))
			end = j + 1
			continue
		case c == '(' && !open && !closed && digit(t.at(j+1)):
			open = true
		case c == ')' && open && (digit(t.at(j+1)) || (spaced(t.at(j+1)) || dash(t.at(j+1))) && digit(t.at(j+2))):
			open, closed = false, true
		case (spaced(c) || dash(c)) && len(b) > 0 && (digit(t.at(j+1)) || t.at(j+1) == '('):
		case spaced(c) && len(b) > 0 && dash(t.at(j+1)) && spaced(t.at(j+2)) && digit(t.at(j+3)): // 040 - 123
			j += 2
		case c == '.' && dots && len(b) > 0 && (plus && digit(t.at(j+1)) || t.digits(j+1, 3)), c == '/' && first == 0 && len(b) > 1 && len(b) < 5 && b[0] == '0' && t.digits(j+1, 3) && !t.year(j+1):
		default:
			j = len(t)
		}
		if first == 0 {
			first = len(b)
		}
	}
	if open || len(b) < 5 || len(b) > 16 {
		return "", 0, 0
	}
	return string(b), first, end
}

func international(d string) bool {
	switch {
	case strings.HasPrefix(d, "358"):
		d = strings.TrimPrefix(d[3:], "0")
		return len(d) >= 5 && len(d) <= 12
	case strings.HasPrefix(d, "46"):
		d = strings.TrimPrefix(d[2:], "0")
		return len(d) >= 7 && len(d) <= 11
	}
	return len(d) >= 8 && len(d) <= 15 && d[0] != '0'
}

// Finnish area codes and national prefixes behind the 0, and Swedish area codes of two and three digits beside them.
var areas = []string{"2", "3", "5", "6", "8", "9", "13", "14", "15", "16", "17", "18", "19", "10", "11", "29", "31", "33", "35", "36",
	"40", "42", "44", "46", "54", "60", "63", "70", "72", "73", "75", "76", "79", "90"}

func mobile(d string) bool {
	return len(d) >= 9 && len(d) <= 12 && (strings.HasPrefix(d, "050") || strings.HasPrefix(d, "04") && d[2] != '7' && d[2] != '8')
}

func domestic(d string) bool {
	if strings.HasPrefix(d, "04") || strings.HasPrefix(d, "050") {
		return mobile(d) && len(d) <= 11
	}
	return len(d) >= 7 && len(d) <= 10 && slices.ContainsFunc(areas, func(a string) bool { return strings.HasPrefix(d[1:], a) })
}

// swedish tells whether a number has the Swedish form: an area code, a dash and five to eight digits, as 08-12 34 56.
func (t text) swedish(i, first int, digits string) bool {
	rest := len(digits) - first
	return first >= 2 && first <= 4 && dash(t.at(i+first)) && digits[1] != '0' && rest >= 5 && rest <= 8 && len(digits) >= 8 && len(digits) <= 10
}

// serialNumber tells whether what looks like a number is four digits, a dash and four: the ISSN of a periodical.
func (t text) serialNumber(i, end int) bool {
	return end-i == 9 && t.digits(i, 4) && dash(t.at(i+4)) && t.digits(i+5, 4) && !mobile(string(t[i:i+4])+string(t[i+5:end]))
}

// year tells whether a year stands alone at i.
func (t text) year(i int) bool { return t.digits(i, 4) && !digit(t.at(i+4)) }

// date tells whether a date such as 01-02-2022 or 01 02 2022 begins at i.
func (t text) date(i int) bool {
	var parts []int
	var between rune
	for len(parts) < 3 {
		n := 0
		for n < 5 && digit(t.at(i+n)) {
			n++
		}
		if n == 0 || n > 4 {
			return false
		}
		parts = append(parts, t.number(i, n))
		i += n
		if len(parts) < 3 {
			c := t.at(i)
			if !dash(c) && !spaced(c) && c != '.' && c != '/' || between != 0 && c != between {
				return false
			}
			between = c
			i++
		}
	}
	return !digit(t.at(i)) && isDate(2000, parts[1], parts[0]) && (parts[2] >= 1900 && parts[2] < 2100 || parts[2] < 100)
}

var callWords = []string{"puh", "puhelin", "puhelinnumero", "puhelinnumeroni", "numeroni", "gsm", "tel", "tfn", "telefon", "telefonnummer", "mobil",
	"mobilnummer", "phone", "telephone", "mob"}

// calls tells whether a word for telephone stands right before i: 'puh. 310 1111', 'puhelinnumeroni on 310 1111'.
func (t text) calls(i int) bool {
	return t.behind(i, 2, callWords)
}

// lastWords are the words in the thirty code points before i, in lower case.
func lastWords(t text, i int) []string {
	return strings.FieldsFunc(strings.ToLower(string(t[max(0, i-30):i])), func(c rune) bool { return !alnum(c) })
}
