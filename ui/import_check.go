package ui

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

const (
	shownProblems = 200 // of each severity
	shownCheck    = 6   // values of a variable
	shownAnswers  = 3
)

// planned is the plan of the mapping, made once for as long as the mapping stays.
func (d *draft) planned(ctx context.Context, detect importer.Detect) (*importer.Plan, error) {
	d.file.mu.Lock()
	defer d.file.mu.Unlock()
	if d.file.plan != nil && d.file.planOf == d.u.Mapping {
		return d.file.plan, nil
	}
	plan, err := importer.NewPlan(ctx, d.file.sheet, d.mapping(), detect)
	if err != nil {
		return nil, err
	}
	d.file.plan, d.file.planOf = plan, d.u.Mapping
	return plan, nil
}

func (s *Server) checkPage(r *request, d *draft) error {
	if d.readErr != nil || !d.u.Columns {
		return r.goTo(d.path("columns"), "")
	}
	if !d.u.Language {
		return r.goTo(d.path("language"), "")
	}
	plan, err := d.planned(r.ctx(), s.Detect)
	if err != nil {
		return err
	}
	k, err := s.present(r)
	if err != nil {
		return err
	}
	against, overlap, err := s.against(r, d, plan, k)
	if err != nil {
		return err
	}
	var revise *view.Revise
	if overlap {
		if revise, against, err = s.revise(r, d, plan); err != nil {
			return err
		}
	}
	m := d.mapping()
	round := importer.RoundOf(m.Round)
	page := view.ImportCheckPage{Page: r.base("wizard.check.title", "import"), Wizard: d.wizard("check"), Round: round.Label.In(coding.Lang(r.lang)), Revise: revise}
	_, page.Joins = roundOf(k.rounds, round.Key)
	var errs, warnings []importer.Problem
	for _, p := range append(against, plan.Problems...) {
		if p.Severity == importer.Error {
			errs = append(errs, p)
		} else {
			warnings = append(warnings, p)
		}
	}
	page.MoreE = max(0, len(errs)-shownProblems)
	page.Stops = r.problemRows(errs[:min(len(errs), shownProblems)])
	page.Warnings, page.MoreW = r.problemRows(warnings[:min(len(warnings), shownProblems)]), max(0, len(warnings)-shownProblems)
	page.Ready = len(errs) == 0
	r.fillCheck(&page, plan, m, k)
	status := http.StatusOK
	if !page.Ready {
		status = http.StatusUnprocessableEntity
	}
	return s.render(r, status, "import_check", page)
}

// against is what stands against the import in the project itself: the same file. overlap tells that the round has respondents
// of the file already, so that the file can only correct the round.
func (s *Server) against(r *request, d *draft, plan *importer.Plan, k present) (out []importer.Problem, overlap bool, err error) {
	for _, old := range k.imports {
		if old.SHA256 == d.file.sheet.SHA256 {
			out = append(out, importer.Problem{File: d.u.File, Key: "import.same_file", Severity: importer.Error,
				Args: []any{d.u.File, old.File, i18n.Date(r.lang, old.At)}})
		}
	}
	round, ok := roundOf(k.rounds, importer.RoundOf(d.mapping().Round).Key)
	if !ok || plan.Problems.Refused() || len(out) > 0 {
		return out, false, nil
	}
	coming := map[string]bool{}
	for row, err := range plan.Batch.Rows {
		if err != nil {
			return nil, false, err
		}
		coming[row.External] = true
	}
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		for one, err := range rd.EachRespondent(r.ctx(), r.projectID(), 0) {
			if err != nil {
				return err
			}
			if overlap = one.Round == round.ID && coming[one.External]; overlap {
				return nil
			}
		}
		return nil
	})
	return out, overlap, err
}

// fillCheck tells what would come in.
func (r *request) fillCheck(page *view.ImportCheckPage, plan *importer.Plan, m importer.Mapping, k present) {
	count := func(n int, key string) view.Fact {
		return view.Fact{Value: i18n.Int(r.lang, int64(n)), Label: r.t(key, n)}
	}
	page.Facts = []view.Fact{count(plan.Respondents, "overview.respondents"), count(plan.Answers, "overview.answers"),
		count(len(plan.Questions), "overview.questions"), count(len(plan.Variables), "wizard.variables"), count(plan.Blank, "wizard.blank")}
	if plan.Duplicates > 0 {
		page.Facts = append(page.Facts, count(plan.Duplicates, "wizard.duplicates"))
	}
	page.Languages, page.Unsure = r.languageBars(plan.Languages, nil), plan.Unsure
	lang := coding.Lang(r.lang)
	for i, q := range plan.Questions {
		one := view.CheckQuestion{Key: q.Key, Label: q.Column, Answers: q.Answers, Blank: q.Blank,
			Known: slices.ContainsFunc(k.questions, func(x coding.Question) bool { return x.Key == q.Key })}
		if label := m.Questions[i].Label; !label.IsZero() {
			one.Label = label.In(lang)
		}
		for _, text := range q.Sample[:min(len(q.Sample), shownAnswers)] {
			one.Sample = append(one.Sample, clip(text, sampleLength))
		}
		page.Questions = append(page.Questions, one)
	}
	for i, v := range plan.Variables {
		one := view.CheckVariable{Key: v.Key, Label: v.Column, Blank: v.Blank, More: max(0, len(v.Categories)-shownCheck),
			Known: slices.ContainsFunc(k.variables, func(x coding.Variable) bool { return x.Key == v.Key })}
		if label := m.Variables[i].Label; !label.IsZero() {
			one.Label = label.In(lang)
		}
		for _, c := range v.Categories[:min(len(v.Categories), shownCheck)] {
			one.Values = append(one.Values, view.ValueBar{Text: clip(c.Label.In(lang), 80), N: c.N})
		}
		page.Variables = append(page.Variables, one)
	}
	for _, ref := range m.Ignore {
		page.Left = append(page.Left, clip(ref.String(), 80))
	}
}

// runImport starts the import and shows its progress.
func (s *Server) runImport(r *request, d *draft) error {
	if d.readErr != nil || !d.u.Columns || !d.u.Language {
		return r.goTo(d.path(d.next()), "")
	}
	plan, err := d.planned(r.ctx(), s.Detect)
	if err != nil {
		return err
	}
	if plan.Problems.Refused() {
		return r.goTo(d.path("check"), "")
	}
	file, release, err := s.parse(r.ctx(), d.u) // once more, for the work goes on after this request
	if err != nil {
		return err
	}
	if file != d.file { // read anew in between, so that the plan is of a file that will be closed
		release()
		return r.goTo(d.path("check"), "")
	}
	work := s.bring(r, plan.Batch)
	err = s.uploads.start(d.u, plan.Respondents, func(ctx context.Context, progress coding.Progress) (coding.Import, error) {
		defer release()
		return work(ctx, progress)
	})
	if err != nil {
		release()
		if !errors.Is(err, errUnderWay) {
			return err
		}
	}
	return r.goTo(d.path("progress"), "")
}
