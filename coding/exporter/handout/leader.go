package handout

import (
	"fmt"

	"avokoodi/coding"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/exporter/paper"
	"avokoodi/coding/workshop"
)

// Facilitator is the papers of the one who leads, for each language: the timetable with how each item goes, how groups are formed, what
// to prepare, the ground rules, and the themes with their questions.
func Facilitator(m *workshop.Material) []*paper.Page {
	var out []*paper.Page
	for _, l := range m.Langs {
		s := &stack{m: m, lang: l, title: m.T(l, "workshop.facilitator")}
		s.opening()
		s.agenda()
		s.groups()
		s.list("workshop.before")
		s.list("workshop.rules")
		s.themes()
		for i, p := range s.pages {
			p.Fit(edge, foot-3, inside, 5, paper.Block{Text: fmt.Sprintf("%s · %d/%d", m.Name, i+1, len(s.pages)), Size: 7.5, Color: gray})
		}
		out = append(out, s.pages...)
	}
	return out
}

// stack puts things below each other on as many sheets as they take.
type stack struct {
	m     *workshop.Material
	lang  coding.Lang
	title string
	pages []*paper.Page
	y     float64
}

// room begins a new sheet unless so much is left, and returns the sheet.
func (s *stack) room(h float64) *paper.Page {
	if len(s.pages) == 0 || s.y+h > foot-7 {
		s.pages = append(s.pages, paper.A4(s.title, string(s.lang)))
		s.y = edge
	}
	return s.pages[len(s.pages)-1]
}

// put adds blocks to a part of the width; the height is theirs.
func (s *stack) height(w float64, blocks ...paper.Block) float64 {
	p := paper.Page{Lang: string(s.lang)}
	return min(p.HeightOf(w, blocks...), foot-7-edge)
}

func (s *stack) t(key string, args ...any) string { return s.m.T(s.lang, key, args...) }

func (s *stack) opening() {
	blocks := []paper.Block{
		{Text: s.title, Face: paper.Bold, Size: 10.5, Color: chart.Ink(7)},
		{Text: s.m.Name, Face: paper.Bold, Size: 22, Lead: 1.15, Before: 1},
		{Text: s.m.About(s.lang), Size: 10.5, Color: gray, Before: 1.5},
		{Text: s.t("workshop.numbers_how", s.m.Least), Size: 9, Color: gray, Before: 1.5},
	}
	if s.m.Project.Synthetic {
		blocks = append(blocks, paper.Block{Text: s.t("workshop.synthetic"), Size: 9, Color: gray, Before: 1})
	}
	h := min(s.height(inside, blocks...), 70)
	p := s.room(h)
	p.Fit(edge, s.y, inside, h+0.1, blocks...)
	s.y += h + 5
}

func (s *stack) heading(key string, tail string) {
	p := s.room(26)
	if s.y > edge {
		s.y += 3
	}
	p.Line(edge, s.y, edge+inside, s.y, chart.Ink(7), 0.4, 0)
	p.Fit(edge, s.y+1.5, inside, 8, paper.Block{Text: s.t(key), Face: paper.Bold, Size: 13, Color: chart.Ink(7)})
	if tail != "" {
		p.Fit(edge, s.y+2, inside, 8, paper.Block{Text: tail, Size: 10, Color: gray, Align: paper.Right})
	}
	s.y += 10
}

func (s *stack) agenda() {
	if len(s.m.Steps) == 0 {
		return
	}
	s.heading("workshop.agenda", s.t("workshop.in_all", s.m.Minutes()))
	const when = 29.0
	for _, st := range s.m.Steps {
		blocks := []paper.Block{{Text: s.m.StepTitle(s.lang, st.WorkshopStep), Face: paper.Bold, Size: sizeOf(s.m, 11), Lead: 1.2}}
		for _, text := range []string{s.m.StepHow(s.lang, st.WorkshopStep), st.Note} {
			if text != "" {
				blocks = append(blocks, paper.Block{Text: text, Size: sizeOf(s.m, 9.5), Color: gray, Before: 0.6, Lead: 1.25})
			}
		}
		h := max(s.height(inside-when-16, blocks...), 6)
		p := s.room(h)
		p.Fit(edge, s.y, when-2, 6, paper.Block{Text: s.m.When(s.lang, st), Face: paper.Bold, Size: 10.5, Lead: 1.25})
		p.Fit(edge+when, s.y, inside-when-16, h+0.1, blocks...)
		p.Fit(edge+inside-15, s.y, 15, 6, paper.Block{Text: s.t("workshop.minutes", st.Minutes), Size: 9.5, Color: gray, Align: paper.Right, Lead: 1.35})
		s.y += h + 2.6
	}
}

func (s *stack) groups() {
	s.heading("workshop.groups_how", "")
	s.bullets(s.m.GroupWords(s.lang))
}

func (s *stack) list(key string) {
	s.heading(key, "")
	var texts []string
	for i := 1; i <= 3; i++ {
		texts = append(texts, s.t(fmt.Sprintf("%s_%d", plain(s.m, key), i)))
	}
	s.bullets(texts)
}

func (s *stack) bullets(texts []string) {
	for _, text := range texts {
		b := paper.Block{Text: text, Size: sizeOf(s.m, 10.5), Mark: "•", Lead: 1.25}
		h := s.height(inside, b)
		s.room(h).Fit(edge, s.y, inside, h+0.1, b)
		s.y += h + 1.2
	}
}

// themes is what each table talks about, with the questions and what was noted for the facilitator.
func (s *stack) themes() {
	if len(s.m.Themes) == 0 {
		return
	}
	s.heading("workshop.themes_list", "")
	for _, th := range s.m.Themes {
		const left = 14.0
		sub := s.m.CountSentence(th, s.lang)
		if th.Chosen.Why != "" {
			sub += " " + s.t("workshop.why_"+string(th.Chosen.Why)) + "."
		}
		blocks := []paper.Block{
			{Text: fmt.Sprintf("%d  %s", th.N, th.Theme.Label.In(s.lang)), Face: paper.Bold, Size: 11.5, Color: chart.Ink(th.Theme.Hue), Lead: 1.2},
			{Text: sub, Size: 9.5, Color: gray, Before: 0.5, Lead: 1.25},
		}
		for _, q := range th.Questions {
			blocks = append(blocks, paper.Block{Text: q.In(s.lang), Size: sizeOf(s.m, 9.5), Mark: "–", Before: 0.5, Lead: 1.25})
		}
		if th.Chosen.Note != "" {
			blocks = append(blocks, paper.Block{Text: th.Chosen.Note, Face: paper.Italic, Size: 9.5, Before: 0.8, Lead: 1.25})
		}
		h := max(s.height(inside-left, blocks...), 11)
		p := s.room(h)
		mark(p, th.Symbol, edge, s.y+0.5, 9, chart.Ink(th.Theme.Hue), "#ffffff")
		p.Fit(edge+left, s.y, inside-left, h+0.1, blocks...)
		s.y += h + 3.4
	}
}
