package handout

import (
	"fmt"
	"io"
	"math"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/exporter/ooxml"
	"avokoodi/coding/report"
	"avokoodi/coding/workshop"
)

// How much a slide holds.
const (
	slideQuotes  = 3
	slideLetters = 620 // of quotes
)

// Slide is one slide, as presentations and the browser's presenter show it.
type Slide struct {
	Kind     SlideKind
	Title    string
	Titles   []Line          // in the further languages
	Theme    *workshop.Theme // nil for one about the whole
	Lines    []Line
	Quotes   []SlideQuote
	Chart    *ooxml.Chart
	Note     string           // at the foot: what is counted
	Speech   string           // for the speaker alone
	Minutes  int              // that the speaker has; 0 is not said
	Numbered bool             // the lines are counted
	All      []workshop.Theme // whose symbols it shows: on the first and the last
}

// SlideKind is what a slide is for.
type SlideKind string

// Kinds of slides.
const (
	SlideOpening   SlideKind = "opening"
	SlideAgenda    SlideKind = "agenda"
	SlideOverview  SlideKind = "overview"
	SlideTheme     SlideKind = "theme"
	SlideQuotes    SlideKind = "quotes"
	SlideQuestions SlideKind = "questions"
	SlideMissing   SlideKind = "missing"
	SlideEnd       SlideKind = "end"
)

// Line is a text in a language.
type Line struct {
	Text string
	Lang coding.Lang
	Soft bool // of a further language
}

// SlideQuote is a quote with its marks and who said it.
type SlideQuote struct {
	Line
	By string
}

// Slides are the slides of a workshop, in order.
func Slides(m *workshop.Material) []Slide {
	l := m.Langs[0]
	out := []Slide{{Kind: SlideOpening, Title: m.Name, All: m.Themes, Titles: lines(m, m.About), Speech: strings.Join([]string{m.StepHow(l, coding.WorkshopStep{Kind: "welcome"}), m.T(l, "workshop.numbers_how", m.Least)}, "\n")}}
	if len(m.Steps) > 0 {
		s := slideOf(m, SlideAgenda, "workshop.agenda")
		for _, st := range m.Steps {
			var titles []string
			for _, one := range m.Langs {
				if title := m.StepTitle(one, st.WorkshopStep); !contains(titles, title) {
					titles = append(titles, title)
				}
			}
			s.Lines = append(s.Lines, Line{Text: m.When(l, st) + "\u2002" + strings.Join(titles, " · "), Lang: l})
			s.Speech += m.When(l, st) + ": " + m.StepTitle(l, st.WorkshopStep) + ". " + m.StepHow(l, st.WorkshopStep) + " " + st.Note + "\n"
		}
		out = append(out, s)
	}
	if len(m.Themes) > 1 {
		s := slideOf(m, SlideOverview, "workshop.overview")
		s.Chart, s.Note = ptr(overview(m, -1)), m.About(l)
		s.Speech = m.StepHow(l, coding.WorkshopStep{Kind: "results"}) + "\n" + m.T(l, "workshop.numbers_how", m.Least)
		out = append(out, s)
	}
	for i := range m.Themes {
		out = append(out, themeSlides(m, &m.Themes[i])...)
	}
	if m.Blank {
		s := slideOf(m, SlideMissing, "workshop.missing")
		for i, one := range m.Langs {
			s.Lines = append(s.Lines, Line{m.T(one, plain(m, "workshop.missing_say")), one, i > 0})
		}
		out = append(out, s)
	}
	end := slideOf(m, SlideEnd, "workshop.thanks")
	end.All = m.Themes
	for i, one := range m.Langs {
		end.Lines = append(end.Lines, Line{m.T(one, "workshop.next"), one, i > 0})
	}
	end.Speech = m.StepHow(l, coding.WorkshopStep{Kind: "summary"})
	return append(out, end)
}

func ptr[T any](v T) *T { return &v }

// lines is the further languages of what say says.
func lines(m *workshop.Material, say func(coding.Lang) string) []Line {
	var out []Line
	for i, l := range m.Langs {
		out = append(out, Line{say(l), l, i > 0})
	}
	return out
}

// slideOf begins a slide whose title is a message.
func slideOf(m *workshop.Material, kind SlideKind, key string) Slide {
	s := Slide{Kind: kind, Title: m.T(m.Langs[0], key)}
	for _, l := range m.Langs[1:] {
		s.Titles = append(s.Titles, Line{m.T(l, key), l, true})
	}
	return s
}

// themeSlides are the numbers of a theme, its quotes and its questions.
func themeSlides(m *workshop.Material, th *workshop.Theme) []Slide {
	l := m.Langs[0]
	begin := func(kind SlideKind) Slide {
		s := Slide{Kind: kind, Title: th.Theme.Label.In(l), Theme: th, Speech: th.Chosen.Note}
		for _, other := range m.Langs[1:] {
			if text := th.Theme.Label.Exact(other); text != "" {
				s.Titles = append(s.Titles, Line{text, other, true})
			}
		}
		return s
	}
	first := begin(SlideTheme)
	for i, one := range m.Langs {
		first.Lines = append(first.Lines, Line{m.CountSentence(*th, one), one, i > 0})
	}
	if def := th.Theme.Definition.Exact(l); def != "" && !m.Plain {
		first.Speech = strings.TrimSpace(def + "\n" + first.Speech)
	}
	first.Note = m.About(l)
	if len(th.Groups) > 0 {
		first.Chart = ptr(groupChart(m, *th))
		first.Note += " · " + m.T(l, "workshop.hidden_why", m.Least)
	} else if m.Base.Suppressed == report.Shown {
		first.Chart = ptr(overview(m, th.N-1))
	}
	out := []Slide{first}
	var now *Slide
	letters := 0
	for _, q := range th.Quotes {
		said := versions(m, q)
		n := 0
		for _, v := range said {
			n += len([]rune(v.said))
		}
		if now == nil || len(now.Quotes) >= slideQuotes || letters+n > slideLetters {
			out = append(out, begin(SlideQuotes))
			now, letters = &out[len(out)-1], 0
		}
		for i, v := range said {
			one := SlideQuote{Line: Line{v.said, v.lang, i > 0}}
			if i == 0 {
				one.By = q.Attribution.In(l)
			}
			now.Quotes = append(now.Quotes, one)
		}
		letters += n
	}
	asks := begin(SlideQuestions)
	asks.Numbered = true
	for i, one := range m.Langs {
		for _, q := range th.Questions {
			asks.Lines = append(asks.Lines, Line{q.In(one), one, i > 0})
		}
	}
	asks.Speech = strings.TrimSpace(m.StepHow(l, coding.WorkshopStep{Kind: "discuss"}) + "\n" + th.Chosen.Note)
	return append(out, asks)
}

