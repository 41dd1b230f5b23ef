package ui

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/index/reading"
	"avokoodi/ui/view"
)

const (
	wordRows     = 500  // rows of a list at first, and as many more at a time
	wordRowsMost = 5000 // rows of a page; the rest is in the file
)

func (s *Server) routeWords(g gin.IRouter) {
	g.GET("/p/:slug/words", s.project(coding.RoleAnalyst, s.wordsPage))
	g.GET("/p/:slug/words/export.csv", s.project(coding.RoleAnalyst, s.exportWords))
	g.GET("/p/:slug/words/analyse", s.project(coding.RoleAnalyst, s.analysePage))
	g.GET("/p/:slug/search-help", s.project(coding.RoleAnalyst, s.searchHelp))
	g.GET("/p/:slug/search/theme/:key", s.project(coding.RoleAnalyst, s.searchKeywords))
	g.GET("/p/:slug/code/language", s.project(coding.RoleAnalyst, s.manyLanguages))
	g.POST("/p/:slug/code/language", s.project(coding.RoleAnalyst, s.postManyLanguages))
}

// wordTabs are the reading tools in the order of the page.
var wordTabs = []string{"list", "phrases", "typical", "context"}

// wordsAsked is what the address of the reading tools asks for.
type wordsAsked struct {
	tab    string
	filter url.Values // the desk's, without the language
	own    url.Values // what shapes the page
	lang   coding.Lang
	any    bool // all languages, in context only
	set    *roaring.Bitmap
	group  *roaring.Bitmap // answers of the group to compare, nil for none
	board  wordsBoard
	name   string // of the group
	rows   int
}

// wordsBoard is what the page needs of the project.
type wordsBoard struct {
	questions []coding.Question
	rounds    []coding.Round
	variables []coding.Variable
	languages []coding.Lang
	total     int
}

// ownWords are the page's own parameters besides the filter.
var ownWords = []string{"tab", "vs", "word", "base", "inside", "side", "order", "small", "size", "way"}

// readWords reads the address: the desk's filter, where=VARIABLE=CATEGORY as another way to write a part of it, and the page's
// own parameters.
func (s *Server) readWords(r *request) (wordsAsked, error) {
	q := r.Request.URL.Query()
	a := wordsAsked{tab: oneOf(q.Get("tab"), wordTabs...), filter: url.Values{}, own: url.Values{}}
	for _, name := range ownWords {
		if v := values(q, name); len(v) > 0 && name != "tab" {
			a.own[name] = v[:min(len(v), 3)]
		}
	}
	a.rows, _ = strconv.Atoi(q.Get("show"))
	a.rows = min(max(a.rows, wordRows), wordRowsMost)
	people, err := s.Service.People(r.ctx(), r.person.ID)
	if err != nil {
		return a, err
	}
	err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		keep := []string{"question", "round", "state", "theme", "without", "coder", "memo", "quote", "mixed", "unsure"}
		for _, v := range b.Variables() {
			keep = append(keep, filterParam(v.Key))
		}
		for _, name := range keep {
			if v := values(q, name); len(v) > 0 && v[0] != "*" {
				a.filter[name] = v
			}
		}
		if variable, category, ok := strings.Cut(q.Get("where"), "="); ok {
			for _, v := range b.Variables() {
				if v.Key == variable {
					a.filter[filterParam(v.Key)] = []string{category}
				}
			}
		}
		f := readFilter(b, a.filter, people)
		a.board = wordsBoard{b.Questions(), b.Rounds(), b.Variables(), b.Languages(), int(b.All().GetCardinality())}
		all := b.Answers(f)
		a.lang, a.any = wordLanguage(b, all, q["language"], a.tab == "context" && len(a.own["base"]) == 0)
		if !a.any {
			f.Languages = []coding.Lang{a.lang}
		}
		a.set = b.Answers(f)
		if field, value, ok := strings.Cut(a.own.Get("vs"), "="); ok && a.tab == "typical" {
			a.group, a.name = r.compared(b, field, value)
		}
		return nil
	})
	return a, err
}

