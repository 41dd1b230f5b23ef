package analysis

import "strings"

// verbStem adds infinitives for a present stem: 'anna', 'puhu', 'tule',
// 'halua', 'tapaa', 'saa', 'tarvitse'.
func (g *guesses) verbStem(s string, weak bool, cost int) {
	if len(s) < 2 || !isVowel(at(s, 0)) {
		return
	}
	g.contracted(s, cost)
	last, before := at(s, 0), at(s, 1)
	if isVowel(before) && (last == before || isDiphthong(before, last)) {
		c := cost
		if len(s) > 4 && !strings.HasSuffix(s, "oi") && !strings.HasSuffix(s, "\xf6i") {
			c += 6
		}
		g.add(withA(s, "d"), c)
		if last == before {
			return
		}
	}
	stems := []graded{{s, 0}}
	if weak {
		stems = toStrong(s)
	}
	for _, t := range stems {
		c := cost + t.cost
		if last == 'e' {
			c += 2
		}
		g.add(withA(t.stem, ""), c)
	}
	if last == 'e' {
		g.eStem(s, cost)
	}
}

func isDiphthong(a, b byte) bool {
	switch string([]byte{a, b}) {
	case "ie", "uo", "y\xf6", "oi", "\xf6i", "ui", "yi", "ai", "\xe4i", "ey", "\xe4y":
		return true
	}
	return false
}

// eStem adds the infinitives in -lla, -nna, -rra, -sta, -ita, -eta for a stem
// in e.
func (g *guesses) eStem(s string, cost int) {
	b := s[:len(s)-1]
	switch c := at(b, 0); c {
	case 'l', 'r', 'n':
		body := b[:len(b)-1]
		if len(body) > 1 && isVowel(at(body, 0)) {
			for _, w := range toWeak(body) {
				g.add(withA(w.stem+string([]byte{c, c}), ""), cost+w.cost)
			}
		}
		if c == 'n' && len(body) > 2 && at(body, 0) == 'e' {
			for _, w := range toWeak(body) {
				g.add(withA(w.stem, "t"), cost+w.cost)
			}
		}
	case 's':
		switch {
		case strings.HasSuffix(b, "its"):
			g.add(withA(b[:len(b)-1], ""), cost-1)
			g.add(withA(b[:len(b)-2], "t"), cost)
		case strings.HasSuffix(b, "ks"):
			g.add(withA(b[:len(b)-2], "st"), cost+3)
		default:
			g.add(withA(b, "t"), cost)
		}
	}
}

// contracted adds the infinitives in -ata, -uta, -ota, -eta for a stem that
// ends in a: 'tapaa', 'halua', 'tarjoa', 'rupea'.
func (g *guesses) contracted(s string, cost int) {
	last, before := at(s, 0), at(s, 1)
	if last != 'a' && last != aUml || !isVowel(before) || len(s) < 4 {
		return
	}
	stem := s[:len(s)-1]
	extra := 0
	if before == 'i' || before == 'e' {
		extra = 3
	}
	for _, w := range toWeak(stem) {
		g.add(withA(w.stem, "t"), cost+w.cost+extra)
	}
}

// past adds infinitives for a past stem without its i: 'anno', 'puhu', 'tul',
// 'halus', 'ymmärs'.
func (g *guesses) past(s string, weak bool, cost int) {
	if len(s) < 2 {
		return
	}
	a, _, _ := harmony(s)
	last := at(s, 0)
	switch {
	case last == 'o':
		g.verbStem(s[:len(s)-1]+"a", weak, cost)
		g.verbStem(s, weak, cost+1)
		g.vowelPast(s, cost)
	case isVowel(last):
		g.verbStem(s, weak, cost)
		g.vowelPast(s, cost)
	case last == 's':
		stem := s[:len(s)-1]
		if isVowel(at(stem, 0)) {
			for _, w := range toWeak(stem) {
				g.add(withA(w.stem, "t"), cost+w.cost)
			}
			g.add(withA(withA(stem, "t"), ""), cost+1)
		} else {
			g.add(withA(withA(stem, "t"), ""), cost)
		}
		g.verbStem(s+"e", weak, cost)
		g.add(withA(s+"i", ""), cost+4)
	default:
		g.verbStem(s+"e", weak, cost)
		g.verbStem(s+"i", weak, cost+2)
		g.verbStem(s+string([]byte{a}), weak, cost+1)
	}
}

