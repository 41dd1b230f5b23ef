package ui

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/ui/view"
)

func (s *Server) routeCoding(g gin.IRouter) {
	g.POST("/p/:slug/answers/:id/themes", s.project(coding.RoleAnalyst, s.postThemes))
	g.POST("/p/:slug/answers/:id/state", s.project(coding.RoleAnalyst, s.postState))
	g.POST("/p/:slug/answers/:id/memo", s.project(coding.RoleAnalyst, s.postMemo))
	g.POST("/p/:slug/answers/:id/quote", s.project(coding.RoleAnalyst, s.postQuote))
	g.POST("/p/:slug/answers/:id/language", s.project(coding.RoleAnalyst, s.postLanguage))
	g.POST("/p/:slug/answers/:id/example", s.project(coding.RoleAnalyst, s.postExample))
	g.POST("/p/:slug/undo", s.project(coding.RoleAnalyst, s.postUndo))
	g.POST("/p/:slug/redo", s.project(coding.RoleAnalyst, s.postRedo))
	g.POST("/p/:slug/code/theme", s.project(coding.RoleAnalyst, s.postQuickTheme))
}

// postThemes adds a theme to an answer (add=ID, with spans=3-17,20-25, in place of instead=3-12) or takes it away (remove=ID; all=1 for every coder's).
func (s *Server) postThemes(r *request) error {
	cards, err := r.on()
	if err != nil {
		return err
	}
	answers := answersOn(cards)
	if remove := r.PostForm("remove"); remove != "" {
		theme, err := strconv.ParseInt(remove, 10, 64)
		if err != nil {
			return coding.ErrNotFound
		}
		if err := r.stepped(s.Service.RemoveTheme(r.ctx(), r.projectID(), r.person.ID, coding.ThemeID(theme), answers, r.PostForm("all") != "")); err != nil {
			return err
		}
		return s.cardsBack(r, cards)
	}
	theme, err := strconv.ParseInt(r.PostForm("add"), 10, 64)
	if err != nil {
		return coding.ErrNotFound
	}
	spans, err := parseSpans(r.PostForm("spans"))
	if err != nil {
		return err
	}
	instead, err := parseSpans(r.PostForm("instead"))
	if err != nil {
		return err
	}
	a := coding.Apply{Answers: answers, Theme: coding.ThemeID(theme), Evidence: spans, Instead: instead}
	if r.PostForm("suggested") != "" {
		a.Source = coding.BySuggestion
	}
	err = r.stepped(s.Service.ApplyTheme(r.ctx(), r.projectID(), r.person.ID, a))
	if err != nil {
		return err
	}
	return s.cardsBack(r, cards)
}

// stepped tells the page's script which step its change was, so that it knows it again on the open line.
func (r *request) stepped(id coding.StepID, err error) error {
	if err == nil && id != 0 {
		r.Header("X-Step", strconv.FormatInt(int64(id), 10))
	}
	return err
}

// parseSpans reads "3-17,20-25".
func parseSpans(s string) ([]coding.Span, error) {
	if s == "" {
		return nil, nil
	}
	var out []coding.Span
	for part := range strings.SplitSeq(s, ",") {
		a, b, _ := strings.Cut(part, "-")
		start, err1 := strconv.Atoi(a)
		end, err2 := strconv.Atoi(b)
		if err1 != nil || err2 != nil || len(out) >= 1000 {
			return nil, coding.Problem{Field: "evidence", Key: "coding.span_bad", Args: []any{a, b, ""}}
		}
		out = append(out, coding.Span{Start: start, End: end})
	}
	return out, nil
}

func (s *Server) postState(r *request) error {
	cards, err := r.on()
	if err != nil {
		return err
	}
	err = r.stepped(s.Service.MarkAnswers(r.ctx(), r.projectID(), r.person.ID, answersOn(cards), coding.State(r.PostForm("state"))))
	if err != nil {
		return err
	}
	return s.cardsBack(r, cards)
}

func (s *Server) postMemo(r *request) error {
	id, err := r.id("id")
	if err != nil {
		return err
	}
	err = r.stepped(s.Service.SetMemo(r.ctx(), r.projectID(), r.person.ID, coding.MemoAnswer, id, r.PostForm("text")))
	if err != nil {
		return err
	}
	return s.cardBack(r)
}

