package report

// hiding says of each number of a grid whether it is hidden.
type hiding struct {
	base  Hidden
	rows  []Hidden
	bases []Hidden
	cells [][]Hidden
}

// protect is the disclosure control of one table. It goes by the respondents behind a number, whatever the unit:
//
//   - A number about at least one respondent and fewer than the threshold is hidden (Primary). Zero is shown, since it
//     is about nobody.
//   - So is a number whose complement is that small (Secondary): of 12 respondents 9 having a theme says that 3 do not.
//   - A column whose base is hidden is hidden whole; a table whose base is hidden, too.
//   - Where columns add up to a total that is shown, the hidden part of a line must not be worked out: it has at least
//     two cells and is about at least the threshold, or the smallest cell shown is hidden too (Secondary). Those in no
//     column count as a hidden cell.
//   - Where '<5' would tell more than that, because total and neighbours leave it fewer values, the line's hidden cells
//     are all called Secondary.
//
// What two tables, or a net and its sub-themes, give away together is not controlled here. A threshold below 2 hides nothing.
func protect(g grid, threshold int) hiding {
	h := hiding{rows: make([]Hidden, len(g.rows)), bases: make([]Hidden, len(g.bases)), cells: make([][]Hidden, len(g.cells))}
	for i := range h.cells {
		h.cells[i] = make([]Hidden, len(g.bases))
	}
	if threshold < 2 {
		return h
	}
	if h.base = primary(g.base.people, threshold); h.base != Shown {
		h.hideAll()
		return h
	}
	h.protectBases(g, threshold)
	for i := range g.rows {
		h.rows[i] = either(primary(g.rows[i].people, threshold), complement(g.rows[i], g.base, threshold))
		h.protectRow(g, i, threshold)
	}
	return h
}

func (h *hiding) hideAll() {
	for i := range h.rows {
		h.rows[i] = Secondary
	}
	for j := range h.bases {
		h.bases[j] = Secondary
	}
	for i := range h.cells {
		for j := range h.cells[i] {
			h.cells[i][j] = Secondary
		}
	}
}

func (h *hiding) protectBases(g grid, threshold int) {
	l := line{threshold: threshold, total: Shown, rest: g.none.people, restMax: g.none.people}
	for _, b := range g.bases {
		l.parts = append(l.parts, part{people: b.people, most: g.base.people, why: primary(b.people, threshold)})
	}
	if g.partition {
		l.protect()
	}
	for j, p := range l.parts {
		h.bases[j] = p.why
	}
}

func (h *hiding) protectRow(g grid, i, threshold int) {
	l := line{threshold: threshold, total: h.rows[i], rest: g.noneOf[i].people, restMax: g.none.people}
	for j, n := range g.cells[i] {
		p := part{people: n.people, most: g.bases[j].people}
		switch {
		case h.bases[j] != Shown:
			p.why, p.gone = Secondary, true
		default:
			p.why = either(primary(n.people, threshold), complement(n, g.bases[j], threshold))
		}
		l.parts = append(l.parts, p)
	}
	if g.partition {
		l.protect()
	}
	h.rows[i] = l.total
	for j, p := range l.parts {
		h.cells[i][j] = p.why
	}
}

func primary(people, threshold int) Hidden {
	if people > 0 && people < threshold {
		return Primary
	}
	return Shown
}

func complement(n, base tally, threshold int) Hidden {
	if primary(base.people-n.people, threshold) != Shown {
		return Secondary
	}
	return Shown
}

func either(a, b Hidden) Hidden {
	if a != Shown {
		return a
	}
	return b
}

// line is the parts of one total, in respondents.
type line struct {
	threshold int
	total     Hidden
	parts     []part
	rest      int // in no part, never shown
	restMax   int // what is known to be the most that rest can be
}

type part struct {
	people int
	most   int // what is known to be the most that people can be
	why    Hidden
	gone   bool // the part's column is hidden whole
}

// protect hides more parts, or the total, until what is hidden can't be worked out from what is shown.
func (l *line) protect() {
	if l.total != Shown {
		// A total hidden for its complement must not be the sum of what is shown.
		if l.total == Secondary && !l.any() {
			l.hideNext()
		}
		return
	}
	for !l.safe() {
		if !l.hideNext() {
			l.total = Secondary
			break
		}
	}
	if l.tight() {
		for i := range l.parts {
			if l.parts[i].why == Primary {
				l.parts[i].why = Secondary
			}
		}
	}
}

func (l *line) any() bool {
	for _, p := range l.parts {
		if p.why != Shown {
			return true
		}
	}
	return false
}

// safe tells whether the hidden rest of the line, which is known as a sum, gives nothing away. It may be nobody; else it
// must be about the threshold or more, and be the sum of two at least if any of it is hidden on purpose.
func (l *line) safe() bool {
	sum, count := l.rest, 0
	if l.rest > 0 {
		count++
	}
	purpose := false
	for _, p := range l.parts {
		if p.why == Shown {
			continue
		}
		purpose = purpose || p.people > 0
		sum += p.people
		// A part of nobody does not blur the sum, unless it was hidden for that.
		if p.people > 0 || p.why == Secondary && !p.gone {
			count++
		}
	}
	return sum == 0 || sum >= l.threshold && (count > 1 || !purpose)
}

// hideNext hides the smallest part that is shown; one of nobody only when there is no other, and then the one with the
// largest base. It tells whether there was any.
func (l *line) hideNext() bool {
	best := -1
	for i, p := range l.parts {
		if p.why != Shown {
			continue
		}
		if best < 0 {
			best = i
			continue
		}
		b := l.parts[best]
		switch {
		case p.people == 0:
			if b.people == 0 && p.most > b.most {
				best = i
			}
		case b.people == 0 || p.people < b.people:
			best = i
		}
	}
	if best < 0 {
		return false
	}
	l.parts[best].why = Secondary
	return true
}

// tight tells whether a Primary part could be told more closely than 'from 1 to below the threshold' by somebody who
// knows how parts are hidden.
func (l *line) tight() bool {
	if l.total != Shown {
		return false
	}
	sum, least, most := l.rest, 0, l.restMax
	for _, p := range l.parts {
		if p.why != Shown {
			sum += p.people
			lo, hi := l.bounds(p)
			least, most = least+lo, most+hi
		}
	}
	for _, p := range l.parts {
		if p.why != Primary {
			continue
		}
		lo, hi := l.bounds(p)
		if sum-(most-hi) > lo || sum-(least-lo) < hi {
			return true
		}
	}
	return false
}

func (l *line) bounds(p part) (lo, hi int) {
	switch {
	case p.why == Primary:
		return 1, min(l.threshold-1, p.most)
	case p.gone || p.people == 0:
		return 0, p.most
	}
	return l.threshold, p.most
}
