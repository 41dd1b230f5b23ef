package ui

import (
	"net/http"
)

// faults is what a person must mend in a form: all messages in order, and one by field. The zero value is a form in order.
type faults struct {
	texts  []string
	fields map[string]string
}

// faulty tells whether err is about what a person filled in, and if so, what.
func (r *request) faulty(err error) (faults, bool) {
	texts, fields, ok := r.problems(err)
	return faults{texts, fields}, ok
}

func (f faults) status() int {
	if len(f.texts) > 0 {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}
