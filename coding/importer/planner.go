package importer

import (
	"context"

	"avokoodi/coding"
)

type planner struct {
	plan       *Plan
	b          *binding
	log        log
	categories []*categories
	seen       map[string]int // respondent id → row
	skip       []bool         // by place in the sheet: left out as a duplicate
	languages  *languages
}

func (p *planner) run(ctx context.Context, detect Detect) error {
	s, m := p.b.sheet, p.b.m
	p.plan.Questions = make([]QuestionPreview, len(m.Questions))
	for i, q := range m.Questions {
		p.plan.Questions[i] = QuestionPreview{Key: q.Key, Column: s.Columns[p.b.questions[i]].Name}
	}
	p.plan.Variables = make([]VariablePreview, len(m.Variables))
	for i, v := range m.Variables {
		p.categories = append(p.categories, newCategories(v))
		p.plan.Variables[i] = VariablePreview{Key: v.Key, Column: p.b.columnName(i)}
	}
	p.skip = make([]bool, 0, s.Len)
	if p.b.id >= 0 {
		p.seen = make(map[string]int, s.Len)
	}
	p.languages = startLanguages(detect)
	defer p.languages.stop()
	for row, err := range s.Rows() {
		if err != nil {
			return err
		}
		if len(p.skip)&1023 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		first := p.identify(row)
		p.skip = append(p.skip, !first)
		if first {
			p.row(row)
		}
	}
	p.languages.stop()
	p.finish()
	return ctx.Err()
}

// identify checks the respondent's id and tells whether it is the first row with it.
func (p *planner) identify(row Row) bool {
	if p.b.id < 0 {
		return true
	}
	id := row.Cells[p.b.id]
	switch {
	case id == "":
		p.b.cell(row, p.b.id, "import.id_blank")
		return true
	case len(id) > MaxID:
		p.b.cell(row, p.b.id, "import.id_long", MaxID)
		return true
	}
	if first, ok := p.seen[id]; ok {
		p.plan.Duplicates++
		p.log.add(Problem{File: p.b.sheet.File, Row: row.Number, Column: p.b.sheet.Columns[p.b.id].Name, Key: "import.id_again",
			Args: []any{id, first}, Severity: Warning})
		return false
	}
	p.seen[p.b.sheet.spool.keep(id)] = row.Number
	return true
}

func (p *planner) row(row Row) {
	p.plan.Respondents++
	lang, known := p.b.languageOf(row)
	for i, col := range p.b.questions {
		q, text := &p.plan.Questions[i], row.Cells[col]
		if text == "" {
			q.Blank++
			continue
		}
		q.Answers++
		if len(q.Sample) < sampleAnswers {
			q.Sample = append(q.Sample, clip(text))
		}
		if known {
			p.languages.known(lang)
		} else {
			p.languages.detect(text)
		}
	}
	for i, col := range p.b.variables {
		if p.b.parts[i] != nil {
			if p.categories[i].ticks(row.Cells, p.b.parts[i], func(c int) { p.categories[i].counts[c]++ }) == 0 {
				p.plan.Variables[i].Blank++
			}
			continue
		}
		cell := row.Cells[col]
		if cell == "" {
			p.plan.Variables[i].Blank++
			continue
		}
		for choice := range p.categories[i].choices(cell) {
			switch p.categories[i].of(choice) {
			case tooLongValue:
				p.b.cell(row, col, "import.value_long", MaxValueText)
			case tooManyValues:
				p.categories[i].full = true
			}
		}
	}
}

// finish adds up.
func (p *planner) finish() {
	for _, q := range p.plan.Questions {
		p.plan.Answers += q.Answers
		p.plan.Blank += q.Blank
	}
	counts := p.languages.counts()
	for i, n := range counts {
		if n > 0 {
			p.plan.Languages[string(byNumber[i])] = n
		}
	}
	p.plan.Unsure = p.languages.unsure()
	label := p.labelLanguage(counts)
	for i, c := range p.categories {
		c.order()
		v := &p.plan.Variables[i]
		for _, cat := range c.all(label) {
			v.Categories = append(v.Categories, CategoryCount{Key: cat.Key, Label: cat.Label})
		}
		for j, n := range c.counts {
			v.Categories[c.place[j]].N = n
		}
		if c.full {
			p.log.add(Problem{File: p.b.sheet.File, Column: v.Column, Key: "import.values_many", Args: []any{MaxValues}})
		} else if n := len(c.keys) - len(c.listed); n > manyValues {
			p.log.add(Problem{File: p.b.sheet.File, Column: v.Column, Key: "import.values_several", Args: []any{n}, Severity: Warning})
		}
	}
}

// labelLanguage is the language that headers and values are taken to be in.
func (p *planner) labelLanguage(counts [len(byNumber)]int) coding.Lang {
	if l := p.b.m.Language.Fixed; l != "" {
		return l
	}
	return dominant(counts)
}