// postQuote chooses the answer, or its span, as a quote; off=1 takes every quote of the answer away.
func (s *Server) postQuote(r *request) error {
	id, err := r.id("id")
	if err != nil {
		return err
	}
	answer := coding.AnswerID(id)
	if r.PostForm("off") != "" {
		if err := s.unquote(r, answer); err != nil {
			return err
		}
		return s.cardBack(r)
	}
	spans, err := parseSpans(r.PostForm("spans"))
	if err != nil {
		return err
	}
	q := coding.Quote{Answer: answer, Theme: coding.ThemeID(formInt(r, "theme"))}
	if len(spans) > 0 {
		q.Long.Keep = []coding.Span{{Start: spans[0].Start, End: spans[len(spans)-1].End}}
	}
	if q.Theme == 0 {
		if q.Theme, err = s.themeShown(r, answer); err != nil {
			return err
		}
	}
	if _, err := s.Service.AddQuote(r.ctx(), r.projectID(), r.person.ID, q); err != nil {
		return err
	}
	return s.cardBack(r)
}

func formInt(r *request, name string) int64 {
	n, err := strconv.ParseInt(r.PostForm(name), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func (s *Server) unquote(r *request, answer coding.AnswerID) error {
	var ids []coding.QuoteID
	err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		qs, err := rd.QuotesOf(r.ctx(), r.projectID(), []coding.AnswerID{answer})
		for _, q := range qs {
			ids = append(ids, q.ID)
		}
		return err
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	_, err = s.Service.RemoveQuotes(r.ctx(), r.projectID(), r.person.ID, ids)
	return err
}

// themeShown is the theme that the desk is narrowed to, where the answer has it: who comes from a number of the analysis quotes for
// that theme. Otherwise it is the first theme.
func (s *Server) themeShown(r *request, answer coding.AnswerID) (coding.ThemeID, error) {
	filter, _, err := r.deskQuery()
	if err != nil {
		return 0, err
	}
	if u, bad := url.Parse(r.PostForm("next")); bad == nil && len(filter) == 0 { // without JavaScript
		filter = u.Query()
	}
	if keys := values(filter, "theme"); len(keys) == 1 {
		tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
		if err != nil {
			return 0, err
		}
		if th, ok := tree.Find(keys[0]); ok {
			has := false
			err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
				codings, err := rd.CodingsOf(r.ctx(), r.projectID(), []coding.AnswerID{answer})
				has = slices.ContainsFunc(codings, func(c coding.Coding) bool { return c.Theme == th.ID })
				return err
			})
			if has || err != nil {
				return th.ID, err
			}
		}
	}
	return s.firstTheme(r, answer)
}

// firstTheme is the theme of the answer's first coding, the actor's own before others'; 0 when it has none.
func (s *Server) firstTheme(r *request, answer coding.AnswerID) (coding.ThemeID, error) {
	var theme coding.ThemeID
	err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		codings, err := rd.CodingsOf(r.ctx(), r.projectID(), []coding.AnswerID{answer})
		own := false
		for _, c := range codings {
			if theme == 0 || !own && c.Coder == r.person.ID {
				theme, own = c.Theme, c.Coder == r.person.ID
			}
		}
		return err
	})
	return theme, err
}

// postExample chooses the answer as an example of a theme (theme=ID), or lets it go (off=1).
func (s *Server) postExample(r *request) error {
	id, err := r.id("id")
	if err != nil {
		return err
	}
	_, err = s.Service.SetExample(r.ctx(), r.projectID(), r.person.ID, coding.ThemeID(formInt(r, "theme")), coding.AnswerID(id), r.PostForm("off") == "")
	if err != nil {
		return err
	}
	return s.cardBack(r)
}

func (s *Server) postLanguage(r *request) error {
	cards, err := r.on()
	if err != nil {
		return err
	}
	lang := coding.Lang(oneOf(r.PostForm("lang"), "", "fi", "sv", "en"))
	if _, err := s.Service.CorrectLanguage(r.ctx(), r.projectID(), r.person.ID, answersOn(cards), lang); err != nil {
		return err
	}
	return s.cardsBack(r, cards)
}

// cardBack answers a change of one card's first answer, such as its memo: see cardsBack.
func (s *Server) cardBack(r *request) error {
	cards, err := r.on()
	if err != nil {
		return err
	}
	return s.cardsBack(r, cards)
}

// cardsBack answers a change of some cards: the cards for the page's script, or the page again at the same place.
func (s *Server) cardsBack(r *request, cards []together) error {
	if !r.fragment() {
		return r.back(r.path("/code"), "")
	}
	return s.cardPart(r, cards, cards[0].lead())
}

