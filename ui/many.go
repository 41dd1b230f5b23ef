package ui

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/ui/view"
)

// mostRuled is how many answers one rule codes: one step of this size holds up others for about a second.
const mostRuled = 20_000

// allExamples is how many cards the preview of a rule shows.
const allExamples = 10

// postMany does one thing to the cards that are ticked, as one step: do=add or remove with theme=ID, or a state.
func (s *Server) postMany(r *request) error {
	packed := strings.Join(r.PostFormArray("on"), ",")
	if packed == "" {
		return coding.Problem{Field: "on", Key: "pick.nothing"}
	}
	cards, err := parseTogether(packed)
	if err != nil {
		return err
	}
	ids, theme := answersOn(cards), coding.ThemeID(formInt(r, "theme"))
	switch do := r.PostForm("do"); do {
	case "add", "remove":
		if theme == 0 {
			return coding.Problem{Field: "theme", Key: "pick.no_theme"}
		}
		if do == "add" {
			err = r.stepped(s.Service.ApplyTheme(r.ctx(), r.projectID(), r.person.ID, coding.Apply{Answers: ids, Theme: theme}))
		} else {
			err = r.stepped(s.Service.RemoveTheme(r.ctx(), r.projectID(), r.person.ID, theme, ids, false))
		}
	default:
		err = r.stepped(s.Service.MarkAnswers(r.ctx(), r.projectID(), r.person.ID, ids, coding.State(do)))
	}
	if err != nil {
		return err
	}
	if r.fragment() {
		return s.cardPart(r, cards, 0)
	}
	return r.back(r.path("/code"), "pick.done", len(ids))
}

// rule is a theme that is to be put on every answer that the desk shows.
type rule struct {
	filter url.Values
	theme  coding.Theme // ID 0 while none is chosen
	got    picked
	change *roaring.Bitmap // those that do not have the theme from the reader yet
	marked int             // of them, those that the reader has marked: the mark goes
	others int             // of them, those to which somebody else gave the theme
	text   string          // the filter as a query
}

func (m rule) sum() string { return strconv.FormatUint(m.change.Checksum(), 36) }

func (s *Server) readRule(r *request, filter, theme string) (rule, error) {
	var m rule
	var err error
	if m.filter, err = url.ParseQuery(filter); err != nil {
		return m, coding.ErrNotFound
	}
	for _, name := range []string{"at", "after", "before", "next", "view", "sort", "seed", "alike"} {
		m.filter.Del(name)
	}
	people, err := s.people(r)
	if err != nil {
		return m, err
	}
	if m.got, err = s.pick(r, m.filter, people); err != nil {
		return m, err
	}
	if m.got.problem != "" {
		return m, coding.Problem{Field: "q", Key: "words.language_search"}
	}
	id, _ := strconv.ParseInt(theme, 10, 64)
	m.change = roaring.New()
	err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		m.text = ruleText(b, m.filter)
		th, ok := b.Tree().Get(coding.ThemeID(id))
		if !ok || th.Retired {
			return nil
		}
		m.theme = th
		m.change = roaring.AndNot(m.got.set, b.ThemeBy(th.ID, r.person.ID))
		marked := b.StateBy(coding.StateNoTheme, r.person.ID)
		marked.Or(b.StateBy(coding.StateUnusable, r.person.ID))
		m.marked = int(marked.AndCardinality(m.change))
		m.others = int(b.Theme(th.ID).AndCardinality(m.change))
		return nil
	})
	return m, err
}

// ruleText writes a filter of the desk in the language of the search box, so that it can be searched again. What that
// language has no word for follows as it stands in the address.
func ruleText(b *sets.Board, filter url.Values) string {
	var parts, rest []string
	field := func(name, param string, skip string) {
		var list []string
		for _, v := range values(filter, param) {
			if v != skip {
				list = append(list, `"`+strings.ReplaceAll(v, `"`, "")+`"`)
			}
		}
		if len(list) > 0 {
			parts = append(parts, name+":"+strings.Join(list, ","))
		}
	}
	if q := strings.TrimSpace(filter.Get("q")); q != "" {
		parts = append(parts, "("+q+")")
	}
	for _, name := range []string{"question", "language", "round", "state", "theme", "coder"} {
		field(name, name, "*")
	}
	for _, v := range b.Variables() {
		field(v.Key, filterParam(v.Key), "")
	}
	for _, name := range []string{"without", "by", "queue", "memo", "quote", "mixed", "same", "themes", "suggested"} {
		for _, v := range values(filter, name) {
			rest = append(rest, name+"="+v)
		}
	}
	if len(parts) == 1 && filter.Get("q") != "" {
		parts[0] = strings.TrimSpace(filter.Get("q"))
	}
	return strings.Join(append(parts, rest...), " ")
}

