package query

import (
	"fmt"

	"avokoodi/coding"
)

// Limits of a query; beyond them it is refused, so that no query can cost much.
const (
	MaxLength = 2000 // code points
	MaxTerms  = 200  // words and values
	MaxDepth  = 20   // parentheses and nots inside each other
)

// Error says that a query can't be understood, and where. Key is a message key ('query.…') and Args fill the message's
// {0}, {1}; the last of them is the place, counted from 1. It unwraps to a coding.Problem of the field "q", which is what pages show.
type Error struct {
	Span
	Key  string
	Args []any
}

func (e *Error) Error() string {
	return fmt.Sprintf("query at %d–%d: %s %v", e.Start, e.End, e.Key, e.Args)
}

// Unwrap gives the Problem for a person.
func (e *Error) Unwrap() error { return coding.Problem{Field: "q", Key: e.Key, Args: e.Args} }

func fail(at Span, key string, args ...any) *Error {
	return &Error{Span: at, Key: "query." + key, Args: append(args, at.Start+1)}
}

// UnknownValue is the error for a value that the field does not have, such as a theme that there is not.
func UnknownValue(f *Field, v Value) error {
	return fail(v.Span, "value_unknown", v.Text, f.Typed)
}

// NoFields is the error for a field where only words can be searched.
func NoFields(f *Field) error { return fail(f.Span, "field_unavailable", f.Typed) }
