package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"avokoodi/coding"
	"avokoodi/index/analysis"
	"avokoodi/index/suggest"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
)

func (a *app) suggestCommand() *cobra.Command {
	var project, round string
	var limit int
	c := &cobra.Command{Use: "suggest [RESPONDENT QUESTION]", Short: "Suggest themes for an answer, or for all that nobody has coded; writes nothing", Args: a.args(0, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return a.usage("cli.use_args", strings.TrimSuffix(cmd.UseLine(), " [flags]"))
			}
			if limit < 1 {
				return a.usage("cli.use_wrong", "--limit", limit)
			}
			return a.inProject(cmd.Context(), project, func(h *house, p coding.Project) error {
				s := suggesting{a: a, h: h, p: p, round: round, limit: limit}
				if len(args) == 0 {
					return s.all(cmd.Context())
				}
				return s.one(cmd.Context(), args[0], args[1])
			})
		}}
	c.Flags().StringVar(&round, "round", "", "key of the round, where the respondent is in several")
	c.Flags().IntVar(&limit, "limit", 5, "most themes to suggest for an answer")
	c.PersistentFlags().StringVar(&project, "project", "", "slug of the project")
	c.AddCommand(a.evaluateCommand(&project))
	return c
}

func (a *app) evaluateCommand(project *string) *cobra.Command {
	var from, on string
	var folds int
	c := &cobra.Command{Use: "evaluate", Short: "Measure how well suggestions meet what coders decided", Args: a.args(0, 0), RunE: func(cmd *cobra.Command, _ []string) error {
		switch {
		case (from == "") != (on == ""):
			return a.usage("suggest.use_rounds")
		case from != "" && cmd.Flags().Changed("folds"):
			return a.usage("suggest.use_either")
		case folds < 2 || folds > 50:
			return a.usage("cli.use_wrong", "--folds", folds)
		}
		return a.inProject(cmd.Context(), *project, func(h *house, p coding.Project) error {
			s := suggesting{a: a, h: h, p: p}
			return s.evaluate(cmd.Context(), from, on, folds)
		})
	}}
	c.Flags().StringVar(&from, "train-round", "", "learn from the answers of this round")
	c.Flags().StringVar(&on, "test-round", "", "and measure on those of this one")
	c.Flags().IntVar(&folds, "folds", 5, "cross-validate in so many folds")
	return c
}

// suggesting is one run of the command on a project.
type suggesting struct {
	a     *app
	h     *house
	p     coding.Project
	round string
	limit int
}

// words analyses without a project's own vocabulary, so that nothing of an answer is known before it is asked about.
func (s suggesting) words() suggest.Words {
	engine := s.a.words()
	return func(l coding.Lang, text string) []analysis.Token { return engine.For(analysis.Language(l)).Index(text) }
}

// read reads what coders judged. A project without themes is refused.
func (s suggesting) read(ctx context.Context) (suggest.Project, error) {
	var got suggest.Project
	err := s.h.store.View(ctx, func(r coding.Reader) error {
		var err error
		got, err = suggest.Read(ctx, r, s.p.ID)
		return err
	})
	if err == nil && len(got.Codebook) == 0 {
		err = refused{[]string{s.a.t("suggest.no_themes", s.p.Slug)}}
	}
	return got, err
}

// train learns from everything that was judged but one answer.
func (s suggesting) train(ctx context.Context, got suggest.Project, but coding.AnswerID) (*suggest.Model, error) {
	var examples []suggest.Example
	for _, x := range got.Judged {
		if x.Answer != but {
			examples = append(examples, x)
		}
	}
	fmt.Fprintln(s.a.err, s.a.t("suggest.learning", len(examples)))
	return suggest.Train(ctx, examples, got.Codebook, s.words())
}

// suggested is the suggestions for one answer as JSON.
type suggested struct {
	Respondent  string            `json:"respondent"`
	Round       string            `json:"round"`
	Question    string            `json:"question"`
	Language    string            `json:"language"`
	Text        string            `json:"text"`
	Suggestions []themeSuggestion `json:"suggestions"`
}

type themeSuggestion struct {
	Theme    string         `json:"theme"`
	Label    string         `json:"label"`
	Score    float64        `json:"score"`  // probability that a coder would give it
	Likely   bool           `json:"likely"` // over the theme's threshold
	Evidence []wordEvidence `json:"evidence"`
}

type wordEvidence struct {
	Word   string  `json:"word"`
	Start  int     `json:"start"` // code points, end exclusive
	End    int     `json:"end"`
	Weight float64 `json:"weight"`
}

