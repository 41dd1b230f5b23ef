package coding

import (
	"encoding/json"
	"fmt"
	"time"
)

// Kind names what a change is about.
type Kind string

// Kinds of entities that Tx.Put writes, with the Go type of each.
const (
	KindProject    Kind = "project"    // Project
	KindRound      Kind = "round"      // Round
	KindQuestion   Kind = "question"   // Question
	KindVariable   Kind = "variable"   // Variable, without its categories
	KindCategory   Kind = "category"   // Category
	KindImport     Kind = "import"     // Import, with the respondents, answers and values that came by it
	KindAnswer     Kind = "answer"     // AnswerLanguage
	KindText       Kind = "text"       // Answer: what a corrected file changed, added or took away
	KindRespondent Kind = "respondent" // Respondent
	KindValues     Kind = "values"     // RespondentValues, by the respondent's id
	KindTheme      Kind = "theme"      // Theme
	KindCoding     Kind = "coding"     // Coding
	KindMark       Kind = "mark"       // Mark
	KindMemo       Kind = "memo"       // Memo
	KindQuote      Kind = "quote"      // Quote
	KindView       Kind = "view"       // View
	KindAssignment Kind = "assignment" // Assignment
	KindPack       Kind = "pack"       // Pack
	KindWorkshop   Kind = "workshop"   // Workshop
	KindDecision   Kind = "decision"   // Decision
)

// Change is one row of the change log: an entity before and after, as JSON; Before is null for a creation, After for a
// deletion, and both for what has been erased.
type Change struct {
	Seq    Seq
	Step   StepID
	Kind   Kind
	ID     int64
	Before json.RawMessage
	After  json.RawMessage
}

// Emptied tells that what the change was about has been erased.
func (c Change) Emptied() bool { return null(c.Before) && null(c.After) }

func null(raw json.RawMessage) bool { return len(raw) == 0 || string(raw) == "null" }

// Step is what a person did in one go: one or more changes that are undone together.
type Step struct {
	ID       StepID
	Project  ProjectID
	Actor    PersonID
	At       time.Time
	Op       Op
	Detail   string // what the history says beside Op: a theme's key, a file name, a query
	Undoes   StepID // for OpUndo and OpRedo
	UndoneBy StepID // 0 while the step stands
	Changes  int    // number of change rows
}

// Op names what a step did; the history page has words for each.
type Op string

// Operations.
const (
	OpApply    Op = "apply"
	OpRemove   Op = "remove"
	OpMark     Op = "mark"
	OpUnmark   Op = "unmark"
	OpRule     Op = "rule"
	OpMemo     Op = "memo"
	OpQuote    Op = "quote"
	OpUnquote  Op = "unquote"
	OpTheme    Op = "theme"
	OpMerge    Op = "merge"
	OpSplit    Op = "split"
	OpImport   Op = "import"
	OpErase    Op = "erase"
	OpLook     Op = "look" // at numbers below the threshold
	OpRecheck  Op = "recheck"
	OpCodebook Op = "codebook"
	OpCodings  Op = "codings"
	OpProject  Op = "project"
	OpVariable Op = "variable"
	OpLanguage Op = "language"
	OpView     Op = "view"
	OpPack     Op = "pack"
	OpWorkshop Op = "workshop"
	OpAssign   Op = "assign"
	OpReassign Op = "reassign"
	OpWithdraw Op = "withdraw"
	OpUnveil   Op = "unveil" // end blind coding
	OpDecide   Op = "decide"
	OpUndecide Op = "undecide"
	OpUndo     Op = "undo"
	OpRedo     Op = "redo"
)

