package ui

import (
	"math"
	"net/url"
	"slices"

	"avokoodi/coding"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

func (r *request) decimal(x float64, digits int) string { return i18n.Decimal(r.lang, x, digits) }

// times says a binary logarithm of a ratio as a ratio: 'four times'. Where one of the counts is zero there is none.
func (r *request) times(log float64, open bool) string {
	less := ""
	if log < 0 {
		less = "_less"
	}
	if open {
		return r.t("words.only" + less)
	}
	x := math.Exp2(math.Abs(log))
	digits := 1
	if x >= 10 {
		digits = 0
	}
	return r.t("words.times"+less, r.decimal(x, digits))
}

// wordControls fills in the choices of the page.
func (r *request) wordControls(a wordsAsked, page *view.WordsPage) {
	lang := coding.Lang(r.lang)
	page.Questions = []view.Option{{Label: r.t("analysis.all_questions")}}
	for _, q := range a.board.questions {
		page.Questions = append(page.Questions, view.Option{Value: q.Key, Label: q.Name(lang), Selected: a.filter.Get("question") == q.Key})
	}
	if a.tab == "context" {
		page.Languages = append(page.Languages, view.Option{Value: "", Label: r.t("analysis.all_languages"), Selected: a.any})
	}
	for _, l := range a.board.languages {
		page.Languages = append(page.Languages, view.Option{Value: orNone(string(l)), Label: r.language(l), Selected: !a.any && l == a.lang})
	}
	page.Rounds = []view.Option{{Label: r.t("analysis.all_rounds")}}
	for _, one := range a.board.rounds {
		page.Rounds = append(page.Rounds, view.Option{Value: one.Key, Label: textOr(one.Label, lang, one.Key), Selected: a.filter.Get("round") == one.Key})
	}
	page.Wheres = []view.OptionGroup{{Options: []view.Option{{Label: r.t("words.everybody")}}}}
	page.Groups = []view.OptionGroup{{Options: []view.Option{{Label: r.t("words.choose")}}}}
	vs := a.own.Get("vs")
	for _, v := range a.board.variables {
		where, group := view.OptionGroup{Label: textOr(v.Label, lang, v.Key)}, view.OptionGroup{Label: textOr(v.Label, lang, v.Key)}
		for _, c := range v.Categories {
			o := view.Option{Value: v.Key + "=" + c.Key, Label: textOr(c.Label, lang, c.Key)}
			where.Options = append(where.Options, o)
			if v.Key == "question" || v.Key == "round" {
				o.Value = "v." + o.Value
			}
			o.Selected = o.Value == vs
			group.Options = append(group.Options, o)
		}
		page.Wheres, page.Groups = append(page.Wheres, where), append(page.Groups, group)
	}
	if a.tab == "typical" {
		r.moreGroups(a, page, vs)
	}
	choose := func(name string, keys ...string) []view.Option {
		var out []view.Option
		for _, key := range keys {
			label := r.t("words." + name + "_" + key)
			value := key
			if len(out) == 0 {
				value = ""
			}
			out = append(out, view.Option{Value: value, Label: label, Selected: a.own.Get(name) == value})
		}
		return out
	}
	switch a.tab {
	case "list":
		page.Orders = choose("order", "count", "respondents", "name", "compounds")
	case "phrases":
		page.Lengths = choose("size", "2", "3")
	case "typical":
		page.Orders = choose("way", "more", "less")
	case "context":
		page.Orders = choose("side", "none", "left", "right", "match")
	}
	r.wordFilters(a, page)
}

// moreGroups are the questions and rounds as groups to compare.
func (r *request) moreGroups(a wordsAsked, page *view.WordsPage, vs string) {
	lang := coding.Lang(r.lang)
	questions, rounds := view.OptionGroup{Label: r.t("analysis.question")}, view.OptionGroup{Label: r.t("analysis.round")}
	for _, q := range a.board.questions {
		questions.Options = append(questions.Options, view.Option{Value: "question=" + q.Key, Label: q.Name(lang), Selected: vs == "question="+q.Key})
	}
	for _, one := range a.board.rounds {
		rounds.Options = append(rounds.Options, view.Option{Value: "round=" + one.Key, Label: textOr(one.Label, lang, one.Key), Selected: vs == "round="+one.Key})
	}
	for _, g := range []view.OptionGroup{questions, rounds} {
		if len(g.Options) > 1 {
			page.Groups = append(page.Groups, g)
		}
	}
}

// wordFilters lists the parts of the filter that no control shows, each with a way out, and what the form carries along.
func (r *request) wordFilters(a wordsAsked, page *view.WordsPage) {
	lang := coding.Lang(r.lang)
	for name, vs := range a.filter {
		for i, v := range vs {
			if i == 0 && (name == "question" || name == "round") {
				continue
			}
			page.Hidden = append(page.Hidden, view.ExtraFilter{Name: name, Value: v})
			label := name + ": " + v
			switch name {
			case "question", "round":
				label = r.t("analysis."+name) + ": " + v
			case "state":
				label = r.t("state." + oneOf(v, "open", "coded", "none", "unusable"))
			case "theme", "without", "coder", "memo", "quote", "mixed", "unsure":
				label = r.t("analysis.filter_"+name, v)
			}
			for _, x := range a.board.variables {
				if filterParam(x.Key) != name {
					continue
				}
				c := find(x.Categories, func(c coding.Category) bool { return c.Key == v })
				label = textOr(x.Label, lang, x.Key) + ": " + textOr(c.Label, lang, r.t("analysis.no_category"))
			}
			rest := url.Values{}
			for n, list := range a.query() {
				for _, one := range list {
					if n != name || one != v {
						rest.Add(n, one)
					}
				}
			}
			page.Extra = append(page.Extra, view.ExtraFilter{Name: name, Value: v, Label: label, Without: r.path("/words?" + rest.Encode())})
		}
	}
	order := func(a, b view.ExtraFilter) int {
		return slices.Compare([]string{a.Name, a.Value}, []string{b.Name, b.Value})
	}
	slices.SortFunc(page.Hidden, order)
	slices.SortFunc(page.Extra, order)
	page.Hidden = append(page.Hidden, view.ExtraFilter{Name: "tab", Value: a.tab})
}
