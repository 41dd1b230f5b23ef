package importer

import (
	"context"
	"strconv"
	"strings"

	"avokoodi/coding"
	"avokoodi/themes"
)

// MaxID is the longest respondent id in bytes.
const MaxID = 200

// Plan is what importing a sheet by a mapping would do. When a problem is an error the import is refused and Batch is empty.
// Batch reads from the sheet, which must stay open until the batch is imported.
type Plan struct {
	Batch       coding.Batch
	Problems    Problems
	Respondents int
	Answers     int
	Blank       int            // blank cells in question columns
	Duplicates  int            // rows left out because their id came before
	Languages   map[string]int // answers by language; "" for cannot tell
	Questions   []QuestionPreview
	Variables   []VariablePreview
}

// QuestionPreview shows an open question as it would come in.
type QuestionPreview struct {
	Key     string
	Column  string
	Answers int
	Blank   int
	Sample  []string // the first answers
}

// VariablePreview shows a variable as it would come in.
type VariablePreview struct {
	Key        string
	Column     string
	Blank      int
	Categories []CategoryCount
}

// CategoryCount is a category and how many respondents it gets.
type CategoryCount struct {
	Key   string
	Label coding.Text
	N     int
}

// A preview shows the first answers, and of each no more than the first characters.
const (
	sampleAnswers = 10
	sampleChars   = 2000
)

func clip(text string) string {
	if len(text) <= sampleChars {
		return strings.Clone(text)
	}
	return strings.ToValidUTF8(text[:sampleChars], "") + "…"
}

// NewPlan checks the mapping against the sheet and goes through every row once. It writes nothing. The error is only for
// trouble with reading; what a person can mend is in Problems. detect may be nil; it is called from several goroutines.
func NewPlan(ctx context.Context, s *Sheet, m Mapping, detect Detect) (*Plan, error) {
	p := &planner{plan: &Plan{Languages: map[string]int{}}, seen: map[string]int{}}
	p.b = bind(s, m, &p.log)
	p.log.addAll(&s.log, func(col int) bool { return !p.b.used[col-1] })
	if p.complete() {
		if err := p.run(ctx, detect); err != nil {
			return nil, err
		}
	}
	p.plan.Problems = p.log.all()
	if !p.plan.Problems.Refused() {
		p.plan.Batch = p.batch()
	}
	return p.plan, nil
}

// RoundOf is the round of that name; without a name the first.
func RoundOf(name string) coding.Round {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return coding.Round{Key: "1", Label: coding.Text{FI: "Kierros 1", SV: "Omgång 1", EN: "Round 1"}, Kind: coding.RoundSurvey}
	}
	key := name
	if !goodKey(key) {
		key = valueKey(name)
	}
	return coding.Round{Key: key, Label: themes.Same(name), Kind: coding.RoundSurvey}
}

type planner struct {
	plan       *Plan
	b          *binding
	log        log
	categories []*categories
	seen       map[string]int // respondent id → row
	skip       []bool         // by place in the sheet: left out as a duplicate
	languages  *languages
}

// complete tells whether every column of the mapping was found, so that the rows can be looked at.
func (p *planner) complete() bool {
	missing := func(cols []int) bool {
		for _, c := range cols {
			if c < 0 {
				return true
			}
		}
		return false
	}
	m := p.b.m
	return !missing(p.b.questions) && !missing(p.b.variables) && len(m.Questions) > 0 &&
		(m.RespondentID.IsZero() || p.b.id >= 0) && (m.Language.Column.IsZero() || p.b.language >= 0)
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
		p.plan.Variables[i] = VariablePreview{Key: v.Key, Column: s.Columns[p.b.variables[i]].Name}
	}
	p.skip = make([]bool, 0, s.Len)
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
	p.seen[strings.Clone(id)] = row.Number
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
		cell := row.Cells[col]
		if cell == "" {
			p.plan.Variables[i].Blank++
			continue
		}
		switch p.categories[i].of(cell) {
		case tooLongValue:
			p.b.cell(row, col, "import.value_long", MaxValueText)
		case tooManyValues:
			p.categories[i].full = true
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

// batch is what goes to coding.Service.Import.
func (p *planner) batch() coding.Batch {
	s, m := p.b.sheet, p.b.m
	lang := p.labelLanguage(p.languages.counts())
	b := coding.Batch{File: s.File, SHA256: s.SHA256, Profile: s.Profile, Round: RoundOf(m.Round), Blank: p.plan.Blank,
		Duplicate: p.plan.Duplicates, Rows: p.rows}
	for i, q := range m.Questions {
		label := q.Label
		if label.IsZero() {
			label = themes.Only(lang, s.Columns[p.b.questions[i]].Name)
		}
		b.Questions = append(b.Questions, coding.Question{Key: q.Key, Label: label, Short: q.Short})
	}
	for i, v := range m.Variables {
		label := v.Label
		if label.IsZero() {
			label = themes.Only(lang, s.Columns[p.b.variables[i]].Name)
		}
		b.Variables = append(b.Variables, coding.Variable{Key: v.Key, Label: label, Categories: p.categories[i].all(lang)})
	}
	return b
}

// rows goes through the sheet again for coding.Batch.Rows.
func (p *planner) rows(yield func(coding.BatchRow, error) bool) {
	at := p.languages.reader()
	place := -1
	for row, err := range p.b.sheet.Rows() {
		if err != nil {
			yield(coding.BatchRow{}, err)
			return
		}
		if place++; p.skip[place] {
			continue
		}
		out := coding.BatchRow{External: strconv.Itoa(row.Number)}
		if p.b.id >= 0 {
			out.External = row.Cells[p.b.id]
		}
		for i, col := range p.b.questions {
			if text := row.Cells[col]; text != "" {
				lang, mixed := fromByte(at())
				out.Answers = append(out.Answers, coding.BatchAnswer{Question: i, Language: lang, Mixed: mixed, Text: text})
			}
		}
		for i, col := range p.b.variables {
			if c := p.categories[i].placed(row.Cells[col]); c >= 0 {
				out.Values = append(out.Values, coding.BatchValue{Variable: i, Category: c})
			}
		}
		if !yield(out, nil) {
			return
		}
	}
}
