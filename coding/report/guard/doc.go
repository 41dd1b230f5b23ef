// Package guard decides which numbers of linked tables may be shown to somebody who must not learn about small groups.
//
// A System holds cells, which are numbers of people, and relations between them: a whole that is the sum of its parts, a
// union that is at least each part and at most their sum, and a part that is at most its whole. Protect hides the cells
// that are too small (Few), and then others (Cover) until nobody who sees the rest, and knows the relations, can work out a
// hidden number: for each hidden cell there are other numbers that fit everything shown just as well, over a range of at
// least threshold-1 where the cell itself or its bound allows so many.
//
// The range is computed, not guessed. A cell in one sum has it in closed form; cells that are tied together by several
// relations go through a linear program (lp.go), which starts at the true numbers and walks along the constraints.
// The text book is Hundepool et al., Statistical Disclosure Control (2012), chapter 4: secondary cell suppression, with the
// interval that an attacker can compute as the measure of safety.
package guard
