package ui

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/ui/view"
)

const (
	emptyLongest = 40 // code points of an answer that may be proposed as empty talk
	emptyOften   = 5  // how often an answer that is not known as such is given to be listed
	emptyListed  = 30 // so many of those are listed
	emptyWays    = 3  // ways of writing shown of one saying
)

// talk is one saying that may be empty talk, with the answers nobody has judged yet.
type talk struct {
	text      string // folded
	known     bool   // to the program, or remembered by the project
	ids       []coding.AnswerID
	ways      []string
	lang      map[coding.Lang]int
	questions map[coding.QuestionID]int
}

// findTalk is the sayings that may be empty talk among the open answers to a question; to all for 0.
func (s *Server) findTalk(r *request, question coding.QuestionID) ([]talk, error) {
	var leads []coding.AnswerID
	groups := map[coding.AnswerID][]coding.AnswerID{}
	asked := map[coding.AnswerID]coding.QuestionID{}
	known := map[string]bool{}
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		for _, text := range b.Project().EmptyTalk {
			known[text] = true
		}
		open := b.State(coding.StateOpen)
		if question != 0 {
			open.And(b.Question(question))
		}
		may := roaring.Or(b.EmptyTalk(), b.Repeated())
		may.And(open)
		for _, id := range sets.IDs(b.Leads(may)) {
			if b.LengthOf(id) <= emptyLongest {
				leads = append(leads, id)
				groups[id] = b.Alike(may, id)
				asked[id] = b.QuestionOf(id)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	by := map[string]*talk{}
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		for chunk := range slices.Chunk(leads, 2000) {
			answers, err := rd.Answers(r.ctx(), r.projectID(), chunk)
			if err != nil {
				return err
			}
			for _, a := range answers {
				gather(by, a, groups[a.ID], known)
			}
		}
		return nil
	})
	out := make([]talk, 0, len(by))
	for _, one := range by {
		if one.known || len(one.ids) >= emptyOften {
			slices.Sort(one.ids)
			out = append(out, *one)
		}
	}
	slices.SortFunc(out, func(a, b talk) int {
		return cmp.Or(cmp.Compare(len(b.ids), len(a.ids)), strings.Compare(a.text, b.text))
	})
	return out, err
}

func gather(by map[string]*talk, a coding.Answer, ids []coding.AnswerID, known map[string]bool) {
	folded := coding.Folded(a.Text)
	one := by[folded]
	if one == nil {
		one = &talk{text: folded, known: known[folded] || coding.EmptyTalk(a.Same), lang: map[coding.Lang]int{}, questions: map[coding.QuestionID]int{}}
		by[folded] = one
	}
	one.ids = append(one.ids, ids...)
	one.lang[a.Language] += len(ids)
	one.questions[a.Question] += len(ids)
	if way := strings.TrimSpace(a.Text); len(one.ways) < emptyWays && !slices.Contains(one.ways, way) {
		one.ways = append(one.ways, way)
	}
}

// language is the one that most of the answers are in.
func (t talk) language() coding.Lang {
	best := coding.Lang("")
	for _, l := range []coding.Lang{"fi", "sv", "en", ""} {
		if t.lang[l] > t.lang[best] {
			best = l
		}
	}
	return best
}

// emptyPage proposes empty talk: nothing is done before a person has ticked it.
func (s *Server) emptyPage(r *request) error { return s.showEmpty(r, r.Query("question"), nil) }

func (s *Server) showEmpty(r *request, question string, problems []string) error {
	page := view.EmptyPage{Page: r.base("empty.title", "code"), Question: question}
	page.Errors = problems
	var id coding.QuestionID
	names := map[coding.QuestionID]string{}
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		page.Questions = append(page.Questions, view.Option{Label: r.t("desk.all_questions"), Selected: question == ""})
		for _, q := range b.Questions() {
			names[q.ID] = q.Name(coding.Lang(r.lang))
			page.Questions = append(page.Questions, view.Option{Value: q.Key, Label: names[q.ID], Selected: q.Key == question})
			if q.Key == question {
				id = q.ID
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	list, err := s.findTalk(r, id)
	if err != nil {
		return err
	}
	groups := map[coding.Lang]*view.EmptyGroup{}
	for _, l := range []coding.Lang{"fi", "sv", "en", ""} {
		groups[l] = &view.EmptyGroup{Label: r.language(l), Lang: string(l)}
	}
	other := view.EmptyGroup{Label: r.t("empty.other"), Say: r.t("empty.other_say"), Other: true}
	for _, t := range list {
		row := view.EmptyTalk{Text: t.text, Ways: t.ways, N: len(t.ids), Lang: string(t.language()),
			Href: r.path("/code?question=*&same=" + idText(t.ids[0]))}
		if len(t.questions) > 1 {
			row.Questions = len(t.questions)
		} else {
			for q := range t.questions {
				row.Question = names[q]
			}
		}
		switch {
		case t.known:
			groups[t.language()].Talk = append(groups[t.language()].Talk, row)
		case len(other.Talk) < emptyListed:
			other.Talk = append(other.Talk, row)
		}
	}
	for _, l := range []coding.Lang{"fi", "sv", "en", ""} {
		if len(groups[l].Talk) > 0 {
			page.Groups = append(page.Groups, *groups[l])
		}
	}
	if len(other.Talk) > 0 {
		page.Groups = append(page.Groups, other)
	}
	status := http.StatusOK
	if len(problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return s.render(r, status, "code_empty", page)
}

// postEmpty marks the answers that say what was ticked as unusable, in one step.
func (s *Server) postEmpty(r *request) error {
	question := r.PostForm("question")
	ticked := r.PostFormArray("talk")
	if len(ticked) == 0 {
		return s.showEmpty(r, question, []string{r.t("empty.nothing")})
	}
	var id coding.QuestionID
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		id = find(b.Questions(), func(q coding.Question) bool { return q.Key == question }).ID
		return nil
	})
	if err != nil {
		return err
	}
	list, err := s.findTalk(r, id)
	if err != nil {
		return err
	}
	var ids []coding.AnswerID
	for _, t := range list {
		if slices.Contains(ticked, t.text) {
			ids = append(ids, t.ids...)
		}
	}
	switch {
	case len(ids) == 0:
		return s.showEmpty(r, question, []string{r.t("empty.gone")})
	case len(ids) > mostRuled:
		return s.showEmpty(r, question, []string{r.t("all.too_many", mostRuled)})
	}
	_, n, err := s.Service.MarkEmptyTalk(r.ctx(), r.projectID(), r.person.ID, ids, ticked)
	if err != nil {
		return err
	}
	return r.goTo(r.path("/code/empty?question="+queryEscape(question)), "empty.done", n)
}
