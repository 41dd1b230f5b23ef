package importer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"avokoodi/coding"
)

// Severity tells what a Problem does to the import.
type Severity string

// An error refuses the import; a warning is shown and the import may go on.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Problem is one thing that is wrong with a file or a mapping, and where. Key and Args make the message; whoever shows it puts
// file, row and column before it, so messages do not repeat them. A Problem is an error, and unwraps to the coding.Problem
// with the same Key and Args.
type Problem struct {
	File     string // base name; of the mapping file where the mapping is wrong
	Row      int    // as Excel numbers rows, the first being 1; in a mapping file the line; 0 where there is none
	Column   string // the column's name; "" where there is none
	Key      string
	Args     []any
	Severity Severity

	col int // 1-based number of the column whose contents are wrong, 0 where the problem is not about one column's contents
}

func (p Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Row > 0 {
		fmt.Fprintf(&b, ":%d", p.Row)
	}
	if p.Column != "" {
		fmt.Fprintf(&b, " [%s]", p.Column)
	}
	fmt.Fprintf(&b, ": %s %v", p.Key, p.Args)
	return b.String()
}

// Unwrap gives the problem without its place.
func (p Problem) Unwrap() error { return coding.Problem{Field: p.Column, Key: p.Key, Args: p.Args} }

// Refuse is the Problem that makes a whole file unreadable.
func Refuse(file, key string, args ...any) error {
	return Problem{File: file, Key: key, Args: args, Severity: Error}
}

// Problems is several problems as one error.
type Problems []Problem

func (ps Problems) Error() string {
	parts := make([]string, len(ps))
	for i, p := range ps {
		parts[i] = p.Error()
	}
	return strings.Join(parts, "; ")
}

// Refused tells whether one of the problems is an error.
func (ps Problems) Refused() bool {
	for _, p := range ps {
		if p.Severity == Error {
			return true
		}
	}
	return false
}

// Err is nil when none of the problems is an error.
func (ps Problems) Err() error {
	if !ps.Refused() {
		return nil
	}
	return ps
}

// The most problems that are listed of one kind in one column, and in all. What is left out is counted.
const (
	maxAlike    = 1000
	maxProblems = 5000
)

// sortByPlace puts problems of other files than the survey's first, then by row; what is only counted comes last.
func sortByPlace(ps Problems, survey string) {
	rank := func(p Problem) int {
		switch {
		case p.Key == "import.more":
			return 2
		case p.File == survey:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(ps, func(a, b Problem) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Row, b.Row)) })
}

// log gathers problems. Of each kind it keeps the first maxAlike and counts the rest.
type log struct {
	list  Problems
	kinds []kind
	at    map[kind]*tally
}

type kind struct {
	severity Severity
	key      string
	col      int
}

type tally struct {
	left   int // not listed
	listed int
	sample Problem
}

func (l *log) add(p Problem) {
	if p.Severity == "" {
		p.Severity = Error
	}
	k := kind{p.Severity, p.Key, p.col}
	t := l.at[k]
	if t == nil {
		if l.at == nil {
			l.at = map[kind]*tally{}
		}
		t = &tally{sample: p}
		l.at[k] = t
		l.kinds = append(l.kinds, k)
	}
	// The first of a kind is always listed, so that no kind of error can hide behind another.
	if t.listed > 0 && (t.listed >= maxAlike || len(l.list) >= maxProblems) {
		t.left++
		return
	}
	t.listed++
	l.list = append(l.list, p)
}

// addAll takes over the problems of other, except those about the contents of a column for which skip is true.
func (l *log) addAll(other *log, skip func(col int) bool) {
	for _, p := range other.list {
		if p.col == 0 || !skip(p.col) {
			l.add(p)
		}
	}
	for _, k := range other.kinds {
		if t := other.at[k]; t.left > 0 && (k.col == 0 || !skip(k.col)) {
			if mine := l.at[k]; mine != nil {
				mine.left += t.left
			}
		}
	}
}

// rename gives the problems about the contents of columns the names that the columns have now.
func (l *log) rename(name func(col int) string) {
	for i := range l.list {
		if l.list[i].col > 0 {
			l.list[i].Column = name(l.list[i].col)
		}
	}
	for _, t := range l.at {
		if t.sample.col > 0 {
			t.sample.Column = name(t.sample.col)
		}
	}
}

// all is the list, with 'import.more' for each kind of which some were left out.
func (l *log) all() Problems {
	out := slices.Clip(l.list)
	for _, k := range l.kinds {
		if t := l.at[k]; t.left > 0 {
			out = append(out, Problem{File: t.sample.File, Column: t.sample.Column, Key: "import.more", Args: []any{t.left, t.listed},
				Severity: k.severity})
		}
	}
	return out
}
