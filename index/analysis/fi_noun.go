package analysis

import (
	"maps"
	"strings"
)

// guesses gathers candidate base forms with their costs; the lowest wins.
type guesses struct {
	cost map[string]int
}

func (g *guesses) add(lemma string, cost int) {
	if !plausible(lemma) {
		return
	}
	if old, ok := g.cost[lemma]; !ok || cost < old {
		g.cost[lemma] = cost
	}
}

// plausible reports whether a guess can be a Finnish base form at all.
func plausible(lemma string) bool {
	n := len(lemma)
	if n < 2 || n == 2 && !isVowel(lemma[1]) {
		return false
	}
	if last := lemma[n-1]; !isVowel(last) && strings.IndexByte("nstrl", last) < 0 {
		return false
	}
	return n < 3 || lemma[n-1] != lemma[n-2] || lemma[n-2] != lemma[n-3]
}

// singular adds nominatives for a singular vowel stem: 'kadu' or 'katu',
// 'vastaukse', 'huonee', 'rikkaa'.
func (g *guesses) singular(s string, weak bool, cost int) {
	if len(s) < 2 || !isVowel(at(s, 0)) {
		return
	}
	g.special(s, cost)
	if at(s, 0) == at(s, 1) {
		g.long(s, cost)
		return
	}
	stems := []graded{{s, 0}}
	if weak {
		stems = toStrong(s)
	}
	for _, t := range stems {
		c := cost + t.cost
		if at(s, 0) != 'e' {
			g.add(t.stem, c)
			continue
		}
		g.add(t.stem[:len(t.stem)-1]+"i", c+1)
	}
	if at(s, 0) == 'e' {
		g.add(s, cost+5)
	}
}

// specialStems are stem endings whose nominative is not the stem itself.
var specialStems = latin1Rules(`
kse s 0; kse ksi 5; se nen -1; ude us 0; yde ys 0; ute us 0; yte ys 0; de si 1; te si 2; nte nsi 2; nne nsi 2; rre rsi 2; lle lsi 4; rte rsi 2; lte lsi 2;
ime in 1; ttoma ton 0; ttömä tön 0; ttoma tton -2; ttömä ttön -2; mma mpi 1; mmä mpi 1; mpa mpi 1; mpä mpi 1; imma in 1; immä in 1; impa in 1; impä in 1;
iehe ies 0; ue ut 3; ye yt 3; anne at 4; ante at 4; lapse lapsi 0; lume lumi 0;
ele el 2; ale al 3; äle äl 3; ere er 3; are ar 3; äre är 3; ore or 4; yre yr 4; ene en 3; yme yn 4; une un 5; ave at 9;
`)

// stemRule replaces the end of a stem.
type stemRule struct {
	from, to string
	cost     int
}

// special applies the stem endings.
func (g *guesses) special(s string, cost int) {
	for _, r := range specialStems {
		stem, ok := strings.CutSuffix(s, r.from)
		if !ok || len(stem) < 1 {
			continue
		}
		switch r.to {
		case "el", "al", "\xe4l", "er", "ar", "\xe4r", "or", "yr", "en", "un", "yn", "in":
			if len(stem) > 1 {
				for _, w := range toWeak(stem + r.to[:1]) {
					g.add(w.stem+r.to[1:], cost+r.cost+w.cost)
				}
			}
		case "us", "ys":
			if len(stem) > 1 {
				g.add(stem+r.to, cost+r.cost)
			}
		default:
			if r.from == "se" && !isVowel(at(stem, 0)) || r.from == "kse" && !isVowel(at(stem, 0)) {
				continue
			}
			g.add(stem+r.to, cost+r.cost)
		}
	}
}

// long adds nominatives for a stem in a long vowel.
func (g *guesses) long(s string, cost int) {
	short := s[:len(s)-1]
	switch at(s, 0) {
	case 'e':
		for _, w := range toWeak(short) {
			g.add(w.stem, cost+w.cost)
		}
		_, _, u := harmony(short)
		if c := at(s, 2); len(s) > 4 && (c == 'n' || c == at(s, 3) && (c == 'l' || c == 'r' || c == 's')) {
			g.add(s[:len(s)-2]+string([]byte{u, 't'}), cost)
		}
	case 'a', aUml, 'i':
		if len(s) > 3 {
			for _, w := range toWeak(short) {
				g.add(w.stem+"s", cost+w.cost+1)
			}
		}
		g.add(s, cost+2)
	default:
		g.add(s, cost)
	}
}

