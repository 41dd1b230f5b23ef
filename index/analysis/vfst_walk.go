package analysis

import "sync"

// Bounds of one look-up. The real dictionary stays far below them; a made-up
// file may hold loops that read no letter.
const (
	walkMaxSteps   = 200_000
	walkMaxDepth   = 1_000
	walkMaxResults = 40
	walkMaxLetters = 120
)

// walker holds the state of one depth-first walk.
type walker struct {
	t        *transducer
	input    []uint16
	features []int16
	output   []uint16
	steps    int
	found    func(output []uint16) bool
}

var walkers = sync.Pool{New: func() any { return new(walker) }}

// lookup walks the transducer over a lower-case word and hands each analysis'
// output symbols to found, whose slice is only valid during the call, until
// found returns false or a bound is reached. A word with a letter that the
// file does not know has no analysis.
func (t *transducer) lookup(word string, found func(output []uint16) bool) {
	w := walkers.Get().(*walker)
	defer func() {
		w.t, w.found = nil, nil
		walkers.Put(w)
	}()
	w.input = w.input[:0]
	for _, r := range word {
		s, ok := t.runes[r]
		if !ok || len(w.input) == walkMaxLetters {
			return
		}
		w.input = append(w.input, s)
	}
	if len(w.input) == 0 {
		return
	}
	w.t, w.found, w.steps, w.output = t, found, 0, w.output[:0]
	w.features = append(w.features[:0], make([]int16, t.features)...)
	w.walk(0, 0, 0)
}

// walk visits state s with pos letters read. It returns false when the whole
// look-up is to end.
func (w *walker) walk(s uint32, pos, depth int) bool {
	n := len(w.output)
	s, pos, ok := w.slide(s, pos)
	if ok {
		ok = w.branch(s, pos, depth)
	} else {
		ok = w.steps <= walkMaxSteps
	}
	w.output = w.output[:n]
	return ok
}

// slide goes through states with a single arc, which most are, for as long as
// it fits. It returns false at a dead end.
func (w *walker) slide(s uint32, pos int) (uint32, int, bool) {
	t := w.t
	for {
		a := t.records[s]
		if a.more() != 0 || a.in != 0 && a.in < t.firstChar || a.in == vfstFinal {
			return s, pos, true
		}
		if a.in != 0 {
			if pos == len(w.input) || w.input[pos] != a.in {
				return s, pos, false
			}
			pos++
		}
		if w.steps++; w.steps > walkMaxSteps {
			return s, pos, false
		}
		if a.out >= t.firstChar {
			w.output = append(w.output, a.out)
		}
		s = a.target()
	}
}

// branch tries every arc of a state.
func (w *walker) branch(s uint32, pos, depth int) bool {
	t := w.t
	first, rest, err := t.span(s)
	if err != nil || depth > walkMaxDepth {
		return err == nil
	}
	wanted := uint16(vfstFinal)
	if pos < len(w.input) {
		wanted = w.input[pos]
	}
	if !w.take(t.records[s], wanted, pos, depth) {
		return false
	}
	arcs := t.records[first : first+rest]
	for i := 0; i < len(arcs); i++ {
		if in := arcs[i].in; in >= t.firstChar && in != wanted && t.sorted {
			if in > wanted {
				return true
			}
			i += seek(arcs[i:], wanted)
			if i == len(arcs) {
				return true
			}
		}
		if !w.take(arcs[i], wanted, pos, depth) {
			return false
		}
	}
	return true
}

// seek gives the index of the first arc that reads wanted or a later symbol.
func seek(arcs []arc, wanted uint16) int {
	low, high := 0, len(arcs)
	for low < high {
		mid := (low + high) / 2
		if arcs[mid].in < wanted {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// take follows one arc if it fits.
func (w *walker) take(a arc, wanted uint16, pos, depth int) bool {
	if w.steps++; w.steps > walkMaxSteps {
		return false
	}
	switch {
	case a.in == vfstFinal:
		return pos < len(w.input) || w.found(w.output)
	case a.in >= w.t.firstChar:
		return a.in != wanted || w.follow(a, pos+1, depth)
	case a.in == 0:
		return w.follow(a, pos, depth)
	}
	f := w.t.flags[a.in]
	old := w.features[f.feature]
	if !w.allowed(f, old) {
		return true
	}
	ok := w.follow(a, pos, depth)
	w.features[f.feature] = old
	return ok
}

// follow goes on behind an arc that writes output.
func (w *walker) follow(a arc, pos, depth int) bool {
	n := len(w.output)
	if a.out >= w.t.firstChar {
		w.output = append(w.output, a.out)
	}
	ok := w.walk(a.target(), pos, depth+1)
	w.output = w.output[:n]
	return ok
}

// allowed applies a flag diacritic to the current value of its feature
// (0: neutral) and tells whether the walk may go on.
func (w *walker) allowed(f flagOp, current int16) bool {
	switch f.op {
	case flagSet:
		w.features[f.feature] = max(f.value, 0)
	case flagClear:
		w.features[f.feature] = 0
	case flagUnify:
		if current != 0 && current != f.value {
			return false
		}
		w.features[f.feature] = max(f.value, 0)
	case flagRequire:
		return current == f.value || f.value < 0 && current != 0
	case flagDisallow:
		return current != f.value && (f.value >= 0 || current == 0)
	}
	return true
}
