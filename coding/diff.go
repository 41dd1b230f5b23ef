package coding

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Edit is what became of a stretch of text.
type Edit int8

// Edits.
const (
	EditSame Edit = iota
	EditRemoved
	EditAdded
)

// Piece is a stretch of text that stayed, went or came.
type Piece struct {
	Op   Edit
	Text string
}

// diffCells is the largest table that DiffWords fills; texts that differ in more words than that are one change.
const diffCells = 4 << 20

// DiffWords compares two texts word by word. The same and removed pieces together are old, the same and added ones new. A
// removed piece stands before the added one that takes its place.
func DiffWords(old, new string) []Piece {
	a, b := tokens(old), tokens(new)
	from := 0
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	tail := 0
	for tail < len(a)-from && tail < len(b)-from && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	d := differ{}
	d.put(EditSame, a[:from])
	d.middle(a[from:len(a)-tail], b[from:len(b)-tail])
	d.put(EditSame, a[len(a)-tail:])
	return d.pieces()
}

// tokens cuts a text into words, runs of white space and single other signs.
func tokens(s string) []string {
	var out []string
	kind := func(r rune) int {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			return 1
		case unicode.IsSpace(r):
			return 2
		}
		return 0
	}
	start, last := 0, -1
	for i, r := range s {
		k := kind(r)
		if i > 0 && (k != last || k == 0) {
			out = append(out, s[start:i])
			start = i
		}
		last = k
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

type differ struct {
	ops   []Edit
	texts []string
}

func (d *differ) put(op Edit, tokens []string) {
	for _, t := range tokens {
		d.ops, d.texts = append(d.ops, op), append(d.texts, t)
	}
}

// middle finds a longest common subsequence of what is left between equal ends.
func (d *differ) middle(a, b []string) {
	if len(a) == 0 || len(b) == 0 || len(a)*len(b) > diffCells {
		d.put(EditRemoved, a)
		d.put(EditAdded, b)
		return
	}
	width := len(b) + 1
	common := make([]int32, (len(a)+1)*width) // of the rests from i and j
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i*width+j] = common[(i+1)*width+j+1] + 1
			} else {
				common[i*width+j] = max(common[(i+1)*width+j], common[i*width+j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			d.put(EditSame, a[i:i+1])
			i, j = i+1, j+1
		case common[(i+1)*width+j] >= common[i*width+j+1]:
			d.put(EditRemoved, a[i:i+1])
			i++
		default:
			d.put(EditAdded, b[j:j+1])
			j++
		}
	}
	d.put(EditRemoved, a[i:])
	d.put(EditAdded, b[j:])
}

// pieces puts tokens together. Space between two changes belongs to them, so that a changed phrase reads as one.
func (d *differ) pieces() []Piece {
	var out []Piece
	var removed, added strings.Builder
	flush := func() {
		if removed.Len() > 0 {
			out = append(out, Piece{EditRemoved, removed.String()})
		}
		if added.Len() > 0 {
			out = append(out, Piece{EditAdded, added.String()})
		}
		removed.Reset()
		added.Reset()
	}
	for i, op := range d.ops {
		t := d.texts[i]
		inside := op == EditSame && strings.TrimSpace(t) == "" && i > 0 && i+1 < len(d.ops) && d.ops[i-1] != EditSame && d.ops[i+1] != EditSame
		switch {
		case inside:
			removed.WriteString(t)
			added.WriteString(t)
		case op == EditRemoved:
			removed.WriteString(t)
		case op == EditAdded:
			added.WriteString(t)
		default:
			flush()
			if n := len(out); n > 0 && out[n-1].Op == EditSame {
				out[n-1].Text += t
				continue
			}
			out = append(out, Piece{EditSame, t})
		}
	}
	flush()
	return out
}

// MoveSpans is where the words of spans in old are in new: what stayed of them, in code points. Spans of which no word stayed
// are left out.
func MoveSpans(old, new string, spans []Span) []Span {
	if len(spans) == 0 {
		return nil
	}
	var out []Span
	inOld, inNew := 0, 0
	for _, p := range DiffWords(old, new) {
		n := utf8.RuneCountInString(p.Text)
		switch p.Op {
		case EditRemoved:
			inOld += n
		case EditAdded:
			inNew += n
		default:
			for _, s := range spans {
				from, to := max(s.Start, inOld), min(s.End, inOld+n)
				if from < to && !blankRunes(p.Text, from-inOld, to-inOld) {
					out = append(out, Span{Start: from - inOld + inNew, End: to - inOld + inNew})
				}
			}
			inOld, inNew = inOld+n, inNew+n
		}
	}
	out = MergeSpans(out)
	text := []rune(new)
	for i := range out { // a word that went leaves the space beside it behind
		for unicode.IsSpace(text[out[i].Start]) {
			out[i].Start++
		}
		for unicode.IsSpace(text[out[i].End-1]) {
			out[i].End--
		}
	}
	return out
}

func blankRunes(text string, from, to int) bool {
	return strings.TrimSpace(string([]rune(text)[from:to])) == ""
}