// vowelPast handles the short verbs: 'sai', 'joi', 'söi', 'vei', 'imuroi'.
func (g *guesses) vowelPast(s string, cost int) {
	switch s {
	case "sa", "ja", "na", "j\xe4":
		g.add(withA(s+string([]byte{at(s, 0)}), "d"), cost)
	case "jo", "tuo", "suo", "to", "luo", "lo", "so":
		g.add(strings.TrimSuffix(s, "o")+"uoda", cost)
	case "s\xf6", "ly\xf6", "l\xf6":
		g.add(strings.TrimSuffix(s, "\xf6")+"y\xf6d\xe4", cost)
	case "ve":
		g.add("vied\xe4", cost)
	}
	if len(s) > 3 {
		g.add(withA(s+"i", "d"), cost+2)
	}
}

// conditional adds infinitives for a conditional stem: 'anta', 'luk', 'tul',
// 'halua', 'tapa', 'sa'.
func (g *guesses) conditional(s string, cost int) {
	if len(s) < 2 {
		return
	}
	g.vowelPast(s, cost)
	if !isVowel(at(s, 0)) {
		g.verbStem(s+"e", false, cost)
		g.add(withA(s+"i", ""), cost+1)
		return
	}
	g.verbStem(s, false, cost)
	if c := at(s, 0); (c == 'a' || c == aUml) && !isVowel(at(s, 1)) && len(s) > 2 {
		g.contracted(s+string([]byte{c}), cost)
	}
}

// passive adds infinitives for what stands before -ttiin, -ttu: 'anne',
// 'puhu', 'halu', 'tava'.
func (g *guesses) passive(s string, cost int) {
	if len(s) < 2 || !isVowel(at(s, 0)) || at(s, 0) == at(s, 1) || isDiphthong(at(s, 1), at(s, 0)) {
		return
	}
	g.add(withA(s, "t"), cost+1)
	if at(s, 0) == 'e' {
		a, _, _ := harmony(s)
		g.verbStem(s[:len(s)-1]+string([]byte{a}), true, cost)
	}
	g.verbStem(s, true, cost)
}

// shortPassive adds infinitives for what stands before -tiin, -tu: 'tul',
// 'men', 'nous', 'syö'.
func (g *guesses) shortPassive(s string, cost int) {
	switch c := at(s, 0); c {
	case 'l', 'n', 'r':
		g.add(withA(s+string([]byte{c}), ""), cost)
	case 's':
		g.add(withA(s, "t"), cost)
	default:
		if len(s) > 1 && isVowel(c) && isVowel(at(s, 1)) {
			g.add(withA(s, "d"), cost)
		}
	}
}

// infinitive adds s + a where that is an infinitive.
func (g *guesses) infinitive(s string, cost int) {
	if len(s) < 2 {
		return
	}
	last, before := at(s, 0), at(s, 1)
	switch {
	case isVowel(last):
		g.add(withA(s, ""), cost+1)
		if last == 'i' {
			g.add(withA(s[:len(s)-1]+"e", ""), cost+1)
		}
	case last == before && strings.IndexByte("lnr", last) >= 0, last == 't', last == 'd' && isVowel(before):
		g.add(withA(s, ""), cost)
	}
}

// participle adds infinitives for what stands before -nut: 'anta', 'tul',
// 'halun', 'tarvin', 'nous', 'syö'.
func (g *guesses) participle(s string, cost int) {
	if len(s) < 2 {
		return
	}
	switch c := at(s, 0); {
	case isVowel(c):
		g.verbStem(s, false, cost)
	case c == 'l' || c == 'r':
		g.add(withA(s+string([]byte{c}), ""), cost)
	case c == 's':
		g.add(withA(s, "t"), cost)
	case c == 'n':
		g.add(withA(s+"n", ""), cost+1)
		if isVowel(at(s, 1)) {
			g.add(withA(s[:len(s)-1], "t"), cost)
		}
	case c == 't':
		g.add(withA(s, ""), cost)
	}
}
