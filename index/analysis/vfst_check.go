package analysis

import "fmt"

// check visits every state that can be reached, so that a walk need not look
// whether a transition leads anywhere, and refuses files in which a walk could
// run in circles without reading a letter.
func (t *transducer) check() error {
	t.sorted = true
	seen := make([]bool, len(t.records))
	seen[0] = true
	todo := []uint32{0}
	arcs := 0
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		n, err := t.degree(s)
		if err != nil {
			return err
		}
		if arcs += int(n); arcs > len(t.records) {
			return fmt.Errorf("%w: its states overlap", ErrDamaged)
		}
		if err := t.checkState(s, n, seen, &todo); err != nil {
			return err
		}
	}
	return t.checkCircles(seen)
}

// checkState checks the n arcs of one reachable state and queues their targets.
func (t *transducer) checkState(s, n uint32, seen []bool, todo *[]uint32) error {
	for k := range n {
		a := t.arcAt(s, k)
		if k > 1 && a.in < t.arcAt(s, k-1).in {
			t.sorted = false
		}
		if a.in == vfstFinal {
			continue
		}
		if int(a.in) >= len(t.symbols) || int(a.out) >= len(t.symbols) || int(a.target()) >= len(t.records) {
			return fmt.Errorf("%w: an arc of state %d points outside the file", ErrDamaged, s)
		}
		if !seen[a.target()] {
			seen[a.target()] = true
			*todo = append(*todo, a.target())
		}
	}
	return nil
}

// degree is the number of arcs of a state.
func (t *transducer) degree(s uint32) (uint32, error) {
	_, rest, err := t.span(s)
	return rest + 1, err
}

// arcAt is arc k of state s, which has more than k.
func (t *transducer) arcAt(s, k uint32) arc {
	if k == 0 {
		return t.records[s]
	}
	first, _, _ := t.span(s)
	return t.records[first+k-1]
}

// checkCircles looks for a way from a state back to itself over arcs that read
// no letter.
func (t *transducer) checkCircles(reached []bool) error {
	const (
		fresh = iota
		open
		done
	)
	colour := make([]uint8, len(t.records))
	type visit struct{ state, next uint32 }
	var path []visit
	for start := range t.records {
		if !reached[start] || colour[start] != fresh {
			continue
		}
		path = append(path[:0], visit{state: uint32(start)})
		colour[start] = open
		for len(path) > 0 {
			v := &path[len(path)-1]
			n, _ := t.degree(v.state)
			if v.next == n {
				colour[v.state] = done
				path = path[:len(path)-1]
				continue
			}
			a := t.arcAt(v.state, v.next)
			v.next++
			if a.in >= t.firstChar {
				continue
			}
			switch colour[a.target()] {
			case open:
				return fmt.Errorf("%w: it has circles that read nothing", ErrDamaged)
			case fresh:
				colour[a.target()] = open
				path = append(path, visit{state: a.target()})
			}
		}
	}
	return nil
}