// codeAll asks which theme every answer that the desk shows is to get, and shows what would change.
func (s *Server) codeAll(r *request) error {
	m, err := s.readRule(r, r.Query("filter"), r.Query("theme"))
	if err != nil {
		return err
	}
	return s.askAll(r, m, nil)
}

func (s *Server) askAll(r *request, m rule, problems []string) error {
	n := int(m.change.GetCardinality())
	page := view.AllPage{Page: r.base("all.title", "code"), Shown: m.got.len(), Change: n, Have: m.got.len() - n, Marked: m.marked, Others: m.others,
		Filter: m.filter.Encode(), Rule: m.text, Sum: m.sum(), Back: r.path("/code?" + m.filter.Encode()), Themes: m.got.board.pane.Themes}
	page.Errors = problems
	if n > mostRuled {
		page.TooMany = mostRuled
	}
	if m.theme.ID != 0 {
		page.Theme, page.Chip = int64(m.theme.ID), &view.ThemeChip{Label: m.theme.Label.In(r.labels()), Hue: m.theme.Hue}
		if err := s.allSamples(r, m, &page); err != nil {
			return err
		}
	}
	status := http.StatusOK
	if len(problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return s.render(r, status, "code_all", page)
}

// allSamples puts ten cards of what would change on the page: a random draw that stays the same while the list does.
func (s *Server) allSamples(r *request, m rule, page *view.AllPage) error {
	var leads *roaring.Bitmap
	alike := map[coding.AnswerID]int{}
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		leads = b.Leads(m.change)
		return nil
	})
	if err != nil {
		return err
	}
	ids := sets.Shuffled(leads, m.sum())
	ids = ids[:min(len(ids), allExamples)]
	err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		for _, id := range ids {
			alike[id] = len(b.Alike(m.change, id))
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		answers, err := rd.Answers(r.ctx(), r.projectID(), ids)
		if err != nil {
			return err
		}
		numbers, err := numbersOf(r, rd, answers)
		for _, a := range answers {
			text := cutRunes(a.Text, 300)
			page.Samples = append(page.Samples, view.AllSample{Text: text, Cut: text != a.Text, Lang: string(a.Language), Number: numbers[a.Respondent],
				Href: deskHref(r.slug(), page.Filter, a.ID), Alike: alike[a.ID]})
		}
		return err
	})
}

// postCodeAll puts the theme on the answers that the person was shown, as one step made by a rule. Where the list has
// changed meanwhile it asks again.
func (s *Server) postCodeAll(r *request) error {
	m, err := s.readRule(r, r.PostForm("filter"), r.PostForm("theme"))
	if err != nil {
		return err
	}
	n := int(m.change.GetCardinality())
	back := r.path("/code?" + m.filter.Encode())
	switch {
	case m.theme.ID == 0:
		return s.askAll(r, m, []string{r.t("pick.no_theme")})
	case n == 0:
		return r.goTo(back, "all.nothing", m.theme.Label.In(r.labels()))
	case n > mostRuled:
		return s.askAll(r, m, []string{r.t("all.too_many", mostRuled)})
	case r.PostForm("sum") != m.sum():
		return s.askAll(r, m, []string{r.t("all.changed")})
	}
	_, err = s.Service.ApplyTheme(r.ctx(), r.projectID(), r.person.ID, coding.Apply{Answers: sets.IDs(m.change), Theme: m.theme.ID, Source: coding.ByRule, Rule: m.text})
	if err != nil {
		return err
	}
	return r.goTo(back, "all.done", n, m.theme.Label.In(r.labels()))
}
