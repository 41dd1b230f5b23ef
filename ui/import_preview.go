package ui

import (
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// fillCheck tells what would come in, of all files together.
func (r *request) fillCheck(page *view.ImportCheckPage, parts []part, plans []*importer.Plan, k present) {
	count := func(n int, key string) view.Fact {
		return view.Fact{Value: i18n.Int(r.lang, int64(n)), Label: r.t(key, n)}
	}
	var respondents, answers, blank, duplicates int
	languages := map[string]int{}
	for i, plan := range plans {
		respondents, answers, blank = respondents+plan.Respondents, answers+plan.Answers, blank+plan.Blank
		duplicates, page.Unsure = duplicates+plan.Duplicates, page.Unsure+plan.Unsure
		for l, n := range plan.Languages {
			languages[l] += n
		}
		r.fillQuestions(page, parts[i].mapping, plan, k)
		r.fillVariables(page, parts[i].mapping, plan, k)
	}
	for i := range page.Variables {
		v := &page.Variables[i]
		v.More = max(0, len(v.Values)-shownCheck)
		v.Values = v.Values[:min(len(v.Values), shownCheck)]
	}
	variables := len(page.Variables)
	if most := shownVariables; variables > most {
		page.Variables, page.MoreVariables = page.Variables[:most], page.Variables[most:]
	}
	page.Facts = []view.Fact{count(respondents, "overview.respondents"), count(answers, "overview.answers"),
		count(len(page.Questions), "overview.questions"), count(variables, "wizard.variables"), count(blank, "wizard.blank")}
	if duplicates > 0 {
		page.Facts = append(page.Facts, count(duplicates, "wizard.duplicates"))
	}
	page.Languages = r.languageBars(languages, nil)
	for _, ref := range parts[0].mapping.Ignore {
		page.Left = append(page.Left, clip(ref.String(), 80))
	}
}

func (r *request) fillQuestions(page *view.ImportCheckPage, m importer.Mapping, plan *importer.Plan, k present) {
	lang := coding.Lang(r.lang)
	for i, q := range plan.Questions {
		at := slices.IndexFunc(page.Questions, func(c view.CheckQuestion) bool { return c.Key == q.Key })
		if at < 0 {
			at = len(page.Questions)
			one := view.CheckQuestion{Key: q.Key, Label: q.Column}
			if label := m.Questions[i].Label; !label.IsZero() {
				one.Label = label.In(lang)
			}
			one.Label = clip(one.Label, shownLabel)
			if known := find(k.questions, func(x coding.Question) bool { return x.Key == q.Key }); known.ID != 0 {
				one.Known = true
				if i < len(plan.Batch.Questions) { // a plan that is refused has no batch
					one.Was = r.reworded(known.Label, plan.Batch.Questions[i].Label)
				}
			}
			page.Questions = append(page.Questions, one)
		}
		c := &page.Questions[at]
		c.Answers, c.Blank = c.Answers+q.Answers, c.Blank+q.Blank
		for _, text := range q.Sample[:min(len(q.Sample), shownAnswers)] {
			if len(c.Sample) < shownAnswers {
				c.Sample = append(c.Sample, clip(text, sampleLength))
			}
		}
	}
}

// reworded is the difference where a question asks in other words than before, in the first language that differs.
func (r *request) reworded(was, is coding.Text) *view.Reworded {
	for _, l := range []coding.Lang{coding.Lang(r.lang), themes.FI, themes.SV, themes.EN} {
		if a, b := was.Exact(l), is.Exact(l); a != "" && b != "" && a != b {
			return &view.Reworded{Lang: string(l), Pieces: difference(a, b)}
		}
	}
	return nil
}

// renamed lists the categories that the project calls otherwise.
func (r *request) renamed(known, comes coding.Variable) (out []view.Reworded) {
	for _, c := range comes.Categories {
		was := find(known.Categories, func(x coding.Category) bool { return x.Key == c.Key })
		if was.ID == 0 || c.Label.In(coding.Lang(r.lang)) == c.Key {
			continue
		}
		for _, l := range themes.Langs {
			if a, b := was.Label.Exact(l), c.Label.Exact(l); a != "" && b != "" && coding.FoldValue(a) != coding.FoldValue(b) {
				out = append(out, view.Reworded{Lang: string(l), Pieces: difference(a, b)})
			}
		}
	}
	return out
}

func (r *request) fillVariables(page *view.ImportCheckPage, m importer.Mapping, plan *importer.Plan, k present) {
	lang := coding.Lang(r.lang)
	for i, v := range plan.Variables {
		at := slices.IndexFunc(page.Variables, func(c view.CheckVariable) bool { return c.Key == v.Key })
		if at < 0 {
			at = len(page.Variables)
			one := view.CheckVariable{Key: v.Key, Label: v.Column,
				Known: slices.ContainsFunc(k.variables, func(x coding.Variable) bool { return x.Key == v.Key })}
			if label := m.Variables[i].Label; !label.IsZero() {
				one.Label = label.In(lang)
			}
			one.Label = clip(one.Label, shownLabel)
			if known := find(k.variables, func(x coding.Variable) bool { return x.Key == v.Key }); known.ID != 0 && i < len(plan.Batch.Variables) {
				one.Was = r.reworded(known.Label, plan.Batch.Variables[i].Label)
				one.Renamed = r.renamed(known, plan.Batch.Variables[i])
			}
			page.Variables = append(page.Variables, one)
		}
		c := &page.Variables[at]
		c.Blank += v.Blank
		for _, cat := range v.Categories {
			text := clip(cat.Label.In(lang), 80)
			if j := slices.IndexFunc(c.Values, func(b view.ValueBar) bool { return b.Text == text }); j >= 0 {
				c.Values[j].N += cat.N
				continue
			}
			c.Values = append(c.Values, view.ValueBar{Text: text, N: cat.N})
		}
	}
}
