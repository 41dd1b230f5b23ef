package view

import "time"

// HistoryPage is what people did in the project, newest first.
type HistoryPage struct {
	Page
	People   []Option
	Ops      []Option
	Day      string // 2026-11-22 or ""
	Days     []HistoryDay
	Older    string // address of the page with older steps; "" for none
	Newest   string // address of the first page; "" when this is it
	Filtered bool
	Clear    string // address without filters
	Exports  []ExportGroup
	Undo     *Undo
}

// HistoryDay is the steps of one day.
type HistoryDay struct {
	Label string
	Steps []HistoryStep
}

// HistoryStep is one thing that somebody did.
type HistoryStep struct {
	ID        int64
	At        time.Time
	Time      string // 14.05
	Who       Person
	What      string // translated
	Chip      *ThemeChip
	Detail    string
	Answers   []AnswerLink
	More      int // answers beyond those
	Changes   int
	Undone    *UndoneBy
	Reverses  bool // an undo or redo
	CanRevert bool
	Ask       bool // shows what it would change before it does
	Href      string
	Here      string
}

// UndoneBy is who took a step back, and when.
type UndoneBy struct {
	Who string
	At  time.Time
}

// ThemeChip is a theme by name and colour.
type ThemeChip struct {
	Label string
	Hue   int
}

// AnswerLink leads to an answer on the desk.
type AnswerLink struct{ Number, Href string }

// StepPage is one step with everything that it changed.
type StepPage struct {
	Page
	Step    HistoryStep
	Changes []ChangeRow
	Hidden  int // changes that are not listed
	Back    string
	Undo    *Undo
}

// ChangeRow is one change of a step in words.
type ChangeRow struct {
	Sign   string // +, −, ~
	Kind   string // translated
	Chip   *ThemeChip
	Answer *AnswerLink
	Words  string // what changed
	Quote  string // words of a person: a memo, a note
	Who    string // whose coding or memo, where that is another than who made the step
}
