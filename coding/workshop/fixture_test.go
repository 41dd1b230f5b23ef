package workshop_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sqlstore"
	"avokoodi/coding/workshop"
	"avokoodi/themes"
)

// hall is a survey of one question: forty respondents, twenty of them associations, one of which is in Lapland.
type hall struct {
	*testing.T
	svc     *coding.Service
	desk    *quotes.Desk
	mk      *workshop.Maker
	p       coding.Project
	ann     coding.PersonID // a lead
	answers []coding.AnswerID
	vars    []coding.Variable
	themes  map[string]coding.ThemeID
}

// keys says what was asked for: the key and its arguments.
func keys(l coding.Lang, key string, args ...any) string {
	return strings.TrimSpace(fmt.Sprint(l, " ", key, " ", args))
}

func newHall(t *testing.T) *hall {
	t.Helper()
	ctx := t.Context()
	store, err := sqlstore.Open(ctx, filepath.Join(t.TempDir(), "w.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	h := &hall{T: t, svc: coding.NewService(store, nil), themes: map[string]coding.ThemeID{}}
	boards := sets.New(store)
	h.desk, h.mk = quotes.New(h.svc, boards.Sharing), workshop.NewMaker(store, report.New(boards), keys)
	h.p, err = h.svc.CreateProject(ctx, coding.Operator, coding.Project{Slug: "w", Name: themes.Same("Kysely"), Threshold: 5})
	h.ok(err)
	ann, err := h.svc.AddPerson(ctx, coding.Operator, coding.NewPerson{Name: "ann", Role: coding.RoleLead})
	h.ok(err)
	h.ann = ann.ID
	_, err = h.svc.Import(ctx, h.p.ID, coding.Operator, coding.Batch{File: "a.csv", SHA256: "1", Profile: "table", Round: coding.Round{Key: "r", Label: themes.Same("R")},
		Questions: []coding.Question{{Key: "q", Label: themes.Same("K")}},
		Variables: []coding.Variable{
			{Key: "org", Label: themes.Same("Organisaatio"), Categories: []coding.Category{{Key: "a", Label: themes.Same("Järjestö")}, {Key: "m", Label: themes.Same("Kunta")}}},
			{Key: "region", Label: themes.Same("Alue"), Categories: []coding.Category{{Key: "u", Label: themes.Same("Uusimaa")}, {Key: "l", Label: themes.Same("Lappi")}}}},
		Rows: func(yield func(coding.BatchRow, error) bool) {
			for i := range 40 {
				row := coding.BatchRow{External: fmt.Sprint("r", i), Answers: []coding.BatchAnswer{{Language: "fi", Text: fmt.Sprintf("Ääni numero %s kertoo asiansa. Sitten se jatkaa vielä.", strings.Repeat("i", i+1))}},
					Values: []coding.BatchValue{{Variable: 0, Category: i / 20}, {Variable: 1}}}
				if i == 0 {
					row.Values[1].Category = 1
				}
				if !yield(row, nil) {
					return
				}
			}
		}}, nil)
	h.ok(err)
	h.ok(store.View(ctx, func(r coding.Reader) error {
		for a, err := range r.EachAnswer(ctx, h.p.ID, 0, 0) {
			h.ok(err)
			h.answers = append(h.answers, a.ID)
		}
		h.vars, err = r.Variables(ctx, h.p.ID)
		return err
	}))
	return h
}

func (h *hall) ok(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// theme adds a theme that the answers from, to before until, have.
func (h *hall) theme(key, label string, from, until int) coding.ThemeID {
	h.Helper()
	th, err := h.svc.AddTheme(h.Context(), h.p.ID, h.ann, coding.Theme{Key: key, Label: themes.Same(label), Hue: 1})
	h.ok(err)
	if from < until {
		_, err = h.svc.ApplyTheme(h.Context(), h.p.ID, h.ann, coding.Apply{Answers: h.answers[from:until], Theme: th.ID})
		h.ok(err)
	}
	h.themes[key] = th.ID
	return th.ID
}

// quote chooses an answer; approved ones are approved by the rules of the quote desk.
func (h *hall) quote(answer int, th coding.ThemeID, approved bool) quotes.Change {
	h.Helper()
	q, err := h.svc.AddQuote(h.Context(), h.p.ID, h.ann, coding.Quote{Answer: h.answers[answer], Theme: th})
	h.ok(err)
	c := quotes.Change{Project: h.p.ID, Actor: h.ann, Quote: q.ID}
	if approved {
		_, err := h.desk.Approve(h.Context(), c, nil)
		h.ok(err)
	}
	return c
}

func (h *hall) make(w coding.Workshop) *workshop.Material {
	h.Helper()
	m, err := h.mk.Make(h.Context(), h.p.ID, w)
	h.ok(err)
	return m
}