// wordLanguage is the language asked for, or the one that most of the answers are in: words of several languages do not make
// a list. In context all are possible.
func wordLanguage(b *sets.Board, set *roaring.Bitmap, asked []string, all bool) (l coding.Lang, any bool) {
	if len(asked) > 0 {
		for _, one := range b.Languages() {
			if orNone(string(one)) == asked[0] {
				return one, false
			}
		}
	}
	if all {
		return "", true
	}
	most := uint64(0)
	for _, one := range b.Languages() {
		if n := b.Language(one).AndCardinality(set); n > most {
			l, most = one, n
		}
	}
	return l, false
}

// compared is the answers of a group named as question=q1, round=2026 or VARIABLE=CATEGORY.
func (r *request) compared(b *sets.Board, field, value string) (*roaring.Bitmap, string) {
	lang := coding.Lang(r.lang)
	switch field {
	case "question":
		for _, q := range b.Questions() {
			if q.Key == value {
				return b.Question(q.ID).Clone(), q.Name(lang)
			}
		}
	case "round":
		for _, one := range b.Rounds() {
			if one.Key == value {
				return b.Round(one.ID).Clone(), textOr(one.Label, lang, one.Key)
			}
		}
	}
	for _, v := range b.Variables() {
		for _, c := range v.Categories {
			if v.Key == strings.TrimPrefix(field, "v.") && c.Key == value {
				return b.Category(c.ID).Clone(), textOr(v.Label, lang, v.Key) + ": " + textOr(c.Label, lang, c.Key)
			}
		}
	}
	return nil, ""
}

// query is the whole address of the page, in the form in which it is written.
func (a *wordsAsked) query() url.Values {
	q := maps.Clone(a.filter)
	maps.Copy(q, a.own)
	q.Set("tab", a.tab)
	if !a.any {
		q.Set("language", orNone(string(a.lang)))
	}
	return q
}

// to is the address of a tab under the same filter, with some of the page's own parameters.
func (a *wordsAsked) to(r *request, tab string, own ...string) string {
	q := maps.Clone(a.filter)
	q.Set("tab", tab)
	if !a.any {
		q.Set("language", orNone(string(a.lang)))
	}
	for i := 0; i+1 < len(own); i += 2 {
		if own[i+1] != "" {
			q.Add(own[i], own[i+1])
		}
	}
	return r.path("/words?" + q.Encode())
}

// desk is the address of the desk under the same filter with a search; at is the answer to stand at, or 0.
func (a *wordsAsked) desk(r *request, search string, at coding.AnswerID) string {
	q := maps.Clone(a.filter)
	if len(q["question"]) == 0 {
		q.Set("question", "*")
	}
	if !a.any && search != "" {
		q.Set("language", orNone(string(a.lang)))
	}
	if search != "" {
		q.Set("q", search)
	}
	if at > 0 {
		return deskHref(r.slug(), q.Encode(), at)
	}
	return r.path("/code?" + q.Encode())
}

// searchFor writes words as a query that finds them in any inflection.
func searchFor(words ...string) string {
	if len(words) == 1 && !strings.ContainsFunc(words[0], func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) &&
		!slices.Contains([]string{"or", "and", "not", "tai", "eller"}, words[0]) {
		return words[0]
	}
	return `"` + strings.ReplaceAll(strings.Join(words, " "), `"`, " ") + `"~`
}

