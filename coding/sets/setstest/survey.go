package setstest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"strings"

	"avokoodi/coding"
	"avokoodi/themes"
)

// Size tells how large a survey to make.
type Size struct {
	Respondents int
	Questions   int
	Themes      int
	Coders      int
	Codings     int   // about so many
	Categories  []int // number of categories of each variable; the last respondent of five has no value
	Rounds      int
	Blank       float64 // share of answers left blank
	Seed        uint64
}

// Large is the size that the figures of the issues speak of.
func Large() Size {
	return Size{Respondents: 100_000, Questions: 4, Themes: 60, Coders: 4, Codings: 1_000_000,
		Categories: []int{20, 9, 19, 4, 3}, Rounds: 2, Seed: 1}
}

// Survey is a project in a store, with what was put there.
type Survey struct {
	Store   *Store
	Project coding.Project
	size    Size
	rng     *rand.Rand
}

// NewSurvey makes a project in the store. Everything is made by chance from the seed; small groups come about since
// categories and themes get rarer with their number.
func NewSurvey(store *Store, size Size) *Survey {
	sv := &Survey{Store: store, size: size, rng: rand.New(rand.NewPCG(size.Seed, 7))}
	store.mu.Lock()
	defer store.mu.Unlock()
	t := tx{reader{s: store}}
	sv.Project, _ = t.CreateProject(context.Background(), coding.Project{Slug: fmt.Sprint("survey-", len(store.projects)+1),
		Name: coding.Text{FI: "Kysely", SV: "Enkät", EN: "Survey"}, Threshold: coding.DefaultThreshold, Created: At})
	for i := range size.Coders {
		if _, ok := store.people[coding.PersonID(i+1)]; !ok {
			name := fmt.Sprint("coder", i+1)
			_, _ = t.SavePerson(context.Background(), coding.Person{Name: name, Display: "Coder " + fmt.Sprint(i+1), Role: coding.RoleAnalyst})
		}
	}
	sv.structure(t)
	for r := range size.Rounds {
		sv.fill(t, r, size.Respondents/size.Rounds)
	}
	sv.judge()
	return sv
}

func (sv *Survey) put(t tx, entity any) int64 {
	id, err := t.Put(context.Background(), &coding.Step{Project: sv.Project.ID}, nil, entity)
	if err != nil {
		panic(err)
	}
	return id
}

func (sv *Survey) structure(t tx) {
	for i := range sv.size.Rounds {
		sv.put(t, coding.Round{Key: fmt.Sprint(2020 + 2*i), Label: themes.Same(fmt.Sprint(2020 + 2*i)), Order: i, Kind: coding.RoundSurvey})
	}
	for i := range sv.size.Questions {
		key := fmt.Sprint("q", i+1)
		sv.put(t, coding.Question{Key: key, Label: coding.Text{FI: "Kysymys " + key, SV: "Fråga " + key, EN: "Question " + key}, Order: i})
	}
	for i, n := range sv.size.Categories {
		key := fmt.Sprint("v", i+1)
		v := coding.VariableID(sv.put(t, coding.Variable{Key: key, Label: coding.Text{FI: "Muuttuja " + key, EN: "Variable " + key}, Order: i}))
		for c := range n {
			key := fmt.Sprintf("%s-%d", key, c+1)
			sv.put(t, coding.Category{Variable: v, Key: key, Label: coding.Text{FI: "Luokka " + key, SV: "Klass " + key, EN: "Class " + key}, Order: c})
		}
	}
	var parent coding.ThemeID
	for i := range sv.size.Themes {
		key := fmt.Sprint("teema-", i+1)
		th := coding.Theme{Key: key, Label: coding.Text{FI: "Teema " + fmt.Sprint(i+1), SV: "Tema " + fmt.Sprint(i+1), EN: "Theme " + fmt.Sprint(i+1)},
			Hue: i%themes.Hues + 1, Order: i, Version: 1}
		if i%4 != 0 {
			th.Parent = parent
		}
		id := coding.ThemeID(sv.put(t, th))
		if i%4 == 0 {
			parent = id
		}
	}
}

// AddImport brings in n more respondents of the last round, as an import does.
func (sv *Survey) AddImport(n int) {
	sv.Store.mu.Lock()
	defer sv.Store.mu.Unlock()
	sv.fill(tx{reader{s: sv.Store}}, sv.size.Rounds-1, n)
}

var words = []string{"yhteistyö", "resurssit", "tiedonkulku", "svenska tjänster", "hyvä", "aika", "työllisyys", "lapset ja nuoret", "koordinaatio", "=yhteys", "-", "kanssa"}

