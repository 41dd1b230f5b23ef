// Package quotes is the quote desk: it makes quotes out of answers by operations that anybody can follow, verifies each quote
// against its answer, offers what should be masked, judges what may be said of the one who is quoted, ranks candidates, and
// holds the way from candidate to used.
//
// The answer is sacred. A quote keeps stretches of it and what is done to words inside them; Pieces is the one place that
// makes words of that, and Verify accepts a quote only when its words are exactly what the operations make of the answer.
package quotes
