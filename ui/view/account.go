package view

// SetupPage makes the first administrator.
type SetupPage struct {
	Page
	Token, Name, Display string
	Fields               map[string]string // problem by field
}

// LoginPage signs in.
type LoginPage struct {
	Page
	Name, Next string
	NeedsSetup bool
}