// KindOf is the kind and id of an entity that Tx.Put takes; it panics on any other type.
func KindOf(entity any) (Kind, int64) {
	switch e := entity.(type) {
	case Project:
		return KindProject, int64(e.ID)
	case Round:
		return KindRound, int64(e.ID)
	case Question:
		return KindQuestion, int64(e.ID)
	case Variable:
		return KindVariable, int64(e.ID)
	case Category:
		return KindCategory, int64(e.ID)
	case Import:
		return KindImport, int64(e.ID)
	case AnswerLanguage:
		return KindAnswer, int64(e.ID)
	case Answer:
		return KindText, int64(e.ID)
	case Respondent:
		return KindRespondent, int64(e.ID)
	case RespondentValues:
		return KindValues, int64(e.Respondent)
	case Theme:
		return KindTheme, int64(e.ID)
	case Coding:
		return KindCoding, int64(e.ID)
	case Mark:
		return KindMark, int64(e.ID)
	case Memo:
		return KindMemo, int64(e.ID)
	case Quote:
		return KindQuote, int64(e.ID)
	case View:
		return KindView, int64(e.ID)
	case Assignment:
		return KindAssignment, int64(e.ID)
	case Pack:
		return KindPack, int64(e.ID)
	case Workshop:
		return KindWorkshop, int64(e.ID)
	case Decision:
		return KindDecision, int64(e.ID)
	}
	panic(fmt.Sprintf("coding: %T is not an entity", entity))
}

// WithID is the entity with its id set.
func WithID(entity any, id int64) any {
	switch e := entity.(type) {
	case Project:
		e.ID = ProjectID(id)
		return e
	case Round:
		e.ID = RoundID(id)
		return e
	case Question:
		e.ID = QuestionID(id)
		return e
	case Variable:
		e.ID = VariableID(id)
		return e
	case Category:
		e.ID = CategoryID(id)
		return e
	case Import:
		e.ID = ImportID(id)
		return e
	case Answer:
		e.ID = AnswerID(id)
		return e
	case Respondent:
		e.ID = RespondentID(id)
		return e
	case RespondentValues:
		e.Respondent = RespondentID(id)
		return e
	case Theme:
		e.ID = ThemeID(id)
		return e
	case Coding:
		e.ID = CodingID(id)
		return e
	case Mark:
		e.ID = MarkID(id)
		return e
	case Memo:
		e.ID = MemoID(id)
		return e
	case Quote:
		e.ID = QuoteID(id)
		return e
	case View:
		e.ID = ViewID(id)
		return e
	case Assignment:
		e.ID = AssignmentID(id)
		return e
	case Pack:
		e.ID = PackID(id)
		return e
	case Workshop:
		e.ID = WorkshopID(id)
		return e
	case Decision:
		e.ID = DecisionID(id)
		return e
	}
	panic(fmt.Sprintf("coding: %T gets no id", entity))
}

// Decode reads an entity of the kind from the JSON of a change row; nil from null or nothing.
func Decode(kind Kind, raw json.RawMessage) (any, error) {
	if null(raw) {
		return nil, nil
	}
	switch kind {
	case KindProject:
		return decode[Project](raw)
	case KindRound:
		return decode[Round](raw)
	case KindQuestion:
		return decode[Question](raw)
	case KindVariable:
		return decode[Variable](raw)
	case KindCategory:
		return decode[Category](raw)
	case KindImport:
		return decode[Import](raw)
	case KindAnswer:
		return decode[AnswerLanguage](raw)
	case KindText:
		v, err := decode[Answer](raw)
		if a, ok := v.(Answer); ok {
			a.Describe()
			v = a
		}
		return v, err
	case KindRespondent:
		return decode[Respondent](raw)
	case KindValues:
		return decode[RespondentValues](raw)
	case KindTheme:
		return decode[Theme](raw)
	case KindCoding:
		return decode[Coding](raw)
	case KindMark:
		return decode[Mark](raw)
	case KindMemo:
		return decode[Memo](raw)
	case KindQuote:
		return decode[Quote](raw)
	case KindView:
		return decode[View](raw)
	case KindAssignment:
		return decode[Assignment](raw)
	case KindPack:
		return decode[Pack](raw)
	case KindWorkshop:
		return decode[Workshop](raw)
	case KindDecision:
		return decode[Decision](raw)
	}
	return nil, fmt.Errorf("change log: unknown kind %q", kind)
}

func decode[T any](raw json.RawMessage) (any, error) {
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, fmt.Errorf("change log: %w", err)
	}
	return v, nil
}
