package view

// AllPage asks which theme every answer of a list is to get.
type AllPage struct {
	Page
	Shown   int // answers of the list
	Change  int // of them, those that would get the theme
	Have    int // of them, those that have it from the reader
	Marked  int // of Change, those whose mark by the reader would go
	Others  int // of Change, those that have it from somebody else
	Themes  []PaneTheme
	Theme   int64 // chosen; 0 for none
	Chip    *ThemeChip
	Rule    string // the list as a query
	Filter  string
	Sum     string // of what would change
	Back    string
	Samples []AllSample
	TooMany int // the most that one step changes, where Change is more
}

// AllSample is one answer that would change, with how many say the same.
type AllSample struct {
	Text   string
	Cut    bool
	Lang   string
	Number string
	Href   string
	Alike  int
}

// EmptyPage proposes sayings that may be empty talk.
type EmptyPage struct {
	Page
	Question  string
	Questions []Option
	Groups    []EmptyGroup
}

// EmptyGroup is the sayings of one language, or those that are only short and frequent.
type EmptyGroup struct {
	Label string
	Lang  string
	Say   string
	Other bool
	Talk  []EmptyTalk
}

// EmptyTalk is one saying with the answers that nobody has judged yet.
type EmptyTalk struct {
	Text      string // folded
	Ways      []string
	Lang      string
	N         int
	Question  string // where only one question has it
	Questions int    // how many have it, where several do
	Href      string
}
