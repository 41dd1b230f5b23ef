package analysis

import "strings"

// Careful rules for Swedish compounds: a word is cut only where both sides are
// known words in a shape that compounds take, or where an ending such as
// -tions- or -hets- marks the joint and a known noun follows.

const (
	minSwedishCompound = 6 // letters
	minSystemPart      = 4 // letters of a first part that only the system's list knows
	minSystemLast      = 5 // and of a last part
)

// jointEndings end first parts, which then always have an -s: whatever stands
// before 'tions' is a word, and there is no joint between 'tion' and 's'.
var jointEndings = []string{"tions", "sions", "nings", "lings", "hets", "skaps", "doms", "tets", "ments", "ings"}

// split cuts a compound into its parts, or gives nil.
func (s *swedishRules) split(word string) *splitting {
	if letters(word) < minSwedishCompound || len(word) > splitMaxLen {
		return nil
	}
	c := &swedishSplit{s: s, memo: map[string]*splitting{}}
	return c.best(word, 0)
}

type swedishSplit struct {
	s    *swedishRules
	memo map[string]*splitting
}

// best finds the cheapest way to cut word into at least two parts.
func (c *swedishSplit) best(word string, depth int) *splitting {
	if m, ok := c.memo[word]; ok || depth == maxParts {
		return m
	}
	var best *splitting
	for i := range word {
		left, right := word[:i], word[i:]
		if letters(left) < 2 || letters(right) < minPart || insideJoint(left, right) {
			continue
		}
		first, cost := c.s.left(left)
		if first == "" {
			continue
		}
		var here *splitting
		if last, more := c.s.right(right); len(last) > 0 && cost+more < 2*costSeen {
			here = &splitting{head: left, parts: []string{first}, last: last, cost: cost + more}
		}
		if more := c.best(right, depth+1); more != nil && (here == nil || cost+2+more.cost < here.cost) {
			here = &splitting{head: left + more.head, last: more.last, cost: cost + 2 + more.cost}
			here.parts = append([]string{first}, more.parts...)
		}
		if here != nil && (best == nil || here.cost < best.cost) {
			best = here
		}
	}
	c.memo[word] = best
	return best
}

// insideJoint reports whether a cut would part a joint: 'anmärkning' and
// 'svärd', 'sam' and 'manhang'.
func insideJoint(left, right string) bool {
	if left == "sam" && strings.HasPrefix(right, "man") {
		return true
	}
	return right[0] == 's' && hasAnySuffix(left+"s", jointEndings...)
}

// left gives the base form of a first part, or nothing.
func (s *swedishRules) left(part string) (base string, cost int) {
	short := 0
	if letters(part) <= minPart {
		short = 2
	}
	if swedishFirstParts[part] != "" {
		return swedishFirstParts[part], 0
	}
	if s.nouns.has(part) && letters(part) >= minPart {
		return part, short
	}
	if stem, ok := strings.CutSuffix(part, "s"); ok && letters(stem) >= minPart {
		if s.nouns.has(stem) {
			return stem, short
		}
		if s.nouns.has(stem + "e") { // arbets-
			return stem + "e", short
		}
	}
	if letters(part) > minPart {
		for _, vowel := range []string{"a", "e"} { // skol-, pojk-
			if s.nouns.has(part + vowel) {
				return part + vowel, 1
			}
		}
	}
	if n := len(part) - 1; n > 2 && strings.IndexByte("oeu", part[n]) >= 0 && s.nouns.has(part[:n]+"a") { // kyrko-, gatu-
		return part[:n] + "a", 1
	}
	if stem, ok := strings.CutSuffix(part, "e"); ok && s.nouns.has(stem) && letters(stem) > minPart { // familje-
		return stem, 2
	}
	if s.verbs.has(part+"a") && letters(part) >= minPart && !verbPrefixes.has(part) { // skriv-
		return part + "a", 2
	}
	return s.unknownLeft(part)
}

