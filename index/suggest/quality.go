package suggest

import (
	"context"
	"slices"

	"avokoodi/coding"
)

// Quality says how well suggestions meet what coders decided on answers that the model did not learn from.
type Quality struct {
	Train, Test int     // answers learned from (the mean over folds) and answers measured on
	MicroF1     float64 // over all pairs of answer and theme
	MacroF1     float64 // mean over the themes that coders or suggestions gave
	SampleF1    float64 // mean over answers; 1 where coders and suggestions gave none
	Accuracy    float64 // share of answers whose themes are exactly those suggested
	Top3Recall  float64 // share of the coders' themes that are among the first three suggestions
	Themes      []ThemeQuality
}

// ThemeQuality is the quality of one theme. N is how many of the answers measured on have it.
type ThemeQuality struct {
	Theme                 coding.ThemeID
	N                     int
	Precision, Recall, F1 float64
}

// tally counts decisions.
type tally struct{ hit, extra, missed float64 }

func (t *tally) add(said, has bool) {
	switch {
	case said && has:
		t.hit++
	case said:
		t.extra++
	case has:
		t.missed++
	}
}

func share(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}

func (t tally) f1() float64 { return share(2*t.hit, 2*t.hit+t.extra+t.missed) }

// measure gathers the quality of one or more models.
type measure struct {
	themes                       []coding.ThemeID
	by                           map[coding.ThemeID]*tally
	all                          tally
	answers, exact, sample       float64
	truths, inTop, trained, runs float64
}

func newMeasure(themes []coding.ThemeID) *measure {
	m := &measure{themes: themes, by: map[coding.ThemeID]*tally{}}
	for _, t := range themes {
		m.by[t] = &tally{}
	}
	return m
}

// add compares the ranked suggestions for one answer with its themes. A theme that the model does not know counts as missed.
func (m *measure) add(list []Suggestion, x *Example) {
	var one tally
	for i, s := range list {
		has := x.has(s.Theme)
		one.add(s.Likely, has)
		m.by[s.Theme].add(s.Likely, has)
		if has && i < 3 {
			m.inTop++
		}
	}
	for _, t := range x.Themes {
		if m.by[t] != nil && !slices.ContainsFunc(list, func(s Suggestion) bool { return s.Theme == t }) {
			one.missed++
			m.by[t].missed++
		}
	}
	m.all.hit, m.all.extra, m.all.missed = m.all.hit+one.hit, m.all.extra+one.extra, m.all.missed+one.missed
	m.answers++
	m.truths += one.hit + one.missed
	if one.extra+one.missed == 0 {
		m.exact++
	}
	if one == (tally{}) {
		m.sample++
	} else {
		m.sample += one.f1()
	}
}

func (m *measure) quality() Quality {
	q := Quality{Train: int(share(m.trained, m.runs) + 0.5), Test: int(m.answers), MicroF1: m.all.f1(), SampleF1: share(m.sample, m.answers),
		Accuracy: share(m.exact, m.answers), Top3Recall: share(m.inTop, m.truths)}
	seen := 0.0
	for _, id := range m.themes {
		t := *m.by[id]
		if t == (tally{}) {
			continue
		}
		seen++
		q.MacroF1 += t.f1()
		q.Themes = append(q.Themes, ThemeQuality{id, int(t.hit + t.missed), share(t.hit, t.hit+t.extra), share(t.hit, t.hit+t.missed), t.f1()})
	}
	q.MacroF1 = share(q.MacroF1, seen)
	return q
}

// Evaluate learns from train and measures on test.
func Evaluate(ctx context.Context, train, test []Example, codebook []coding.Theme, words Words) (Quality, error) {
	themes := themesFor(slices.Concat(train, test), codebook)
	m, err := prepare(ctx, train, codebook, words, 0)
	if err != nil {
		return Quality{}, err
	}
	model, err := m.train(ctx, m.all(), themes)
	if err != nil {
		return Quality{}, err
	}
	out := newMeasure(themes)
	out.trained, out.runs = float64(len(train)), 1
	for i := range test {
		x := &test[i]
		out.add(model.ranked(model.space.vector(m.vocabulary.bag(x.Lang, x.Text), x.Question)), x)
	}
	return out.quality(), nil
}

// CrossValidate deals the examples into folds and measures on each in turn what was learned from the others. Answers that say
// the same are in one fold.
func CrossValidate(ctx context.Context, examples []Example, folds int, codebook []coding.Theme, words Words) (Quality, error) {
	themes := themesFor(examples, codebook)
	m, err := prepare(ctx, examples, codebook, words, 0)
	if err != nil {
		return Quality{}, err
	}
	out := newMeasure(themes)
	for fold := range folds {
		var in, left []int
		for i := range examples {
			if examples[i].fold(folds, 0) == fold {
				left = append(left, i)
			} else {
				in = append(in, i)
			}
		}
		if len(left) == 0 || len(in) == 0 {
			continue
		}
		model, err := m.train(ctx, in, themes)
		if err != nil {
			return Quality{}, err
		}
		out.trained, out.runs = out.trained+float64(len(in)), out.runs+1
		for _, i := range left {
			out.add(model.ranked(model.space.vector(m.bags[i], examples[i].Question)), &examples[i])
		}
	}
	return out.quality(), nil
}
