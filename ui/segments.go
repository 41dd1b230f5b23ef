package ui

import (
	"slices"
	"unicode/utf8"

	"avokoodi/coding"
	"avokoodi/ui/view"
)

// evidence is the spans of one theme on one answer.
type evidence struct {
	by    view.MarkedBy
	spans []coding.Span
}

// segments cuts a text where evidence or search hits begin or end. Joined, the pieces are the text. Spans are code points;
// what reaches past the text is cut off.
func segments(text string, marks []evidence, hits []coding.Span) []view.Segment {
	if len(marks) == 0 && len(hits) == 0 {
		return []view.Segment{{Text: text}}
	}
	n := utf8.RuneCountInString(text)
	cuts := []int{0, n}
	add := func(spans []coding.Span) {
		for _, sp := range spans {
			cuts = append(cuts, min(max(sp.Start, 0), n), min(max(sp.End, 0), n))
		}
	}
	for _, m := range marks {
		add(m.spans)
	}
	add(hits)
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	out := make([]view.Segment, 0, len(cuts))
	rest, at := text, 0
	for _, end := range cuts[1:] {
		cut := 0
		for range end - at {
			_, size := utf8.DecodeRuneInString(rest[cut:])
			cut += size
		}
		seg := view.Segment{Text: rest[:cut], Hit: covers(hits, at, end)}
		for _, m := range marks {
			if covers(m.spans, at, end) {
				seg.Marks = append(seg.Marks, m.by)
			}
		}
		out = append(out, seg)
		rest, at = rest[cut:], end
	}
	return out
}

func covers(spans []coding.Span, start, end int) bool {
	for _, sp := range spans {
		if sp.Start <= start && sp.End >= end {
			return true
		}
	}
	return false
}
