package archive

import (
	"slices"
	"strings"

	"avokoodi/coding"
)

// frame writes what answers stand in: the project, rounds, questions, variables, imports.
func (a *archive) frame() error {
	if err := a.json("project.json", a.known.project); err != nil {
		return err
	}
	a.manifest.Files = append(a.manifest.Files, File{Name: "project.json", About: "name, threshold and rules of quoting", Rows: 1})
	rounds, err := a.r.Rounds(a.ctx, a.p)
	if err != nil {
		return err
	}
	a.manifest.Counts["rounds"] = len(rounds)
	err = a.table("rounds.csv", "times of asking", []string{"round", "label_fi", "label_sv", "label_en", "order", "kind"}, func(add func(...string) error) error {
		for _, x := range rounds {
			a.known.rounds[x.ID] = x.Key
			if err := add(slices.Concat([]string{x.Key}, three(x.Label), []string{number(x.Order), string(x.Kind)})...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	questions, err := a.r.Questions(a.ctx, a.p)
	if err != nil {
		return err
	}
	a.manifest.Counts["questions"] = len(questions)
	err = a.table("questions.csv", "open questions; headers are further names in survey files, with | between them",
		[]string{"question", "label_fi", "label_sv", "label_en", "short_fi", "short_sv", "short_en", "headers", "order"}, func(add func(...string) error) error {
			for _, x := range questions {
				a.known.questions[x.ID] = x.Key
				if err := add(slices.Concat([]string{x.Key}, three(x.Label), three(x.Short), []string{strings.Join(x.Headers, "|"), number(x.Order)})...); err != nil {
					return err
				}
			}
			return nil
		})
	if err != nil {
		return err
	}
	if err := a.variables(); err != nil {
		return err
	}
	return a.imports()
}

func (a *archive) variables() error {
	a.manifest.Counts["variables"] = len(a.known.variables)
	if err := list(a, "variables.json", "background variables whole, with recodes and categories", a.known.variables); err != nil {
		return err
	}
	return a.table("categories.csv", "categories of the background variables", []string{"variable", "variable_fi", "variable_sv", "variable_en", "multi", "derived",
		"category", "label_fi", "label_sv", "label_en", "population"}, func(add func(...string) error) error {
		for _, v := range a.known.variables {
			for _, c := range v.Categories {
				if err := add(slices.Concat([]string{v.Key}, three(v.Label), []string{yes(v.Multi), yes(v.Derived()), c.Key}, three(c.Label), []string{some(c.Population)})...); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (a *archive) imports() error {
	imports, err := a.r.Imports(a.ctx, a.p)
	if err != nil {
		return err
	}
	a.manifest.Counts["imports"] = len(imports)
	return a.table("imports.csv", "files that became answers", []string{"import", "file", "sha256", "profile", "round", "at", "respondents", "answers", "blank", "duplicates"},
		func(add func(...string) error) error {
			for _, x := range imports {
				a.known.files[x.ID] = x.File
				if err := add(number(x.ID), x.File, x.SHA256, x.Profile, a.known.rounds[x.Round], moment(x.At), number(x.Respondents), number(x.Answers), number(x.Blank), number(x.Duplicates)); err != nil {
					return err
				}
			}
			return nil
		})
}

// respondents writes a row for each, with a column for each variable: keys of categories, | between several.
func (a *archive) respondents() error {
	columns, at := []string{"respondent", "round", "number", "import"}, map[coding.VariableID]int{}
	for _, v := range a.known.variables {
		at[v.ID] = len(columns)
		columns = append(columns, "variable:"+v.Key)
	}
	values := map[coding.RespondentID][]coding.CategoryID{}
	for v, err := range a.r.EachValue(a.ctx, a.p, 0) {
		if err != nil {
			return err
		}
		values[v.Respondent] = append(values[v.Respondent], v.Category)
	}
	return a.table("respondents.csv", "who answered, with categories of background variables", columns, func(add func(...string) error) error {
		for x, err := range a.r.EachRespondent(a.ctx, a.p, 0) {
			if err != nil {
				return err
			}
			a.manifest.Counts["respondents"]++
			row := make([]string, len(columns))
			row[0], row[1], row[2], row[3] = x.External, a.known.rounds[x.Round], number(x.Number), number(x.Import)
			for _, id := range values[x.ID] {
				c := a.known.classes[id]
				if i, ok := at[c.Variable]; ok && row[i] != "" {
					row[i] += "|" + c.Key
				} else if ok {
					row[i] = c.Key
				}
			}
			if err := add(row...); err != nil {
				return err
			}
		}
		return nil
	})
}

func (a *archive) answers() error {
	columns := slices.Concat(placeColumns, []string{"language", "mixed", "language_confidence", "text"})
	return a.table("answers.csv", "answers as they were given", columns, func(add func(...string) error) error {
		for x, err := range a.r.EachAnswer(a.ctx, a.p, 0, 0) {
			if err != nil {
				return err
			}
			a.manifest.Counts["answers"]++
			if err := add(append(a.known.place(x.ID), string(x.Language), yes(x.Mixed), number(x.Confidence), x.Text)...); err != nil {
				return err
			}
		}
		return nil
	})
}