func (s *Server) wordsPage(r *request) error {
	a, err := s.readWords(r)
	if err != nil {
		return err
	}
	page := view.WordsPage{Page: r.base("words.title", "words"), Tab: a.tab, Small: a.own.Get("small") != "", LangCode: string(a.lang), Group: a.name}
	page.Scripts = []string{"js/swap.js"}
	page.Title = r.t("words.title_" + a.tab)
	for _, tab := range wordTabs {
		page.Tabs = append(page.Tabs, view.WordTab{Label: r.t("words.tab_" + tab), Href: a.to(r, tab), Current: tab == a.tab})
	}
	if page.Empty = r.emptyWords(a); page.Empty == nil {
		c, err := s.corpus(r)
		if err != nil {
			return err
		}
		switch a.tab {
		case "list":
			r.wordList(a, c, &page)
		case "phrases":
			r.phraseList(a, c, &page)
		case "typical":
			r.typicalList(a, c, &page)
		default:
			if err := s.contextList(r, a, c, &page); err != nil {
				return err
			}
		}
	}
	r.wordControls(a, &page)
	if page.Total > 0 {
		page.Export = r.path("/words/export.csv?" + a.query().Encode())
	}
	if page.Shown < page.Total && a.rows < wordRowsMost {
		page.More = r.path("/words?" + with(a.query(), "show", strconv.Itoa(a.rows+wordRows)).Encode())
	}
	return s.render(r, http.StatusOK, "words", page)
}

// emptyWords says why there is nothing to read; nil when there is.
func (r *request) emptyWords(a wordsAsked) *view.Empty {
	switch {
	case a.board.total == 0 && r.access.Role.AtLeast(coding.RoleLead):
		return &view.Empty{Title: r.t("analysis.empty.answers"), Say: r.t("words.empty_answers"), Href: r.path("/import"), Do: r.t("analysis.empty.import")}
	case a.board.total == 0:
		return &view.Empty{Title: r.t("analysis.empty.answers"), Say: r.t("words.empty_answers")}
	case a.set.IsEmpty():
		return &view.Empty{Title: r.t("words.empty_filter"), Href: r.path("/words?tab=" + a.tab), Do: r.t("analysis.empty.clear")}
	}
	return nil
}

func (a *wordsAsked) scope() reading.Scope {
	return reading.Scope{Answers: a.set, Lang: a.lang, Any: a.any}
}

func (a *wordsAsked) order() reading.Order {
	return map[string]reading.Order{"respondents": reading.ByRespondents, "name": reading.ByName, "compounds": reading.ByCompounds}[a.own.Get("order")]
}

// small notes that a number of respondents is under the threshold.
func (r *request) small(page *view.WordsPage, n int) string {
	page.Few = page.Few || n > 0 && n < r.access.Project.Threshold
	return r.few(n)
}

// size says what was counted: words, answers, respondents.
func (r *request) size(a wordsAsked, tokens, answers, respondents int) string {
	out := r.t("words.n_words", tokens) + " · " + r.t("analysis.n_answers", answers) + " · " + r.t("words.respondents", r.few(respondents))
	if !a.any {
		out += " · " + r.language(a.lang)
	}
	return out
}

func (r *request) wordList(a wordsAsked, c *corpus, page *view.WordsPage) {
	list := c.Words(a.scope(), a.order(), page.Small)
	page.Compounds = a.order() == reading.ByCompounds
	page.Sub = r.size(a, list.Tokens, list.Answers, list.Respondents)
	page.Total = len(list.Words)
	page.Shown = min(a.rows, page.Total)
	for _, w := range list.Words[:page.Shown] {
		row := view.WordRow{Text: w.Base, Lang: string(a.lang), Count: w.Count, Respondents: r.small(page, w.Respondents), Compounds: w.Compounds,
			Forms: formList(w.Base, w.Forms), SearchHref: a.desk(r, searchFor(w.Base), 0)}
		page.HasParts = page.HasParts || w.Compounds > 0
		if w.Count > 0 {
			row.Href = a.to(r, "context", "base", w.Base)
		}
		if w.Compounds > 0 {
			row.InsideHref = a.to(r, "context", "base", w.Base, "inside", "only")
		}
		if page.Compounds {
			row.Respondents = r.small(page, w.CompoundRespondents)
		}
		page.Words = append(page.Words, row)
	}
	if page.Total == 0 {
		page.Empty = &view.Empty{Title: r.t("words.empty_list"), Say: r.t("words.empty_list_say")}
	}
}