// cardPart writes cards.
func (s *Server) cardPart(r *request, on []together, now coding.AnswerID) error {
	ids := leadsOf(on)
	people, err := s.people(r)
	if err != nil {
		return err
	}
	var f frame
	err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		f = r.frame(b, people)
		f.put(r.judge(b, on), on)
		return nil
	})
	if err != nil {
		return err
	}
	filter, _, err := r.deskQuery()
	if err != nil {
		return err
	}
	asked := values(filter, "question")
	f.filter, f.now, f.mixed = filter.Encode(), now, len(asked) != 1 || asked[0] == "*"
	if q := filter.Get("q"); q != "" {
		if f.hits, err = s.highlights(r, q, ids); err != nil {
			f.hits = nil // a search that went wrong never stands in the way of coding
		}
	}
	cards, err := s.cards(r, ids, f)
	if err != nil {
		return err
	}
	return s.part(r, "cards", cards)
}

func (s *Server) postUndo(r *request) error { return s.undo(r, s.Service.Undo, "undo.done") }
func (s *Server) postRedo(r *request) error { return s.undo(r, s.Service.Redo, "undo.redone") }

// undoAnswer tells the page's script what was undone and which cards to read again.
type undoAnswer struct {
	Message string  `json:"message"`
	Answers []int64 `json:"answers"`
	Many    bool    `json:"many"`   // more answers than are named: read everything again
	Themes  bool    `json:"themes"` // the codebook changed
}

func (s *Server) undo(r *request, do undoFunc, key string) error {
	st, err := do(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	message := r.t(key, r.t("op."+string(st.Op)))
	if !r.fragment() {
		return r.back(r.path("/code"), key, r.t("op."+string(st.Op)))
	}
	out := undoAnswer{Message: message, Answers: []int64{}}
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		changes, err := rd.ChangesOf(r.ctx(), r.projectID(), st.ID)
		if err != nil {
			return err
		}
		for _, c := range changes {
			if c.Kind == coding.KindTheme {
				out.Themes = true
			}
			switch id := answerOf(c); {
			case id == 0:
			case len(out.Answers) == 500:
				out.Many = true
			default:
				out.Answers = append(out.Answers, int64(id))
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	r.JSON(http.StatusOK, out)
	return nil
}

// answerOf is the answer that a change is about; 0 for none.
func answerOf(c coding.Change) coding.AnswerID {
	raw := c.After
	if len(raw) == 0 {
		raw = c.Before
	}
	entity, err := coding.Decode(c.Kind, raw)
	if err != nil {
		return 0
	}
	switch e := entity.(type) {
	case coding.Coding:
		return e.Answer
	case coding.Mark:
		return e.Answer
	case coding.Quote:
		return e.Answer
	case coding.Decision:
		return e.Answer
	case coding.AnswerLanguage:
		return e.ID
	case coding.Answer:
		return e.ID
	case coding.Memo:
		if e.On == coding.MemoAnswer {
			return coding.AnswerID(e.Target)
		}
	}
	return 0
}

// postQuickTheme makes a theme from the type-ahead, by its label in the language of labels, and puts it on the cards that
// the form names. It writes the pane with it.
func (s *Server) postQuickTheme(r *request) error {
	th := coding.Theme{}
	th.Label.Set(r.labels(), r.PostForm("label"))
	th, err := s.Service.AddTheme(r.ctx(), r.projectID(), r.person.ID, th)
	if err != nil {
		return err
	}
	if packed := r.PostForm("on"); packed != "" {
		cards, err := parseTogether(packed)
		if err != nil {
			return err
		}
		if _, err := s.Service.ApplyTheme(r.ctx(), r.projectID(), r.person.ID, coding.Apply{Answers: answersOn(cards), Theme: th.ID}); err != nil {
			return err
		}
	}
	if !r.fragment() {
		return r.back(r.path("/code"), "desk.theme_made", th.Label.In(r.labels()))
	}
	r.Header("X-Theme", fmt.Sprint(th.ID))
	return s.panePart(r)
}

func (s *Server) panePart(r *request) error {
	var pane view.ThemePane
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		filter, _, err := r.deskQuery()
		if err != nil {
			return err
		}
		pane = r.pane(b, b.Facets(readFilter(b, filter, nil)))
		return nil
	})
	if err != nil {
		return err
	}
	return s.part(r, "pane", pane)
}
