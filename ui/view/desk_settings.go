package view

// DeskSettingsPage is how a person likes the coding desk.
type DeskSettingsPage struct {
	Page
	Back                     string // the place on the desk
	Sizes, Densities, Labels []Option
	On                       bool // single-key shortcuts
	Keys                     []KeyChoice
	Suggest, Suggestable     bool // the person wants suggestions; the project has them
	Shadowed                 []ShadowedTheme
	Hues                     []HueSetting
	OwnHues                  int // themes with a colour of one's own
	Fields                   map[string]string
}

// KeyChoice is one action and its key.
type KeyChoice struct {
	Name, Text string
	Key, Usual string
	Changed    bool
	Fixed      []string // keys that do it in any case
	Fault      string
}

// ShadowedTheme is a theme whose shortcut does something else on this person's desk.
type ShadowedTheme struct{ Label, Key, Href string }

// HueSetting is one theme with the choice of its colour.
type HueSetting struct {
	ID      int64
	Label   string
	Depth   int
	Hue     int // as it is shown
	Choices []Option
}

// HelpKey is one row of the list of keys: what to press, and the message that says what it does.
type HelpKey struct {
	Keys []string
	Text string
}
