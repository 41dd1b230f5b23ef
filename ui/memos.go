package ui

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

const (
	memosPage  = 50  // memos on one page of the list
	memoExcept = 700 // code points of each that the list shows
)

var memoKinds = []coding.MemoOn{coding.MemoAnswer, coding.MemoCoding, coding.MemoTheme, coding.MemoProject}

func (s *Server) routeMemos(g gin.IRouter) {
	g.GET("/p/:slug/memos", s.project(coding.RoleAnalyst, s.memos))
	g.GET("/p/:slug/memos/export.csv", s.project(coding.RoleAnalyst, s.exportMemos))
	g.GET("/p/:slug/memos/:on/:id", s.project(coding.RoleAnalyst, s.memo))
	g.POST("/p/:slug/memos/:on/:id", s.project(coding.RoleAnalyst, s.writeMemo))
}

// memosOf reads the memos that the page's parameters pick (on=KIND, who=NAME, q=WORDS), newest first.
func (s *Server) memosOf(r *request, people map[coding.PersonID]coding.Person) ([]coding.Memo, error) {
	words := strings.Fields(strings.ToLower(r.Query("q")))
	var out []coding.Memo
	veiled, err := s.veil(r)
	if err != nil {
		return nil, err
	}
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		for _, on := range memoKinds {
			if want := r.Query("on"); want != "" && want != string(on) {
				continue
			}
			for m, err := range rd.EachMemo(r.ctx(), r.projectID(), on) {
				if err != nil {
					return err
				}
				if m.Author != r.person.ID && !veiled.IsEmpty() {
					at := coding.AnswerID(0)
					switch on {
					case coding.MemoAnswer:
						at = coding.AnswerID(m.Target)
					case coding.MemoCoding:
						c, err := rd.Coding(r.ctx(), r.projectID(), coding.CodingID(m.Target))
						if err != nil {
							return err
						}
						at = c.Answer
					}
					if veiled.Contains(uint32(at)) {
						continue
					}
				}
				if who := r.Query("who"); who != "" && !strings.EqualFold(people[m.Author].Name, who) {
					continue
				}
				text := strings.ToLower(m.Text)
				if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
					out = append(out, m)
				}
			}
		}
		return nil
	})
	slices.SortFunc(out, func(a, b coding.Memo) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID)) })
	return out, err
}

func (s *Server) memos(r *request) error {
	people, err := s.names(r)
	if err != nil {
		return err
	}
	all, err := s.memosOf(r, people)
	if err != nil {
		return err
	}
	q := r.Request.URL.Query()
	q.Del("did")
	at := func(from int) string {
		q.Del("from")
		if from > 0 {
			q.Set("from", strconv.Itoa(from))
		}
		return r.path("/memos?" + q.Encode())
	}
	page := view.MemosPage{Page: r.base("memos.title", "memos"), Total: len(all), Search: r.Query("q"),
		About: r.path("/memos/project/" + strconv.FormatInt(int64(r.projectID()), 10))}
	page.Scripts = []string{"js/swap.js"}
	page.Kinds = []view.Option{{Label: r.t("memos.any_kind")}}
	for _, on := range memoKinds {
		page.Kinds = append(page.Kinds, view.Option{Value: string(on), Label: r.t("memos.kind." + string(on)), Selected: r.Query("on") == string(on)})
	}
	page.Authors = []view.Option{{Label: r.t("history.anybody")}}
	for _, p := range people {
		page.Authors = append(page.Authors, view.Option{Value: p.Name, Label: p.Shown(), Selected: r.Query("who") == p.Name})
	}
	slices.SortFunc(page.Authors[1:], func(a, b view.Option) int { return strings.Compare(strings.ToLower(a.Label), strings.ToLower(b.Label)) })
	from, _ := strconv.Atoi(r.Query("from"))
	from = min(max(from, 0), len(all))
	if from > 0 {
		page.Newest = at(0)
	}
	if from+memosPage < len(all) {
		page.Next = at(from + memosPage)
	}
	if page.Rows, err = s.memoRows(r, all[from:min(from+memosPage, len(all))], people); err != nil {
		return err
	}
	q.Del("from")
	page.Export = r.path("/memos/export.csv?" + q.Encode())
	if page.Undo, err = s.justDone(r); err != nil {
		return err
	}
	return s.render(r, http.StatusOK, "memos", page)
}

// memoTargets is the answers, with their texts and numbers, and the themes that memos are about.
type memoTargets struct {
	answer map[coding.MemoID]coding.AnswerID
	theme  map[coding.MemoID]coding.Theme
	texts  map[coding.AnswerID]view.Excerpt
}

func (s *Server) memoTargets(r *request, memos []coding.Memo) (memoTargets, error) {
	out := memoTargets{answer: map[coding.MemoID]coding.AnswerID{}, theme: map[coding.MemoID]coding.Theme{}}
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return out, err
	}
	var ids []coding.AnswerID
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		for _, m := range memos {
			switch m.On {
			case coding.MemoAnswer:
				out.answer[m.ID] = coding.AnswerID(m.Target)
			case coding.MemoTheme:
				out.theme[m.ID], _ = tree.Get(coding.ThemeID(m.Target))
			case coding.MemoCoding:
				c, err := rd.Coding(r.ctx(), r.projectID(), coding.CodingID(m.Target))
				if err != nil {
					return err
				}
				out.answer[m.ID] = c.Answer
				out.theme[m.ID], _ = tree.Get(c.Theme)
			}
			if id := out.answer[m.ID]; id != 0 {
				ids = append(ids, id)
			}
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	out.texts, err = s.excerpts(r, ids, 0)
	return out, err
}

