package ui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// So many changed answers, missing respondents and blank answers are listed on the check page.
const shownRevised = 50

// revise tells what the files would correct in their round. What stands against it comes as problems of a file.
func (s *Server) revise(r *request, d *draft, plans []*importer.Plan) (*view.Revise, []importer.Problem, error) {
	batches := make([]coding.Batch, len(plans))
	for i, plan := range plans {
		batches[i] = plan.Batch
	}
	rev, err := s.Service.Revision(r.ctx(), r.projectID(), r.person.ID, batches)
	file, of := d.u.names(), coding.FileError{}
	if errors.As(err, &of) {
		file = of.File
	}
	if p := (coding.Problem{}); errors.As(err, &p) {
		return nil, []importer.Problem{{File: file, Key: p.Key, Args: p.Args, Severity: importer.Error}}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	lang := coding.Lang(r.lang)
	fact := func(n int, key string) view.Fact {
		return view.Fact{Value: i18n.Int(r.lang, int64(n)), Label: r.t(key, n)}
	}
	out := &view.Revise{Round: cmp.Or(rev.Round.Label.In(lang), rev.Round.Key), Facts: []view.Fact{fact(rev.Unchanged, "revise.unchanged"), fact(rev.Texts, "revise.texts"),
		fact(rev.Judged, "revise.judged"), fact(rev.Added, "revise.added"), fact(rev.Values, "revise.values"), fact(rev.New, "revise.new")}}
	var ids []coding.AnswerID
	for _, c := range rev.Changed[:min(len(rev.Changed), shownRevised)] {
		ids = append(ids, c.Answer.ID)
		out.Changed = append(out.Changed, view.ChangedAnswer{Number: fmt.Sprintf("#%04d", c.Respondent.Number), Lang: string(c.Answer.Language),
			Href: deskHref(r.slug(), "question=*", c.Answer.ID), Pieces: difference(clip(c.Answer.Text, sampleLength*4), clip(c.Text, sampleLength*4)), Judgements: c.Judgements})
	}
	out.More = rev.Texts - len(out.Changed)
	for _, one := range rev.Missing[:min(len(rev.Missing), shownRevised)] {
		out.Missing = append(out.Missing, view.Tick{Value: fmt.Sprint(one.ID), Label: fmt.Sprintf("#%04d", one.Number), Text: one.External})
	}
	out.MoreGone = len(rev.Missing) - len(out.Missing)
	numbers, err := s.numbersOf(r, rev.Blank[:min(len(rev.Blank), shownRevised)])
	if err != nil {
		return nil, nil, err
	}
	for i, a := range rev.Blank[:min(len(rev.Blank), shownRevised)] {
		out.Blank = append(out.Blank, view.Tick{Value: fmt.Sprint(a.ID), Label: numbers[i], Text: clip(a.Text, sampleLength)})
	}
	out.MoreVoid = len(rev.Blank) - len(out.Blank)
	out.Notes = r.reviseNotes(rev)
	return out, nil, nil
}

func (s *Server) numbersOf(r *request, answers []coding.Answer) ([]string, error) {
	out := make([]string, len(answers))
	err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		for i, a := range answers {
			people, err := rd.Respondents(r.ctx(), r.projectID(), []coding.RespondentID{a.Respondent})
			if err != nil {
				return err
			}
			if len(people) > 0 {
				out[i] = fmt.Sprintf("#%04d", people[0].Number)
			}
		}
		return nil
	})
	return out, err
}

// reviseNotes says what is only in the file or only in the round.
func (r *request) reviseNotes(rev coding.Revision) []string {
	var out []string
	note := func(key string, names []string) {
		if len(names) > 0 {
			out = append(out, r.t(key, len(names), strings.Join(names, " · ")))
		}
	}
	lang := coding.Lang(r.lang)
	questions := func(list []coding.Question) (names []string) {
		for _, q := range list {
			names = append(names, clip(q.Name(lang), 80))
		}
		return names
	}
	variables := func(list []coding.Variable) (names []string) {
		for _, v := range list {
			names = append(names, clip(v.Label.In(themes.Lang(r.lang)), 80))
		}
		return names
	}
	note("revise.new_questions", questions(rev.NewQuestions))
	note("revise.left_questions", questions(rev.LeftQuestions))
	note("revise.new_variables", variables(rev.NewVariables))
	note("revise.left_variables", variables(rev.LeftVariables))
	if rev.Erased > 0 {
		out = append(out, r.t("revise.erased", rev.Erased))
	}
	if rev.BlankValues > 0 {
		out = append(out, r.t("revise.blank_values", rev.BlankValues))
	}
	return out
}

// decisions is what the person ticked of what the file does not have.
func (r *request) decisions() coding.Decisions {
	var d coding.Decisions
	for _, v := range r.Request.PostForm["missing"] {
		if id, err := strconv.ParseInt(v, 10, 64); err == nil {
			d.Missing = append(d.Missing, coding.RespondentID(id))
		}
	}
	for _, v := range r.Request.PostForm["blank"] {
		if id, err := strconv.ParseInt(v, 10, 64); err == nil {
			d.Blank = append(d.Blank, coding.AnswerID(id))
		}
	}
	d.AllMissing, d.AllBlank = r.PostForm("all_missing") != "", r.PostForm("all_blank") != ""
	return d
}

// inAll counts the rows of several files together.
func inAll(progress coding.Progress) func(batch, rows int) {
	before, at, last := 0, 0, 0 // before: rows of the batches that are done
	return func(batch, rows int) {
		if batch != at {
			before, at = before+last, batch
		}
		last = rows
		if progress != nil {
			progress(before + rows)
		}
	}
}

// addUp makes one import of those of several files.
func addUp(list []coding.Import) coding.Import {
	sum := list[0]
	for _, one := range list[1:] {
		sum.Respondents, sum.Answers, sum.Blank, sum.Duplicates = sum.Respondents+one.Respondents, sum.Answers+one.Answers, sum.Blank+one.Blank, sum.Duplicates+one.Duplicates
		sum.Changed, sum.Erased = sum.Changed+one.Changed, sum.Erased+one.Erased
		for l, n := range one.Languages {
			sum.Languages[l] += n
		}
	}
	return sum
}

// bring is the work of the import: a new round, or more of one, or a corrected one.
func (s *Server) bring(r *request, batches []coding.Batch) func(context.Context, coding.Progress) (coding.Import, error) {
	project, person := r.projectID(), r.person.ID
	summed := func(list []coding.Import, err error) (coding.Import, error) {
		if err != nil {
			return coding.Import{}, err
		}
		return addUp(list), nil
	}
	if r.PostForm("revise") == "" {
		return func(ctx context.Context, progress coding.Progress) (coding.Import, error) {
			return summed(s.Service.ImportAll(ctx, project, person, batches, inAll(progress)))
		}
	}
	decided := r.decisions()
	return func(ctx context.Context, progress coding.Progress) (coding.Import, error) {
		list, _, err := s.Service.Revise(ctx, project, person, batches, decided, inAll(progress))
		return summed(list, err)
	}
}
