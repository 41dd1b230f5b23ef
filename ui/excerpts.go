package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/ui/view"
)

// excerpts reads answers to be shown as examples, with the evidence of a theme (0 for none).
func (s *Server) excerpts(r *request, ids []coding.AnswerID, theme coding.ThemeID) (map[coding.AnswerID]view.Excerpt, error) {
	out := map[coding.AnswerID]view.Excerpt{}
	if len(ids) == 0 {
		return out, nil
	}
	err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		answers, err := rd.Answers(r.ctx(), r.projectID(), ids)
		if err != nil {
			return err
		}
		people := make([]coding.RespondentID, len(answers))
		for i, a := range answers {
			people[i] = a.Respondent
		}
		respondents, err := rd.Respondents(r.ctx(), r.projectID(), people)
		if err != nil {
			return err
		}
		number := map[coding.RespondentID]int{}
		for _, x := range respondents {
			number[x.ID] = x.Number
		}
		marked, err := evidenceOf(r, rd, ids, theme)
		if err != nil {
			return err
		}
		for _, a := range answers {
			e := view.Excerpt{Answer: int64(a.ID), Number: fmt.Sprintf("#%04d", number[a.Respondent]), Lang: string(a.Language),
				Href: deskHref(r.slug(), "question=*", a.ID)}
			e.Parts = segments(a.Text, marked[a.ID], nil)
			out[a.ID] = e
		}
		return nil
	})
	return out, err
}

func evidenceOf(r *request, rd coding.Reader, ids []coding.AnswerID, theme coding.ThemeID) (map[coding.AnswerID][]evidence, error) {
	out := map[coding.AnswerID][]evidence{}
	if theme == 0 {
		return out, nil
	}
	th, err := rd.Theme(r.ctx(), r.projectID(), theme)
	if err != nil {
		return nil, err
	}
	codings, err := rd.CodingsOf(r.ctx(), r.projectID(), ids)
	if err != nil {
		return nil, err
	}
	spans := map[coding.AnswerID][]coding.Span{}
	for _, c := range codings {
		if c.Theme == theme {
			spans[c.Answer] = append(spans[c.Answer], c.Evidence...)
		}
	}
	for id, list := range spans {
		if list = coding.MergeSpans(list); len(list) > 0 {
			out[id] = []evidence{{by: view.MarkedBy{Hue: th.Hue, Label: th.Label.In(r.labels())}, spans: list}}
		}
	}
	return out, nil
}

// candidates are answers to choose examples from: coded with the theme, with evidence first, of a length that reads well,
// each text once.
func (s *Server) candidates(r *request, th coding.Theme) ([]view.Excerpt, error) {
	var ids []coding.AnswerID
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		ids = sets.After(roaring.AndNot(b.Theme(th.ID), b.Veiled(r.person.ID)), 0, 300)
		return nil
	})
	if err != nil {
		return nil, err
	}
	all, err := s.excerpts(r, ids, th.ID)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	var out []view.Excerpt
	for _, id := range ids {
		e, ok := all[id]
		text := strings.ToLower(plainText(e.Parts))
		if !ok || seen[text] || slices.Contains(th.Examples, int64(id)) {
			continue
		}
		seen[text] = true
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(a, b view.Excerpt) int { return cmp.Compare(exampleRank(a), exampleRank(b)) })
	return out[:min(len(out), 12)], nil
}

// exampleRank is low for answers that make good examples.
func exampleRank(e view.Excerpt) int {
	rank := 0
	if len(e.Parts) == 1 && len(e.Parts[0].Marks) == 0 {
		rank += 2
	}
	if n := len(plainText(e.Parts)); n < 40 || n > 320 {
		rank++
	}
	return rank
}

func plainText(parts []view.Segment) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Text)
	}
	return b.String()
}
