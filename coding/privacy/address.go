package privacy

import (
	"slices"
	"strings"
	"unicode"
)

// Endings of street names, with the Finnish ones inflected.
var (
	streetFi = inflected("katu:kadu", "tie:tie", "kuja:kuja", "polku:polu", "väylä:väylä", "raitti:raiti", "rinne:rintee", "aukio:aukio",
		"kaari:kaare", "esplanadi:esplanadi", "puistikko:puistiko", "bulevardi:bulevardi", "penger:penkere")
	streetSv = []string{"gatan", "vägen", "gränden", "stigen", "torget", "esplanaden", "allén", "gata", "väg", "gränd", "stig"}
	streetEn = []string{"street", "road", "avenue", "lane", "drive"}
)

// Endings of street names that are taken only before a number, and at the head of a sentence only where nothing follows it.
var squares = []string{"ranta", "rannan", "tori", "torin", "torilla", "piha", "pihan", "silta", "kaarre", "portti", "laituri", "puisto", "mäki", "backen", "kajen", "platsen", "stranden", "kroken", "svängen"}

// streetFirst are first words of street names that are two words.
var streetFirst = map[string]bool{"vanha": true, "uusi": true, "pieni": true, "iso": true, "suuri": true, "itäinen": true, "läntinen": true, "pohjoinen": true, "eteläinen": true,
	"norra": true, "södra": true, "östra": true, "västra": true, "stora": true, "lilla": true, "gamla": true, "nya": true, "övre": true, "nedre": true}

// numberedRoads have a number that is no house's: valtatie 4, riksväg 8.
var numberedRoads = map[string]bool{"rauta": true, "valta": true, "moottori": true, "maan": true, "kanta": true, "seutu": true, "yhdys": true, "motor": true, "lands": true, "riks": true, "järn": true, "huvud": true}

// commonStreets begin like a street's name and are none.
var commonStreets = map[string]bool{"maan": true, "elämän": true, "rauta": true, "valta": true, "moottori": true, "kävely": true, "opin": true,
	"koti": true, "paluu": true, "jatko": true, "yksityis": true, "kylän": true, "metsä": true, "talvi": true, "pää": true, "sivu": true, "työ": true,
	"koulu": true, "oiko": true, "kierto": true, "ulos": true, "sisään": true, "uraa": true, "uran": true, "onnen": true, "ura": true, "pyörä": true,
	"motor": true, "skol": true, "cykel": true, "gång": true, "lands": true, "huvud": true, "om": true, "väg": true, "ut": true, "mellan": true,
	"över": true, "järn": true, "till": true, "sido": true, "framtids": true}

// inflected makes 'katu, kadun, kadulla …' of "katu:kadu", the strong and the weak stem.
func inflected(stems ...string) []string {
	var out []string
	for _, s := range stems {
		strong, weak, _ := strings.Cut(s, ":")
		out = append(out, strong, strong+"a", strong+"ä", strong+"tä")
		endings := []string{"n", "llä", "ltä", "lle", "ssä", "stä", "ksi"}
		if strings.ContainsAny(strong, "aou") {
			endings = []string{"n", "lla", "lta", "lle", "ssa", "sta", "ksi"}
		}
		for _, e := range endings {
			out = append(out, weak+e)
		}
	}
	return out
}

// street tells whether a word is a street's name; sure where it is one even at the head of a sentence: the first part is in
// the genitive, as in Mannerheimintie.
func street(word string, sentence bool) (is, sure bool) {
	lower := strings.ToLower(word)
	for _, list := range [][]string{streetFi, streetSv} {
		for _, ending := range list {
			first, ok := strings.CutSuffix(lower, ending)
			if !ok || len([]rune(first)) < 3 || numberedRoads[first] {
				continue
			}
			if commonStreets[first] {
				return true, false
			}
			// '-tie' also ends words that are no streets (argumenttien), so that only a genitive before it tells.
			plural := strings.HasPrefix(ending, "tien") && slices.ContainsFunc([]string{"oin", "öin", "uin", "yin"}, func(s string) bool { return strings.HasSuffix(first, s) }) // arviointien
			genitive := strings.HasSuffix(first, "n") && len(first) > 4 && list[0] == streetFi[0] && !plural
			return true, genitive || !sentence && !strings.HasPrefix(ending, "tie")
		}
	}
	for _, ending := range squares {
		if first, ok := strings.CutSuffix(lower, ending); ok && len([]rune(first)) >= 3 {
			return true, false
		}
	}
	return false, false
}

// weak tells whether a word may as well be something else than a street's name.
func weak(word string) bool {
	lower := strings.ToLower(word)
	for _, ending := range slices.Concat(streetFi, streetSv) {
		if first, ok := strings.CutSuffix(lower, ending); ok && commonStreets[first] {
			return true
		}
	}
	return slices.ContainsFunc(squares, func(s string) bool { return strings.HasSuffix(lower, s) })
}

// flats are words before the number of a flat.
var flats = []string{"as", "as.", "asunto", "lgh", "lght", "lägenhet", "bst", "bst.", "bostad", "rappu", "porras", "talo", "tr", "vån", "apt", "flat", "krs"}

// flat is where 'as 4', 'lgh 1101' or 'talo B' behind a house number ends; 0 for none.
func (t text) flat(i int) int {
	j := i
	if t.at(j) == ',' {
		j++
	}
	if !spaced(t.at(j)) {
		return 0
	}
	j++
	k := j
	for unicode.IsLetter(t.at(k)) || t.at(k) == '.' {
		k++
	}
	if !slices.Contains(flats, strings.ToLower(string(t[j:k]))) {
		return 0
	}
	if spaced(t.at(k)) {
		k++
	}
	end := k
	for digit(t.at(end)) && end < k+5 {
		end++
	}
	if end == k && unicode.IsUpper(t.at(k)) && !alnum(t.at(k+1)) {
		end++
	}
	if end == k || alnum(t.at(end)) {
		return 0
	}
	return end
}

