package ui

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/ui/view"
)

type undoFunc func(context.Context, coding.ProjectID, coding.PersonID) (coding.Step, error)

// How many cards the first page holds before and from the current answer on, and how many each further piece has.
const (
	cardsBefore = 10
	cardsAfter  = 40
)

func (s *Server) routeDesk(g gin.IRouter) {
	g.GET("/p/:slug/code", s.project(coding.RoleAnalyst, s.deskPage))
	g.GET("/p/:slug/code/cards", s.project(coding.RoleAnalyst, s.moreCards))
	g.POST("/p/:slug/code/cards", s.project(coding.RoleAnalyst, s.sameCards))
	g.POST("/p/:slug/code/alike", s.project(coding.RoleAnalyst, s.alikeList))
	g.GET("/p/:slug/code/side", s.project(coding.RoleAnalyst, s.sidePart))
	g.POST("/p/:slug/code/many", s.project(coding.RoleAnalyst, s.postMany))
	g.GET("/p/:slug/code/all", s.project(coding.RoleAnalyst, s.codeAll))
	g.POST("/p/:slug/code/all", s.project(coding.RoleAnalyst, s.postCodeAll))
	g.GET("/p/:slug/code/empty", s.project(coding.RoleAnalyst, s.emptyPage))
	g.POST("/p/:slug/code/empty", s.project(coding.RoleAnalyst, s.postEmpty))
	g.POST("/p/:slug/code/views", s.project(coding.RoleAnalyst, s.postView))
}

// deskQuery is the filter of the desk as parameters, and all the parameters. A page reads them from its address; a change
// from the header that the page's script sets.
func (r *request) deskQuery() (filter, all url.Values, err error) {
	all = r.Request.URL.Query()
	if h := r.GetHeader("X-Desk"); h != "" {
		if all, err = url.ParseQuery(h); err != nil {
			return nil, nil, coding.ErrNotFound
		}
	}
	filter = url.Values{}
	for k, vs := range all {
		switch k {
		case "at", "after", "before", "next", "view":
		default:
			for _, v := range vs {
				if v != "" {
					filter.Add(k, v)
				}
			}
		}
	}
	return filter, all, nil
}

// picked is the list of the desk: which answers, and in which order.
type picked struct {
	list      listing         // of cards
	set       *roaring.Bitmap // of answers
	apart     bool            // every answer has a card of its own
	facets    sets.Facets
	suggested []sets.Count[coding.ThemeID]
	seq       coding.Seq // the change at which they were picked
	frame     frame
	board     deskBoard
	problem   string // what is wrong with the search
}

// deskBoard is what the page needs of the board besides counts.
type deskBoard struct {
	questions []coding.Question
	rounds    []coding.Round
	variables []coding.Variable
	done      int
	total     int
	empty     int
	pane      view.ThemePane
}

// pick applies the filter and the search.
func (s *Server) pick(r *request, q url.Values, people []coding.Person) (picked, error) {
	var out picked
	var hits *searched
	if text := q.Get("q"); text != "" {
		var err error
		hits, err = s.search(r, text, q.Get("sort"), people)
		if texts, _, ok := r.problems(err); ok {
			out.problem, hits = texts[0], &searched{set: roaring.New()}
		} else if err != nil {
			return out, err
		}
	}
	named := s.flaggedIn(r.ctx(), r.projectID())
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		f := readFilter(b, q, people)
		r.throughVeil(b, &f)
		f.Identifying, f.Identifies = named, choice(q.Get("identifies"))
		if hits != nil {
			f.Within = hits.set
		}
		out.suggested = s.suggestedIn(r, b, &f, q)
		out.apart = q.Get("alike") == "apart"
		if id, err := strconv.ParseInt(q.Get("same"), 10, 64); err == nil {
			same := sets.Of(b.Alike(b.All(), coding.AnswerID(id))...)
			if f.Within != nil {
				same.And(f.Within)
			}
			f.Within, out.apart = same, true
		}
		out.facets, out.seq = b.Facets(f), b.Seq()
		out.set = b.Answers(f)
		shown := out.set
		if !out.apart {
			shown = b.Leads(out.set)
		}
		out.list = arrange(shown, q.Get("sort"), q.Get("seed"), hits, b.LengthOf)
		out.frame = r.frame(b, people)
		out.frame.mixed = len(f.Questions) != 1
		out.frame.filter, out.frame.named = q.Encode(), named
		empty := b.State(coding.StateOpen)
		empty.And(b.EmptyTalk())
		scope := b.Answers(sets.Filter{Questions: f.Questions, Queues: f.Queues})
		open := b.State(coding.StateOpen)
		if len(f.Queues) == 1 && f.Queues[0] > 0 { // a queue is done when its owner has judged it
			open = b.StateBy(coding.StateOpen, f.Queues[0])
		}
		out.board = deskBoard{questions: b.Questions(), rounds: b.Rounds(), variables: b.Variables(), total: int(scope.GetCardinality()), empty: int(empty.GetCardinality()),
			done: int(scope.GetCardinality() - open.AndCardinality(scope)), pane: r.pane(b, out.facets)}
		return nil
	})
	return out, err
}

