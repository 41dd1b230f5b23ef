package privacy

// ibanLength is the number of characters of an IBAN by country. Source: SWIFT, IBAN registry, release 99.
var ibanLength = map[string]int{
	"AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29, "BY": 28, "CH": 21,
	"CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FK": 18, "FO": 18,
	"FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26,
	"IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24,
	"ME": 22, "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29,
	"PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23,
	"ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
}

// iban is an account number by ISO 13616, in one run or with spaces, its letters of one case: moved and read as digits, it
// leaves 1 when divided by 97.
func iban(t text, i int) (int, Kind) {
	if i+4 > len(t) || !latin(t[i]) || !latin(t[i+1]) || !digit(t[i+2]) || !digit(t[i+3]) {
		return 0, ""
	}
	want, ok := ibanLength[string([]rune{upper(t[i]), upper(t[i+1])})]
	if !ok {
		return 0, ""
	}
	var head, rest int // 97-remainders of the country with its check digits, and of all before it in the order of ISO 7064
	n, low, high := 0, false, false
	j := i
	for ; n < want && j < len(t); j++ {
		c := t[j]
		if spaced(c) || dash(c) {
			if n < 4 || spaced(t.at(j-1)) || dash(t.at(j-1)) {
				return 0, ""
			}
			continue
		}
		low, high = low || c >= 'a' && c <= 'z', high || c >= 'A' && c <= 'Z'
		to := &rest
		if n < 4 {
			to = &head
		}
		switch {
		case digit(c):
			*to = (*to*10 + int(c-'0')) % 97
		case latin(c):
			*to = (*to*100 + int(upper(c)-'A') + 10) % 97
		default:
			return 0, ""
		}
		n++
	}
	if n < want || alnum(t.at(j)) || low && high {
		return 0, ""
	}
	// The four first characters go last: two letters are four digits, so that six digits follow the rest.
	if (rest*(1_000_000%97)+head)%97 != 1 {
		return 0, ""
	}
	return j, KindIBAN
}

func latin(c rune) bool { c = upper(c); return c >= 'A' && c <= 'Z' }