// formList writes the forms of a word where they tell more than the word itself.
func formList(base string, forms []reading.Form) string {
	var out []string
	for _, f := range forms {
		out = append(out, f.Text)
	}
	if len(out) == 1 && out[0] == base {
		return ""
	}
	return strings.Join(out, ", ")
}

func (a *wordsAsked) length() int {
	if a.own.Get("size") == "3" {
		return 3
	}
	return 2
}

func (r *request) phraseList(a wordsAsked, c *corpus, page *view.WordsPage) {
	list := c.Phrases(a.scope(), a.length(), page.Small)
	page.Sub = r.t("analysis.n_answers", int(a.set.GetCardinality())) + " · " + r.language(a.lang)
	page.Total = len(list)
	page.Shown = min(a.rows, page.Total)
	for _, p := range list[:page.Shown] {
		own := make([]string, 0, 6)
		for _, b := range p.Bases {
			own = append(own, "base", b)
		}
		page.Phrases = append(page.Phrases, view.WordRow{Text: p.Text, Lang: string(a.lang), Count: p.Count, Respondents: r.small(page, p.Respondents),
			Forms: formList(p.Text, p.Forms[1:]), Href: a.to(r, "context", own...), SearchHref: a.desk(r, searchFor(p.Bases...), 0)})
	}
	if page.Total == 0 {
		page.Empty = &view.Empty{Title: r.t("words.empty_phrases"), Say: r.t("words.empty_phrases_say")}
	}
}

// compare is the comparison of the group with the rest, the words of the asked direction only.
func (a *wordsAsked) compare(c *corpus, least int, small bool) reading.Comparison {
	got := c.Compare(a.lang, roaring.And(a.set, a.group), roaring.AndNot(a.set, a.group), least, small)
	less := a.own.Get("way") == "less"
	got.Keys = slices.DeleteFunc(slices.Clone(got.Keys), func(k reading.Key) bool { return (k.LogRatio < 0) != less || k.LogRatio == 0 })
	return got
}

func (r *request) typicalList(a wordsAsked, c *corpus, page *view.WordsPage) {
	if a.group == nil {
		page.Empty = &view.Empty{Title: r.t("words.choose_group"), Say: r.t("words.choose_group_say")}
		return
	}
	got := a.compare(c, r.access.Project.Threshold, page.Small)
	if got.Tokens == 0 || got.Rest == 0 {
		page.Empty = &view.Empty{Title: r.t("words.empty_group"), Say: r.t("words.empty_group_say")}
		return
	}
	page.Sub = r.t("words.typical_sub", a.name, r.t("words.n_words", got.Tokens), r.t("words.respondents", r.few(got.Respondents)),
		r.t("words.n_words", got.Rest), r.t("words.respondents", r.few(got.Others)))
	page.Total = len(got.Keys)
	page.Shown = min(a.rows, page.Total)
	field, value, _ := strings.Cut(a.own.Get("vs"), "=")
	inside := a
	inside.filter = maps.Clone(a.filter)
	if field == "question" || field == "round" {
		inside.filter.Set(field, value)
	} else {
		inside.filter.Set(filterParam(strings.TrimPrefix(field, "v.")), value)
	}
	for _, k := range got.Keys[:page.Shown] {
		row := view.KeyRow{Text: k.Base, Lang: string(a.lang), Count: k.Count, Rest: k.Rest, Respondents: r.small(page, k.Respondents),
			RestRespondents: r.small(page, k.RestRespondents), Times: r.times(k.LogRatio, k.Count == 0 || k.Rest == 0), Clear: k.Clear,
			Ratio: r.decimal(k.LogRatio, 1), G2: r.decimal(k.G2, 1), SearchHref: inside.desk(r, searchFor(k.Base), 0)}
		if k.Count > 0 {
			row.Href = inside.to(r, "context", "base", k.Base)
		}
		row.RestHref = a.to(r, "context", "base", k.Base)
		page.Keys = append(page.Keys, row)
	}
	if page.Total == 0 {
		page.Empty = &view.Empty{Title: r.t("words.empty_typical"), Say: r.t("words.empty_typical_say", r.access.Project.Threshold)}
	}
}
