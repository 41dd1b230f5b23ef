package view

// SettingsPage is a project's settings.
type SettingsPage struct {
	Page
	Names     []NameField
	Slug      string
	Threshold int
	Suggest   bool // coders get suggestions
	Members   []MemberRow
	Rounds    []StructureRow // Kind is what each holds
	Questions []StructureRow
	Variables []VariableRow
	Spoken    []StructureRow // languages of the answers, and those that are mixed or uncertain
	Typed     string         // what was typed to confirm deletion
	Fields    map[string]string
	Answers   int
	Codings   int
}

// MemberRow is what one person may do in the project.
type MemberRow struct {
	Person
	User    string
	Fixed   string // says why the role can't be chosen here; "" where it can
	Options []Option
}

// StructureRow is a round or a question with what belongs to it. Href opens it on the desk.
type StructureRow struct {
	Key, Label string
	Langs      []string // languages that the label exists in
	Count      int      // answers
	Other      int      // respondents
	Href       string   // of the desk
	Kind       string   // of a round: what it holds
	Asked      []Asked  // of a question: rounds that put it in other words
}

// Asked is a round that put a question in other words than the project has now.
type Asked struct {
	Round string
	Reworded
}

// Named is what a round called a category that the project calls otherwise.
type Named struct{ Round, Lang, Text string }

// VariableRow is a background variable with its categories.
type VariableRow struct {
	Key, Label string
	Multi      bool
	Missing    int // respondents in no category
	Asked      []Asked
	Categories []CategoryRow
}

// CategoryRow is one category with its respondents.
type CategoryRow struct {
	Label string
	Count int
	Small bool // fewer than the threshold, so that reports will hide it
	Href  string
	Named []Named
}
