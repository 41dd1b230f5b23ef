package coding

import "time"

// Role of a person: in the whole installation, or in one project where a Member row says otherwise.
type Role string

// Roles, weakest first. A reader sees what is published: numbers above the threshold, quotes. An analyst codes. A lead
// also changes settings, people's work and what others coded. An administrator also manages people and all projects.
const (
	RoleNone    Role = "none"
	RoleReader  Role = "reader"
	RoleAnalyst Role = "analyst"
	RoleLead    Role = "lead"
	RoleAdmin   Role = "admin"
)

// Roles that a person can be given, weakest first.
var Roles = [4]Role{RoleReader, RoleAnalyst, RoleLead, RoleAdmin}

func (r Role) rank() int {
	switch r {
	case RoleReader:
		return 1
	case RoleAnalyst:
		return 2
	case RoleLead:
		return 3
	case RoleAdmin:
		return 4
	}
	return 0
}

// AtLeast tells whether r permits what least permits.
func (r Role) AtLeast(least Role) bool { return r.rank() >= least.rank() }

// ParseRole returns the role that s names, and whether it is one that a person can be given.
func ParseRole(s string) (Role, bool) {
	for _, r := range Roles {
		if string(r) == s {
			return r, true
		}
	}
	return "", false
}

// Operator is the actor of the command line: whoever may open the data directory may do everything in it.
const Operator PersonID = 0

// Person is somebody who signs in, or a coder known from an imported file only (Password empty).
type Person struct {
	ID       PersonID  `json:"id"`
	Name     string    `json:"name"` // sign-in name, unique ignoring case
	Display  string    `json:"display"`
	Role     Role      `json:"role"`
	Disabled bool      `json:"disabled,omitempty"`
	Password string    `json:"-"` // argon2id hash; never leaves the store in a change row
	Desk     Desk      `json:"desk,omitzero"`
	Created  time.Time `json:"created"`
}

// Shown is the name to show.
func (p Person) Shown() string {
	if p.Display != "" {
		return p.Display
	}
	return p.Name
}

// Desk is how a person likes the pages.
type Desk struct {
	Lang      Lang              `json:"lang,omitempty"`
	Labels    Lang              `json:"labels,omitempty"`     // language of theme labels where another than Lang is wanted
	Look      string            `json:"look,omitempty"`       // "", "light" or "dark"
	Size      string            `json:"size,omitempty"`       // text size of answers: "", "small", "large", "huge"
	Density   string            `json:"density,omitempty"`    // "", "compact"
	NoKeys    bool              `json:"no_keys,omitempty"`    // single-key shortcuts off
	Keys      map[string]string `json:"keys,omitempty"`       // action → key, where remapped; "" for none
	NoSuggest bool              `json:"no_suggest,omitempty"` // no suggestions on the desk
	Hues      map[ThemeID]int   `json:"hues,omitempty"`       // colours of one's own on the desk, in place of the codebook's
}

// Member gives a person another role in one project than everywhere; RoleNone shuts out.
type Member struct {
	Project ProjectID `json:"project"`
	Person  PersonID  `json:"person"`
	Role    Role      `json:"role"`
}
