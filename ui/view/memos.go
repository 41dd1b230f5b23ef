package view

import "time"

// MemosPage lists the memos of a project, newest first.
type MemosPage struct {
	Page
	Rows    []MemoRow
	Total   int // under the filter
	Kinds   []Option
	Authors []Option
	Search  string
	Next    string // address of the older ones; "" for none
	Newest  string // address of the newest; "" when these are they
	About   string // address of the project's own memo
	Export  string // address of the file with the same filter
	Undo    *Undo
}

// MemoRow is one memo with what it is about.
type MemoRow struct {
	ID     int64
	Kind   string // answer, coding, theme, project
	Number string // of the answer: #0147
	Chip   *ThemeChip
	Quoted string // the start of the answer
	Lang   string
	By     Person
	At     time.Time
	Text   string
	Cut    bool // Text is only the start
	Mine   bool
	Href   string // the memo by itself, to be written
	Place  string // what it is about, in its place
	Target int64
}

// MemoPage is what people wrote on one thing, and the reader's own memo to write.
type MemoPage struct {
	Page
	Kind   string
	Target int64
	Number string
	Chip   *ThemeChip
	Answer *Excerpt
	Text   string // the reader's own
	Has    bool   // it is kept already
	Others []Memo
	Back   string
	Limit  int
	Fields map[string]string
	Undo   *Undo
}
