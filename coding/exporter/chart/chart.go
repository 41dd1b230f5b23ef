package chart

import (
	"avokoodi/coding"
	"avokoodi/coding/exporter"
)

// Drawing is anything that this package draws.
type Drawing interface{ scene() *scene }

// Head is what every drawing says of itself.
type Head struct {
	ID       string // prefix of the ids inside, for several drawings in one page
	Title    string
	Subtitle string // what is counted, and of how many
	Notes    []string
	Lang     coding.Lang
	Empty    string // what to say when there is nothing to draw
}

// Value is one number of a drawing.
type Value struct {
	N      int
	Share  float64 // of 1; shown when Shared
	Shared bool    // has a share
	Hidden string  // what stands for a number that is not shown, such as '<5'; N and Share play no part
	Why    string  // that in words
	Href   string  // where it leads; "" nowhere
}

// Name is the name of a row or of a group.
type Name struct {
	Label string
	Hue   int    // 1–12; 0 is none
	Depth int    // levels of the tree above it
	Base  string // 'n = 128'; "" for none
}

// text is the number as it is written beside a bar.
func (v Value) text(l coding.Lang) string {
	switch {
	case v.Hidden != "":
		return v.Hidden
	case v.Shared:
		return exporter.Whole(l, v.N) + " (" + exporter.Percent(l, v.Share) + ")"
	}
	return exporter.Whole(l, v.N)
}

// short is the share, or else the number.
func (v Value) short(l coding.Lang) string {
	if v.Hidden == "" && v.Shared {
		return exporter.Percent(l, v.Share)
	}
	return Value{N: v.N, Hidden: v.Hidden}.text(l)
}

// spoken is what a screen reader says.
func (v Value) spoken(l coding.Lang) string {
	if v.Hidden != "" && v.Why != "" {
		return v.Why
	}
	if v.Hidden == "" && v.Shared { // no brackets: what stands in them does not count as said
		return Value{N: v.N}.text(l) + ", " + exporter.Percent(l, v.Share)
	}
	return v.text(l)
}

// size is how long its bar is, in shares where there are any; 0 for a hidden number.
func (v Value) size() float64 {
	switch {
	case v.Hidden != "":
		return 0
	case v.Shared:
		return v.Share
	}
	return float64(v.N)
}
