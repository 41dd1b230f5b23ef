package report_test

import (
	"math"
	"slices"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/agreement"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
)

// TestAgreement compares with ratings gathered answer by answer from the streams.
func TestAgreement(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 150, Questions: 2, Themes: 4, Coders: 3, Codings: 500,
		Categories: []int{3}, Rounds: 2, Blank: 0.1, Seed: 9})
	p := sv.Project.ID
	read := map[coding.AnswerID]map[coding.PersonID]bool{}
	gave := map[coding.AnswerID]map[coding.PersonID][]int{}
	note := func(a coding.AnswerID, who coding.PersonID) {
		if read[a] == nil {
			read[a], gave[a] = map[coding.PersonID]bool{}, map[coding.PersonID][]int{}
		}
		read[a][who] = true
	}
	var codebook []coding.Theme
	var answers []coding.AnswerID
	second := map[coding.AnswerID]bool{}
	_ = sv.Store.View(t.Context(), func(r coding.Reader) error {
		codebook, _ = r.Themes(t.Context(), p)
		questions, _ := r.Questions(t.Context(), p)
		for c := range r.EachCoding(t.Context(), p) {
			note(c.Answer, c.Coder)
			gave[c.Answer][c.Coder] = append(gave[c.Answer][c.Coder], int(c.Theme))
		}
		for m := range r.EachMark(t.Context(), p) {
			note(m.Answer, m.Coder)
		}
		for a := range r.EachAnswer(t.Context(), p, 0, 0) {
			if len(read[a.ID]) > 1 {
				answers = append(answers, a.ID)
				second[a.ID] = a.Question == questions[1].ID
			}
		}
		return nil
	})
	of := func(keep func(coding.AnswerID) bool) (all agreement.Result, byTheme map[coding.ThemeID]agreement.Result) {
		var units [][]agreement.Set
		binary := map[coding.ThemeID]agreement.Matrix{}
		for _, a := range answers {
			if !keep(a) {
				continue
			}
			var row []agreement.Set
			for _, who := range []coding.PersonID{1, 2, 3} {
				row = append(row, agreement.Set{Values: gave[a][who], Judged: read[a][who]})
			}
			units = append(units, row)
			for _, th := range codebook {
				var one []int
				for _, s := range row {
					switch {
					case !s.Judged:
						one = append(one, agreement.Missing)
					case slices.Contains(s.Values, int(th.ID)):
						one = append(one, 1)
					default:
						one = append(one, 0)
					}
				}
				binary[th.ID] = append(binary[th.ID], one)
			}
		}
		byTheme = map[coding.ThemeID]agreement.Result{}
		for id, m := range binary {
			byTheme[id] = agreement.Nominal(m)
		}
		return agreement.Sets(units), byTheme
	}
	questions := []string{}
	_ = sv.Store.View(t.Context(), func(r coding.Reader) error {
		list, _ := r.Questions(t.Context(), p)
		questions = append(questions, list[1].Key)
		return nil
	})
	for name, c := range map[string]struct {
		questions []string
		keep      func(coding.AnswerID) bool
	}{
		"all":             {nil, func(coding.AnswerID) bool { return true }},
		"second question": {questions, func(a coding.AnswerID) bool { return second[a] }},
	} {
		got, err := report.New(sets.New(sv.Store)).Agreement(t.Context(), report.Request{Project: p, Questions: c.questions})
		if err != nil {
			t.Fatal(err)
		}
		all, byTheme := of(c.keep)
		if all.Units < 20 || len(got.Themes) != 4 {
			t.Fatalf("%s: %d units, %d themes: too few to compare", name, all.Units, len(got.Themes))
		}
		equal(t, name, got.All, all)
		for _, th := range got.Themes {
			equal(t, name+", "+th.Theme.Key, th.Result, byTheme[th.Theme.ID])
		}
	}
}

func equal(t *testing.T, what string, got, want agreement.Result) {
	t.Helper()
	if got.Units != want.Units || got.Coders != want.Coders {
		t.Errorf("%s: %d units of %d coders, want %d of %d", what, got.Units, got.Coders, want.Units, want.Coders)
	}
	for i, pair := range [][2]agreement.Estimate{{got.Percent, want.Percent}, {got.CohenKappa, want.CohenKappa}, {got.FleissKappa, want.FleissKappa},
		{got.Alpha, want.Alpha}, {got.AC1, want.AC1}, {got.AlphaJaccard, want.AlphaJaccard}, {got.AlphaMASI, want.AlphaMASI}} {
		if pair[0].Why != pair[1].Why || math.Abs(pair[0].Value-pair[1].Value) > 1e-9 || math.Abs(pair[0].Low-pair[1].Low) > 1e-9 {
			t.Errorf("%s: coefficient %d is %+v, want %+v", what, i, pair[0], pair[1])
		}
	}
}
