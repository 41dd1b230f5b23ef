package ui

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"avokoodi/coding"
)

// postDecide settles themes of one answer: do=yes:THEME, no:THEME, back:THEME (takes the decision back), as:PERSON (every open
// theme as that coder gave it) or other (the theme of the form applies too); why=TEXT goes with it.
func (s *Server) postDecide(r *request) error {
	answer := coding.AnswerID(formInt(r, "answer"))
	do, of, _ := strings.Cut(r.PostForm("do"), ":")
	id, _ := strconv.ParseInt(of, 10, 64)
	why := r.PostForm("why")
	var step coding.StepID
	var err error
	switch do {
	case "yes", "no":
		step, err = s.Service.Decide(r.ctx(), r.projectID(), r.person.ID, []coding.Verdict{{Answer: answer, Theme: coding.ThemeID(id), Applies: do == "yes"}}, why)
	case "other":
		if formInt(r, "theme") == 0 {
			return coding.Problem{Field: "theme", Key: "decide.nothing"}
		}
		step, err = s.Service.Decide(r.ctx(), r.projectID(), r.person.ID, []coding.Verdict{{Answer: answer, Theme: coding.ThemeID(formInt(r, "theme")), Applies: true}}, why)
	case "back":
		step, err = s.Service.Undecide(r.ctx(), r.projectID(), r.person.ID, []coding.Verdict{{Answer: answer, Theme: coding.ThemeID(id)}})
	case "as":
		var verdicts []coding.Verdict
		if verdicts, err = s.sideOf(r, answer, coding.PersonID(id)); err != nil {
			return err
		}
		step, err = s.Service.Decide(r.ctx(), r.projectID(), r.person.ID, verdicts, why)
	case "nothing": // Enter in a field
		return coding.Problem{Field: "do", Key: "decide.press"}
	default:
		return coding.ErrNotFound
	}
	if err != nil {
		return err
	}
	to := r.PostForm("next")
	if !localPath(to) {
		to = r.path("/agreement/answers")
	}
	if step == 0 {
		return r.goTo(to, "decide.same")
	}
	return s.goToDone(r, to)
}

// sideOf is every theme of an answer that is open between its coders, as one of them gave it. A theme that all gave is not open.
func (s *Server) sideOf(r *request, answer coding.AnswerID, who coding.PersonID) ([]coding.Verdict, error) {
	var out []coding.Verdict
	err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		ids := []coding.AnswerID{answer}
		codings, err := rd.CodingsOf(r.ctx(), r.projectID(), ids)
		if err != nil {
			return err
		}
		marks, err := rd.MarksOf(r.ctx(), r.projectID(), ids)
		if err != nil {
			return err
		}
		decisions, err := rd.DecisionsOf(r.ctx(), r.projectID(), ids)
		if err != nil {
			return err
		}
		gave := map[coding.ThemeID][]coding.PersonID{}
		read := map[coding.PersonID]bool{}
		for _, c := range codings {
			gave[c.Theme] = append(gave[c.Theme], c.Coder)
			read[c.Coder] = true
		}
		for _, m := range marks {
			read[m.Coder] = true
		}
		if !read[who] {
			return coding.ErrNotFound
		}
		for th, people := range gave {
			open := !slices.ContainsFunc(decisions, func(d coding.Decision) bool { return d.Theme == th })
			if open && len(people) < len(read) {
				out = append(out, coding.Verdict{Answer: answer, Theme: th, Applies: slices.Contains(people, who)})
			}
		}
		slices.SortFunc(out, func(a, b coding.Verdict) int { return int(a.Theme - b.Theme) })
		return nil
	})
	return out, err
}

// postThemeNote writes the reader's memo on a theme, for who mends the codebook.
func (s *Server) postThemeNote(r *request) error {
	text := r.PostForm("note")
	if n := utf8.RuneCountInString(text); n > coding.MaxMemo {
		return coding.Problem{Field: "note", Key: "memo.long", Args: []any{coding.MaxMemo, n}}
	}
	step, err := s.Service.SetMemo(r.ctx(), r.projectID(), r.person.ID, coding.MemoTheme, formInt(r, "theme"), text)
	if err != nil {
		return err
	}
	to := r.PostForm("next")
	if !localPath(to) {
		to = r.path("/agreement/answers")
	}
	if step == 0 {
		return r.goTo(to, "")
	}
	return s.goToDone(r, to)
}