func (s *Server) deskPage(r *request) error {
	filter, all, err := r.deskQuery()
	if err != nil {
		return err
	}
	people, err := s.people(r)
	if err != nil {
		return err
	}
	n, _ := strconv.ParseInt(all.Get("at"), 10, 64)
	at := coding.AnswerID(n)
	if len(filter) == 0 {
		first, err := s.ownQueue(r, filter)
		if err != nil {
			return err
		}
		if at == 0 {
			at = first
		}
		if err := s.defaultQuestion(r, filter); err != nil {
			return err
		}
	}
	got, err := s.pick(r, filter, people)
	if err != nil {
		return err
	}
	if at, err = s.cardAt(r, got, at); err != nil {
		return err
	}
	ids, now, before, after := got.list.around(at, cardsBefore, cardsAfter)
	got.frame.now = now
	page := view.DeskPage{Page: r.base("nav.code", "code"), Filter: filter.Encode(), Seq: int64(got.seq), Done: got.board.done, Total: got.board.total,
		Shown: got.len(), Apart: got.apart, Empty: got.board.empty, Same: filter.Get("same"), Alike: got.len() - got.list.len(), Before: before, After: after, Pane: got.board.pane, Sort: filter.Get("sort"), Seed: filter.Get("seed"),
		Problem: got.problem, Keys: !r.person.Desk.NoKeys, KeyOf: r.deskKeys(), KeyMap: keymapJSON(r.person.Desk), Help: keyHelp(r.person.Desk), Searched: filter.Get("q") != ""}
	page.Wide, page.Query = true, filter.Get("q")
	page.Scripts = []string{"js/desk.js"}
	page.Settings = r.path("/code/settings?from=" + queryEscape(r.Request.URL.RequestURI()))
	page.Heading, page.HeadLang = r.heading(got.board.questions, filter)
	page.Facets = r.facets(got, filter, people)
	page.Restricts = restricts(filter)
	if page.Cards, err = s.filledCards(r, ids, got, filter); err != nil {
		return err
	}
	if page.Suggests = r.wantsSuggestions(); page.Suggests {
		if err := s.suggestNow(r, &page, now); err != nil {
			return err
		}
	}
	page.Pane.Answer = int64(now)
	page.Pane.Back = deskHref(r.slug(), page.Filter, now)
	for i := range page.Cards {
		if page.Cards[i].Now {
			page.Pane.Mark(page.Cards[i])
		}
	}
	if page.Views, err = s.savedViews(r); err != nil {
		return err
	}
	return s.render(r, http.StatusOK, "desk", page)
}

// filledCards reads the cards with the search's highlights.
func (s *Server) filledCards(r *request, ids []coding.AnswerID, got picked, filter url.Values) ([]view.Card, error) {
	f := got.frame
	if !got.apart {
		if err := s.group(r, &f, ids, got.set); err != nil {
			return nil, err
		}
	}
	if q := filter.Get("q"); q != "" {
		hits, err := s.highlights(r, q, ids)
		if _, _, isProblem := r.problems(err); err != nil && !isProblem {
			return nil, err
		}
		f.hits = hits
	}
	return s.cards(r, ids, f)
}

// ownQueue chooses the person's own queue while something of it is left, and tells the first answer that is.
func (s *Server) ownQueue(r *request, filter url.Values) (coding.AnswerID, error) {
	var first coding.AnswerID
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		left := b.StateBy(coding.StateOpen, r.person.ID)
		left.And(b.Queue(r.person.ID))
		if !left.IsEmpty() {
			filter.Set("question", "*")
			filter.Set("queue", r.person.Name)
			first = coding.AnswerID(left.Minimum())
		}
		return nil
	})
	return first, err
}

