package ui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
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

	shownVariables = 60  // with their values
	shownLabel     = 300 // code points of a question
)

func (s *Server) checkPage(r *request, d *draft) error {
	if next := d.next(); next != "check" {
		return r.goTo(d.path(next), "")
	}
	parts, problems, err := s.parts(r, d)
	if err != nil {
		return err
	}
	plans, err := plansOf(r, parts, s.Detect)
	if err != nil {
		return err
	}
	k, err := s.present(r)
	if err != nil {
		return err
	}
	against, overlap, err := s.against(r, parts, plans, k)
	if err != nil {
		return err
	}
	problems = append(against, problems...)
	var revise *view.Revise
	if overlap {
		var wrong []importer.Problem
		if revise, wrong, err = s.revise(r, d, plans); err != nil {
			return err
		}
		problems = append(problems, wrong...)
	}
	for _, plan := range plans {
		problems = append(problems, plan.Problems...)
	}
	page := view.ImportCheckPage{Page: r.base("wizard.check.title", "import"), Wizard: d.wizard("check"), Revise: revise}
	if d.u.Hands.Same || slices.ContainsFunc(problems, func(p importer.Problem) bool { return p.Key == "import.join_ids" }) {
		page.People = &view.SamePeople{Same: d.u.Hands.Same}
	}
	for i, p := range parts {
		if len(parts) > 1 {
			page.Maps = append(page.Maps, view.MapFile{Name: p.u.File, Href: d.path(fmt.Sprintf("mapping.yaml?file=%d", i))})
		}
	}
	r.roundFacts(&page, parts[0].mapping, k)
	r.fillProblems(&page, problems, len(parts) > 1)
	r.fillCheck(&page, parts, plans, k)
	status := http.StatusOK
	if !page.Ready {
		status = http.StatusUnprocessableEntity
	}
	return s.render(r, status, "import_check", page)
}

func (r *request) roundFacts(page *view.ImportCheckPage, m importer.Mapping, k present) {
	round := importer.RoundFor(m)
	page.Round, page.Kind = round.Label.In(coding.Lang(r.lang)), r.t("round.kind."+string(round.Kind))
	_, page.Joins = roundOf(k.rounds, round.Key)
}

// fillProblems sorts what stops the import from what does not. several tells that rows name their file.
func (r *request) fillProblems(page *view.ImportCheckPage, problems []importer.Problem, several bool) {
	var errs, warnings []importer.Problem
	for _, p := range problems {
		if p.Severity == importer.Error {
			errs = append(errs, p)
		} else {
			warnings = append(warnings, p)
		}
	}
	rows := func(list []importer.Problem) []view.ProblemRow {
		out := r.problemRows(list[:min(len(list), shownProblems)])
		for i := range out {
			if several {
				out[i].File = cmp.Or(list[i].File, "–")
			}
		}
		return out
	}
	page.Ready = len(errs) == 0
	page.Stops, page.MoreE = rows(errs), max(0, len(errs)-shownProblems)
	page.Warnings, page.MoreW = rows(warnings), max(0, len(warnings)-shownProblems)
}

// against is what stands against the import in the project itself: the same file, another kind of round, the same respondent in
// two files. overlap tells that the round has respondents of the files already, so that a file can only correct the round.
func (s *Server) against(r *request, parts []part, plans []*importer.Plan, k present) (out []importer.Problem, overlap bool, err error) {
	for _, p := range parts {
		for _, old := range k.imports {
			if old.SHA256 == p.file.sheet.SHA256 {
				out = append(out, importer.Problem{File: p.u.File, Key: "import.same_file", Severity: importer.Error,
					Args: []any{p.u.File, old.File, i18n.Date(r.lang, old.At)}})
			}
		}
	}
	for _, plan := range plans {
		if plan.Problems.Refused() {
			return out, false, nil
		}
	}
	coming := map[string]int{}
	for i, plan := range plans {
		for row, err := range plan.Batch.Rows {
			if err != nil {
				return nil, false, err
			}
			if other, ok := coming[row.External]; ok && other != i {
				return append(out, importer.Problem{File: parts[i].u.File, Column: parts[i].mapping.RespondentID.String(), Key: "wizard.files_same_id", Severity: importer.Error,
					Args: []any{row.External, parts[other].u.File}}), false, nil
			}
			coming[row.External] = i
		}
	}
	round, ok := roundOf(k.rounds, plans[0].Batch.Round.Key)
	if !ok || len(out) > 0 {
		return out, false, nil
	}
	if round.Holds() != plans[0].Batch.Round.Holds() {
		return append(out, importer.Problem{Key: "import.round_kind", Severity: importer.Error, Args: []any{textOr(round.Label, coding.Lang(r.lang), round.Key)}}), false, nil
	}
	overlap, err = s.anyOf(r, round.ID, coming)
	return out, overlap, err
}

// anyOf tells whether a round has one of the respondents.
func (s *Server) anyOf(r *request, round coding.RoundID, coming map[string]int) (found bool, err error) {
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		for one, err := range rd.EachRespondent(r.ctx(), r.projectID(), 0) {
			if err != nil {
				return err
			}
			if _, ok := coming[one.External]; ok && one.Round == round {
				found = true
				return nil
			}
		}
		return nil
	})
	return found, err
}

// runImport starts the import and shows its progress.
func (s *Server) runImport(r *request, d *draft) error {
	if next := d.next(); next != "check" {
		return r.goTo(d.path(next), "")
	}
	parts, _, err := s.parts(r, d)
	if err != nil {
		return err
	}
	plans, err := plansOf(r, parts, s.Detect)
	if err != nil {
		return err
	}
	var releases []func()
	release := func() {
		for _, one := range releases {
			one()
		}
	}
	total := 0
	var batches []coding.Batch
	for i, p := range parts {
		if plans[i].Problems.Refused() {
			release()
			return r.goTo(d.path("check"), "")
		}
		file, free, err := s.parse(r.ctx(), p.u) // once more, for the work goes on after this request
		if err != nil {
			release()
			return err
		}
		releases = append(releases, free)
		if file != p.file { // read anew in between, so that the plan is of a file that will be closed
			release()
			return r.goTo(d.path("check"), "")
		}
		total += plans[i].Respondents
		batches = append(batches, plans[i].Batch)
	}
	work := s.bring(r, batches)
	err = s.uploads.start(d.u, d.aligning(), total, func(ctx context.Context, progress coding.Progress) (coding.Import, error) {
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
