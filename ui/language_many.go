package ui

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/ui/view"
)

const (
	mostLanguages    = 20_000 // answers whose language one step changes
	languageExamples = 5
)

// manyPicked is the answers that a filter of the desk shows, for a change of all of them.
type manyPicked struct {
	filter url.Values
	set    *roaring.Bitmap
	change *roaring.Bitmap // those that are not in the language yet
	to     coding.Lang
	now    string // languages of the answers with their numbers
}

// pickMany reads filter, the desk's address, and to, a language.
func (s *Server) pickMany(r *request, filter, to string) (manyPicked, error) {
	out := manyPicked{to: coding.Lang(oneOf(to, "", "fi", "sv", "en"))}
	var err error
	if out.filter, err = url.ParseQuery(filter); err != nil {
		return out, coding.ErrNotFound
	}
	for _, name := range []string{"at", "after", "before", "ids", "next", "view"} {
		out.filter.Del(name)
	}
	people, err := s.Service.People(r.ctx(), r.person.ID)
	if err != nil {
		return out, err
	}
	got, err := s.pick(r, out.filter, people)
	if err != nil {
		return out, err
	}
	if got.problem != "" {
		return out, coding.Problem{Field: "q", Key: "words.language_search"}
	}
	out.set = got.set
	var now []string
	err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		out.change = roaring.AndNot(out.set, b.Language(out.to))
		for _, l := range []coding.Lang{"fi", "sv", "en", ""} {
			if n := int(b.Language(l).AndCardinality(out.set)); n > 0 {
				now = append(now, r.language(l)+" "+r.count(n))
			}
		}
		return nil
	})
	out.now = strings.Join(now, " · ")
	return out, err
}

func (m manyPicked) sum() string { return strconv.FormatUint(m.change.Checksum(), 36) }

// manyLanguages asks whether the language of all the answers shown is to be changed, with their number.
func (s *Server) manyLanguages(r *request) error {
	m, err := s.pickMany(r, r.Query("filter"), r.Query("to"))
	if err != nil {
		return err
	}
	return s.askLanguages(r, m, nil)
}

func (s *Server) askLanguages(r *request, m manyPicked, problems []string) error {
	page := view.LanguagePage{Page: r.base("words.language_title", "code"), N: int(m.set.GetCardinality()), Change: int(m.change.GetCardinality()), Now: m.now,
		To: orNone(string(m.to)), ToName: r.language(m.to), Filter: m.filter.Encode(), Sum: m.sum()}
	page.Errors = problems
	page.Back = r.path("/code?" + page.Filter)
	if page.Change > mostLanguages {
		page.TooMany = mostLanguages
	}
	for _, l := range []coding.Lang{"fi", "sv", "en", ""} {
		page.Languages = append(page.Languages, view.Option{Value: orNone(string(l)), Label: r.language(l), Selected: l == m.to})
	}
	err := s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		answers, err := rd.Answers(r.ctx(), r.projectID(), sets.At(m.change, 0, languageExamples))
		if err != nil {
			return err
		}
		numbers, err := numbersOf(r, rd, answers)
		for _, a := range answers {
			text := cutRunes(a.Text, 200)
			page.Samples = append(page.Samples, view.ContextLine{Match: text, CutRight: text != a.Text, Lang: string(a.Language), Number: numbers[a.Respondent],
				Href: deskHref(r.slug(), page.Filter, a.ID)})
		}
		return err
	})
	if err != nil {
		return err
	}
	status := http.StatusOK
	if len(problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return s.render(r, status, "language_many", page)
}

// numbersOf is the respondents of answers as pages write them.
func numbersOf(r *request, rd coding.Reader, answers []coding.Answer) (map[coding.RespondentID]string, error) {
	ids := make([]coding.RespondentID, len(answers))
	for i, a := range answers {
		ids[i] = a.Respondent
	}
	people, err := rd.Respondents(r.ctx(), r.projectID(), ids)
	out := map[coding.RespondentID]string{}
	for _, x := range people {
		out[x.ID] = fmt.Sprintf("#%04d", x.Number)
	}
	return out, err
}

// postManyLanguages changes the language of the answers that the person was shown, in one step. Where the list has changed
// meanwhile it asks again.
func (s *Server) postManyLanguages(r *request) error {
	m, err := s.pickMany(r, r.PostForm("filter"), r.PostForm("to"))
	if err != nil {
		return err
	}
	n := int(m.change.GetCardinality())
	switch {
	case n == 0:
		return r.goTo(r.path("/code?"+m.filter.Encode()), "words.language_nothing", r.language(m.to))
	case n > mostLanguages:
		return s.askLanguages(r, m, []string{r.t("words.language_many", mostLanguages)})
	case r.PostForm("sum") != m.sum():
		return s.askLanguages(r, m, []string{r.t("words.language_changed")})
	}
	if _, err := s.Service.CorrectLanguage(r.ctx(), r.projectID(), r.person.ID, sets.IDs(m.change), m.to); err != nil {
		return err
	}
	// Under the old language nothing would be left to see.
	shown := url.Values{}
	for name, v := range m.filter {
		if name != "language" {
			shown[name] = v
		}
	}
	shown.Set("language", orNone(string(m.to)))
	return r.goTo(r.path("/code?"+shown.Encode()), "words.language_done", n, r.language(m.to))
}
