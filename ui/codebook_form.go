package ui

import (
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// fillForm adds what stands around a theme's fields: counts, examples, versions.
func (s *Server) fillForm(r *request, f *view.ThemeForm, th coding.Theme) error {
	var err error
	if f.Counts, err = s.countsOf(r, th); err != nil {
		return err
	}
	ids := make([]coding.AnswerID, len(th.Examples))
	for i, id := range th.Examples {
		ids[i] = coding.AnswerID(id)
	}
	chosen, err := s.excerpts(r, ids, th.ID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if e, ok := chosen[id]; ok {
			f.Examples = append(f.Examples, e)
		}
	}
	if f.Choosing {
		if f.Candidates, err = s.candidates(r, th); err != nil {
			return err
		}
	}
	if f.Memos, err = s.themeMemos(r, th); err != nil {
		return err
	}
	f.Versions, err = s.versionsOf(r, th)
	return err
}

// themeMemos is what people noted on the theme.
func (s *Server) themeMemos(r *request, th coding.Theme) ([]view.Memo, error) {
	people, err := s.names(r)
	if err != nil {
		return nil, err
	}
	var out []view.Memo
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		memos, err := rd.MemosOf(r.ctx(), r.projectID(), coding.MemoTheme, []int64{int64(th.ID)})
		for _, m := range memos {
			out = append(out, view.Memo{By: r.nameOf(people, m.Author), Text: shortened(m.Text, memoExcept), When: i18n.Date(r.lang, m.At)})
		}
		return err
	})
	return out, err
}

// countsOf is how much a theme is used, for those who code.
func (s *Server) countsOf(r *request, th coding.Theme) (*view.ThemeCounts, error) {
	c := &view.ThemeCounts{}
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		set := b.Theme(th.ID)
		c.Answers = int(set.GetCardinality())
		c.Respondents = int(b.RespondentsOf(set).GetCardinality())
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		codings, err := rd.CodingsWith(r.ctx(), r.projectID(), th.ID)
		if err != nil {
			return err
		}
		c.Codings = len(codings)
		for _, one := range codings {
			if one.Version < th.Version {
				c.Older++
			}
		}
		quotes, err := rd.Quotes(r.ctx(), r.projectID())
		for _, q := range quotes {
			if q.Theme == th.ID {
				c.Quotes++
			}
		}
		return err
	})
	return c, err
}

// versionsOf is the last changes of a theme, newest first.
func (s *Server) versionsOf(r *request, th coding.Theme) ([]view.ThemeVersion, error) {
	steps, err := s.Service.History(r.ctx(), r.projectID(), r.person.ID, coding.StepFilter{Ops: []coding.Op{coding.OpTheme}, Limit: 400})
	if err != nil {
		return nil, err
	}
	people, err := s.names(r)
	if err != nil {
		return nil, err
	}
	var out []view.ThemeVersion
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		for _, st := range steps {
			if st.Detail != "" && st.Detail != th.Key || len(out) >= 8 {
				continue
			}
			changes, err := rd.ChangesOf(r.ctx(), r.projectID(), st.ID)
			if err != nil {
				return err
			}
			for _, c := range changes {
				if c.Kind == coding.KindTheme && c.ID == int64(th.ID) {
					out = append(out, view.ThemeVersion{Step: int64(st.ID), Who: r.nameOf(people, st.Actor), At: st.At, Changed: r.themeDiff(c)})
				}
			}
		}
		return nil
	})
	return out, err
}

// themeDiff names what a change of a theme changed.
func (r *request) themeDiff(c coding.Change) []string {
	old, err1 := coding.Decode(c.Kind, c.Before)
	now, err2 := coding.Decode(c.Kind, c.After)
	if err1 != nil || err2 != nil {
		return nil
	}
	b, had := old.(coding.Theme)
	a, has := now.(coding.Theme)
	switch {
	case !had:
		return []string{r.t("themes.diff.created")}
	case !has:
		return []string{r.t("themes.diff.deleted")}
	}
	var out []string
	note := func(changed bool, key string) {
		if changed {
			out = append(out, r.t("themes.diff."+key))
		}
	}
	note(a.Label != b.Label, "label")
	note(a.Definition != b.Definition, "definition")
	note(a.Include != b.Include, "include")
	note(a.Exclude != b.Exclude, "exclude")
	note(!sameWords(a.Keywords, b.Keywords), "keywords")
	note(!slices.Equal(a.Examples, b.Examples), "examples")
	note(a.Hue != b.Hue, "hue")
	note(a.Shortcut != b.Shortcut, "shortcut")
	note(a.Key != b.Key, "key")
	note(a.Parent != b.Parent || a.Order != b.Order, "place")
	if a.Retired != b.Retired {
		note(a.Retired, "retired")
		note(!a.Retired, "back")
	}
	return out
}

func sameWords(a, b themes.Keywords) bool {
	return slices.Equal(a.FI, b.FI) && slices.Equal(a.SV, b.SV) && slices.Equal(a.EN, b.EN)
}
