package view

import "time"

// WorkPage is who codes what: how far each coder is, what was given out, and, for a lead, the form that gives out more.
type WorkPage struct {
	Page
	Mine     *OwnQueue
	Progress ProgressTable
	Tables   []QueueTable // by question and by language
	Given    []AssignmentRow
	Left     string // answers that nobody was given
	LeftHref string
	Form     *WorkForm // for a lead
	Preview  *WorkPreview
	Undo     *Undo
}

// OwnQueue is the reader's own queue.
type OwnQueue struct {
	Left, Given int
	Href        string // on the desk
}

// QueueTable is everybody's queue in parts: a row for each part, a column for each person. A cell is done of given.
type QueueTable struct {
	ID, Title, Part string
	Heads           []string
	Rows            []QueueTableRow
}

// QueueTableRow is one part.
type QueueTableRow struct {
	Name  string
	Cells []QueueCell
}

// QueueCell is one part of a queue; Href opens it.
type QueueCell struct {
	Done, Given int
	Href        string
}

// AssignmentRow is one assignment.
type AssignmentRow struct {
	ID                int64
	Coder             Person
	Note              string
	By                string
	At                time.Time
	Given, Done, Left int
	Double, Blind     bool     // of a double coding; its coder still works blind
	Others            []Option // whom the rest may be given to
}

// WorkForm is the form that gives out answers.
type WorkForm struct {
	Questions, Languages, Rounds []Option
	Open, Free                   bool
	Sample                       string
	Strata, Blind                bool
	How                          string // even, count, question, language, double
	Coders                       []WorkCoder
	ByQuestion, ByLanguage       []WorkPart
	Random                       bool
	Seed                         string
	Note                         string
	Fields                       map[string]string
}

// WorkCoder is one who can be given answers.
type WorkCoder struct {
	Person
	Chosen bool
	Count  string // how many, where that is chosen
	Queue  int    // left to do of what the person has
}

// WorkPart is a question or a language with who gets its answers.
type WorkPart struct {
	Name, Label string // of the form field; for people
	Count       int
	Choices     []Option
}

// WorkPreview is what the form would do.
type WorkPreview struct {
	Pool   int  // answers that the form picks
	Rest   int  // of them, those that nobody would get
	Double bool // everybody gets all of them
	Blind  bool
	Shares []WorkShare
	Parts  []WorkSharePart // of the shares: questions, then languages
	Query  string          // the form, to be sent again
	Seen   string          // the sizes, to notice that they changed meanwhile
}

// WorkShare is what one person would get.
type WorkShare struct {
	Person
	N int
}

// WorkSharePart is how many answers of a question or a language everybody would get.
type WorkSharePart struct {
	Name string
	N    []int
}