func (sv *Survey) fill(t tx, round, n int) {
	ctx := context.Background()
	in := sv.Store.projects[sv.Project.ID]
	first := coding.Import{Round: in.rounds[round].ID, File: fmt.Sprintf("file-%d.csv", len(in.imports)+1), At: At}
	imp := first
	imp.ID = coding.ImportID(sv.put(t, first))
	for range n {
		one := []coding.Respondent{{Round: imp.Round, Import: imp.ID, External: fmt.Sprintf("r%06d", len(in.respondents)+1)}}
		_ = t.AddRespondents(ctx, sv.Project.ID, one)
		var values []coding.Value
		for _, v := range in.variables {
			if !v.Derived() && sv.rng.IntN(20) > 0 {
				c := v.Categories[sv.few(len(v.Categories))]
				values = append(values, coding.Value{Respondent: one[0].ID, Category: c.ID})
			}
		}
		_ = t.AddValues(ctx, sv.Project.ID, values)
		lang := []coding.Lang{"fi", "fi", "fi", "fi", "fi", "fi", "sv", "sv", "en", ""}[sv.rng.IntN(10)]
		var answers []coding.Answer
		for _, q := range in.questions {
			if sv.rng.Float64() < sv.size.Blank {
				continue
			}
			text := words[sv.rng.IntN(len(words))] + " " + words[sv.rng.IntN(len(words))]
			answers = append(answers, coding.Answer{Question: q.ID, Round: imp.Round, Respondent: one[0].ID, Import: imp.ID,
				Language: lang, Mixed: sv.rng.IntN(30) == 0, Confidence: 37 * len(text) % 101, Text: text})
		}
		_ = t.AddAnswers(ctx, sv.Project.ID, answers)
		imp.Respondents++
		imp.Answers += len(answers)
	}
	before := imp
	before.Respondents, before.Answers = 0, 0
	_, _ = t.Put(ctx, &coding.Step{Project: sv.Project.ID}, before, imp)
}

// few is a number below n; small numbers are the likelier.
func (sv *Survey) few(n int) int { return int(float64(n) * sv.rng.Float64() * sv.rng.Float64()) }

// judge puts the codings, marks, memos and quotes straight into the store, past the change log, as if it had been read.
func (sv *Survey) judge() {
	in := sv.Store.projects[sv.Project.ID]
	if len(in.answers) == 0 || sv.size.Coders == 0 || len(in.themes) == 0 {
		return
	}
	seen := map[[3]int64]bool{}
	coded := map[[2]int64]bool{}
	for range sv.size.Codings {
		a := in.answers[sv.rng.IntN(len(in.answers))]
		th := in.themes[sv.few(len(in.themes))].ID
		who := coding.PersonID(sv.few(sv.size.Coders) + 1)
		key := [3]int64{int64(a.ID), int64(th), int64(who)}
		if seen[key] {
			continue
		}
		seen[key], coded[[2]int64{int64(a.ID), int64(who)}] = true, true
		c := coding.Coding{ID: coding.CodingID(sv.Store.next(coding.KindCoding)), Answer: a.ID, Theme: th, Coder: who,
			Source: coding.ByPerson, Version: 1, At: At}
		if sv.rng.IntN(3) == 0 {
			c.Evidence = []coding.Span{{Start: 0, End: 3}}
		}
		in.codings = append(in.codings, c)
	}
	for _, a := range in.answers {
		who := coding.PersonID(sv.rng.IntN(sv.size.Coders) + 1)
		if sv.rng.IntN(12) == 0 && !coded[[2]int64{int64(a.ID), int64(who)}] {
			state := coding.StateNoTheme
			if sv.rng.IntN(2) == 0 {
				state = coding.StateUnusable
			}
			in.marks = append(in.marks, coding.Mark{ID: coding.MarkID(sv.Store.next(coding.KindMark)), Answer: a.ID, Coder: who, State: state, At: At})
		}
		if sv.rng.IntN(200) == 0 {
			in.memos = append(in.memos, coding.Memo{ID: coding.MemoID(sv.Store.next(coding.KindMemo)), On: coding.MemoAnswer,
				Target: int64(a.ID), Author: who, Text: "muistiinpano", At: At})
		}
		if sv.rng.IntN(40) == 0 {
			q := coding.Quote{ID: coding.QuoteID(sv.Store.next(coding.KindQuote)), Answer: a.ID, Order: len(in.quotes), By: who, At: At,
				State: coding.QuoteApproved, Source: fmt.Sprintf("%x", sha256.Sum256([]byte(a.Text))), Long: coding.Version{Said: strings.TrimSpace(a.Text)}}
			if sv.rng.IntN(4) > 0 {
				q.Theme = in.themes[sv.rng.IntN(len(in.themes))].ID
			}
			in.quotes = append(in.quotes, q)
		}
	}
}
