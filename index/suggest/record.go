package suggest

import "avokoodi/coding"

// Record is how often a theme was suggested for answers that were held out while the model learned, and how often coders had given
// it to them. The thresholds are chosen on the same answers, so that it flatters a little; CrossValidate does not.
type Record struct{ Said, Right int }

// Worth tells whether the theme is worth suggesting: it has been right at least every second time, and five times in all.
func (r Record) Worth() bool { return r.Right >= 5 && 2*r.Right >= r.Said }

// Record is a theme's; its zero where nothing could be held out.
func (m *Model) Record(id coding.ThemeID) Record {
	for _, th := range m.themes {
		if th.id == id {
			return th.record
		}
	}
	return Record{}
}

// Total is the record of all themes together.
func (m *Model) Total() Record {
	var out Record
	for _, th := range m.themes {
		out.Said, out.Right = out.Said+th.record.Said, out.Right+th.record.Right
	}
	return out
}

// keepRecords counts by the held-out answers.
func (m *Model) keepRecords(byTheme [][]judged) {
	if len(byTheme) == 0 {
		return
	}
	list := make([]Suggestion, len(byTheme))
	for i := range byTheme[0] {
		for t := range byTheme {
			list[t] = Suggestion{Theme: m.themes[t].id, P: byTheme[t][i].p, place: t}
		}
		rank(list)
		m.decide(list, m.rule)
		for _, s := range list {
			if s.Likely {
				r := &m.themes[s.place].record
				r.Said++
				if byTheme[s.place][i].has {
					r.Right++
				}
			}
		}
	}
}
