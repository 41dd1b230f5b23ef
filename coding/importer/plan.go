package importer

import (
	"context"
	"strings"

	"avokoodi/coding"
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
	Unsure      int            // answers whose language is a guess below coding.SureLanguage
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
	p := &planner{plan: &Plan{Languages: map[string]int{}}}
	p.b = bind(s, m, &p.log)
	p.log.addAll(&s.log, func(col int) bool { return col > len(p.b.used) || !p.b.used[col-1] })
	if p.b.found() {
		if err := p.run(ctx, detect); err != nil {
			return nil, err
		}
	}
	p.plan.Problems = p.log.all()
	sortByPlace(p.plan.Problems, s.File)
	if !p.plan.Problems.Refused() {
		p.plan.Batch = p.batch()
	}
	return p.plan, nil
}
