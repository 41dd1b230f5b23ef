package ui

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"avokoodi/coding"
	"avokoodi/coding/privacy"
	"avokoodi/coding/quotes"
	"avokoodi/ui/view"
)

// Most answers that a page lists and that one look goes through, so that a page of a large project does not take minutes.
const (
	identifiedMost = 200
	scannedMost    = 50_000
)

// identified is an answer with what identifies in it.
type identified struct {
	coding.Answer
	found []privacy.Found
}

// identify looks for direct identifiers in the answers of an import, 0 for any. more tells that it stopped before the end.
func (s *Server) identify(ctx context.Context, p coding.Project, imp coding.ImportID) (out []identified, more bool, err error) {
	finder := quotes.FinderOf(p)
	err = s.Service.Store().View(ctx, func(r coding.Reader) error {
		n := 0
		for a, err := range r.EachAnswer(ctx, p.ID, 0, imp) {
			if err != nil {
				return err
			}
			if n++; n > scannedMost || len(out) == identifiedMost {
				more = true
				return nil
			}
			found := slices.DeleteFunc(finder.Find(a.Text), func(f privacy.Found) bool { return !f.Kind.Direct() })
			if len(found) > 0 {
				out = append(out, identified{a, found})
			}
		}
		return nil
	})
	return out, more, err
}

// identifiersPage lists the answers that somebody could be recognised by: ?import=ID for those of one import.
func (s *Server) identifiersPage(r *request) error {
	page := view.IdentifiersPage{Page: r.base("privacy.title", "quotes")}
	imp, _ := strconv.ParseInt(r.Query("import"), 10, 64)
	list, more, err := s.identify(r.ctx(), r.access.Project, coding.ImportID(max(imp, 0)))
	if err != nil {
		return err
	}
	if more {
		page.Most = identifiedMost
	}
	number := map[coding.RespondentID]int{}
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		var ids []coding.RespondentID
		for _, a := range list {
			ids = append(ids, a.Respondent)
		}
		people, err := rd.Respondents(r.ctx(), r.projectID(), ids)
		for _, x := range people {
			number[x.ID] = x.Number
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, a := range list {
		page.Found = append(page.Found, r.identifiedAnswer(a, number[a.Respondent]))
	}
	return s.render(r, http.StatusOK, "identifiers", page)
}

func (r *request) identifiedAnswer(a identified, number int) view.IdentifiedAnswer {
	out := view.IdentifiedAnswer{Number: fmt.Sprintf("#%04d", number), Href: deskHref(r.slug(), "question=*", a.ID), Lang: string(a.Language)}
	runes := []rune(a.Text)
	at := 0
	for _, f := range a.found {
		if f.Start > at {
			out.Parts = append(out.Parts, view.QuotePiece{Text: string(runes[at:f.Start])})
		}
		kind := r.t("privacy.kind." + string(f.Kind))
		out.Parts = append(out.Parts, view.QuotePiece{Kind: kind, Text: f.Text})
		if !slices.Contains(out.Kinds, kind) {
			out.Kinds = append(out.Kinds, kind)
		}
		at = f.End
	}
	if at < len(runes) {
		out.Parts = append(out.Parts, view.QuotePiece{Text: string(runes[at:])})
	}
	return out
}
