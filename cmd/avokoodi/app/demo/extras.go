package demo

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"avokoodi/coding"
)

// populations gives the classes of a variable the size of the population that the survey was sent to, which we made up, and adds a
// weight that makes the classes as large among the respondents as they are there.
func (m *maker) populations(ctx context.Context, p coding.ProjectID, c content) error {
	rows, err := table("population.tsv", 3)
	if err != nil {
		return err
	}
	var list []coding.Variable
	err = m.svc.Store().View(ctx, func(r coding.Reader) error {
		list, err = r.Variables(ctx, p)
		return err
	})
	if err != nil {
		return err
	}
	at := slices.IndexFunc(list, func(v coding.Variable) bool { return v.Key == rows[0][0] })
	if at < 0 {
		return fmt.Errorf("population.tsv: no variable %q", rows[0][0])
	}
	v, invited, answered := list[at], 0, 0
	for i := range v.Categories {
		for _, r := range rows {
			if r[1] == v.Categories[i].Key {
				if v.Categories[i].Population, err = strconv.Atoi(r[2]); err != nil {
					return fmt.Errorf("population.tsv: %w", err)
				}
			}
		}
		invited, answered = invited+v.Categories[i].Population, answered+c.counts[at][i]
	}
	if _, err := m.svc.ChangeVariable(ctx, p, coding.Operator, v); err != nil {
		return err
	}
	weight := coding.Variable{Key: "weight", Weight: true, Recode: &coding.Recode{From: v.ID, Values: map[string]string{}},
		Label: coding.Text{FI: "Paino taustaorganisaation mukaan", SV: "Vikt efter bakgrundsorganisation", EN: "Weight by organisation type"}}
	for i, cat := range v.Categories {
		w := float64(cat.Population) / float64(invited) / (float64(c.counts[at][i]) / float64(answered))
		text := strconv.FormatFloat(math.Round(100*w)/100, 'f', 2, 64)
		key := "w" + strings.Replace(text, ".", "-", 1)
		weight.Recode.Values[coding.FoldValue(cat.Key)] = key
		if !slices.ContainsFunc(weight.Categories, func(c coding.Category) bool { return c.Key == key }) {
			comma := strings.Replace(text, ".", ",", 1)
			weight.Categories = append(weight.Categories, coding.Category{Key: key, Label: coding.Text{FI: comma, SV: comma, EN: text}})
		}
	}
	_, err = m.svc.AddVariable(ctx, p, coding.Operator, weight)
	return err
}

// memos are what the coders noted as they worked: on themes, and on answers in which they saw a theme.
func (m *maker) memos(ctx context.Context, p coding.ProjectID) error {
	rows, err := table("memos.tsv", 4)
	if err != nil {
		return err
	}
	for _, r := range rows {
		who, err := someone(ctx, m.svc, coding.NewPerson{Name: r[2]})
		if err != nil {
			return err
		}
		on, target := coding.MemoTheme, int64(m.themes[r[1]].ID)
		if lang, ok := strings.CutPrefix(r[0], "answer:"); ok {
			on, target = coding.MemoAnswer, int64(m.coded(coding.Lang(lang), r[1]))
		}
		if target == 0 {
			return fmt.Errorf("memos.tsv: nothing for %q", r[3])
		}
		if _, err := m.svc.SetMemo(ctx, p, who.ID, on, target, r[3]); err != nil {
			return err
		}
	}
	return nil
}

// coded is an answer of at least two themes in a language in which we see a theme; 0 for none.
func (m *maker) coded(lang coding.Lang, theme string) coding.AnswerID {
	for i, x := range m.people {
		for _, q := range slices.Sorted(keysOf(x.answers)) {
			if w := x.answers[q]; x.lang == lang && w.quote != nil && slices.Contains(w.themes, theme) && (len(w.themes) > 1 || lang != "fi") {
				return m.ids[i][q]
			}
		}
	}
	return 0
}

// reports are reports in the making, one in each language.
func (m *maker) reports(ctx context.Context, p coding.ProjectID) error {
	rows, err := table("reports.tsv", 7)
	if err != nil {
		return err
	}
	var list []coding.Pack
	for _, r := range rows {
		if n := len(list); n == 0 || list[n-1].Name != r[1] {
			list = append(list, coding.Pack{Name: r[1], Lang: coding.Lang(r[0])})
		}
		one := &list[len(list)-1]
		one.Items = append(one.Items, coding.PackItem{Kind: coding.PackKind(r[2]), Theme: m.themes[r[3]].ID, Query: r[4], Title: r[5], Text: strings.ReplaceAll(r[6], `\n`, "\n")})
	}
	for _, one := range list {
		if _, err := m.svc.AddPack(ctx, p, coding.Operator, one); err != nil {
			return err
		}
	}
	return nil
}
