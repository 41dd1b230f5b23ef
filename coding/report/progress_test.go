package report_test

import (
	"context"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
)

// TestProgress compares every part with coding.StateOf over the streams.
func TestProgress(t *testing.T) {
	sv := setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 120, Questions: 3, Themes: 5, Coders: 3, Codings: 150,
		Categories: []int{3}, Rounds: 2, Blank: 0.1, Seed: 5})
	s := readStream(t, sv.Store, sv.Project.ID)
	marks := map[coding.AnswerID][]coding.Mark{}
	_ = sv.Store.View(t.Context(), func(r coding.Reader) error {
		for m := range r.EachMark(t.Context(), sv.Project.ID) {
			marks[m.Answer] = append(marks[m.Answer], m)
		}
		return nil
	})
	want := func(in func(coding.Answer) bool, by coding.PersonID) report.Progress {
		var p report.Progress
		for _, a := range s.answers {
			if !in(a) {
				continue
			}
			var codings []coding.Coding
			for _, c := range s.codings[a.ID] {
				if by == 0 || c.Coder == by {
					codings = append(codings, c)
				}
			}
			var own []coding.Mark
			for _, m := range marks[a.ID] {
				if by == 0 || m.Coder == by {
					own = append(own, m)
				}
			}
			p.Answers++
			switch coding.StateOf(codings, own) {
			case coding.StateOpen:
				p.Open++
			case coding.StateCoded:
				p.Coded++
			case coding.StateNoTheme:
				p.NoTheme++
			case coding.StateUnusable:
				p.Unusable++
			}
		}
		return p
	}
	o, err := report.New(sets.New(sv.Store)).Progress(context.Background(), sv.Project.ID, sets.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	all := func(coding.Answer) bool { return true }
	same := func(what string, got, want report.Progress) {
		if got != want {
			t.Errorf("%s: %+v, want %+v", what, got, want)
		}
	}
	same("all", o.Progress, want(all, 0))
	for _, q := range o.Questions {
		same(q.Question.Key, q.Progress, want(func(a coding.Answer) bool { return a.Question == q.Question.ID }, 0))
	}
	for _, l := range o.Languages {
		same("language "+string(l.Language), l.Progress, want(func(a coding.Answer) bool { return a.Language == l.Language }, 0))
	}
	for _, r := range o.Rounds {
		same(r.Round.Key, r.Progress, want(func(a coding.Answer) bool { return a.Round == r.Round.ID }, 0))
	}
	for _, c := range o.Coders {
		same("coder", c.Progress, want(all, c.Coder))
	}
	if len(o.Questions) != 3 || len(o.Rounds) != 2 || len(o.Languages) != 4 || len(o.Coders) != 3 || o.Codings == 0 || o.Respondents == 0 {
		t.Errorf("overview %+v", o)
	}
	if p := o.Progress; p.Done() != p.Answers-p.Open || p.Share() != float64(p.Done())/float64(p.Answers) || (report.Progress{}).Share() != 0 {
		t.Errorf("done %d, share %f", p.Done(), p.Share())
	}
}
