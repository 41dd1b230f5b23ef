package ui

import (
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/index/query"
	"avokoodi/ui/view"
)

// searchHelp explains how to search with examples of the project itself, and writes a query from a form: with go=1 it leads
// to the desk.
func (s *Server) searchHelp(r *request) error {
	page := view.SearchHelpPage{Page: r.base("searchhelp.title", "code"), All: r.Query("all"), Phrase: r.Query("phrase"), Without: r.Query("without"), Any: r.Query("any")}
	if r.Query("go") != "" {
		q := r.composed()
		_, err := s.ask(r.ctx(), r.projectID(), nil).Parse(r.ctx(), q)
		texts, _, wrong := r.problems(err)
		switch {
		case wrong:
			page.Errors = texts
		case err != nil:
			return err
		case q == "":
			page.Errors = []string{r.t("searchhelp.nothing")}
		default:
			return r.goTo(r.path("/code?"+url.Values{"question": {"*"}, "q": {q}}.Encode()), "")
		}
		page.Query = q
	}
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		r.searchChoices(b, &page)
		r.searchExamples(b, &page)
		return nil
	})
	if err != nil {
		return err
	}
	return s.render(r, http.StatusOK, "search_help", page)
}

// composed is the query that the form's fields make.
func (r *request) composed() string {
	var parts []string
	if words := strings.Fields(plainWords(r.Query("all"))); len(words) > 0 {
		parts = append(parts, words...)
	}
	if any := strings.Fields(plainWords(r.Query("any"))); len(any) == 1 {
		parts = append(parts, any[0])
	} else if len(any) > 1 {
		parts = append(parts, "("+strings.Join(any, " OR ")+")")
	}
	if phrase := strings.TrimSpace(strings.ReplaceAll(r.Query("phrase"), `"`, " ")); phrase != "" {
		parts = append(parts, `"`+phrase+`"`)
	}
	for _, w := range strings.Fields(plainWords(r.Query("without"))) {
		parts = append(parts, "-"+w)
	}
	for _, kind := range []query.Kind{query.KindTheme, query.KindState, query.KindLanguage, query.KindQuestion} {
		if v := r.Query("f." + kind.String()); v != "" {
			parts = append(parts, query.FieldName(kind, r.lang)+":"+fieldValue(v))
		}
	}
	if variable, category, ok := strings.Cut(r.Query("f.where"), "="); ok {
		parts = append(parts, variable+":"+fieldValue(category))
	}
	return strings.Join(parts, " ")
}

// plainWords takes the signs of the query language away; '*' and '~' behind a word stay.
func plainWords(s string) string {
	s = strings.Map(func(c rune) rune {
		if strings.ContainsRune(`"()`, c) {
			return ' '
		}
		return c
	}, s)
	var out []string
	for _, w := range strings.Fields(s) {
		if w = strings.TrimLeft(w, "-"); w != "" {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// fieldValue writes a value, in quotes where it is more than letters and digits.
func fieldValue(v string) string {
	if strings.ContainsFunc(v, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '_' && c != '-' }) {
		return `"` + strings.ReplaceAll(v, `"`, " ") + `"`
	}
	return v
}

func (r *request) searchChoices(b *sets.Board, page *view.SearchHelpPage) {
	lang := coding.Lang(r.lang)
	choose := func(kind query.Kind, value, label string) view.Option {
		return view.Option{Value: value, Label: label, Selected: value != "" && r.Query("f."+kind.String()) == value}
	}
	any := view.Option{Label: r.t("searchhelp.any")}
	page.Questions, page.Languages, page.Themes, page.States = []view.Option{any}, []view.Option{any}, []view.Option{any}, []view.Option{any}
	for _, q := range b.Questions() {
		page.Questions = append(page.Questions, choose(query.KindQuestion, q.Key, q.Name(lang)))
	}
	for _, l := range b.Languages() {
		if l != "" {
			page.Languages = append(page.Languages, choose(query.KindLanguage, string(l), r.language(l)))
		}
	}
	for _, th := range b.Tree().All() {
		if !th.Retired {
			page.Themes = append(page.Themes, choose(query.KindTheme, th.Key, th.Label.In(r.labels())))
		}
		if q := query.ForKeywords(th.Keywords); q != "" && !th.Retired {
			page.Keywords = append(page.Keywords, view.SearchExample{Say: th.Label.In(r.labels()), Query: q, Href: r.path("/search/theme/" + url.PathEscape(th.Key))})
		}
	}
	for _, st := range []string{"open", "coded", "none", "unusable"} {
		page.States = append(page.States, choose(query.KindState, st, r.t("state."+st)))
	}
	page.Wheres = []view.OptionGroup{{Options: []view.Option{any}}}
	for _, v := range b.Variables() {
		g := view.OptionGroup{Label: textOr(v.Label, lang, v.Key)}
		for _, c := range v.Categories {
			value := v.Key + "=" + c.Key
			g.Options = append(g.Options, view.Option{Value: value, Label: textOr(c.Label, lang, c.Key), Selected: value == r.Query("f.where")})
		}
		page.Wheres = append(page.Wheres, g)
	}
}

// searchExamples are queries in the reader's language, with the project's own questions, themes and variables.
func (r *request) searchExamples(b *sets.Board, page *view.SearchHelpPage) {
	lang := coding.Lang(r.lang)
	add := func(say, q string) {
		page.Examples = append(page.Examples, view.SearchExample{Query: q, Say: r.t("searchhelp." + say),
			Href: r.path("/code?" + url.Values{"question": {"*"}, "q": {q}}.Encode())})
	}
	for _, say := range []string{"word", "words", "phrase", "loose", "or", "not", "begin", "typo"} {
		add(say, r.t("searchhelp.example_"+say))
	}
	field := func(kind query.Kind, v string) string { return query.FieldName(kind, r.lang) + ":" + fieldValue(v) }
	for _, th := range b.Tree().All() {
		if !th.Retired {
			add("theme", field(query.KindTheme, th.Label.In(lang)))
			break
		}
	}
	add("state", field(query.KindState, r.t("searchhelp.state_value")))
	if langs := b.Languages(); len(langs) > 1 && langs[0] != "" && langs[1] != "" {
		add("language", query.FieldName(query.KindLanguage, r.lang)+":"+string(langs[0])+","+string(langs[1]))
	}
	if qs := b.Questions(); len(qs) > 0 {
		add("question", field(query.KindQuestion, qs[0].Key))
	}
	if rs := b.Rounds(); len(rs) > 1 {
		add("round", field(query.KindRound, rs[0].Key))
	}
	for _, v := range b.Variables() {
		if len(v.Categories) > 0 {
			c := v.Categories[0]
			add("variable", v.Key+":"+fieldValue(textOr(c.Label, lang, c.Key)))
			break
		}
	}
}

// searchKeywords searches for a theme by its keywords of all three languages.
func (s *Server) searchKeywords(r *request) error {
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	th, ok := tree.Find(r.Param("key"))
	if !ok {
		return coding.ErrNotFound
	}
	q := query.ForKeywords(th.Keywords)
	if q == "" {
		return r.goTo(r.path("/themes?theme="+url.QueryEscape(th.Key)), "searchhelp.no_keywords", th.Label.In(r.labels()))
	}
	return r.goTo(r.path("/code?"+url.Values{"question": {"*"}, "q": {q}}.Encode()), "")
}
