package ui

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"avokoodi/coding"
	"avokoodi/ui/view"
)

const reviewPage = 20

// splitPage walks through the answers of a theme and offers to send them to another (?to=KEY) or to both.
func (s *Server) splitPage(r *request) error {
	th, err := s.themeOf(r)
	if err != nil {
		return err
	}
	return s.showSplit(r, http.StatusOK, th)
}

func (s *Server) showSplit(r *request, status int, th coding.Theme, problems ...string) error {
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	page := view.ReviewPage{Page: r.base("themes.split_title", "themes"), Kind: "split", Theme: r.themeRef(th), Action: themeWorkPath(r, th, "split")}
	page.Errors, page.Scripts = problems, []string{"js/review.js"}
	query := url.Values{}
	for _, to := range tree.All() {
		if to.Key == r.Query("to") && to.ID != th.ID && !to.Retired {
			ref := r.themeRef(to)
			page.To = &ref
			query.Set("to", to.Key)
		}
	}
	page.Choices = []view.Option{{Label: r.t("themes.choose_theme"), Selected: page.To == nil}}
	for _, o := range tree.All() {
		if o.ID != th.ID && !o.Retired {
			page.Choices = append(page.Choices, view.Option{Value: o.Key, Label: o.Label.In(r.labels()), Selected: page.To != nil && page.To.Key == o.Key})
		}
	}
	if page.To != nil {
		if err := s.review(r, &page, th, query, func(coding.Coding) bool { return true }); err != nil {
			return err
		}
	}
	return s.render(r, status, "theme_review", page)
}

// olderPage lists the answers that got the theme under an older definition.
func (s *Server) olderPage(r *request) error {
	th, err := s.themeOf(r)
	if err != nil {
		return err
	}
	page := view.ReviewPage{Page: r.base("themes.older_title", "themes"), Kind: "older", Theme: r.themeRef(th), Action: themeWorkPath(r, th, "older")}
	page.Scripts = []string{"js/review.js"}
	if err := s.review(r, &page, th, url.Values{}, func(c coding.Coding) bool { return c.Version < th.Version }); err != nil {
		return err
	}
	return s.render(r, http.StatusOK, "theme_review", page)
}

// review fills in the answers with such codings of the theme, from ?after=ANSWER on.
func (s *Server) review(r *request, page *view.ReviewPage, th coding.Theme, query url.Values, which func(coding.Coding) bool) error {
	coders := map[coding.AnswerID][]coding.PersonID{}
	var ids []coding.AnswerID
	err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		codings, err := rd.CodingsWith(r.ctx(), r.projectID(), th.ID)
		for _, c := range codings {
			if which(c) {
				if coders[c.Answer] == nil {
					ids = append(ids, c.Answer)
				}
				coders[c.Answer] = append(coders[c.Answer], c.Coder)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	slices.Sort(ids)
	at := func(after coding.AnswerID) string {
		if after != 0 {
			query.Set("after", strconv.FormatInt(int64(after), 10))
		} else {
			query.Del("after")
		}
		return page.Action + "?" + query.Encode()
	}
	if after, err := strconv.ParseInt(r.Query("after"), 10, 64); err == nil && after > 0 {
		ids = slices.DeleteFunc(ids, func(id coding.AnswerID) bool { return id <= coding.AnswerID(after) })
		page.First = at(0)
	}
	page.Left = len(ids)
	if len(ids) > reviewPage {
		ids = ids[:reviewPage]
		page.Next = at(ids[reviewPage-1])
	}
	people, err := s.names(r)
	if err != nil {
		return err
	}
	excerpts, err := s.excerpts(r, ids, th.ID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		card := view.ReviewCard{Excerpt: excerpts[id]}
		for _, who := range coders[id] {
			if p, ok := people[who]; ok {
				card.Coders = append(card.Coders, *person(p))
			}
			card.Locked = card.Locked || page.Kind == "split" && who != r.person.ID && !r.access.Role.AtLeast(coding.RoleLead)
		}
		page.Cards = append(page.Cards, card)
	}
	page.Undo, err = s.justDone(r)
	return err
}

// chosenAnswers reads the ticked answers of a form.
func chosenAnswers(r *request) ([]coding.AnswerID, error) {
	var ids []coding.AnswerID
	for _, v := range r.PostFormArray("answer") {
		id, err := strconv.ParseInt(v, 10, 64)
		if err != nil || id <= 0 {
			return nil, coding.ErrNotFound
		}
		ids = append(ids, coding.AnswerID(id))
	}
	return ids, nil
}

// split sends the ticked answers to another theme (do=move) or gives them both (do=both); or makes the other theme first
// (new=LABEL).
func (s *Server) split(r *request) error {
	th, err := s.themeOf(r)
	if err != nil {
		return err
	}
	if label := trimmed(r, "new"); label != "" {
		other := coding.Theme{Parent: th.Parent, Hue: th.Hue}
		other.Label.Set(r.labels(), label)
		other, err := s.Service.AddTheme(r.ctx(), r.projectID(), r.person.ID, other)
		if texts, _, ok := r.problems(err); ok {
			return s.showSplit(r, http.StatusUnprocessableEntity, th, texts...)
		}
		if err != nil {
			return err
		}
		return r.goTo(themeWorkPath(r, th, "split")+"?to="+queryEscape(other.Key), "themes.made", other.Label.In(r.labels()))
	}
	ids, err := chosenAnswers(r)
	if err != nil {
		return err
	}
	back := themeWorkPath(r, th, "split")
	if next := r.PostForm("next"); localPath(next) {
		back = next
	}
	if len(ids) == 0 {
		return r.goTo(back, "themes.tick_first")
	}
	step, err := s.Service.Recode(r.ctx(), r.projectID(), r.person.ID, ids, th.ID, coding.ThemeID(formInt(r, "to")), r.PostForm("do") == "both")
	if texts, _, ok := r.problems(err); ok {
		return s.showSplit(r, http.StatusUnprocessableEntity, th, texts...)
	}
	if err != nil {
		return err
	}
	if step == 0 {
		return r.goTo(back, "themes.nothing_changed")
	}
	return s.goToDone(r, back)
}

// older confirms the theme on the ticked answers (do=confirm), or takes it off them.
func (s *Server) older(r *request) error {
	th, err := s.themeOf(r)
	if err != nil {
		return err
	}
	ids, err := chosenAnswers(r)
	if err != nil {
		return err
	}
	back := themeWorkPath(r, th, "older")
	if next := r.PostForm("next"); localPath(next) {
		back = next
	}
	if len(ids) == 0 {
		return r.goTo(back, "themes.tick_first")
	}
	var step coding.StepID
	if r.PostForm("do") == "remove" {
		step, err = s.Service.RemoveTheme(r.ctx(), r.projectID(), r.person.ID, th.ID, ids, r.access.Role.AtLeast(coding.RoleLead))
	} else {
		step, err = s.Service.Confirm(r.ctx(), r.projectID(), r.person.ID, th.ID, ids)
	}
	if err != nil {
		return err
	}
	if step == 0 {
		return r.goTo(back, "themes.nothing_changed")
	}
	return s.goToDone(r, back)
}