// one suggests for one answer; what coders gave to that answer plays no part.
func (s suggesting) one(ctx context.Context, respondent, question string) error {
	var answer coding.Answer
	err := s.h.store.View(ctx, func(r coding.Reader) error {
		var err error
		answer, err = coding.FindAnswer(ctx, r, s.p.ID, respondent, s.round, question)
		return err
	})
	if err != nil {
		return err
	}
	got, err := s.read(ctx)
	if err != nil {
		return err
	}
	model, err := s.train(ctx, got, answer.ID)
	if err != nil {
		return err
	}
	names, err := s.names(ctx, []coding.Answer{answer})
	if err != nil {
		return err
	}
	out := s.suggest(model, got.Codebook, answer, names)
	if s.a.json {
		return s.encoder(s.a.out).Encode(out)
	}
	fmt.Fprintln(s.a.out, strings.Join(strings.Fields(out.Text), " "))
	rows := [][]string{}
	for _, x := range out.Suggestions {
		var words []string
		for _, w := range x.Evidence {
			if !slices.ContainsFunc(words, func(s string) bool { return strings.EqualFold(s, w.Word) }) {
				words = append(words, w.Word)
			}
		}
		sign := ""
		if x.Likely {
			sign = "✓"
		}
		rows = append(rows, []string{x.Label, i18n.Decimal(s.a.cfg.Lang, x.Score, 2), sign, strings.Join(words, ", ")})
	}
	return s.a.printRows(rows, 1)
}

