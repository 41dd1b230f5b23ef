package sets

import "github.com/RoaringBitmap/roaring/v2"

const (
	pageBits = 12
	pageSize = 1 << pageBits
)

// column is an array indexed by id, kept in pages so that a gap in the ids costs nothing. The zero value is empty and
// reads as zero everywhere.
type column[T uint16 | uint32 | int64] struct {
	first uint32 // number of the page at pages[0]
	pages []*[pageSize]T
}

func (c *column[T]) get(id uint32) T {
	page := c.page(id >> pageBits)
	if page == nil {
		return 0
	}
	return page[id%pageSize]
}

// page is the page of a number; nil where nothing was kept.
func (c *column[T]) page(number uint32) *[pageSize]T {
	if number < c.first || number-c.first >= uint32(len(c.pages)) {
		return nil
	}
	return c.pages[number-c.first]
}

// at is where the value of id is kept; it makes room for it.
func (c *column[T]) at(id uint32) *T {
	page := id >> pageBits
	switch {
	case len(c.pages) == 0:
		c.first = page
	case page < c.first:
		c.pages = append(make([]*[pageSize]T, c.first-page), c.pages...)
		c.first = page
	}
	for page-c.first >= uint32(len(c.pages)) {
		c.pages = append(c.pages, nil)
	}
	if c.pages[page-c.first] == nil {
		c.pages[page-c.first] = new([pageSize]T)
	}
	return &c.pages[page-c.first][id%pageSize]
}

// group is a bitmap for each key. A key without a bitmap stands for the empty set.
type group[K comparable] map[K]*roaring.Bitmap

func (g group[K]) add(key K, id uint32) {
	set := g[key]
	if set == nil {
		set = roaring.New()
		g[key] = set
	}
	set.Add(id)
}

// drop takes id out of the key's set and tells whether it was there.
func (g group[K]) drop(key K, id uint32) bool {
	set := g[key]
	return set != nil && set.CheckedRemove(id)
}

func (g group[K]) has(key K, id uint32) bool {
	set := g[key]
	return set != nil && set.Contains(id)
}

func (g group[K]) get(key K) *roaring.Bitmap {
	if set := g[key]; set != nil {
		return set
	}
	return none
}

// union is the answers that any of the keys has; the caller may change it.
func (g group[K]) union(keys []K) *roaring.Bitmap {
	list := make([]*roaring.Bitmap, len(keys))
	for i, k := range keys {
		list[i] = g.get(k)
	}
	return roaring.FastOr(list...)
}

// none is the empty set that lookups share. Nobody may change it.
var none = roaring.New()
