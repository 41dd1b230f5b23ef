package report

import (
	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// counter counts units of one scope by the columns of a breakdown.
type counter struct {
	board   *sets.Board
	unit    Unit
	coder   coding.PersonID
	answers *roaring.Bitmap // the scope

	cols      []*roaring.Bitmap // answers of each column
	none      bool              // the last of cols is those in no column
	overlap   bool              // an answer may be in several columns
	partition bool              // each unit is in one column
	splitter  *sets.Splitter
}

// columns makes the categories of a breakdown and the sets that belong to them.
func (c *counter) columns(by *Breakdown) {
	b := c.board
	c.partition = true
	switch by.Kind {
	case ByQuestion:
		// A respondent who answers two questions is in two columns.
		c.partition = c.unit != Respondents
		for _, q := range b.Questions() {
			by.Categories = append(by.Categories, Category{ID: int64(q.ID), Key: q.Key, Label: questionName(q)})
			c.cols = append(c.cols, b.Question(q.ID))
		}
	case ByLanguage:
		// Respondents who answer in two languages are so few that a column is protected as if there were none.
		for _, l := range b.Languages() {
			by.Categories = append(by.Categories, Category{Key: string(l)})
			c.cols = append(c.cols, b.Language(l))
		}
	case ByRound:
		for _, r := range b.Rounds() {
			by.Categories = append(by.Categories, Category{ID: int64(r.ID), Key: r.Key, Label: r.Label})
			c.cols = append(c.cols, b.Round(r.ID))
		}
	case ByVariable:
		c.overlap, c.partition, c.none = by.Variable.Multi, !by.Variable.Multi, true
		for _, one := range by.Variable.Categories {
			by.Categories = append(by.Categories, Category{ID: int64(one.ID), Key: one.Key, Label: one.Label})
			c.cols = append(c.cols, b.Category(one.ID))
		}
		c.cols = append(c.cols, b.Uncategorised(by.Variable.ID))
	}
}

func questionName(q coding.Question) coding.Text {
	if q.Short.IsZero() {
		return q.Label
	}
	return q.Short
}

// disjoint is the columns if the splitter can take them.
func (c *counter) disjoint() []*roaring.Bitmap {
	if c.overlap {
		return nil
	}
	return c.cols
}

// measure counts the units of a set of answers, which are all that have one of the themes: the whole, by column, and
// those in no column.
func (c *counter) measure(set *roaring.Bitmap, themes []coding.ThemeID) (total tally, cells []tally, none tally) {
	cells = make([]tally, len(c.cols))
	if c.overlap {
		total, _ = c.split(set, themes, nil)
		for j, col := range c.cols {
			cells[j], _ = c.split(roaring.And(set, col), themes, nil)
		}
	} else {
		total, cells = c.split(set, themes, cells)
	}
	if c.none {
		none = cells[len(cells)-1]
		cells = cells[:len(cells)-1]
	}
	return total, cells, none
}

// split counts the units of a set of answers and puts the numbers of the columns into cells.
func (c *counter) split(set *roaring.Bitmap, themes []coding.ThemeID, cells []tally) (tally, []tally) {
	answers, people := make([]int, len(cells)), make([]int, len(cells))
	total := tally{people: c.splitter.Split(set, answers, people)}
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
		total.n = c.codings(set, themes, cells)
	default:
		total.n = total.people
	}
	return total, cells
}

// codings counts the codings of themes on a set of answers, by column into cells.
func (c *counter) codings(set *roaring.Bitmap, themes []coding.ThemeID, cells []tally) int {
	for j := range cells {
		cells[j].n = 0
	}
	answers, people := make([]int, len(cells)), make([]int, len(cells))
	total := 0
	for _, id := range themes {
		for _, coded := range c.board.CodingSets(id, c.coder) {
			if len(cells) == 0 {
				total += int(coded.AndCardinality(set))
				continue
			}
			inside := roaring.And(coded, set)
			total += int(inside.GetCardinality())
			c.splitter.Split(inside, answers, people)
			for j := range cells {
				cells[j].n += answers[j]
			}
		}
	}
	return total
}
