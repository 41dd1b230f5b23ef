package report

import (
	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// cut is one way to divide answers: the categories of a breakdown, or the pairs of two.
type cut struct {
	cats []Category
	cols []*roaring.Bitmap // answers of each category
	none bool              // the last of cols is those in no category, and has no place in cats
	// overlap tells that an answer may be in several columns, partition that each unit is in one.
	overlap, partition bool
	splitter           *sets.Splitter
}

// counter counts units of one scope.
type counter struct {
	board   *sets.Board
	unit    Unit
	coder   coding.PersonID
	filter  sets.Filter
	whose   bool            // the filter is what picks the answers
	answers *roaring.Bitmap // the scope
	one     *sets.Splitter  // without columns, once it is needed
}

// whole counts without columns.
func (c *counter) whole() *sets.Splitter {
	if c.one == nil {
		c.one = c.board.Splitter(nil)
	}
	return c.one
}

// columns makes the categories of a breakdown and the sets that belong to them. The cut can't count before it is ready.
func (c *counter) columns(by *Breakdown) *cut {
	b := c.board
	out := &cut{partition: true}
	add := func(cat Category, set *roaring.Bitmap) {
		out.cats, out.cols = append(out.cats, cat), append(out.cols, set)
	}
	switch by.Kind {
	case ByQuestion:
		// A respondent who answers two questions is in two columns.
		out.partition = c.unit != Respondents
		for _, q := range b.Questions() {
			add(Category{ID: int64(q.ID), Key: q.Key, Label: questionName(q)}, b.Question(q.ID))
		}
	case ByLanguage:
		// Respondents who answer in two languages are so few that a column is protected as if there were none.
		for _, l := range b.Languages() {
			add(Category{Key: string(l)}, b.Language(l))
		}
	case ByRound:
		for _, r := range b.Rounds() {
			add(Category{ID: int64(r.ID), Key: r.Key, Label: r.Label}, b.Round(r.ID))
		}
	case ByVariable:
		out.overlap, out.partition, out.none = by.Variable.Multi, !by.Variable.Multi, true
		for _, one := range by.Variable.Categories {
			add(Category{ID: int64(one.ID), Key: one.Key, Label: one.Label}, b.Category(one.ID))
		}
		out.cols = append(out.cols, b.Uncategorised(by.Variable.ID))
	}
	return out
}

// pairs is the cut by two, first by first: every category of one with every category of the other, those in none too.
func (c *counter) pairs(x, y *cut) *cut {
	out := &cut{overlap: x.overlap || y.overlap}
	for _, a := range x.cols {
		for _, b := range y.cols {
			out.cols = append(out.cols, roaring.And(a, b))
		}
	}
	return out
}

func (x *cut) ready(b *sets.Board) {
	if x.overlap {
		x.splitter = b.Splitter(nil)
	} else {
		x.splitter = b.Splitter(x.cols)
	}
}

func questionName(q coding.Question) coding.Text {
	if q.Short.IsZero() {
		return q.Label
	}
	return q.Short
}

// measure counts the units of a set of answers, which are all that have one of the themes: the whole, and by column.
func (c *counter) measure(x *cut, set *roaring.Bitmap, themes []coding.ThemeID) (total tally, cells []tally) {
	if x == nil {
		total, _ = c.split(c.whole(), set, themes, nil)
		return total, nil
	}
	cells = make([]tally, len(x.cols))
	if !x.overlap {
		return c.split(x.splitter, set, themes, cells)
	}
	total, _ = c.split(x.splitter, set, themes, nil)
	for j, col := range x.cols {
		cells[j], _ = c.split(x.splitter, roaring.And(set, col), themes, nil)
	}
	return total, cells
}

// split counts the units of a set of answers and puts the numbers of the columns into cells.
func (c *counter) split(s *sets.Splitter, set *roaring.Bitmap, themes []coding.ThemeID, cells []tally) (tally, []tally) {
	n := s.Parts()
	answers, people := make([]int, n), make([]int, n)
	total := tally{people: s.Split(set, answers, people)}
	for j := range cells {
		cells[j] = tally{n: people[j], people: people[j]}
		if c.unit == Answers {
			cells[j].n = answers[j]
		}
	}
	switch c.unit {
	case Answers:
		total.n = int(set.GetCardinality())
	case Codings:
		total.n = c.codings(s, set, themes, cells)
	default:
		total.n = total.people
	}
	return total, cells
}

// codings counts the codings of themes on a set of answers, by column into cells.
func (c *counter) codings(s *sets.Splitter, set *roaring.Bitmap, themes []coding.ThemeID, cells []tally) int {
	for j := range cells {
		cells[j].n = 0
	}
	answers, people := make([]int, s.Parts()), make([]int, s.Parts())
	total := 0
	for _, id := range themes {
		for _, coded := range c.board.CodingSets(id, c.coder) {
			if len(cells) == 0 {
				total += int(coded.AndCardinality(set))
				continue
			}
			inside := roaring.And(coded, set)
			total += int(inside.GetCardinality())
			s.Split(inside, answers, people)
			for j := range cells {
				cells[j].n += answers[j]
			}
		}
	}
	return total
}
