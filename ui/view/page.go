// Package view is the typed models of the pages: what a template is given, and nothing else.
package view

// Page is what every page has.
type Page struct {
	Lang      string // interface language: fi, sv, en
	Title     string // translated; the browser title adds the project's name
	Here      string // path and query of this page, for forms that come back to it
	Look      string // "", "light", "dark"
	Size      string // size of answer text: "", "small", "large", "huge"
	Density   string // "", "compact"
	Person    *Person
	Project   *Project
	Flash     string   // translated message about what was just done
	Errors    []string // translated problems
	Scripts   []string // modules to load: "js/desk.js"
	Wide      bool     // a page of fixed height with panes of its own
	Plain     bool     // a page outside any project and without navigation, such as sign-in
	KeysOff   bool     // the person has turned single-key shortcuts off
	SearchKey string   // of the search box; "" for none
	Query     string   // what the search box of the project holds
}

// Person is somebody as the pages show them.
type Person struct {
	ID       int64
	Name     string
	Initials string
	Hue      int
	Admin    bool
	Lead     bool // may create projects
}

// Project is the project that a page belongs to.
type Project struct {
	ID        int64
	Slug      string
	Name      string
	Role      string
	Section   string // which item of the navigation is current
	Synthetic bool
	CanCode   bool
	CanLead   bool
	Threshold int
}

// Option is one choice of a select or a list of radio buttons.
type Option struct {
	Value, Label string
	Selected     bool
	Count        string // already under the threshold's rule; "" for none
}

// ErrorPage says what happened, what is safe and what to do.
type ErrorPage struct {
	Page
	Status int
	What   string
	Safe   string
	Do     string
	ID     string // of the log line, for internal errors
}