// overview is a bar for each theme of the workshop; at is the one that stands out, -1 for all alike. Numbers that are hidden have no bar.
func overview(m *workshop.Material, at int) ooxml.Chart {
	l := m.Langs[0]
	c := ooxml.Chart{Kind: ooxml.Bars, Alt: m.T(l, "workshop.chart_alt"), Lang: string(l), Series: []ooxml.Series{{Name: m.T(l, "workshop.series")}}}
	for i, th := range m.Themes {
		color := chart.Line(th.Theme.Hue)
		if at >= 0 && i != at {
			color = pale
		}
		value, mark := float64(th.Total.N), ""
		if th.Total.Suppressed != report.Shown {
			value, mark = math.NaN(), m.Number(th.Total)
		}
		name := shorter(th.Theme.Label.In(l), 60)
		if mark != "" {
			name += " (" + mark + ")"
		}
		c.Categories = append(c.Categories, name)
		c.Colors = append(c.Colors, color)
		c.Series[0].Values = append(c.Series[0].Values, value)
		c.Series[0].Marks = append(c.Series[0].Marks, mark)
	}
	return c
}

// groupChart is a bar for each group: what part of it named the theme.
func groupChart(m *workshop.Material, th workshop.Theme) ooxml.Chart {
	l := m.Langs[0]
	c := ooxml.Chart{Kind: ooxml.Bars, Alt: m.T(l, "workshop.chart_alt"), Lang: string(l), Percent: true, Series: []ooxml.Series{{Name: m.T(l, "workshop.share"), Color: chart.Line(th.Theme.Hue)}}}
	for _, g := range th.Groups {
		value, mark := g.Cell.Share, ""
		if g.Cell.Suppressed != report.Shown {
			value, mark = math.NaN(), m.Number(g.Cell)
		}
		name := shorter(g.Label.In(l), 60)
		if mark != "" {
			name += " (" + mark + ")"
		}
		c.Categories = append(c.Categories, name)
		c.Series[0].Values = append(c.Series[0].Values, value)
		c.Series[0].Marks = append(c.Series[0].Marks, mark)
	}
	return c
}

// shorter is a name for an axis: charts cut long ones themselves, in the middle of a letter.
func shorter(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return s
}

// PPTX writes the slides as a presentation with native charts and text, and the speaker's notes.
func PPTX(w io.Writer, m *workshop.Material) error {
	l := m.Langs[0]
	d := ooxml.NewDeck(ooxml.Meta{Title: m.Name, Subject: m.About(l), Lang: string(l)})
	foot := m.Name
	if m.Project.Synthetic {
		foot += " · " + m.T(l, "workshop.synthetic")
	}
	d.Footer(foot)
	for _, s := range Slides(m) {
		s.add(d)
	}
	if _, err := d.WriteTo(w); err != nil {
		return fmt.Errorf("slides: %w", err)
	}
	return nil
}

// add adds a slide to a presentation. The names in further languages stand below that in the first.
func (s Slide) add(d *ooxml.Deck) {
	var out *ooxml.Slide
	if s.Kind == SlideOpening || s.Kind == SlideEnd {
		var under []string
		for _, t := range append(s.Titles, s.Lines...) {
			under = append(under, t.Text)
		}
		out = d.TitleSlide(s.Title, strings.Join(under, "\n"))
	} else {
		title := s.Title
		for i, t := range s.Titles {
			title += []string{"\n", " · "}[min(i, 1)] + t.Text
		}
		out = d.Slide(title)
		for i, t := range s.Lines {
			text := t.Text
			if s.Numbered {
				n := len(s.Lines)
				for _, o := range s.Lines {
					if o.Soft {
						n--
					}
				}
				text = fmt.Sprintf("%d  %s", i%max(n, 1)+1, text)
			}
			out.TextIn(text, string(t.Lang), t.Soft)
		}
		for _, q := range s.Quotes {
			if q.Soft {
				out.Also(q.Text, string(q.Lang))
				continue
			}
			out.Quote(q.Text, q.By, string(q.Lang))
		}
	}
	for _, th := range s.All {
		out.Marks(symbols[th.Symbol].preset, chart.Line(th.Theme.Hue))
	}
	if s.Theme != nil {
		out.Mark(symbols[s.Theme.Symbol].preset, chart.Ink(s.Theme.Theme.Hue))
	}
	if s.Chart != nil {
		out.Chart(*s.Chart)
	}
	if s.Note != "" {
		out.Note(s.Note)
	}
	if speech := strings.TrimSpace(s.Speech); speech != "" {
		out.Speak(speech)
	}
}
