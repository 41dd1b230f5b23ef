package archive

import (
	"strconv"
	"time"

	"avokoodi/coding"
	"avokoodi/themes"
)

// known is what rows call things.
type known struct {
	project     coding.Project
	rounds      map[coding.RoundID]string
	questions   map[coding.QuestionID]string
	variables   []coding.Variable
	classes     map[coding.CategoryID]coding.Category
	themes      map[coding.ThemeID]string
	tree        themes.Tree
	people      map[coding.PersonID]coding.Person
	files       map[coding.ImportID]string
	respondents map[coding.RespondentID]coding.Respondent
	answers     map[coding.AnswerID]coding.Answer // without their texts
	codings     map[coding.CodingID]coding.Coding // those with a memo look here
}

func (a *archive) names() error {
	k := known{rounds: map[coding.RoundID]string{}, questions: map[coding.QuestionID]string{}, classes: map[coding.CategoryID]coding.Category{},
		themes: map[coding.ThemeID]string{}, people: map[coding.PersonID]coding.Person{}, files: map[coding.ImportID]string{},
		respondents: map[coding.RespondentID]coding.Respondent{}, answers: map[coding.AnswerID]coding.Answer{}, codings: map[coding.CodingID]coding.Coding{}}
	var err error
	if k.project, err = a.r.ProjectByID(a.ctx, a.p); err != nil {
		return err
	}
	if a.manifest.LastChange, err = a.r.LastSeq(a.ctx, a.p); err != nil {
		return err
	}
	if k.variables, err = a.r.Variables(a.ctx, a.p); err != nil {
		return err
	}
	for _, v := range k.variables {
		for _, c := range v.Categories {
			k.classes[c.ID] = c
		}
	}
	list, err := a.r.Themes(a.ctx, a.p)
	if err != nil {
		return err
	}
	k.tree = themes.NewTree(list)
	for _, th := range list {
		k.themes[th.ID] = th.Key
	}
	people, err := a.r.People(a.ctx)
	if err != nil {
		return err
	}
	for _, x := range people {
		k.people[x.ID] = x
	}
	for x, err := range a.r.EachRespondent(a.ctx, a.p, 0) {
		if err != nil {
			return err
		}
		k.respondents[x.ID] = x
	}
	for x, err := range a.r.EachAnswerHead(a.ctx, a.p, 0) {
		if err != nil {
			return err
		}
		k.answers[x.ID] = x
	}
	a.known, a.manifest.Project = k, k.project.Slug
	return nil
}

// person is the sign-in name; "" for the command line.
func (k known) person(id coding.PersonID) string { return k.people[id].Name }

// place is where an answer is: its number, respondent, round and question.
func (k known) place(id coding.AnswerID) []string {
	x, ok := k.answers[id]
	if !ok {
		return []string{number(int64(id)), "", "", ""}
	}
	return []string{number(int64(id)), k.respondents[x.Respondent].External, k.rounds[x.Round], k.questions[x.Question]}
}

var placeColumns = []string{"answer", "respondent", "round", "question"}

func number[T ~int | ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }

func some[T ~int | ~int64](n T) string {
	if n == 0 {
		return ""
	}
	return number(n)
}

func yes(b bool) string {
	if b {
		return "1"
	}
	return ""
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// three is a text in the three languages.
func three(t coding.Text) []string { return []string{t.FI, t.SV, t.EN} }
