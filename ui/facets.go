package ui

import (
	"net/url"
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// few writes a count of a group under the project's threshold as '<5'.
func (r *request) few(n int) string {
	if t := r.access.Project.Threshold; n > 0 && n < t {
		return "<" + i18n.Int(r.lang, int64(t))
	}
	return i18n.Int(r.lang, int64(n))
}

func (r *request) count(n int) string { return i18n.Int(r.lang, int64(n)) }

// facets lays the counts out as groups of filters. Counts of the coding work are exact; counts of groups of respondents
// keep to the threshold.
func (r *request) facets(p picked, q url.Values, people []coding.Person) []view.Facet {
	f := p.facets
	var out []view.Facet
	if queue := r.queueFacet(f, q, people); len(queue.Options) > 0 {
		out = append(out, queue)
	}
	out = append(out, r.questionFacet(p, q))
	state := view.Facet{Name: "state", Label: r.t("facet.state")}
	for _, c := range f.States {
		state.Options = append(state.Options, option(q, "state", string(c.Of), r.t("state."+string(c.Of)), r.count(c.N)))
	}
	out = append(out, state)
	if len(f.Languages) > 1 {
		lang := view.Facet{Name: "language", Label: r.t("facet.language")}
		for _, c := range f.Languages {
			value := string(c.Of)
			label := r.t("lang.none")
			if value != "" {
				label = r.t("lang." + value)
			} else {
				value = "none"
			}
			lang.Options = append(lang.Options, option(q, "language", value, label, r.few(c.N)))
		}
		out = append(out, lang)
	}
	doubtful := view.Facet{Name: "mixed", Options: []view.Option{option(q, "mixed", "yes", r.t("card.mixed"), r.count(f.Mixed.Yes))}}
	unsure := view.Facet{Name: "unsure", Options: []view.Option{option(q, "unsure", "yes", r.t("facet.unsure"), r.count(f.Unsure.Yes))}}
	if len(f.Languages) > 1 {
		if f.Mixed.Yes > 0 || q.Get("mixed") != "" {
			out = append(out, doubtful)
		}
		if f.Unsure.Yes > 0 || q.Get("unsure") != "" {
			out = append(out, unsure)
		}
	}
	if len(f.Rounds) > 1 {
		round := view.Facet{Name: "round", Label: r.t("facet.round")}
		for i, c := range f.Rounds {
			x := p.board.rounds[i]
			round.Options = append(round.Options, option(q, "round", x.Key, x.Label.In(coding.Lang(r.lang)), r.count(c.N)))
		}
		out = append(out, round)
	}
	if theme := r.themeFacet(p, q); len(theme.Options) > 0 {
		out = append(out, theme)
	}
	if suggested := r.suggestedFacet(p, q); len(suggested.Options) > 0 {
		out = append(out, suggested)
	}
	if len(values(q, "theme")) > 1 {
		all, people := q.Get("themes") == "all", q.Get("themes") == "people"
		out = append(out, view.Facet{Name: "themes", One: true, Options: []view.Option{{Label: r.t("facet.theme_any"), Selected: !all && !people},
			{Value: "all", Label: r.t("facet.theme_all"), Selected: all}, {Value: "people", Label: r.t("facet.theme_people"), Selected: people}}})
	}
	for _, vf := range f.Variables {
		v := find(p.board.variables, func(v coding.Variable) bool { return v.ID == vf.Variable })
		out = append(out, r.variableFacet(v, vf, q))
	}
	if coder := r.coderFacet(f, q, people); len(coder.Options) > 0 {
		out = append(out, coder)
	}
	has := view.Facet{Name: "memo", Label: r.t("facet.has"), Options: []view.Option{option(q, "memo", "yes", r.t("facet.memo"), r.count(f.Memo.Yes))}}
	out = append(out, has, view.Facet{Name: "quote", Options: []view.Option{option(q, "quote", "yes", r.t("facet.quote"), r.count(f.Quote.Yes))}})
	if f.Identifies.Yes > 0 || q.Get("identifies") != "" {
		out = append(out, view.Facet{Name: "identifies", Options: []view.Option{option(q, "identifies", "yes", r.t("facet.identifies"), r.count(f.Identifies.Yes))}})
	}
	for i := range out {
		shorten(&out[i])
	}
	return out
}

func option(q url.Values, name, value, label, count string) view.Option {
	return view.Option{Value: value, Label: label, Count: count, Selected: slices.Contains(q[name], value)}
}

func (r *request) questionFacet(p picked, q url.Values) view.Facet {
	f := view.Facet{Name: "question", Label: r.t("facet.question"), One: true}
	all := 0
	for i, c := range p.facets.Questions {
		x := p.board.questions[i]
		f.Options = append(f.Options, option(q, "question", x.Key, x.Name(coding.Lang(r.lang)), r.count(c.N)))
		all += c.N
	}
	if len(f.Options) > 1 {
		any := view.Option{Value: "*", Label: r.t("desk.all_questions"), Count: r.count(all)}
		any.Selected = !slices.ContainsFunc(f.Options, func(o view.Option) bool { return o.Selected })
		f.Options = append(f.Options, any)
	}
	return f
}

func (r *request) themeFacet(p picked, q url.Values) view.Facet {
	f := view.Facet{Name: "theme", Label: r.t("facet.theme")}
	for _, c := range p.facets.Themes {
		th, _ := p.frame.tree.Get(c.Of)
		if c.N == 0 && !slices.Contains(q["theme"], th.Key) {
			continue
		}
		f.Options = append(f.Options, option(q, "theme", th.Key, th.Label.In(r.labels()), r.few(c.N)))
	}
	return f
}

func (r *request) variableFacet(v coding.Variable, vf sets.VariableFacet, q url.Values) view.Facet {
	name := filterParam(v.Key)
	f := view.Facet{Name: name, Label: v.Label.In(coding.Lang(r.lang))}
	for i, c := range vf.Categories {
		cat := v.Categories[i]
		if c.N == 0 && !slices.Contains(q[name], cat.Key) {
			continue
		}
		f.Options = append(f.Options, option(q, name, cat.Key, cat.Label.In(coding.Lang(r.lang)), r.few(c.N)))
	}
	if vf.None > 0 {
		f.Options = append(f.Options, option(q, name, "none", r.t("facet.no_value"), r.few(vf.None)))
	}
	return f
}

func (r *request) coderFacet(f sets.Facets, q url.Values, people []coding.Person) view.Facet {
	out := view.Facet{Name: "coder", Label: r.t("facet.coder")}
	for _, c := range f.Coders {
		p := find(people, func(p coding.Person) bool { return p.ID == c.Of })
		if p.ID != 0 {
			out.Options = append(out.Options, option(q, "coder", p.Name, p.Shown(), r.count(c.N)))
		}
	}
	return out
}

// queueFacet is whom answers were given to, the reader first.
func (r *request) queueFacet(f sets.Facets, q url.Values, people []coding.Person) view.Facet {
	out := view.Facet{Name: "queue", Label: r.t("facet.queue")}
	for _, c := range f.Queues {
		p := find(people, func(p coding.Person) bool { return p.ID == c.Of })
		switch {
		case c.Of == 0:
			out.Options = append(out.Options, option(q, "queue", "none", r.t("facet.queue_none"), r.count(c.N)))
		case c.Of == r.person.ID:
			out.Options = slices.Insert(out.Options, 0, option(q, "queue", p.Name, r.t("facet.queue_mine"), r.count(c.N)))
		case p.ID != 0:
			out.Options = append(out.Options, option(q, "queue", p.Name, p.Shown(), r.count(c.N)))
		}
	}
	return out
}

// shorten puts all but the first options behind 'more', unless one of those is chosen.
func shorten(f *view.Facet) {
	most := 6
	if f.Name == "question" {
		most = 12
	}
	if len(f.Options) <= most+1 {
		f.More = len(f.Options)
		return
	}
	f.More = most
	for _, o := range f.Options[most:] {
		f.Open = f.Open || o.Selected
	}
}

// pane is the codebook beside the answers; counts are of the answers under the filter.
func (r *request) pane(b *sets.Board, f sets.Facets) view.ThemePane {
	pane := view.ThemePane{Project: r.slug(), CanCode: r.access.Role.AtLeast(coding.RoleAnalyst), Back: r.path("/code")}
	tree := b.Tree()
	counts := map[coding.ThemeID]int{}
	for _, c := range f.Themes {
		counts[c.Of] = c.N
	}
	for _, th := range tree.All() {
		if th.Retired {
			continue
		}
		words := append(th.Label.All(), th.Key)
		words = append(append(append(append(words, th.Keywords.FI...), th.Keywords.SV...), th.Keywords.EN...), th.Aliases...)
		pane.Themes = append(pane.Themes, view.PaneTheme{ID: int64(th.ID), Key: th.Key, Label: th.Label.In(r.labels()), Hue: r.hue(th),
			Search: strings.ToLower(strings.Join(words, "\n")), Depth: tree.Depth(th.ID), Shortcut: th.Shortcut, Count: r.few(counts[th.ID]),
			Title: th.Definition.In(r.labels())})
	}
	return pane
}
