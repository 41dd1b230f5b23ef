package view

import "time"

// PeoplePage lists everybody and adds a person.
type PeoplePage struct {
	Page
	People []PersonRow
	Admins int
	New    PersonForm
	Secret *Secret
}

// PersonRow is one line of the list of people.
type PersonRow struct {
	Person
	User  string
	Role  string // key of the role
	State string // "active", "disabled", "coder" for somebody known from an imported file only
	You   bool
	Since time.Time
}

// PersonForm is what the form about a person holds, with the problem of each field.
type PersonForm struct {
	Name, Display string
	Disabled      bool
	Roles         []Option
	Fields        map[string]string
}

// Secret is a password that was made just now. It is shown once and kept nowhere.
type Secret struct {
	ID                   int64
	User, Name, Password string
}

// PersonPage changes one person.
type PersonPage struct {
	Page
	Row      PersonRow
	Form     PersonForm
	Projects []PersonProject
	Secret   *Secret
}

// PersonProject is what a person may do in one project.
type PersonProject struct {
	Slug, Name, Role string
	Own              bool // the project gives another role than everywhere
}

// AccountPage is a person's own settings.
type AccountPage struct {
	Page
	Display   string // the name that others see, as it stands in its field
	Row       PersonRow
	Languages []Option
	Labels    []Option
	Looks     []Option
	Sizes     []Option
	Densities []Option
	Keys      bool // single-key shortcuts are on
	Fields    map[string]string
}

// SystemPage says how the installation is.
type SystemPage struct {
	Page
	Lines []SystemLine
	Warns int
}

// SystemLine is one fact; Warn asks for attention.
type SystemLine struct {
	Label, Value string
	Warn         bool
}
