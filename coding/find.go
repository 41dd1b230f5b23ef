package coding

import (
	"context"
	"errors"
	"slices"
	"strings"

	"avokoodi/themes"
)

// QuestionsNamed is the questions that a name from a file or a command may mean: the one with that key, or else all whose key,
// label, short label or header in a survey file it is, in any language, case and spaces aside.
func QuestionsNamed(list []Question, name string) []Question {
	name = strings.TrimSpace(name)
	if i := slices.IndexFunc(list, func(q Question) bool { return q.Key == name }); i >= 0 {
		return list[i : i+1]
	}
	want := themes.Fold(name)
	if want == "" {
		return nil
	}
	var out []Question
	for _, q := range list {
		if slices.ContainsFunc(q.names(), func(s string) bool { return strings.EqualFold(themes.Fold(s), want) }) {
			out = append(out, q)
		}
	}
	return out
}

// CalledIn is the question with a header of a survey file among its names.
func (q Question) CalledIn(header string) Question {
	q.Headers = slices.Clone(q.Headers)
	q.called(header)
	return q
}

func (q *Question) called(header string) {
	if header = themes.Fold(header); header != "" && len(QuestionsNamed([]Question{*q}, header)) == 0 {
		q.Headers = append(q.Headers, header)
	}
}

func (q Question) names() []string {
	return slices.Concat([]string{q.Key}, q.Label.All(), q.Short.All(), q.Headers)
}

// FindQuestion is the question that a name means; a name of none or of several is a Problem.
func FindQuestion(list []Question, name string) (Question, error) {
	found := QuestionsNamed(list, name)
	switch len(found) {
	case 0:
		return Question{}, problem("question", "question.unknown", name)
	case 1:
		return found[0], nil
	}
	var keys []string
	for _, q := range found {
		keys = append(keys, q.Key)
	}
	return Question{}, problem("question", "question.several", name, strings.Join(keys, ", "))
}

// FindAnswer is the answer of a respondent, named as in the survey file, to a question, named as FindQuestion has it. Round is a
// key; "" where the respondent is in one round only. What does not lead to one answer is a Problem.
func FindAnswer(ctx context.Context, r Reader, p ProjectID, respondent, round, question string) (Answer, error) {
	questions, err := r.Questions(ctx, p)
	if err != nil {
		return Answer{}, err
	}
	q, err := FindQuestion(questions, question)
	if err != nil {
		return Answer{}, err
	}
	people, err := r.RespondentsNamed(ctx, p, respondent)
	if err != nil {
		return Answer{}, err
	}
	if len(people) == 0 {
		return Answer{}, problem("respondent", "codings.no_respondent", respondent)
	}
	if round != "" {
		rounds, err := r.Rounds(ctx, p)
		if err != nil {
			return Answer{}, err
		}
		i := slices.IndexFunc(rounds, func(x Round) bool { return x.Key == round })
		if i < 0 {
			return Answer{}, problem("round", "codings.no_round", round)
		}
		people = slices.DeleteFunc(people, func(x Respondent) bool { return x.Round != rounds[i].ID })
	}
	switch len(people) {
	case 0:
		return Answer{}, problem("respondent", "codings.no_respondent", respondent)
	case 1:
		a, err := r.AnswerOf(ctx, p, people[0].ID, q.ID)
		if errors.Is(err, ErrNotFound) {
			return Answer{}, problem("question", "codings.no_answer", respondent, question)
		}
		return a, err
	}
	return Answer{}, problem("round", "suggest.several_rounds", respondent)
}
