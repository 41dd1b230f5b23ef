package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
	"avokoodi/coding/sets"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// themeChoices is every theme in use as a list to choose from, 'none' first.
func (r *request) themeChoices(tree themes.Tree) []view.Option {
	out := []view.Option{{Value: "0", Label: r.t("quotes.no_theme")}}
	for _, th := range tree.All() {
		out = append(out, view.Option{Value: strconv.FormatInt(int64(th.ID), 10), Label: strings.Repeat("\u2003", tree.Depth(th.ID)) + th.Label.In(r.labels())})
	}
	return out
}

// balance compares the quotes with the data they come from, for those who code: its shares are of other totals than those of
// the tables that readers see, and the two together could give small groups away.
func (s *Server) balance(r *request, all []quoted, variable string) (*view.Balance, error) {
	if len(all) == 0 || !r.access.Role.AtLeast(coding.RoleAnalyst) {
		return nil, nil
	}
	bal := &view.Balance{}
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		r.balanceLanguages(b, all, bal)
		r.balanceVariable(b, all, variable, bal)
		r.balancePeople(all, bal)
		r.balanceThemes(b.Tree(), all, bal)
		return nil
	})
	return bal, err
}

func (r *request) balanceLanguages(b *sets.Board, all []quoted, bal *view.Balance) {
	total := int(b.All().GetCardinality())
	least := r.access.Project.Threshold
	for _, l := range b.Languages() {
		set := b.Language(l)
		n := 0
		for _, q := range all {
			if q.answer.Language == l {
				n++
			}
		}
		row := view.BalanceRow{Label: r.t("lang." + string(l)), Lang: string(l), N: n, Share: percent(n, len(all))}
		if l == "" {
			row.Label, row.Lang = r.t("lang.none"), r.lang
		} else if !i18n.Has(r.lang, "lang."+string(l)) {
			row.Label, row.Lang = string(l), ""
		}
		respondents := int(b.RespondentsOf(set).GetCardinality())
		row.Data = i18n.Percent(r.lang, float64(set.GetCardinality())/float64(max(total, 1)))
		if respondents < least {
			row.Data, bal.Hidden = r.few(respondents), true
		}
		bal.Languages = append(bal.Languages, row)
		if n == 0 && l != "" && respondents >= least && i18n.Has(r.lang, "quotes.warn_language."+string(l)) {
			bal.Warnings = append(bal.Warnings, r.t("quotes.warn_language."+string(l)))
		}
	}
}

func (r *request) balanceVariable(b *sets.Board, all []quoted, key string, bal *view.Balance) {
	vs := b.Variables()
	if len(vs) == 0 {
		return
	}
	chosen := vs[0]
	for _, v := range vs {
		if v.Key == key {
			chosen = v
		}
	}
	lang := coding.Lang(r.lang)
	bal.Variable = chosen.Label.In(lang)
	for _, v := range vs {
		bal.Variables = append(bal.Variables, view.Option{Value: v.Key, Label: v.Label.In(lang), Selected: v.ID == chosen.ID})
	}
	base := int(b.Respondents().GetCardinality())
	least := r.access.Project.Threshold
	for _, c := range chosen.Categories {
		members := b.Members(c.ID)
		size, n := int(members.GetCardinality()), 0
		for _, q := range all {
			if members.Contains(uint32(q.answer.Respondent)) {
				n++
			}
		}
		if size == 0 {
			continue
		}
		row := view.BalanceRow{Label: c.Label.In(lang), N: n, Share: percent(n, len(all)), Data: i18n.Percent(r.lang, float64(size)/float64(max(base, 1)))}
		if size < least {
			row.Data, bal.Hidden = r.few(size), true
		}
		bal.Groups = append(bal.Groups, row)
		// A group that fills a tenth of the data and none of ten quotes is missing.
		if n == 0 && len(all) >= 10 && size*10 >= base {
			bal.Warnings = append(bal.Warnings, r.t("quotes.warn_group", row.Label))
		}
	}
}

// balancePeople warns of respondents who are quoted often.
func (r *request) balancePeople(all []quoted, bal *view.Balance) {
	times := map[int]int{}
	for _, q := range all {
		times[q.number]++
	}
	var often []int
	for number, n := range times {
		if n >= 3 {
			often = append(often, number)
		}
	}
	slices.Sort(often)
	for _, number := range often[:min(len(often), 3)] {
		bal.Warnings = append(bal.Warnings, r.t("quotes.warn_person", times[number], fmt.Sprintf("#%04d", number)))
	}
}

// balanceThemes warns of themes whose quotes all say the same.
func (r *request) balanceThemes(tree themes.Tree, all []quoted, bal *view.Balance) {
	said := map[coding.ThemeID][]string{}
	for _, q := range all {
		said[q.Theme] = append(said[q.Theme], q.answer.Text)
	}
	for _, th := range tree.All() {
		if quotes.Same(said[th.ID]) {
			bal.Warnings = append(bal.Warnings, r.t("quotes.warn_same", th.Label.In(r.labels())))
		}
	}
}

func percent(n, of int) int {
	if of == 0 {
		return 0
	}
	return (n*100 + of/2) / of
}
