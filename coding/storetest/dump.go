package storetest

import (
	"errors"

	"avokoodi/coding"
)

// contents is all that a store holds of one project.
type contents struct {
	Projects    []coding.Project
	Rounds      []coding.Round
	Questions   []coding.Question
	Variables   []coding.Variable
	Themes      []coding.Theme
	Imports     []coding.Import
	Answers     []coding.Answer
	Respondents []coding.Respondent
	Values      []coding.Value
	Codings     []coding.Coding
	Marks       []coding.Mark
	Memos       []coding.Memo
	Quotes      []coding.Quote
	Views       []coding.View
	Assignments []coding.Assignment
	Packs       []coding.Pack
	Workshops   []coding.Workshop
	Decisions   []coding.Decision
	Changes     []coding.Change
	Steps       []coding.Step
	Members     []coding.Member
	LastSeq     coding.Seq
}

// read puts what a read gave into its place.
func read[T any](to *T, errs *[]error) func(T, error) {
	return func(v T, err error) {
		*to = v
		*errs = append(*errs, err)
	}
}

// contentsOf reads everything of the project. A project that is not there is one without LastSeq.
func (f *fixture) contentsOf(r coding.Reader, p coding.ProjectID) contents {
	f.t.Helper()
	var c contents
	var errs []error
	project, err := r.ProjectByID(f.ctx, p)
	switch {
	case err == nil:
		c.Projects = []coding.Project{project}
		read(&c.LastSeq, &errs)(r.LastSeq(f.ctx, p))
	case !errors.Is(err, coding.ErrNotFound):
		errs = append(errs, err)
	}
	read(&c.Rounds, &errs)(r.Rounds(f.ctx, p))
	read(&c.Questions, &errs)(r.Questions(f.ctx, p))
	read(&c.Variables, &errs)(r.Variables(f.ctx, p))
	read(&c.Themes, &errs)(r.Themes(f.ctx, p))
	read(&c.Imports, &errs)(r.Imports(f.ctx, p))
	read(&c.Answers, &errs)(all(r.EachAnswer(f.ctx, p, 0, 0)))
	read(&c.Respondents, &errs)(all(r.EachRespondent(f.ctx, p, 0)))
	read(&c.Values, &errs)(all(r.EachValue(f.ctx, p, 0)))
	read(&c.Codings, &errs)(all(r.EachCoding(f.ctx, p)))
	read(&c.Marks, &errs)(all(r.EachMark(f.ctx, p)))
	for _, on := range []coding.MemoOn{coding.MemoAnswer, coding.MemoCoding, coding.MemoTheme, coding.MemoProject} {
		memos, err := all(r.EachMemo(f.ctx, p, on))
		c.Memos = append(c.Memos, memos...)
		errs = append(errs, err)
	}
	read(&c.Quotes, &errs)(r.Quotes(f.ctx, p))
	read(&c.Views, &errs)(r.Views(f.ctx, p, 1))
	read(&c.Assignments, &errs)(r.Assignments(f.ctx, p))
	read(&c.Packs, &errs)(r.Packs(f.ctx, p))
	read(&c.Workshops, &errs)(r.Workshops(f.ctx, p))
	read(&c.Decisions, &errs)(r.Decisions(f.ctx, p))
	read(&c.Changes, &errs)(r.Changes(f.ctx, p, 0, 1<<30))
	read(&c.Steps, &errs)(r.Steps(f.ctx, p, coding.StepFilter{Limit: 1 << 30}))
	read(&c.Members, &errs)(r.Members(f.ctx, p))
	f.must(errors.Join(errs...))
	return c
}

func (f *fixture) contents(p coding.ProjectID) (c contents) {
	f.t.Helper()
	f.view(func(r coding.Reader) error {
		c = f.contentsOf(r, p)
		return nil
	})
	return c
}

// unchanged fails unless the project is as it was before fn.
func (f *fixture) unchanged(p coding.ProjectID, what string, fn func()) {
	f.t.Helper()
	before := f.contents(p)
	fn()
	f.same(before, f.contents(p), "%s changed the project", what)
}
