package privacy

import "slices"

var propertyWords = []string{"kiinteistötunnus", "kiinteistötunnuksen", "kiinteistötunnukseni", "kiinteistö", "kiinteistön", "tilatunnus", "tila", "tilan", "fastighetsbeteckning",
	"fastighet", "fastigheten"}

// property is the code of a piece of real estate: municipality, place, group and unit, as 91-7-104-3 or 091-007-0104-0003. It is
// an address. Short ones are taken only behind a word for it, for they look like scores; an ISBN of four parts is none.
// Source: National Land Survey of Finland, 'kiinteistötunnus'.
func property(t text, i int) (int, Kind) {
	if before := t.at(i - 1); dash(before) || before == '.' || before == ',' || before == '/' {
		return 0, ""
	}
	total, j := 0, i
	var isbn []int
	for part, most := range []int{3, 3, 4, 4} {
		if part > 0 {
			if !dash(t.at(j)) {
				return 0, ""
			}
			j++
		}
		n := 0
		for ; digit(t.at(j)); j++ {
			isbn = append(isbn, int(t[j]-'0'))
			n++
		}
		if n == 0 || n > most {
			return 0, ""
		}
		total += n
	}
	if alnum(t.at(j)) || t.joined(j) || dash(t.at(j)) || isISBN(isbn) {
		return 0, ""
	}
	if total < 7 && !t.behind(i, 3, propertyWords) {
		return 0, ""
	}
	return j, KindAddress
}

// isISBN tells whether ten digits are an international standard book number: their weighted sum is a multiple of 11 (ISO 2108:1992).
func isISBN(digits []int) bool {
	sum := 0
	for k, d := range digits {
		sum += (10 - k) * d
	}
	return len(digits) == 10 && sum%11 == 0
}

// behind tells whether one of the words is among the last n words before i.
func (t text) behind(i, n int, words []string) bool {
	last := lastWords(t, i)
	for k := len(last) - 1; k >= 0 && k >= len(last)-n; k-- {
		if slices.Contains(words, last[k]) {
			return true
		}
	}
	return false
}
