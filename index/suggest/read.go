package suggest

import (
	"context"
	"slices"

	"avokoodi/coding"
	"avokoodi/themes"
)

// Project is what a project has for learning.
type Project struct {
	Codebook []coding.Theme
	Judged   []Example // by answer
	Open     []coding.AnswerID
}

// Read reads the answers that coders judged. The themes of an answer are those that any coder gave it, unless it was decided
// otherwise; retired themes are left
// out, and so are answers that coders only marked as unusable, which teach nothing about themes.
func Read(ctx context.Context, r coding.Reader, p coding.ProjectID) (Project, error) {
	var out Project
	list, err := r.Themes(ctx, p)
	if err != nil {
		return out, err
	}
	out.Codebook = themes.NewTree(list).All()
	live := map[coding.ThemeID]bool{}
	for _, th := range out.Codebook {
		live[th.ID] = !th.Retired
	}
	given, read := map[coding.AnswerID][]coding.ThemeID{}, map[coding.AnswerID]coding.State{}
	decisions, err := r.Decisions(ctx, p)
	if err != nil {
		return out, err
	}
	decided := map[[2]int64]bool{}
	for _, d := range decisions {
		decided[[2]int64{int64(d.Answer), int64(d.Theme)}] = true
		if read[d.Answer] != coding.StateCoded {
			read[d.Answer] = coding.StateNoTheme
		}
		if d.Applies {
			read[d.Answer] = coding.StateCoded
			if live[d.Theme] {
				given[d.Answer] = append(given[d.Answer], d.Theme)
			}
		}
	}
	for c, err := range r.EachCodingHead(ctx, p) {
		if err != nil {
			return out, err
		}
		if decided[[2]int64{int64(c.Answer), int64(c.Theme)}] {
			continue
		}
		read[c.Answer] = coding.StateCoded
		if live[c.Theme] && !slices.Contains(given[c.Answer], c.Theme) {
			given[c.Answer] = append(given[c.Answer], c.Theme)
		}
	}
	for m, err := range r.EachMark(ctx, p) {
		if err != nil {
			return out, err
		}
		if read[m.Answer] != coding.StateCoded && read[m.Answer] != coding.StateNoTheme {
			read[m.Answer] = m.State
		}
	}
	for a, err := range r.EachAnswer(ctx, p, 0, 0) {
		if err != nil {
			return out, err
		}
		switch read[a.ID] {
		case coding.StateCoded, coding.StateNoTheme:
			slices.Sort(given[a.ID])
			out.Judged = append(out.Judged, Example{Answer: a.ID, Question: a.Question, Round: a.Round, Lang: a.Language, Text: a.Text,
				Same: a.Same, Themes: given[a.ID]})
		case coding.StateUnusable:
		default:
			out.Open = append(out.Open, a.ID)
		}
	}
	return out, nil
}
