package sets

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
)

// Classes is which class of a variable each respondent is in, for counting many sets of respondents by class: one look-up for
// each respondent of a set, however many classes there are. The variable must be one in which nobody has two classes.
type Classes struct {
	base  uint32
	class []uint16 // by respondent, from base: the class's place; Len()-1 for none
	n     int
}

// mostClasses is as many as a Classes can tell apart.
const mostClasses = 1<<16 - 2

// Classes is the classing of a variable; false where it can't have one.
func (b *Board) Classes(v coding.Variable) (Classes, bool) {
	if v.Multi || len(v.Categories) > mostClasses || b.respondents.IsEmpty() {
		return Classes{}, false
	}
	c := Classes{base: b.respondents.Minimum(), n: len(v.Categories) + 1}
	c.class = slices.Repeat([]uint16{uint16(c.n - 1)}, int(b.respondents.Maximum()-c.base)+1)
	for i, one := range v.Categories {
		eachBatch(b.members.get(one.ID), func(ids []uint32) {
			for _, id := range ids {
				if at := id - c.base; int(at) < len(c.class) {
					c.class[at] = uint16(i)
				}
			}
		})
	}
	return c, true
}

// Len is the number of classes, those in none being the last.
func (c Classes) Len() int { return c.n }

// Count counts the respondents of a set by class into counts, which has a place for each class and is written over.
func (c Classes) Count(set *roaring.Bitmap, counts []int) {
	clear(counts)
	eachBatch(set, func(ids []uint32) {
		for _, id := range ids {
			counts[c.class[id-c.base]]++
		}
	})
}

// CountPairs is Count by the classes of two variables: the place of a pair is the class of c times d.Len() plus that of d.
func (c Classes) CountPairs(d Classes, set *roaring.Bitmap, counts []int) {
	clear(counts)
	eachBatch(set, func(ids []uint32) {
		for _, id := range ids {
			counts[int(c.class[id-c.base])*d.n+int(d.class[id-d.base])]++
		}
	})
}
