package suggest

import "slices"

// rule is how probabilities become a set of themes.
type rule int

const (
	byThreshold rule = iota // the themes over their threshold
	atLeastOne              // and the likeliest where none is
	justOne                 // the likeliest, since every example has one theme
)

// ruleFor chooses by the held-out answers: by how many examples have one theme, and by F1 over all themes.
func (m *Model) ruleFor(byTheme [][]judged) rule {
	if len(byTheme) == 0 || len(byTheme[0]) == 0 {
		return byThreshold
	}
	answers := len(byTheme[0])
	single, scored := true, [2]tally{}
	for i := range answers {
		list := make([]Suggestion, len(byTheme))
		themes := 0
		for t := range byTheme {
			list[t] = Suggestion{Theme: m.themes[t].id, P: byTheme[t][i].p, place: t}
			if byTheme[t][i].has {
				themes++
			}
		}
		single = single && themes == 1
		rank(list)
		for r := range scored {
			m.decide(list, rule(r))
			for _, s := range list {
				scored[r].add(s.Likely, byTheme[s.place][i].has)
			}
		}
	}
	switch {
	case single:
		return justOne
	case scored[atLeastOne].f1() > scored[byThreshold].f1():
		return atLeastOne
	}
	return byThreshold
}

// decide sets Likely in a ranked list.
func (m *Model) decide(list []Suggestion, r rule) {
	any := false
	for i := range list {
		s := &list[i]
		s.Likely = r != justOne && s.P >= m.themes[s.place].threshold
		any = any || s.Likely
	}
	if !any && r != byThreshold && len(list) > 0 {
		list[0].Likely = true
	}
}

// rank puts the likeliest first; equals stay in the order of the codebook.
func rank(list []Suggestion) {
	slices.SortStableFunc(list, func(a, b Suggestion) int {
		switch {
		case a.P > b.P:
			return -1
		case a.P < b.P:
			return 1
		}
		return a.place - b.place
	})
}