// unknownLeft accepts a first part that our list does not have: one that the
// system's list or the project knows, or one with an unmistakable ending.
func (s *swedishRules) unknownLeft(part string) (base string, cost int) {
	n := letters(part)
	for _, end := range jointEndings {
		if strings.HasSuffix(part, end) && n >= len(end)+2 && n > 5 {
			return strings.TrimSuffix(part, "s"), 4
		}
	}
	if n < minSystemPart || part == "miss" {
		return "", 0
	}
	stem, genitive := strings.CutSuffix(part, "s")
	switch {
	case genitive && s.seen(stem):
		return stem, 4
	case s.seen(part):
		return part, 4
	}
	return "", 0
}

// seen reports whether the system's list or the project's texts have a word.
func (s *swedishRules) seen(word string) bool {
	if swedishFixed().has(word) || swedishForms[word] != nil {
		return false
	}
	return s.system.has(word) || letters(word) > minSystemPart && s.vocabulary.Count(word) > 1
}

// right gives the base forms of a last part.
func (s *swedishRules) right(part string) (bases []string, cost int) {
	if swedishTails.has(part) {
		return nil, 0
	}
	for _, lemma := range swedishForms[part] {
		if s.nouns.has(lemma) && letters(lemma) >= minPart {
			return []string{lemma}, 0
		}
	}
	if letters(part) == minPart {
		if shortSwedishParts.has(part) {
			return []string{part}, 1
		}
		return nil, 0
	}
	if s.nouns.has(part) {
		return []string{part}, 0
	}
	all := s.guess(part)
	for _, g := range all {
		if g.cost > 3 || len(bases) == 2 {
			break
		}
		if s.nouns.has(g.stem) && (letters(g.stem) > minPart || shortSwedishParts.has(g.stem)) {
			bases = append(bases, g.stem)
		}
	}
	if len(bases) > 0 {
		return bases, 1
	}
	for _, g := range all {
		if g.cost <= 3 && letters(g.stem) >= minSystemLast && s.seen(g.stem) {
			return []string{g.stem}, costSeen
		}
	}
	return nil, 0
}

// swedishTails are strings that look like words but end many plain words:
// 'planering' is no ring.
var swedishTails = wordSet(`ring ringen ringar ringarna ringens rings ande anden andet andets andes ande andena het heten heter heterna hetens hets heta samma samt samme
	vis vist visa vist sen sens ska skas skt ler len lera sta ran ren rar ras dom domen domens doms rad rat rade rader olik olika olikt lik lika likt färdig färdiga färdigt
	art arts par mans lig bar bart bara bart det den all als ist ism ant ent änd art arm dra dras göra gör tal tals sam rum is ans dan man hand tes ter`)

// shortSwedishParts are the words of three letters that end compounds.
var shortSwedishParts = wordSet(`hus liv väg ort lag tid råd vän mål hem båt bok tåg kök bad dag del bil mat hav sjö vin arv ben öga öra hår hud bro
	val tal yta art lön gas syn led mun hål sår tak bär ägg tår fot rök eld hot mod fel rum ram bud mur mor far son man äng`)

// swedishFirstParts are first parts in a shape of their own.
var swedishFirstParts = map[string]string{
	"barna": "barn", "familje": "familj", "kyrko": "kyrka", "gatu": "gata", "varu": "vara", "läro": "lära", "kvinno": "kvinna", "köks": "kök", "hälso": "hälsa",
	"människo": "människa", "mans": "man", "manna": "man", "söndags": "söndag", "rese": "resa", "sago": "saga", "sjuk": "sjuk", "små": "liten", "stor": "stor", "hög": "hög", "låg": "låg",
	"riks": "rike", "stats": "stat", "stads": "stad", "bostads": "bostad", "arbets": "arbete", "språk": "språk", "världs": "värld", "själv": "själv", "över": "över", "under": "under",
	"mellan": "mellan", "huvud": "huvud", "grund": "grund", "sam": "sam", "sär": "sär", "fack": "fack", "ny": "ny", "mång": "mången", "fler": "flera", "två": "två", "tre": "tre", "fyra": "fyra",
	"halv": "halv", "hel": "hel", "fri": "fri", "fjärr": "fjärr", "när": "nära", "inter": "inter", "super": "super", "mikro": "mikro", "tele": "tele",
	"e": "e", "euro": "euro", "video": "video", "foto": "foto", "auto": "auto", "bio": "bio", "eko": "eko", "skatte": "skatt", "jakt": "jakt", "sjö": "sjö", "ö": "ö",
}
