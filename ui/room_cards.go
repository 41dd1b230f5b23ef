package ui

import (
	"cmp"
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/workshop/room"
	"avokoodi/themes"
	"avokoodi/ui/view"
)

// roomSource is what cards are made from: numbers that readers may see, and quotes that anybody may.
type roomSource struct {
	tree   themes.Tree
	table  report.Table
	quotes []quotes.Spoken
}

func (s *Server) roomSource(r *request, from coding.Workshop) (roomSource, error) {
	var src roomSource
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) (err error) {
		src.tree = b.Tree()
		q := roomRequest(b, from)
		src.table, err = report.CountOn(b, q)
		if err == nil && src.table.Base.Suppressed != report.Shown && from.Round == "" { // readers are told the whole instead
			q.Rounds = nil
			src.table, err = report.CountOn(b, q)
		}
		return err
	})
	if err != nil {
		return src, err
	}
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		gate, err := quotes.OpenGate(r.ctx(), rd, s.Boards.Sharing, r.projectID())
		if err == nil {
			src.quotes, _ = gate.Public()
		}
		return err
	})
	return src, err
}

// roomRequest asks for what the workshop is about, or else for the survey: earlier rooms brought rounds of their own, whose
// participants were not asked what the respondents were.
func roomRequest(b *sets.Board, from coding.Workshop) report.Request {
	q := report.Request{Project: b.Project().ID, Public: true}
	if slices.ContainsFunc(b.Questions(), func(x coding.Question) bool { return x.Key == from.Question }) {
		q.Questions = []string{from.Question}
	}
	var surveys []string
	for _, x := range b.Rounds() {
		if x.Key == from.Round {
			q.Rounds = []string{x.Key}
			return q
		}
		if x.Kind != coding.RoundWorkshop {
			surveys = append(surveys, x.Key)
		}
	}
	if len(surveys) == 1 && len(b.Rounds()) > 1 {
		q.Rounds = surveys
	}
	return q
}

// count is a theme's number; its zero where the table has none.
func (src roomSource) count(id coding.ThemeID) report.Cell {
	i := slices.IndexFunc(src.table.Rows, func(row report.Row) bool { return row.Theme.ID == id })
	if i < 0 {
		return report.Cell{}
	}
	return src.table.Rows[i].Total
}

// card freezes a theme. Quotes stand in the order of picked, or else in their own.
func (src roomSource) card(th coding.Theme, picked []coding.QuoteID, most int) room.Card {
	c := room.Card{Key: th.Key, Label: th.Label, Hue: th.Hue}
	n, base := src.count(th.ID), src.table.Base
	if n.Suppressed != report.Shown || base.Suppressed != report.Shown {
		c.Hidden = true
	} else {
		c.N, c.Base = n.N, base.N
	}
	list := slices.DeleteFunc(slices.Clone(src.quotes), func(q quotes.Spoken) bool {
		return len(picked) > 0 && !slices.Contains(picked, q.Quote) || len(picked) == 0 && q.Theme != th.ID
	})
	if len(picked) > 0 {
		slices.SortStableFunc(list, func(a, b quotes.Spoken) int { return slices.Index(picked, a.Quote) - slices.Index(picked, b.Quote) })
	}
	for _, q := range list[:min(len(list), most)] {
		c.Quotes = append(c.Quotes, room.Quote{Said: q.Brief(), Lang: q.Lang, Translated: q.Translated, Attribution: q.Attribution})
	}
	return c
}

// freeze makes the cards of the chosen themes: in the order of the workshop that they come from, or of the codebook.
func (s *Server) freeze(r *request, f roomForm) ([]room.Card, error) {
	src, err := s.roomSource(r, f.from)
	if err != nil {
		return nil, err
	}
	order := map[coding.ThemeID]int{}
	chosen := map[coding.ThemeID]coding.WorkshopTheme{}
	for i, th := range f.from.Themes {
		order[th.Theme], chosen[th.Theme] = i-len(f.from.Themes), th
	}
	all := src.tree.All()
	for i, th := range all {
		if _, ok := order[th.ID]; !ok {
			order[th.ID] = i
		}
	}
	slices.SortStableFunc(all, func(a, b coding.Theme) int { return cmp.Compare(order[a.ID], order[b.ID]) })
	var cards []room.Card
	for _, th := range all {
		if !slices.Contains(f.themes, th.ID) {
			continue
		}
		most := min(f.quotes, room.MaxQuotes)
		if chosen[th.ID].NoQuotes {
			most = 0
		}
		cards = append(cards, src.card(th, chosen[th.ID].Quotes, most))
	}
	return cards, nil
}

// roomThemes lists the themes to choose from. Where none is chosen, the most named ones are proposed.
func (s *Server) roomThemes(r *request, f roomForm) ([]view.RoomTheme, error) {
	src, err := s.roomSource(r, f.from)
	if err != nil {
		return nil, err
	}
	chosen := f.themes
	if len(chosen) == 0 {
		rows := slices.DeleteFunc(slices.Clone(src.table.Rows), func(row report.Row) bool {
			return row.Total.Suppressed != report.Shown || row.Total.N == 0 || row.Theme.Retired
		})
		slices.SortStableFunc(rows, func(a, b report.Row) int { return cmp.Compare(b.Total.N, a.Total.N) })
		for _, row := range rows[:min(len(rows), roomThemes)] {
			chosen = append(chosen, row.Theme.ID)
		}
	}
	var out []view.RoomTheme
	for _, th := range src.tree.All() {
		if th.Retired {
			continue
		}
		t := view.RoomTheme{ID: int64(th.ID), Label: th.Label.In(r.labels()), Depth: src.tree.Depth(th.ID), Count: r.cellText(src.count(th.ID), src.table.Threshold), Checked: slices.Contains(chosen, th.ID)}
		for _, q := range src.quotes {
			if q.Theme == th.ID {
				t.Quotes++
			}
		}
		out = append(out, t)
	}
	return out, nil
}
