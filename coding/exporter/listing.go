package exporter

import (
	"iter"

	"avokoodi/coding/quotes"
)

// Listing says how to read each row of a table as a quote under headings: columns by their place. Section, By and Also count from
// 1, 0 for none.
type Listing struct {
	Section int // a new section where its cell changes and is not empty
	Heading int // a new heading where its cell changes
	Body    int // what was said
	By      int // who said it
	Also    int // what was said, in the document's language
	Tail    []int
	Bare    bool // without sections and headings, where something else names what all rows are about
}

// Reading is one row of a listing.
type Reading struct {
	Section string // "" where it does not change
	Heading string // "" where it does not change
	Said    string // between the quotation marks of its language
	Lang    string // "" where not known
	By      string
	Also    string
	Tail    []string
}

// Readings are the rows of a listing, as texts. An error ends them as the last pair.
func (t Table) Readings() iter.Seq2[Reading, error] {
	return func(yield func(Reading, error) bool) {
		var section, heading string
		first := true
		for row, err := range t.Rows {
			if err != nil {
				yield(Reading{}, err)
				return
			}
			cell := func(place int) string {
				if place == 0 {
					return ""
				}
				return row[place-1].Text
			}
			body := row[t.Listing.Body]
			r := Reading{Said: quotes.Between(body.Text, body.Lang), Lang: string(body.Lang), By: cell(t.Listing.By), Also: cell(t.Listing.Also)}
			if s := cell(t.Listing.Section); s != section {
				section, r.Section, first = s, s, true
			}
			if h := row[t.Listing.Heading].Text; first || h != heading {
				heading, r.Heading, first = h, h, false
			}
			if t.Listing.Bare {
				r.Section, r.Heading = "", ""
			}
			for _, i := range t.Listing.Tail {
				if s := row[i].Text; s != "" {
					r.Tail = append(r.Tail, s)
				}
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}
