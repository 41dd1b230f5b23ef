package view

// ErasePage is where a lead erases respondents.
type ErasePage struct {
	Page
	Errors []string
	Fields map[string]string
	Said   string // what was looked for
	Asked  bool
	Rows   []EraseRow
	UsedIn []string // reports that quote them
	Ready  int      // approved quotes
}

// EraseRow is one respondent and what goes with them.
type EraseRow struct {
	ID       int64
	On       bool
	Number   string
	External string
	Round    string
	Answers  int
	Codings  int // and states
	Memos    int
	Quotes   int
	Excerpt  string // the beginning of an answer, so that the right one is chosen
	Lang     string
}
