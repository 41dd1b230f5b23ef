package coding

import "avokoodi/themes"

// Typed ids. Zero is never the id of a stored thing. Answer ids grow in the order in which answers are read: by import,
// then respondent, then question; they stay below 1<<32 so that they fit a 32-bit bitmap.
type (
	ProjectID    int64
	RoundID      int64
	QuestionID   int64
	VariableID   int64
	CategoryID   int64
	RespondentID int64
	AnswerID     int64
	CodingID     int64
	MarkID       int64
	MemoID       int64
	QuoteID      int64
	ImportID     int64
	ViewID       int64
	AssignmentID int64
	DecisionID   int64
	PackID       int64
	WorkshopID   int64
	PersonID     int64
	ThemeID      = themes.ID
)

// Seq numbers the changes of one project from 1 without gaps; StepID is the Seq of the first change of a step.
type (
	Seq    int64
	StepID int64
)

// The codebook's types, under the names by which the rest of the product knows them.
type (
	Theme   = themes.Theme
	Text    = themes.Text
	Lang    = themes.Lang
	Problem = themes.Problem
)
