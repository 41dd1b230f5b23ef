package privacy

import (
	"slices"
	"strings"
	"unicode"
)

// acronyms that numbers follow in reports and laws: no plates.
var acronyms = []string{"THL", "OPH", "VTT", "YLE", "ISO", "SFS", "DIN", "OKM", "STM", "TEM", "KHO", "KKO", "HFD", "SOU", "PDF", "KPL",
	"EUR", "USD", "SEK", "MOT", "TET", "VOK", "KPA", "ELY", "LVM", "MMM", "YMP", "VNK", "VNS", "TES", "VES", "HUS", "KTM", "GWH", "MWH", "KWH",
	"RGB", "USB", "MHZ", "GHZ", "KLO", "KEL", "JOS", "NRO", "SIV", "LUK", "TOP", "VAI", "EST", "FIN", "SWE", "ENG", "LGB", "FAQ", "MAX", "MIN", "AND", "THE", "FOR", "OCH", "ATT", "DET", "NOIN", "YLI"}

var plateWords = []string{"auto", "auton", "autoni", "autossa", "rekisteri", "rekisterinumero", "rekisterinumeron", "rekisterinumeroni", "rekisteritunnus", "rekkari", "rekkarilla", "kilpi", "rek",
	"reg", "regnr", "nr", "bil", "bilen", "registernummer", "registreringsnummer", "registreringsskylt", "mopo", "mopon", "moottoripyörä", "moottoripyörän", "peräkärry", "mönkijä", "traktori"}

// plate is the registration plate of a vehicle: Finnish ABC-123, Swedish ABC 123 and ABC 12A, of Åland ÅLA 123 and ÅL 1234; those
// of fewer letters or digits only behind a word for a vehicle. Letters without a series (C is for diplomats, Q Å Ä Ö are not
// used) begin none; a lower-case one needs its dash or no space at all.
func plate(t text, i int) (int, Kind) {
	if upper(t[i]) == 'Å' || t[i] == 'å' {
		return alandPlate(t, i)
	}
	if end := shortPlate(t, i); end > 0 {
		return end, KindPlate
	}
	if i+6 > len(t) || !latin(t[i]) || !latin(t[i+1]) || !latin(t[i+2]) || !digit(t[i+3]) && !digit(t[i+4]) {
		return 0, ""
	}
	head := strings.ToUpper(string(t[i : i+3]))
	if strings.ContainsAny(head, "Q") || head[0] == 'C' || slices.Contains(acronyms, head) {
		return 0, ""
	}
	big := unicode.IsUpper(t[i]) && unicode.IsUpper(t[i+1]) && unicode.IsUpper(t[i+2])
	small := unicode.IsLower(t[i]) && unicode.IsLower(t[i+1]) && unicode.IsLower(t[i+2])
	j := i + 3
	switch {
	case dash(t[j]) && (big || small), spaced(t[j]) && big:
		j++
	case digit(t[j]) && (big || small):
	default:
		return 0, ""
	}
	end := j + 3
	if !t.digits(j, 3) && !(big && t.digits(j, 2) && latin(t.at(j+2)) && unicode.IsUpper(t[j+2])) {
		return 0, ""
	}
	if t.goesOn(end) {
		return 0, ""
	}
	return end, KindPlate
}

// goesOn tells whether what stands behind a plate makes it something else.
func (t text) goesOn(end int) bool {
	return alnum(t.at(end)) || t.joined(end) || t.at(end) == '%' || t.at(end) == '/' || spaced(t.at(end)) && (digit(t.at(end+1)) || t.at(end+1) == '%')
}

// alandPlate is ÅLA 123, ÅL 1234 and ÅL-1234: two or three letters, two to five digits.
func alandPlate(t text, i int) (int, Kind) {
	if upper(t.at(i+1)) != 'L' {
		return 0, ""
	}
	j := i + 2
	if latin(t.at(j)) {
		j++
	}
	if spaced(t.at(j)) || dash(t.at(j)) {
		j++
	}
	end := j
	for digit(t.at(end)) {
		end++
	}
	if n := end - j; n < 2 || n > 5 || t.goesOn(end) {
		return 0, ""
	}
	return end, KindPlate
}

// shortPlate is where a plate of one to three letters and one to four digits ends, behind a word for a vehicle.
func shortPlate(t text, i int) int {
	j := i
	for j < i+3 && latin(t.at(j)) {
		j++
	}
	letters := string(t[i:j])
	sep := dash(t.at(j))
	if sep || spaced(t.at(j)) {
		j++
	}
	end := j
	for digit(t.at(end)) {
		end++
	}
	if n := end - j; len(letters) == 0 || n == 0 || n > 4 || letters != strings.ToUpper(letters) && !sep || t.goesOn(end) || !t.behind(i, 2, plateWords) {
		return 0
	}
	return end
}
