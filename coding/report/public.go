package report

import (
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/report/guard"
	"avokoodi/coding/sets"
)

// publicOn makes a table for readers. They may ask for many, and lay them side by side, so that the tables there are must
// be protected together. They are these, each counting respondents:
//
//   - the wholes: every question, and all together, in every round, and over all rounds;
//   - one question in one round, divided by language or by one variable.
//
// The wholes are one field, decided at once. A division leaves its whole as it is, and one division tells nothing about
// another, since any two sets of margins with the same whole go together; unless the classes of the one make up those of the
// other, and then the two are decided together (linked.go). So nobody can work out more from all the tables than from the
// wholes and one such group of divisions, which guard has looked into. Anything else that a request asks, such as another
// unit, a filter or two variables, is a coding.Problem.
func publicOn(b *sets.Board, q Request) (Table, error) {
	at, err := q.publicPlace(b)
	if err != nil {
		return Table{}, err
	}
	if _, err := q.weighing(b, Respondents); err != nil {
		return Table{}, err
	}
	by, err := q.breakdown(b, q.By)
	if err != nil {
		return Table{}, err
	}
	f, err := q.scope(b)
	if err != nil {
		return Table{}, err
	}
	t := &Table{Project: b.Project(), Seq: b.Seq(), Unit: Respondents, Net: q.Net, Order: q.Order, Scope: q.named(b, f), By: by, Public: true,
		Threshold: max(q.Threshold, b.Project().Threshold)}
	c := &counter{board: b, unit: Respondents, answers: b.Answers(f)}
	kept := wholesKept(b, t.Threshold)
	w, m, h := kept.wholes, kept.measures, kept.hiding
	if by == nil || by.Kind == ByQuestion || by.Kind == ByRound {
		t.fill(b.Tree(), w.seen(t, b, at), m, h)
	} else {
		division, err := divide(b, at, c.answers, by, t.Threshold, h.at(w.node(at)))
		if err != nil {
			return Table{}, err
		}
		t.By.Categories = slices.Clone(division.wholes.columns)
		t.fill(b.Tree(), division.field, m, division.hiding)
	}
	t.judge(c)
	t.Judged.N, t.Judged.Share = 0, float64(int(t.Judged.Share*100))/100 // exact, it would tell how many answers there are
	t.sort(q.Order)
	return *t, nil
}

// wholesKept is the wholes as decided.
func wholesKept(b *sets.Board, threshold int) decided {
	return sets.Keep(b, wholesKey(threshold), func() decided {
		w, m := wholesOf(b, threshold)
		return decided{w, m, w.protect()}
	})
}

// place is a question (-1 for all) and a round (-1 for all), by their order.
type place struct{ question, round int }

// publicPlace checks that a request is one that readers may make.
func (q Request) publicPlace(b *sets.Board) (place, error) {
	at := place{-1, -1}
	f := q.Filter
	if f.Languages != nil || q.Languages != nil || len(parts(sets.Filter{States: f.States, Themes: f.Themes, AllThemes: f.AllThemes, PeopleThemes: f.PeopleThemes, NoThemes: f.NoThemes,
		Categories: f.Categories, Coders: f.Coders, Memo: f.Memo, Quote: f.Quote, Mixed: f.Mixed, Within: f.Within})) > 0 || f.By != 0 {
		return at, problem("filter", "report.public_filter")
	}
	if q.Unit != "" && q.Unit != Respondents {
		return at, problem("unit", "report.public_unit")
	}
	if q.Second != "" {
		return at, problem("second", "report.public_second")
	}
	scope, err := q.scope(b)
	if err != nil {
		return at, err
	}
	if len(scope.Questions) > 1 || len(scope.Rounds) > 1 {
		return at, problem("question", "report.public_one")
	}
	if len(scope.Questions) == 1 {
		at.question = slices.IndexFunc(b.Questions(), func(x coding.Question) bool { return x.ID == scope.Questions[0] })
	}
	if len(scope.Rounds) == 1 {
		at.round = slices.IndexFunc(b.Rounds(), func(x coding.Round) bool { return x.ID == scope.Rounds[0] })
	}
	switch {
	case len(scope.Questions) == 1 && at.question < 0 || len(scope.Rounds) == 1 && at.round < 0:
		return at, problem("question", "report.public_one")
	case q.By == "" || q.By == string(ByQuestion) || q.By == string(ByRound):
	case at.question < 0 && len(b.Questions()) > 1:
		return at, problem("question", "report.public_question")
	case at.round < 0 && len(b.Rounds()) > 1:
		return at, problem("round", "report.public_round")
	}
	return at, nil
}

// wholes is the field of every question and all, by every round and all. Its nodes are all; the questions; the rounds; and
// the pairs, question by question. One question, or one round, is the same as all and has no nodes of its own.
type wholes struct {
	*field
	questions, rounds int
	columns           []Category // of a division
}

// decided is the wholes with what may be shown of them, for a threshold. It is kept as long as nothing changes.
type decided struct {
	wholes
	measures
	hiding
}

type wholesKey int

type divisionKey struct {
	threshold int
	at        place
	by        string
}

func wholesOf(b *sets.Board, threshold int) (wholes, measures) {
	w := wholes{questions: len(b.Questions()), rounds: len(b.Rounds())}
	t := &Table{Threshold: threshold, Unit: Respondents}
	switch {
	case w.questions > 1 && w.rounds > 1:
		t.By, t.Second = &Breakdown{Kind: ByQuestion}, &Breakdown{Kind: ByRound}
	case w.questions > 1:
		t.By = &Breakdown{Kind: ByQuestion}
	case w.rounds > 1:
		t.By = &Breakdown{Kind: ByRound}
	}
	c := &counter{board: b, unit: Respondents, answers: b.All()}
	f, m := c.field(t, false)
	f.columns, f.cuts = nil, nil
	w.field = f
	return w, m
}

// node is where a place stands.
func (w wholes) node(at place) int {
	q, r := at.question, at.round
	if w.questions < 2 {
		q = -1
	}
	if w.rounds < 2 {
		r = -1
	}
	switch {
	case q < 0 && r < 0:
		return 0
	case r < 0:
		return 1 + q
	case q < 0 && w.questions > 1:
		return 1 + w.questions + r
	case q < 0:
		return 1 + r
	}
	return 1 + w.questions + w.rounds + q*w.rounds + r
}

// seen is the field from a place, with the columns of a table by question, by round or by nothing.
func (w wholes) seen(t *Table, b *sets.Board, at place) *field {
	f := *w.field
	f.whole = w.node(at)
	if t.By == nil {
		return &f
	}
	switch t.By.Kind {
	case ByQuestion:
		f.whole = w.node(place{-1, at.round})
		for i, q := range b.Questions() {
			f.column(t, Category{ID: int64(q.ID), Key: q.Key, Label: questionName(q)}, w.node(place{i, at.round}))
		}
	case ByRound:
		f.whole = w.node(place{at.question, -1})
		for i, r := range b.Rounds() {
			f.column(t, Category{ID: int64(r.ID), Key: r.Key, Label: r.Label}, w.node(place{at.question, i}))
		}
	}
	return &f
}

// at is what was decided of some nodes.
func (h hiding) at(nodes ...int) hiding {
	var out hiding
	for _, n := range nodes {
		out.base = append(out.base, h.base[n])
	}
	for _, row := range h.cells {
		var line []guard.Why
		for _, n := range nodes {
			line = append(line, row[n])
		}
		out.cells = append(out.cells, line)
	}
	return out
}