func (s *Server) memoRows(r *request, memos []coding.Memo, people map[coding.PersonID]coding.Person) ([]view.MemoRow, error) {
	targets, err := s.memoTargets(r, memos)
	if err != nil {
		return nil, err
	}
	var rows []view.MemoRow
	for _, m := range memos {
		row := view.MemoRow{ID: int64(m.ID), Kind: string(m.On), Target: m.Target, At: m.At, Text: shortened(m.Text, memoExcept), Mine: m.Author == r.person.ID,
			Href: memoHref(r, m.On, m.Target), By: view.Person{Name: r.nameOf(people, m.Author), Initials: "·", Hue: 1}}
		row.Cut = row.Text != m.Text
		if p, ok := people[m.Author]; ok {
			row.By = *person(p)
		}
		if th, ok := targets.theme[m.ID]; ok {
			row.Chip = &view.ThemeChip{Label: th.Label.In(r.labels()), Hue: th.Hue}
			row.Place = themeHref(r, th.Key)
		}
		if e, ok := targets.texts[targets.answer[m.ID]]; ok {
			row.Number, row.Lang, row.Place, row.Quoted = e.Number, e.Lang, e.Href, shortened(plainText(e.Parts), 160)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func memoHref(r *request, on coding.MemoOn, target int64) string {
	return r.path("/memos/" + string(on) + "/" + strconv.FormatInt(target, 10))
}

// memo is what people wrote on one thing, with the reader's own to write; ?back= is where to go afterwards.
func (s *Server) memo(r *request) error { return s.showMemo(r, nil, faults{}) }

// showMemo shows text in place of what is kept, where something is wrong with it.
func (s *Server) showMemo(r *request, text *string, wrong faults) error {
	id, err := r.id("id")
	if err != nil {
		return err
	}
	on := coding.MemoOn(r.Param("on"))
	if !slices.Contains(memoKinds, on) || on == coding.MemoProject && id != int64(r.projectID()) {
		return coding.ErrNotFound
	}
	people, err := s.names(r)
	if err != nil {
		return err
	}
	page := view.MemoPage{Page: r.base("memos.title_one", "memos"), Kind: string(on), Target: id, Limit: coding.MaxMemo, Fields: wrong.fields, Back: r.path("/memos")}
	page.Errors = wrong.texts
	if back := cmp.Or(r.Query("back"), r.PostForm("back")); localPath(back) {
		page.Back = back
	}
	var memos []coding.Memo
	err = s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		var err error
		memos, err = rd.MemosOf(r.ctx(), r.projectID(), on, []int64{id})
		return err
	})
	if err != nil {
		return err
	}
	targets, err := s.memoTargets(r, []coding.Memo{{On: on, Target: id}})
	if err != nil {
		return err
	}
	veiled, err := s.veil(r)
	if err != nil {
		return err
	}
	if veiled.Contains(uint32(targets.answer[0])) {
		memos = slices.DeleteFunc(memos, func(m coding.Memo) bool { return m.Author != r.person.ID })
	}
	if th, ok := targets.theme[0]; ok {
		if th.ID == 0 {
			return coding.ErrNotFound
		}
		page.Chip = &view.ThemeChip{Label: th.Label.In(r.labels()), Hue: th.Hue}
	}
	if answer := targets.answer[0]; answer != 0 {
		e, ok := targets.texts[answer]
		if !ok {
			return coding.ErrNotFound
		}
		page.Answer, page.Number = &e, e.Number
	}
	for _, m := range memos {
		if m.Author == r.person.ID {
			page.Text, page.Has = m.Text, true
			continue
		}
		page.Others = append(page.Others, view.Memo{By: r.nameOf(people, m.Author), Text: m.Text, When: i18n.Date(r.lang, m.At)})
	}
	if text != nil {
		page.Text = *text
	}
	if page.Undo, err = s.justDone(r); err != nil {
		return err
	}
	return s.render(r, wrong.status(), "memo", page)
}

// writeMemo keeps the reader's memo; do=delete, or nothing written, deletes it.
func (s *Server) writeMemo(r *request) error {
	id, err := r.id("id")
	if err != nil {
		return err
	}
	text := r.PostForm("text")
	if r.PostForm("do") == "delete" {
		text = ""
	}
	step, err := s.Service.SetMemo(r.ctx(), r.projectID(), r.person.ID, coding.MemoOn(r.Param("on")), id, text)
	if wrong, ok := r.faulty(err); ok {
		return s.showMemo(r, &text, wrong)
	}
	if err != nil {
		return err
	}
	to := r.PostForm("back")
	if !localPath(to) {
		to = r.path("/memos")
	}
	if step == 0 {
		return r.goTo(to, "memos.unchanged")
	}
	if u, err := url.Parse(to); err == nil && u.Path == r.path("/memos") {
		return s.goToDone(r, to) // which offers to undo it
	}
	if strings.TrimSpace(text) == "" {
		return r.goTo(to, "memos.deleted")
	}
	return r.goTo(to, "memos.saved")
}
