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

// plate is the registration plate of a car, Finnish ABC-123 or Swedish ABC 123, ABC 12A. Letters without a series (C is for
// diplomats, Q Å Ä Ö are not used) begin none; a lower-case one needs its dash or no space at all.
func plate(t text, i int) (int, Kind) {
	if i+6 > len(t) || !latin(t[i]) || !latin(t[i+1]) || !latin(t[i+2]) {
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
	if alnum(t.at(end)) || t.joined(end) || t.at(end) == '%' || t.at(end) == '/' || spaced(t.at(end)) && (digit(t.at(end+1)) || t.at(end+1) == '%') {
		return 0, ""
	}
	return end, KindPlate
}