// houseNumber is where '5', '5 A', '11-13 b 7', 'a' after a street's name ends; i is right behind the name.
func (t text) houseNumber(i int) int {
	if !spaced(t.at(i)) || !digit(t.at(i+1)) {
		return 0
	}
	j := i + 1
	n := 0
	for digit(t.at(j)) {
		j++
		n++
	}
	if n > 4 || t.at(j) == '%' || t.at(j) == ',' && digit(t.at(j+1)) {
		return 0
	}
	if dash(t.at(j)) && digit(t.at(j+1)) {
		for j++; digit(t.at(j)); j++ {
		}
	}
	for range 3 { // stair, flat
		k := j
		if spaced(t.at(k)) {
			k++
		}
		switch {
		case unicode.IsLetter(t.at(k)) && !alnum(t.at(k+1)) && (unicode.IsUpper(t.at(k)) || digit(t.at(k-1)) || strings.ContainsRune("abcdefgh", t.at(k))):
			j = k + 1
		case unicode.IsUpper(t.at(k)) && digit(t.at(k+1)):
			j = k + 1
		case digit(t.at(k)) && k > j && unicode.IsLetter(t.at(j-1)):
			for n = 0; digit(t.at(k + n)); n++ {
			}
			if n > 3 {
				return j
			}
			j = k + n
		}
	}
	if e := t.flat(j); e > 0 {
		return e
	}
	return j
}

// tail takes the post code and place after a street or a box: ', 00100 Helsinki', '\n00880 Helsinki', ', Helsinki, 00100'.
func (t text) tail(end int) int {
	j := end
	if t.at(j) == '(' || spaced(t.at(j)) && t.at(j+1) == '(' {
		for k := j; k < min(j+60, len(t)); k++ {
			if t[k] == ')' {
				j = k + 1
				break
			}
		}
	}
	for n := 0; n < 3 && (t.at(j) == ',' || unicode.IsSpace(t.at(j))); n++ {
		j++
	}
	if e, _ := postcode(t, j); e > 0 {
		return e
	}
	if e, _ := countryPostcode(t, j); e > 0 {
		return e
	}
	e := j
	for unicode.IsLetter(t.at(e)) {
		e++
	}
	if e > j && isPlace(string(t[j:e])) {
		if t.at(e) == ',' {
			e++
		}
		if spaced(t.at(e)) && t.digits(e+1, 5) && !alnum(t.at(e+6)) {
			return e + 6
		}
	}
	return end
}

// postcode is five digits (or 114 18 in Sweden) with a place behind: '00100 Helsinki', 'FI-20100 Åbo'.
func postcode(t text, i int) (int, Kind) {
	j := i
	switch {
	case t.digits(i, 5):
		j += 5
	case t.digits(i, 3) && spaced(t.at(i+3)) && t.digits(i+4, 2):
		j += 6
	default:
		return 0, ""
	}
	if !spaced(t.at(j)) {
		return 0, ""
	}
	j++
	end := j
	for unicode.IsLetter(t.at(end)) || t.at(end) == '-' {
		end++
	}
	word := string(t[j:end])
	if !unicode.IsUpper(t.at(j)) || !isPlace(word) && word != "HELSINGIN" {
		return 0, ""
	}
	if word == strings.ToUpper(word) && spaced(t.at(end)) && unicode.IsUpper(t.at(end+1)) && unicode.IsUpper(t.at(end+2)) { // 00099 HELSINGIN KAUPUNKI
		for end++; unicode.IsUpper(t.at(end)); end++ {
		}
	}
	return end, KindAddress
}

// postbox is 'PL 123', 'PB 123' with a post code, and 'Poste Restante'.
func postbox(t text, i int) (int, Kind) {
	end := 0
	switch {
	case t.says(i, "Poste Restante"):
		end = i + len("Poste Restante")
	case (t.says(i, "PL") || t.says(i, "PB")) && spaced(t.at(i+2)) && digit(t.at(i+3)):
		for end = i + 3; digit(t.at(end)); end++ {
		}
	case t.says(i, "Box ") && digit(t.at(i+4)):
		for end = i + 4; digit(t.at(end)); end++ {
		}
	default:
		return 0, ""
	}
	if e := t.tail(end); e > end {
		return e, KindAddress
	}
	return 0, ""
}

// countryPostcode is a post code with its country before it: FI-00100 Helsinki, SE-114 18 Stockholm, S-114 18 Stockholm.
func countryPostcode(t text, i int) (int, Kind) {
	for _, country := range []string{"FI-", "FIN-", "SE-", "S-", "AX-"} {
		if t.says(i, country) {
			return postcode(t, i+len(country))
		}
	}
	return 0, ""
}

// says tells whether s stands at i.
func (t text) says(i int, s string) bool {
	for _, c := range s {
		if t.at(i) != c {
			return false
		}
		i++
	}
	return true
}

// numberedStreet is '12 Main Street'.
func numberedStreet(t text, i int) (int, Kind) {
	j := i
	for digit(t.at(j)) {
		j++
	}
	if j-i > 4 || !spaced(t.at(j)) {
		return 0, ""
	}
	for n := 0; n < 3 && spaced(t.at(j)) && unicode.IsUpper(t.at(j+1)); n++ {
		k := j + 1
		for unicode.IsLetter(t.at(k)) {
			k++
		}
		word := strings.ToLower(string(t[j+1 : k]))
		for _, ending := range streetEn {
			if n > 0 && word == ending {
				return t.tail(k), KindAddress
			}
		}
		j = k
	}
	return 0, ""
}