// all suggests for every answer that nobody has judged: a line for each, JSON or tab-separated.
func (s suggesting) all(ctx context.Context) error {
	got, err := s.read(ctx)
	if err != nil {
		return err
	}
	model, err := s.train(ctx, got, 0)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(s.a.out)
	defer out.Flush()
	enc := s.encoder(out)
	for first := 0; first < len(got.Open); first += 500 {
		var answers []coding.Answer
		err := s.h.store.View(ctx, func(r coding.Reader) error {
			var err error
			answers, err = r.Answers(ctx, s.p.ID, got.Open[first:min(first+500, len(got.Open))])
			return err
		})
		if err != nil {
			return err
		}
		names, err := s.names(ctx, answers)
		if err != nil {
			return err
		}
		for _, answer := range answers {
			if names.rounds[answer.Round] == "" || s.round != "" && names.rounds[answer.Round] != s.round {
				continue
			}
			one := s.suggest(model, got.Codebook, answer, names)
			if s.a.json {
				err = enc.Encode(one)
			} else {
				err = s.line(out, one)
			}
			if err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

// line is the likely themes of an answer, each with its score.
func (s suggesting) line(out *bufio.Writer, one suggested) error {
	cells := []string{one.Respondent, one.Question}
	for _, x := range one.Suggestions {
		if x.Likely {
			cells = append(cells, x.Theme+" "+i18n.Decimal(s.a.cfg.Lang, x.Score, 2))
		}
	}
	_, err := fmt.Fprintln(out, strings.Join(cells, "\t"))
	return err
}

func (s suggesting) encoder(out interface{ Write([]byte) (int, error) }) *json.Encoder {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc
}

func (s suggesting) suggest(m *suggest.Model, codebook []coding.Theme, answer coding.Answer, names names) suggested {
	out := suggested{Respondent: names.respondents[answer.Respondent], Round: names.rounds[answer.Round], Question: names.questions[answer.Question],
		Language: string(answer.Language), Text: answer.Text, Suggestions: []themeSuggestion{}}
	tree := themes.NewTree(codebook)
	for i, x := range m.Suggest(answer.Language, answer.Question, answer.Text, s.limit) {
		if i == s.limit {
			break
		}
		th, _ := tree.Get(x.Theme)
		one := themeSuggestion{Theme: th.Key, Label: th.Label.In(coding.Lang(s.a.cfg.Lang)), Score: x.P, Likely: x.Likely, Evidence: []wordEvidence{}}
		for _, w := range x.Evidence {
			one.Evidence = append(one.Evidence, wordEvidence(w))
		}
		out.Suggestions = append(out.Suggestions, one)
	}
	return out
}

// names are what files call the respondents, rounds and questions of some answers.
type names struct {
	respondents map[coding.RespondentID]string
	rounds      map[coding.RoundID]string
	questions   map[coding.QuestionID]string
}

func (s suggesting) names(ctx context.Context, answers []coding.Answer) (names, error) {
	n := names{map[coding.RespondentID]string{}, map[coding.RoundID]string{}, map[coding.QuestionID]string{}}
	var ids []coding.RespondentID
	for _, answer := range answers {
		ids = append(ids, answer.Respondent)
	}
	err := s.h.store.View(ctx, func(r coding.Reader) error {
		people, err := r.Respondents(ctx, s.p.ID, ids)
		for _, x := range people {
			n.respondents[x.ID] = x.External
		}
		rounds, err2 := r.Rounds(ctx, s.p.ID)
		for _, x := range rounds {
			n.rounds[x.ID] = x.Key
		}
		questions, err3 := r.Questions(ctx, s.p.ID)
		for _, x := range questions {
			n.questions[x.ID] = x.Key
		}
		return errors.Join(err, err2, err3)
	})
	return n, err
}

// measured is the quality of suggestions as JSON.
type measured struct {
	Train      int             `json:"train"`
	Test       int             `json:"test"`
	MicroF1    float64         `json:"micro_f1"`
	MacroF1    float64         `json:"macro_f1"`
	SampleF1   float64         `json:"sample_f1"`
	Accuracy   float64         `json:"accuracy"`
	Top3Recall float64         `json:"top3_recall"`
	PerTheme   []themeMeasured `json:"per_theme"`
	TookMs     int64           `json:"took_ms"`
}

type themeMeasured struct {
	Theme     string  `json:"theme"`
	Label     string  `json:"label"`
	N         int     `json:"n"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

func (s suggesting) evaluate(ctx context.Context, from, on string, folds int) error {
	start := time.Now()
	got, err := s.read(ctx)
	if err != nil {
		return err
	}
	var q suggest.Quality
	if from != "" {
		var train, test []suggest.Example
		if train, test, err = s.split(ctx, got.Judged, from, on); err != nil {
			return err
		}
		fmt.Fprintln(s.a.err, s.a.t("suggest.learning", len(train)))
		q, err = suggest.Evaluate(ctx, train, test, got.Codebook, s.words())
	} else {
		if len(got.Judged) < 2*folds {
			return refused{[]string{s.a.t("suggest.few", len(got.Judged), 2*folds)}}
		}
		fmt.Fprintln(s.a.err, s.a.t("suggest.validating", folds, len(got.Judged)))
		q, err = suggest.CrossValidate(ctx, got.Judged, folds, got.Codebook, s.words())
	}
	if err != nil {
		return err
	}
	out := measured{Train: q.Train, Test: q.Test, MicroF1: q.MicroF1, MacroF1: q.MacroF1, SampleF1: q.SampleF1, Accuracy: q.Accuracy, Top3Recall: q.Top3Recall,
		PerTheme: []themeMeasured{}}
	tree := themes.NewTree(got.Codebook)
	for _, t := range q.Themes {
		th, _ := tree.Get(t.Theme)
		out.PerTheme = append(out.PerTheme, themeMeasured{th.Key, th.Label.In(coding.Lang(s.a.cfg.Lang)), t.N, t.Precision, t.Recall, t.F1})
	}
	out.TookMs = time.Since(start).Milliseconds()
	return s.a.printMeasured(out)
}

// split is the judged answers of two rounds.
func (s suggesting) split(ctx context.Context, judged []suggest.Example, from, on string) (train, test []suggest.Example, err error) {
	rounds := map[string]coding.RoundID{}
	err = s.h.store.View(ctx, func(r coding.Reader) error {
		list, err := r.Rounds(ctx, s.p.ID)
		for _, x := range list {
			rounds[x.Key] = x.ID
		}
		return err
	})
	for _, key := range []string{from, on} {
		if _, ok := rounds[key]; !ok && err == nil {
			err = refused{[]string{s.a.t("codings.no_round", key)}}
		}
	}
	for _, x := range judged {
		if x.Round == rounds[from] {
			train = append(train, x)
		}
		if x.Round == rounds[on] {
			test = append(test, x)
		}
	}
	switch {
	case err != nil:
	case from == on:
		err = s.a.usage("suggest.use_rounds")
	case len(train) == 0:
		err = refused{[]string{s.a.t("suggest.none_judged", from)}}
	case len(test) == 0:
		err = refused{[]string{s.a.t("suggest.none_judged", on)}}
	}
	return train, test, err
}

func (a *app) printMeasured(m measured) error {
	if a.json {
		return json.NewEncoder(a.out).Encode(m)
	}
	number := func(x float64) string { return i18n.Decimal(a.cfg.Lang, x, 3) }
	fmt.Fprintln(a.out, a.t("suggest.answers", m.Train, m.Test))
	err := a.printRows([][]string{{a.t("suggest.micro"), number(m.MicroF1)}, {a.t("suggest.macro"), number(m.MacroF1)}, {a.t("suggest.sample"), number(m.SampleF1)},
		{a.t("suggest.accuracy"), number(m.Accuracy)}, {a.t("suggest.top3"), number(m.Top3Recall)}}, 1)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.out)
	rows := [][]string{{a.t("cli.theme"), "n", a.t("suggest.precision"), a.t("suggest.recall"), "F1"}}
	for _, t := range m.PerTheme {
		rows = append(rows, []string{t.Label, i18n.Int(a.cfg.Lang, int64(t.N)), number(t.Precision), number(t.Recall), number(t.F1)})
	}
	return a.printRows(rows, 4)
}