// plural adds nominatives for a plural stem, which ends in i: 'kadui',
// 'taloi', 'vastauksi', 'huonei'.
func (g *guesses) plural(p string, weak bool, cost int) {
	body := strings.TrimSuffix(p, "i")
	if len(body) < 2 || body == p {
		g.short(p, cost)
		return
	}
	g.short(p, cost)
	a, _, u := harmony(body)
	stems := []graded{{body, 0}}
	if weak && isVowel(at(body, 0)) {
		stems = toStrong(body)
	}
	head := body[:len(body)-1]
	switch c := at(body, 0); c {
	case 'o', oUml:
		for _, t := range stems {
			g.add(t.stem, cost+t.cost)
			g.add(t.stem[:len(t.stem)-1]+string([]byte{a}), cost+t.cost)
		}
	case 'u', 'y':
		for _, t := range stems {
			g.add(t.stem, cost+t.cost)
		}
		g.add(body+"t", cost+4)
	case 'e':
		for _, t := range stems {
			g.add(t.stem[:len(t.stem)-1]+"i", cost+t.cost)
		}
		for _, w := range toWeak(body) {
			g.add(w.stem, cost+w.cost+1)
		}
		g.add(body+string([]byte{a}), cost+2)
		if c := at(head, 0); c == 'n' || c == at(head, 1) && (c == 'l' || c == 'r' || c == 's') {
			g.add(head+string([]byte{u, 't'}), cost)
		}
	case 'a', aUml:
		g.add(body+string([]byte{c}), cost+2)
		for _, w := range toWeak(body) {
			g.add(w.stem+"s", cost+w.cost)
		}
	case 'i':
		g.add(body+"s", cost+2)
		for _, w := range toWeak(body) {
			g.add(w.stem+"s", cost+w.cost+1)
		}
	default:
		g.pluralConsonant(body, weak, cost, a)
	}
}

// pluralConsonant handles plural stems where the i replaced a vowel.
func (g *guesses) pluralConsonant(body string, weak bool, cost int, a byte) {
	g.special(body+"e", cost)
	g.special(body+string([]byte{a}), cost+1)
	if strings.HasSuffix(body, "uuks") || strings.HasSuffix(body, "yyks") || strings.HasSuffix(body, "euks") || strings.HasSuffix(body, "eyks") {
		g.add(body[:len(body)-2]+"s", cost-2)
	}
	stems := []graded{{body + "e", 0}}
	if weak {
		stems = toStrong(body + "e")
	}
	for _, t := range stems {
		b := t.stem[:len(t.stem)-1]
		g.add(b+"i", cost+t.cost+1)
		g.add(b+string([]byte{a}), cost+t.cost+1)
	}
}

// comparatives adds the positive for every guess that is a comparative or a
// superlative: 'vanha' for 'vanhempi' and 'vanhin'.
func (g *guesses) comparatives() {
	for lemma, cost := range maps.Clone(g.cost) {
		if stem, ok := strings.CutSuffix(lemma, "mpi"); ok && len(stem) > 2 && stem != "pare" {
			g.singular(stem, true, cost+2)
			if short, ok := strings.CutSuffix(stem, "e"); ok {
				a, _, _ := harmony(short)
				g.singular(short+string([]byte{a}), true, cost+2)
			}
		}
		if stem, ok := strings.CutSuffix(lemma, "in"); ok && len(stem) > 2 {
			g.plural(stem+"i", true, cost+3)
		}
	}
}

// short adds the one-syllable words whose plural loses a vowel.
func (g *guesses) short(p string, cost int) {
	if nominative, ok := shortPlurals[p]; ok {
		g.add(nominative, cost)
	}
}

var shortPlurals = map[string]string{
	"soi": "suo", "t\xf6i": "ty\xf6", "tei": "tie", "\xf6i": "y\xf6", "pui": "puu", "mai": "maa", "p\xe4i": "p\xe4\xe4",
	"kui": "kuu", "sui": "suu", "lui": "luu", "voi": "vuo", "syi": "syy", "j\xe4i": "j\xe4\xe4", "s\xe4i": "s\xe4\xe4",
}

// consonant adds nominatives for a consonant stem, as before -ta: 'nais',
// 'vastaus', 'kiel', 'puhelin'.
func (g *guesses) consonant(s string, cost int) {
	if len(s) < 2 {
		return
	}
	switch at(s, 0) {
	case 's':
		if c := at(s, 1); isVowel(c) {
			g.add(s[:len(s)-1]+"nen", cost)
			g.add(s, cost+1)
		}
		if s == "las" {
			g.add("lapsi", cost)
		}
	case 'n':
		g.add(s+"i", cost+1)
		g.add(s, cost+1)
		if s == "lun" {
			g.add("lumi", cost)
		}
	case 'l', 'r':
		g.add(s+"i", cost)
		g.add(s, cost+1)
	case 't':
		g.add(s, cost)
	}
}

// latin1Rules reads 'from to cost; …'.
func latin1Rules(text string) []stemRule {
	var rules []stemRule
	for entry := range strings.SplitSeq(text, ";") {
		f := strings.Fields(entry)
		if len(f) != 3 {
			continue
		}
		from, _ := toLatin1(f[0])
		to, _ := toLatin1(f[1])
		cost, sign := 0, 1
		for _, d := range f[2] {
			if d == '-' {
				sign = -1
				continue
			}
			cost = cost*10 + int(d-'0')
		}
		rules = append(rules, stemRule{from, to, sign * cost})
	}
	return rules
}
