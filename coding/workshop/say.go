package workshop

import (
	"fmt"
	"math"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
)

// T is a message in a language.
func (m *Material) T(l coding.Lang, key string, args ...any) string { return m.words(l, key, args...) }

// Pick is the key of a message, or of its plain twin where the workshop is in plain language.
func (m *Material) pick(key string) string {
	if m.Plain {
		return key + "_plain"
	}
	return key
}

// CountSentence says how many named a theme, or that the number is not told.
func (m *Material) CountSentence(th Theme, l coding.Lang) string {
	switch {
	case th.Total.Suppressed == report.Primary:
		return m.T(l, m.pick("workshop.count_few"), m.Least)
	case th.Total.Suppressed != report.Shown || m.Base.Suppressed != report.Shown:
		return m.T(l, m.pick("workshop.count_hidden"))
	case th.Total.N == 0:
		return m.T(l, m.pick("workshop.count_none"))
	case m.Plain:
		return m.T(l, "workshop.count_plain", th.Total.N, m.Base.N) + " " + m.T(l, "workshop.about_"+about(th.Total.Share), inTen(th.Total.Share))
	}
	return m.T(l, "workshop.count", th.Total.N, m.Base.N, Percent(l, th.Total.Share))
}

// about is how a share is said in everyday words.
func about(share float64) string {
	switch tenths := inTen(share); {
	case share >= 0.95:
		return "all"
	case share < 0.05:
		return "few"
	case share >= 0.45 && share <= 0.55:
		return "half"
	case share >= 0.31 && share <= 0.36:
		return "third"
	case share >= 0.23 && share <= 0.27:
		return "quarter"
	case tenths == 1:
		return "tenth"
	}
	return "tenths"
}

func inTen(share float64) int { return int(math.Round(share * 10)) }

// Number is a cell as it is written: the number, '<5', or '–' for one that is hidden for the sake of others.
func (m *Material) Number(c report.Cell) string {
	switch c.Suppressed {
	case report.Primary:
		return fmt.Sprintf("<%d", m.Least)
	case report.Secondary:
		return "–"
	}
	return fmt.Sprint(c.N)
}

// Percent writes a share as whole per cent.
func Percent(l coding.Lang, share float64) string {
	n := math.Floor(100*share + 0.5 + 1e-9) // halves upwards, as the programs that draw the charts
	if l == "en" {
		return fmt.Sprintf("%.0f%%", n)
	}
	return fmt.Sprintf("%.0f\u00a0%%", n)
}

// About says what was counted: the survey, the question, the round, how many answered.
func (m *Material) About(l coding.Lang) string {
	parts := []string{m.Project.Name.In(l)}
	if m.Round != nil {
		if name := m.Round.Label.In(l); name != "" {
			parts[0] += " " + name
		}
	}
	if m.Question != nil {
		parts = append(parts, m.Question.Name(l))
	}
	if m.Base.Suppressed == report.Shown {
		parts = append(parts, m.T(l, "workshop.base", m.Base.N))
	}
	return strings.Join(parts, " · ")
}

// Step is an item of the agenda with its time.
type Step struct {
	coding.WorkshopStep
	From, To int // minutes from midnight, or from the beginning where no time was given
}

func (m *Material) steps() []Step {
	at := m.starts()
	var out []Step
	for _, st := range m.Agenda {
		out = append(out, Step{st, at, at + st.Minutes})
		at += st.Minutes
	}
	return out
}

// starts is when the workshop begins, in minutes from midnight; 0 where that is not said.
func (m *Material) starts() int {
	var h, min int
	if n, err := fmt.Sscanf(strings.Replace(m.Start, ":", ".", 1), "%d.%d", &h, &min); n == 2 && err == nil {
		return 60*h + min
	}
	return 0
}

// Minutes is how long the workshop is.
func (m *Material) Minutes() int {
	sum := 0
	for _, st := range m.Agenda {
		sum += st.Minutes
	}
	return sum
}

// Clock writes a moment of the agenda: '9.05', '9:05' in English, or '+25 min' where no start was given.
func (m *Material) Clock(l coding.Lang, at int) string {
	if m.Start == "" {
		return fmt.Sprintf("%d", at)
	}
	at %= 24 * 60
	dot := "."
	if l == "en" {
		dot = ":"
	}
	return fmt.Sprintf("%d%s%02d", at/60, dot, at%60)
}

// When is the time of an item: '9.05–9.20', or '5–20 min'.
func (m *Material) When(l coding.Lang, st Step) string {
	when := m.Clock(l, st.From) + "–" + m.Clock(l, st.To)
	if m.Start == "" {
		when += "\u00a0min"
	}
	return when
}

// StepTitle is what an item is called.
func (m *Material) StepTitle(l coding.Lang, st coding.WorkshopStep) string {
	if t := st.Title.In(l); t != "" {
		return t
	}
	return m.T(l, "workshop.step_"+st.Kind)
}

// StepHow tells the facilitator how an item goes; "" for one of no kind.
func (m *Material) StepHow(l coding.Lang, st coding.WorkshopStep) string {
	if st.Kind == "other" {
		return ""
	}
	return m.T(l, m.pick("workshop.how_"+st.Kind))
}

// GroupSizes is how many groups of which size the participants make, the larger first.
func (m *Material) GroupSizes() []int {
	if m.People <= 0 || m.Workshop.Groups <= 0 {
		return nil
	}
	return sets.Even(m.People, m.Workshop.Groups)
}

// GroupWords tells how the groups are formed, in sentences.
func (m *Material) GroupWords(l coding.Lang) []string {
	var out []string
	if sizes := m.GroupSizes(); len(sizes) > 0 {
		most, least := sizes[0], sizes[0]
		for _, n := range sizes {
			most, least = max(most, n), min(least, n)
		}
		if most == least {
			out = append(out, m.T(l, "workshop.groups_even", len(sizes), most))
		} else {
			out = append(out, m.T(l, "workshop.groups_uneven", len(sizes), least, most))
		}
	}
	forming := m.Forming
	if forming == "" {
		forming = coding.GroupMixed
	}
	for i := 1; i <= 3; i++ {
		out = append(out, m.T(l, fmt.Sprintf("%s_%d", m.pick("workshop.form_"+string(forming)), i), max(m.Workshop.Groups, 1)))
	}
	return out
}