// defaultQuestion chooses the question with the most answers still to be read; the first of several.
func (s *Server) defaultQuestion(r *request, filter url.Values) error {
	if len(filter) > 0 {
		return nil
	}
	return s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		open, most := b.State(coding.StateOpen), uint64(0)
		for _, q := range b.Questions() {
			if n := open.AndCardinality(b.Question(q.ID)); n > most || filter.Get("question") == "" {
				filter.Set("question", q.Key)
				most = n
			}
		}
		return nil
	})
}

func restricts(filter url.Values) bool {
	for k := range filter {
		switch k {
		case "question", "sort", "seed", "alike":
		default:
			return true
		}
	}
	return false
}

// heading is the wording of the only question that is shown, or what is shown instead.
func (r *request) heading(questions []coding.Question, filter url.Values) (text, lang string) {
	keys := values(filter, "question")
	if len(keys) == 1 {
		for _, q := range questions {
			if q.Key == keys[0] {
				return q.Label.In(coding.Lang(r.lang)), ""
			}
		}
	}
	if queue := values(filter, "queue"); len(queue) == 1 && queue[0] == r.person.Name {
		return r.t("desk.own_queue"), ""
	}
	return r.t("desk.all_questions"), ""
}

// sameCards writes the cards that the form names, as they are now.
func (s *Server) sameCards(r *request) error {
	cards, err := parseTogether(r.PostForm("on"))
	if err != nil {
		return err
	}
	return s.cardPart(r, cards, 0)
}

// moreCards writes the cards after or before a place in the list.
func (s *Server) moreCards(r *request) error {
	filter, all, err := r.deskQuery()
	if err != nil {
		return err
	}
	people, err := s.people(r)
	if err != nil {
		return err
	}
	got, err := s.pick(r, filter, people)
	if err != nil {
		return err
	}
	after, _ := strconv.ParseInt(all.Get("after"), 10, 64)
	before, _ := strconv.ParseInt(all.Get("before"), 10, 64)
	var ids []coding.AnswerID
	if before > 0 {
		ids = got.list.before(coding.AnswerID(before), cardsAfter)
	} else {
		ids = got.list.after(coding.AnswerID(after), cardsAfter)
	}
	cards, err := s.filledCards(r, ids, got, filter)
	if err != nil {
		return err
	}
	return s.part(r, "cards", cards)
}

// sidePart writes the filters and the theme pane with fresh counts.
func (s *Server) sidePart(r *request) error {
	filter, _, err := r.deskQuery()
	if err != nil {
		return err
	}
	people, err := s.people(r)
	if err != nil {
		return err
	}
	got, err := s.pick(r, filter, people)
	if err != nil {
		return err
	}
	return s.part(r, "side", view.DeskPage{Page: view.Page{Lang: r.lang, Project: &view.Project{Slug: r.slug()}}, Filter: filter.Encode(),
		Facets: r.facets(got, filter, people), Pane: got.board.pane, Done: got.board.done, Total: got.board.total, Shown: got.len(),
		Restricts: restricts(filter)})
}

func (s *Server) savedViews(r *request) ([]view.SavedView, error) {
	var out []view.SavedView
	err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		views, err := rd.Views(r.ctx(), r.projectID(), r.person.ID)
		for _, v := range views {
			out = append(out, view.SavedView{Name: v.Name, Query: v.Query})
		}
		return err
	})
	return out, err
}

// postView saves the filter under a name, or forgets it.
func (s *Server) postView(r *request) error {
	query := r.PostForm("query")
	if r.PostForm("forget") != "" {
		query = ""
	} else if q, err := url.ParseQuery(query); err != nil || len(q) == 0 {
		return coding.Problem{Field: "name", Key: "view.empty"}
	}
	err := s.Service.SaveView(r.ctx(), r.projectID(), r.person.ID, r.PostForm("name"), query)
	if err != nil && !errors.Is(err, coding.ErrNotFound) {
		return err
	}
	if query == "" {
		return r.back(r.path("/code"), "view.forgotten")
	}
	return r.goTo(r.path("/code?"+query), "view.saved")
}
