package view

// VariablesPage lists the background variables and offers to derive new ones.
type VariablesPage struct {
	Page
	Variables []VariableLine
	Sources   []Option
	Fields    map[string]string
	Label     string // of the new variable, as it was given
	Classes   string
	Problems  []ProblemRow // of a look-up table
}

// VariableLine is one variable in the list.
type VariableLine struct {
	ID         int64
	Key, Label string
	Href       string
	From       string // label of the source of a derived variable
	Weight     bool
	Categories int
	Without    int    // respondents in no category
	Up, Down   string // the order that moving it makes, for the form
}

// VariablePage edits one variable.
type VariablePage struct {
	Page
	ID       int64
	Key      string
	Derived  bool
	From     string
	Sources  []Option
	Names    []NameField
	Fields   map[string]string
	Weight   bool
	Numbers  bool // every category is a number, so that it may be a weight
	Counted  []Option
	Rows     []ClassRow
	Asked    []Asked     // rounds that call it otherwise
	Values   []SourceRow // of a derived variable
	Rest     []Option
	Without  int
	Previews bool // nothing is saved yet
}

// ClassRow is a category or class.
type ClassRow struct {
	Named        []Named // what rounds called it
	ID           int64
	Key          string
	FI, SV, EN   string
	Population   string
	Least, Below string
	N            int
	Reached      string // '58 of 123', where the population is known
}

// SourceRow is a value of the source with the class that it falls into.
type SourceRow struct {
	Field   string // of the form
	Label   string
	N       int
	Classes []Option
	Class   string // the class that it comes to by the rules
}
