package demo

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"time"

	"avokoodi/coding"
	"avokoodi/themes"
)

// RoundsSlug is the slug of the small demonstration of two rounds.
const RoundsSlug = "demo-rounds"

// demoRound is one round of it: how many answered in each language, and the themes that were in the air, which come up more often.
type demoRound struct {
	key  string
	n    [3]int // fi, sv, en
	more []string
}

var demoRounds = []demoRound{
	{"2024", [3]int{190, 16, 14}, []string{"refugee-services", "ukrainian-material", "communication", "contact-persons", "low-threshold"}},
	{"2026", [3]int{170, 16, 14}, []string{"employment", "wellbeing-counties", "association-funding", "language-learning", "new-actors"}},
}

// twoRounds makes a small project of one question that was asked twice, of other people each time, so that the pages about rounds
// have something to show. Its answers are those of the demonstration.
func (m *maker) twoRounds(ctx context.Context, c content) error {
	p, err := m.svc.CreateProject(ctx, coding.Operator, coding.Project{Slug: RoundsSlug, Synthetic: true, Name: coding.Text{
		FI: "Kumppanuusbarometri 2024 ja 2026, yksi kysymys", SV: "Partnerskapsbarometern 2024 och 2026, en fråga", EN: "Partnership barometer 2024 and 2026, one question"}})
	if err != nil {
		return err
	}
	rnd := rand.New(rand.NewPCG(2024, 2026))
	m.people, m.ids = nil, nil
	at := slices.IndexFunc(c.questions, func(q coding.Question) bool { return q.Key == "q11a" })
	nature := slices.IndexFunc(c.variables, func(v coding.Variable) bool { return v.Key == "nature" })
	if at < 0 || nature < 0 {
		return fmt.Errorf("two rounds: no question or variable")
	}
	for _, round := range demoRounds {
		people := drawRound(rnd, round, c, len(c.variables[nature].Categories))
		m.people = append(m.people, people...)
		_, err := m.svc.Import(ctx, p.ID, coding.Operator, coding.Batch{File: "demonstration " + round.key, SHA256: "demonstration " + round.key, Profile: "demonstration",
			Round:     coding.Round{Key: round.key, Label: coding.Text{FI: round.key, SV: round.key, EN: round.key}, Kind: coding.RoundSurvey},
			Questions: c.questions[at : at+1], Variables: c.variables[nature : nature+1], Rows: roundRows(people)}, nil)
		if err != nil {
			return err
		}
	}
	if err := m.codebook(ctx, p.ID, c); err != nil {
		return err
	}
	if err := m.readIDs(ctx, p.ID); err != nil {
		return err
	}
	who, err := someone(ctx, m.svc, coding.NewPerson{Name: "aino"})
	if err != nil {
		return err
	}
	for i, x := range m.people {
		*m.clock = m.clock.Add(40 * time.Second)
		if m.clock.After(m.now) {
			*m.clock = m.now
		}
		if err := m.judge(ctx, p.ID, who.ID, m.ids[i]["q11a"], x.answers["q11a"], 0); err != nil {
			return err
		}
	}
	return nil
}

// drawRound deals texts out to the respondents of a round; those with a theme that was in the air are drawn three times as often.
func drawRound(rnd *rand.Rand, round demoRound, c content, classes int) []person {
	var out []person
	for k, l := range themes.Langs {
		var deck []written
		for _, w := range c.answers[l] {
			if w.question != "q11a" && w.question != "q11b" {
				continue
			}
			w.question, w.quote = "q11a", nil
			deck = append(deck, w)
			if slices.ContainsFunc(w.themes, func(t string) bool { return slices.Contains(round.more, t) }) {
				deck = append(deck, w, w)
			}
		}
		for range round.n[k] {
			one := person{external: fmt.Sprintf("%s-%03d", round.key, len(out)+1), lang: l, values: []int{rnd.IntN(classes)}}
			one.answers = map[string]written{"q11a": deck[rnd.IntN(len(deck))]}
			out = append(out, one)
		}
	}
	return out
}

func roundRows(people []person) iter.Seq2[coding.BatchRow, error] {
	return func(yield func(coding.BatchRow, error) bool) {
		for _, p := range people {
			row := coding.BatchRow{External: p.external, Answers: []coding.BatchAnswer{{Language: p.lang, Text: p.answers["q11a"].text}},
				Values: []coding.BatchValue{{Category: p.values[0]}}}
			if !yield(row, nil) {
				return
			}
		}
	}
}
