package ui

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/index/suggest"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// How many answers are asked about at once, and how many themes are suggested for one.
const (
	suggestAsked  = 12
	suggestThemes = 4
)

func (s *Server) routeSuggest(g gin.IRouter) {
	g.GET("/p/:slug/code/suggest", s.project(coding.RoleAnalyst, s.suggestPart))
}

// suggestPart writes what is suggested for the answers ?on=1,2,3.
func (s *Server) suggestPart(r *request) error {
	var ids []coding.AnswerID
	for part := range strings.SplitSeq(r.Query("on"), ",") {
		id, err := strconv.ParseInt(part, 10, 64)
		if err != nil || len(ids) == suggestAsked {
			return coding.ErrNotFound
		}
		ids = append(ids, coding.AnswerID(id))
	}
	list, learning, err := s.suggested(r, ids)
	if err != nil {
		return err
	}
	if learning {
		r.Header("X-Learning", "1")
	}
	return s.part(r, "suggestions", list)
}

// suggestNow puts what is suggested for the current answer on the page.
func (s *Server) suggestNow(r *request, page *view.DeskPage, now coding.AnswerID) error {
	list, _, err := s.suggested(r, []coding.AnswerID{now})
	if err != nil || len(list) == 0 {
		return err
	}
	for i := range page.Cards {
		if c := &page.Cards[i]; c.Now && c.Mine == string(coding.StateOpen) {
			list[0].Back = c.Back
			if c.Alike > 0 {
				list[0].On = c.On
			}
			c.Suggested = &list[0]
			page.Suggested = list
		}
	}
	return nil
}

// suggested is what is suggested for each of the answers.
func (s *Server) suggested(r *request, ids []coding.AnswerID) (list []view.Suggested, learning bool, err error) {
	if !r.wantsSuggestions() || len(ids) == 0 {
		return nil, false, nil
	}
	var judged int
	var seq coding.Seq
	alone := map[coding.AnswerID]bool{}
	frame := frame{}
	err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		read := b.State(coding.StateCoded)
		read.Or(b.State(coding.StateNoTheme))
		judged, seq = int(read.GetCardinality()), b.Seq()
		double := independent(b)
		for _, id := range ids {
			alone[id] = double.Contains(uint32(id))
		}
		frame.tree = b.Tree()
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	know, learning := s.knows(r.ctx(), r.projectID(), judged, seq)
	var answers []coding.Answer
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) (err error) {
		answers, err = rd.Answers(r.ctx(), r.projectID(), ids)
		return err
	})
	if err != nil {
		return nil, false, err
	}
	for _, a := range answers {
		one := view.Suggested{Answer: int64(a.ID), Project: r.slug(), Key: r.deskKeys()["accept"]}
		switch {
		case alone[a.ID]:
			one.Say = r.t("suggest.independent")
		case learning:
			one.Say = r.t("suggest.learning_now", judged)
		case know.model == nil:
			one.Say = r.t("suggest.soon", judged, suggestFrom)
		case know.read.Contains(uint32(a.ID)): // people have judged it, and the model knows how
		default:
			r.fillSuggested(&one, a, know, frame)
		}
		list = append(list, one)
	}
	return list, learning, nil
}

// fillSuggested ranks the themes for an answer.
func (r *request) fillSuggested(one *view.Suggested, a coding.Answer, know knowledge, f frame) {
	total := know.model.Total()
	one.About = r.t("suggest.about", know.from, i18n.Percent(r.lang, float64(total.Right)/float64(max(total.Said, 1))))
	for _, x := range know.worthy(a) {
		record := know.model.Record(x.Theme)
		th, ok := f.tree.Get(x.Theme)
		if !ok || th.Retired {
			continue
		}
		evidence := know.model.Evidence(x, a.Language, a.Text)
		one.Themes = append(one.Themes, view.SuggestedTheme{Theme: int64(x.Theme), Label: th.Label.In(r.labels()), Hue: r.hue(th),
			P: i18n.Decimal(r.lang, min(x.P, 0.99), 2), Words: wordsOf(evidence), Spans: spansOf(evidence), Record: r.t("suggest.record", record.Right, record.Said)})
	}
	if len(one.Themes) == 0 {
		one.Say = r.t("suggest.nothing")
	}
}

// wordsOf is the words, each once.
func wordsOf(list []suggest.Evidence) []string {
	var out []string
	for _, e := range list {
		if !slices.ContainsFunc(out, func(w string) bool { return strings.EqualFold(w, e.Word) }) {
			out = append(out, e.Word)
		}
	}
	return out
}

// suggestedFacet is the themes that are suggested, with for how many answers of the list.
func (r *request) suggestedFacet(p picked, q url.Values) view.Facet {
	f := view.Facet{Name: "suggested", Label: r.t("suggest.facet")}
	for _, c := range p.suggested {
		th, _ := p.frame.tree.Get(c.Of)
		if c.N > 0 || slices.Contains(q["suggested"], th.Key) {
			f.Options = append(f.Options, option(q, "suggested", th.Key, th.Label.In(r.labels()), r.count(c.N)))
		}
	}
	return f
}
