package suggest

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"time"

	"avokoodi/coding"
)

// fewExamples is up to how many examples letter sequences help enough to be worth their time.
const fewExamples = 20_000

// material is examples made ready for any number of trainings.
type material struct {
	vocabulary *vocabulary
	examples   []Example // the judged answers, and behind them what the codebook says of each theme
	bags       [][]feature
	answers    int // examples that are answers
	processors int // that a training may keep busy
	pause      int // rests so many times as long as it works
}

// prepare reads the examples, and the codebook as examples of its own.
func prepare(ctx context.Context, examples []Example, codebook []coding.Theme, words Words, pause int) (*material, error) {
	m := &material{vocabulary: &vocabulary{words: words, ids: map[string]uint32{}, sequences: len(examples) <= fewExamples}, answers: len(examples),
		processors: runtime.GOMAXPROCS(0), pause: pause}
	m.examples = append(slices.Clone(examples), named(codebook)...)
	began := time.Now()
	for i, x := range m.examples {
		if i%100 == 0 {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			began = m.rest(began)
		}
		m.bags = append(m.bags, m.vocabulary.bag(x.Lang, x.Text))
	}
	m.vocabulary.fixed = true
	return m, nil
}

// Model is what one training learned. It does not change and is safe for use by many goroutines.
type Model struct {
	vocabulary *vocabulary
	space      space
	themes     []learned
	rule       rule
}

// learned is the classifier of one theme.
type learned struct {
	id        coding.ThemeID
	line      line
	sigmoid   sigmoid
	threshold float64
	record    Record
}

// Train learns from the examples and the codebook. Themes are those of the codebook, or those of the examples where it is nil;
// retired ones are left out.
func Train(ctx context.Context, examples []Example, codebook []coding.Theme, words Words) (*Model, error) {
	m, err := prepare(ctx, examples, codebook, words, 0)
	if err != nil {
		return nil, err
	}
	return m.train(ctx, m.all(), themesFor(examples, codebook))
}

// asidePause is how many times as long as it works a training beside people rests.
const asidePause = 3

// rest rests for the work since began, and tells when it ended.
func (m *material) rest(began time.Time) time.Time {
	if m.pause > 0 {
		time.Sleep(time.Duration(m.pause) * time.Since(began))
	}
	return time.Now()
}

// TrainAside is Train on one processor and with rests, beside people who are at work. The model is the same.
func TrainAside(ctx context.Context, examples []Example, codebook []coding.Theme, words Words) (*Model, error) {
	m, err := prepare(ctx, examples, codebook, words, asidePause)
	if err != nil {
		return nil, err
	}
	m.processors = 1
	return m.train(ctx, m.all(), themesFor(examples, codebook))
}

// all chooses every answer.
func (m *material) all() []int {
	out := make([]int, m.answers)
	for i := range out {
		out[i] = i
	}
	return out
}

// inner is into how many folds so many examples are dealt to set probabilities and thresholds, and how many of those are held
// out in turn.
func inner(examples int) (folds, turns int) {
	switch {
	case examples <= 6000:
		return 4, 4
	case examples <= fewExamples:
		return 4, 2
	}
	return 5, 1
}

// train learns from the chosen answers.
func (m *material) train(ctx context.Context, chosen []int, themes []coding.ThemeID) (*Model, error) {
	out := &Model{vocabulary: m.vocabulary}
	held, err := m.heldOut(ctx, chosen, themes)
	if err != nil {
		return nil, err
	}
	s, lines, err := m.lines(ctx, chosen, themes)
	if err != nil {
		return nil, err
	}
	out.space = s
	if held == nil { // nothing tells how common a theme is: only words speak for it
		for t := range lines {
			lines[t].bias = 0
		}
	}
	byTheme := make([][]judged, len(themes))
	common := plain
	if held != nil {
		common = fitSigmoid(slices.Concat(held.values...), slices.Concat(held.has...))
	}
	for t, id := range themes {
		one := learned{id: id, line: lines[t], sigmoid: plain}
		if held != nil {
			one.sigmoid = common.drawn(fitSigmoid(held.values[t], held.has[t]), held.has[t])
			for i, v := range held.values[t] {
				byTheme[t] = append(byTheme[t], judged{one.sigmoid.at(v), held.has[t][i]})
			}
		}
		out.themes = append(out.themes, one)
	}
	for t, threshold := range thresholds(cloned(byTheme)) {
		out.themes[t].threshold = threshold
	}
	out.rule = out.ruleFor(byTheme)
	out.keepRecords(byTheme)
	return out, nil
}

func cloned(lists [][]judged) [][]judged {
	out := make([][]judged, len(lists))
	for i, l := range lists {
		out[i] = slices.Clone(l)
	}
	return out
}

// held is the values of lines on answers that they were not trained on.
type held struct {
	values [][]float64 // by theme, then answer
	has    [][]bool
}

// heldOut trains without each fold in turn; nil where there are too few answers.
func (m *material) heldOut(ctx context.Context, chosen []int, themes []coding.ThemeID) (*held, error) {
	if len(chosen) < 8 {
		return nil, nil
	}
	out := &held{make([][]float64, len(themes)), make([][]bool, len(themes))}
	folds, turns := inner(len(chosen))
	for turn := range turns {
		var in, left []int
		for _, i := range chosen {
			if m.examples[i].fold(folds, 1) == turn {
				left = append(left, i)
			} else {
				in = append(in, i)
			}
		}
		s, lines, err := m.lines(ctx, in, themes)
		if err != nil {
			return nil, err
		}
		for _, i := range left {
			x := s.vector(m.bags[i], m.examples[i].Question)
			for t, id := range themes {
				out.values[t] = append(out.values[t], lines[t].at(x))
				out.has[t] = append(out.has[t], m.examples[i].has(id))
			}
		}
	}
	return out, nil
}

// lines trains a line for each theme on the chosen answers and the codebook, several at a time.
func (m *material) lines(ctx context.Context, chosen []int, themes []coding.ThemeID) (space, []line, error) {
	chosen = slices.Clone(chosen)
	for i := m.answers; i < len(m.examples); i++ {
		chosen = append(chosen, i)
	}
	least := 1
	if !m.vocabulary.sequences {
		least = 2
	}
	s := newSpace(m.bags, m.examples, chosen, len(m.vocabulary.ids), least)
	x := make([][]feature, len(chosen))
	for k, i := range chosen {
		x[k] = s.vector(m.bags[i], m.examples[i].Question)
	}
	lines := make([]line, len(themes))
	work := make(chan int)
	var wait sync.WaitGroup
	for range min(m.processors, max(len(themes), 1)) {
		wait.Go(func() {
			y := make([]bool, len(chosen))
			for t := range work {
				began := time.Now()
				for k, i := range chosen {
					y[k] = m.examples[i].has(themes[t])
				}
				lines[t] = separate(x, y, s.size())
				m.rest(began)
			}
		})
	}
	for t := range themes {
		if ctx.Err() != nil {
			break
		}
		work <- t
	}
	close(work)
	wait.Wait()
	return s, lines, ctx.Err()
}
