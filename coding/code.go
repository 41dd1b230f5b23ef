package coding

import (
	"cmp"
	"slices"
	"time"
)

// Span is a stretch of an answer's text in code points: Start inclusive, End exclusive.
type Span struct {
	Start int `json:"s"`
	End   int `json:"e"`
}

// Source tells how a coding came about.
type Source string

// Sources of a coding.
const (
	ByPerson     Source = "person"
	BySuggestion Source = "suggestion"
	ByRule       Source = "rule"
	ByImport     Source = "import"
)

// Coding says that, in a coder's judgement, a theme applies to an answer. There is at most one for each answer, theme and
// coder. Evidence is the words that carry the theme, sorted, not overlapping; it may be empty.
type Coding struct {
	ID       CodingID  `json:"id"`
	Answer   AnswerID  `json:"answer"`
	Theme    ThemeID   `json:"theme"`
	Coder    PersonID  `json:"coder"`
	Evidence []Span    `json:"evidence,omitempty"`
	Source   Source    `json:"source"`
	Rule     string    `json:"rule,omitempty"` // the query, for ByRule
	Version  int       `json:"version"`        // of the theme's definition when it was applied
	At       time.Time `json:"at"`
	// Recheck is the step that changed the answer's text since; 0 where nobody needs to look again.
	Recheck StepID `json:"recheck,omitempty"`
}

// State of an answer, for one coder or for all together.
type State string

// The four states. StateNoTheme and StateUnusable are marks that a coder sets.
const (
	StateOpen     State = "open"     // not coded
	StateCoded    State = "coded"    // has at least one coding
	StateNoTheme  State = "none"     // read, and no theme applies
	StateUnusable State = "unusable" // '-', 'ei', empty talk
)

// States lists the four in their fixed order.
var States = [4]State{StateOpen, StateCoded, StateNoTheme, StateUnusable}

// Mark is a coder's judgement that no theme applies to an answer or that it is unusable. At most one for each answer and
// coder, and none where that coder has a coding.
type Mark struct {
	ID      MarkID    `json:"id"`
	Answer  AnswerID  `json:"answer"`
	Coder   PersonID  `json:"coder"`
	State   State     `json:"state"` // StateNoTheme or StateUnusable
	At      time.Time `json:"at"`
	Recheck StepID    `json:"recheck,omitempty"` // as of a Coding
}

// StateOf is the state of one answer from all codings and marks on it: coded before unusable before no theme.
func StateOf(codings []Coding, marks []Mark) State {
	if len(codings) > 0 {
		return StateCoded
	}
	state := StateOpen
	for _, m := range marks {
		if m.State == StateUnusable || state == StateOpen {
			state = m.State
		}
	}
	return state
}

// MergeSpans sorts spans and unites those that overlap or touch. Empty and reversed spans are dropped.
func MergeSpans(spans []Span) []Span {
	spans = slices.DeleteFunc(slices.Clone(spans), func(s Span) bool { return s.End <= s.Start })
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// Memo is a person's note on an answer, a coding, a theme or the project. One for each target and author.
type Memo struct {
	ID     MemoID    `json:"id"`
	On     MemoOn    `json:"on"`
	Target int64     `json:"target"` // id of the answer, coding, theme or project
	Author PersonID  `json:"author"`
	Text   string    `json:"text"`
	At     time.Time `json:"at"`
}

// MemoOn is the kind of thing that a memo is about.
type MemoOn string

// What a memo can be on.
const (
	MemoAnswer  MemoOn = "answer"
	MemoCoding  MemoOn = "coding"
	MemoTheme   MemoOn = "theme"
	MemoProject MemoOn = "project"
)

// MaxMemo is the longest memo in code points.
const MaxMemo = 100_000

// View is a person's saved filter of the coding desk: Query is the page's query string.
type View struct {
	ID    ViewID   `json:"id"`
	Owner PersonID `json:"owner"`
	Name  string   `json:"name"`
	Query string   `json:"query"`
}
