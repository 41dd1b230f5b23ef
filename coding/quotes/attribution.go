package quotes

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/privacy"
)

// Count tells how many respondents belong to all the classes and answered in the language ("" for any; a quote shows its own),
// and how many people do in the population, -1 where that is not known.
type Count func(ctx context.Context, p coding.ProjectID, classes []coding.CategoryID, l coding.Lang) (sample, population int, err error)

// K is the number of people who must share an attribution under the project's rules.
func K(r coding.QuoteRules) int { return cmp.Or(r.K, privacy.DefaultK) }

// Attribution is what would stand with a quote, and whether it may.
type Attribution struct {
	Classes []coding.CategoryID // of the respondent in the quote's variables
	Verdict privacy.Verdict
	Coarser [][]coding.VariableID // parts of the variables that may be shown
	Refused bool                  // it may not be shown, and nobody has overridden that
}

// frame is what the attributions of a project's quotes are judged by.
type frame struct {
	variables []coding.Variable
	of        map[coding.CategoryID]coding.VariableID
	values    map[coding.RespondentID][]coding.CategoryID
	answers   map[coding.AnswerID]coding.Answer
	quotes    []coding.Quote
	rules     coding.QuoteRules
}

func readFrame(ctx context.Context, r coding.Reader, p coding.ProjectID) (*frame, error) {
	project, err := r.ProjectByID(ctx, p)
	if err != nil {
		return nil, err
	}
	f := &frame{of: map[coding.CategoryID]coding.VariableID{}, values: map[coding.RespondentID][]coding.CategoryID{},
		answers: map[coding.AnswerID]coding.Answer{}, rules: project.Quoting}
	if f.variables, err = r.Variables(ctx, p); err != nil {
		return nil, err
	}
	for _, v := range f.variables {
		for _, c := range v.Categories {
			f.of[c.ID] = v.ID
		}
	}
	if f.quotes, err = r.Quotes(ctx, p); err != nil {
		return nil, err
	}
	var ids []coding.AnswerID
	for _, q := range f.quotes {
		ids = append(ids, q.Answer)
	}
	slices.Sort(ids)
	answers, err := r.Answers(ctx, p, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	var people []coding.RespondentID
	for _, a := range answers {
		f.answers[a.ID] = a
		people = append(people, a.Respondent)
	}
	values, err := r.ValuesOf(ctx, p, people)
	if err != nil {
		return nil, err
	}
	for _, v := range values {
		if !slices.Contains(f.values[v.Respondent], v.Category) {
			f.values[v.Respondent] = append(f.values[v.Respondent], v.Category)
		}
	}
	return f, nil
}

// classes are the respondent's classes in the variables, in the order of the variables.
func (f *frame) classes(who coding.RespondentID, variables []coding.VariableID) []coding.CategoryID {
	var out []coding.CategoryID
	for _, v := range variables {
		for _, c := range f.values[who] {
			if f.of[c] == v {
				out = append(out, c)
			}
		}
	}
	return out
}

// Attributions judges what stands with the quotes of a project, with all of them where no id is given.
func Attributions(ctx context.Context, r coding.Reader, count Count, p coding.ProjectID, ids ...coding.QuoteID) (map[coding.QuoteID]Attribution, error) {
	f, err := readFrame(ctx, r, p)
	if err != nil {
		return nil, err
	}
	out := map[coding.QuoteID]Attribution{}
	for _, q := range f.quotes {
		if len(ids) == 0 || slices.Contains(ids, q.ID) {
			if out[q.ID], err = f.judge(ctx, p, q, count); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// judge judges the attribution of one quote beside the respondent's other quotes.
func (f *frame) judge(ctx context.Context, p coding.ProjectID, q coding.Quote, count Count) (Attribution, error) {
	answer := f.answers[q.Answer]
	out := Attribution{Classes: f.classes(answer.Respondent, q.Shown)}
	var told []int
	for _, other := range f.quotes {
		if a := f.answers[other.Answer]; other.ID != q.ID && a.Respondent == answer.Respondent {
			for _, c := range f.classes(a.Respondent, other.Shown) {
				told = append(told, int(c))
			}
		}
	}
	classes := make([]int, len(out.Classes))
	for i, c := range out.Classes {
		classes[i] = int(c)
	}
	var failed error
	out.Verdict = privacy.Judge(K(f.rules), classes, told, func(ids []int) (int, int) {
		all := make([]coding.CategoryID, len(ids))
		for i, id := range ids {
			all[i] = coding.CategoryID(id)
		}
		sample, population, err := count(ctx, p, all, answer.Language)
		failed = cmp.Or(failed, err)
		return sample, population
	})
	for _, part := range out.Verdict.Coarser {
		var vs []coding.VariableID
		for _, c := range part {
			if v := f.of[coding.CategoryID(c)]; !slices.Contains(vs, v) {
				vs = append(vs, v)
			}
		}
		out.Coarser = append(out.Coarser, vs)
	}
	out.Refused = !out.Verdict.OK && q.Override == nil
	return out, failed
}

// Phrase is the attribution in a language: the template where it names exactly what is shown, or else the classes between commas.
// It is "" of nothing shown.
func Phrase(rules coding.QuoteRules, variables []coding.Variable, classes []coding.CategoryID, l coding.Lang) string {
	var parts []string
	template := rules.Template.Exact(l)
	filled, named := template, 0
	for _, v := range variables {
		var labels []string
		for _, c := range v.Categories {
			if slices.Contains(classes, c.ID) {
				labels = append(labels, c.Label.In(l))
			}
		}
		if len(labels) == 0 {
			continue
		}
		said := strings.Join(labels, " / ")
		parts = append(parts, said)
		if hole := "{" + v.Key + "}"; strings.Contains(filled, hole) {
			filled = strings.ReplaceAll(filled, hole, said)
			named++
		}
	}
	if template != "" && named == len(parts) && named > 0 && !strings.ContainsAny(filled, "{}") {
		return filled
	}
	return strings.Join(parts, ", ")
}
