package ui

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/ui/view"
)

const recheckPage = 20

func (s *Server) routeRecheck(g gin.IRouter) {
	g.GET("/p/:slug/recheck", s.project(coding.RoleAnalyst, s.recheck))
	g.POST("/p/:slug/recheck", s.project(coding.RoleAnalyst, s.resolveRecheck))
}

// recheck lists what a corrected file has changed since it was judged, from ?after=ANSWER on.
func (s *Server) recheck(r *request) error {
	list, err := s.Service.Rechecks(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	people, err := s.names(r)
	if err != nil {
		return err
	}
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	page := view.RecheckPage{Page: r.base("recheck.title", "code"), Total: len(list)}
	after, _ := strconv.ParseInt(r.Query("after"), 10, 64)
	for len(list) > 0 && int64(list[0].Answer.ID) <= after {
		list = list[1:]
	}
	if len(list) > recheckPage {
		list = list[:recheckPage]
		page.Next = r.path("/recheck?after=" + strconv.FormatInt(int64(list[recheckPage-1].Answer.ID), 10))
	}
	var ids []coding.AnswerID
	for _, one := range list {
		ids = append(ids, one.Answer.ID)
	}
	var links map[coding.AnswerID]view.AnswerLink
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		links, err = answerLinks(r, rd, ids)
		return err
	})
	if err != nil {
		return err
	}
	who := func(id coding.PersonID) *view.Person {
		if p, ok := people[id]; ok {
			return person(p)
		}
		return nil
	}
	for _, one := range list {
		link := links[one.Answer.ID]
		card := view.RecheckCard{ChangedAnswer: view.ChangedAnswer{Number: link.Number, Href: link.Href, Lang: string(one.Answer.Language),
			Pieces: difference(one.Before, one.Answer.Text)}}
		for _, c := range one.Codings {
			row := view.JudgedRow{Field: "coding", ID: int64(c.ID), Who: who(c.Coder)}
			if th, ok := tree.Get(c.Theme); ok {
				row.Chip = &view.ThemeChip{Label: th.Label.In(r.labels()), Hue: th.Hue}
			}
			card.Judged = append(card.Judged, row)
		}
		for _, m := range one.Marks {
			card.Judged = append(card.Judged, view.JudgedRow{Field: "mark", ID: int64(m.ID), State: r.t("state." + string(m.State)), Who: who(m.Coder)})
		}
		page.Cards = append(page.Cards, card)
	}
	return s.render(r, http.StatusOK, "recheck", page)
}

// changed tells that a judgement which the person may settle was made of an earlier text.
func (r *request) changed(codings []coding.Coding, marks []coding.Mark) bool {
	lead := r.access.Role.AtLeast(coding.RoleLead)
	return slices.ContainsFunc(codings, func(c coding.Coding) bool { return c.Recheck != 0 && (lead || c.Coder == r.person.ID) }) ||
		slices.ContainsFunc(marks, func(m coding.Mark) bool { return m.Recheck != 0 && (lead || m.Coder == r.person.ID) })
}

func difference(before, after string) []view.DiffPiece {
	var out []view.DiffPiece
	for _, p := range coding.DiffWords(before, after) {
		out = append(out, view.DiffPiece{Op: [...]string{"", "del", "ins"}[p.Op], Text: p.Text})
	}
	return out
}

// resolveRecheck settles the ticked judgements: do=keep or do=remove.
func (s *Server) resolveRecheck(r *request) error {
	if err := r.Request.ParseForm(); err != nil {
		return coding.ErrNotFound
	}
	var judged coding.Judged
	for _, v := range r.Request.PostForm["coding"] {
		if id, err := strconv.ParseInt(v, 10, 64); err == nil {
			judged.Codings = append(judged.Codings, coding.CodingID(id))
		}
	}
	for _, v := range r.Request.PostForm["mark"] {
		if id, err := strconv.ParseInt(v, 10, 64); err == nil {
			judged.Marks = append(judged.Marks, coding.MarkID(id))
		}
	}
	n := len(judged.Codings) + len(judged.Marks)
	if n == 0 {
		return r.goTo(r.path("/recheck"), "recheck.none_ticked")
	}
	keep, remove, flash := judged, coding.Judged{}, "recheck.kept"
	if r.PostForm("do") == "remove" {
		keep, remove, flash = coding.Judged{}, judged, "recheck.removed"
	}
	if _, err := s.Service.ResolveRecheck(r.ctx(), r.projectID(), r.person.ID, keep, remove); err != nil {
		return err
	}
	return r.goTo(r.path("/recheck"), flash, n)
}
