package reading

import (
	"slices"
	"sync"

	"avokoodi/coding"
)

// mostKept is how many lists a corpus keeps: of those that people page, sort back and forth and save.
const mostKept = 6

// asked is what a list was made for. Sets of answers are told apart by their checksums.
type asked struct {
	what      string
	lang      coding.Lang
	any       bool
	all       bool // no set
	set, rest uint64
	number    int
	functions bool
}

func (s Scope) asked(what string, number int, functionWords bool) asked {
	a := asked{what: what, lang: s.Lang, any: s.Any, all: s.Answers == nil, number: number, functions: functionWords}
	if s.Answers != nil {
		a.set = s.Answers.Checksum()
	}
	return a
}

// kept is the lists that were asked for last, the newest first.
type kept struct {
	mu   sync.Mutex
	list []*keptList
}

type keptList struct {
	asked asked
	once  sync.Once
	value any
}

// keep is what make makes, made once as long as it is among the lists asked for last. Nobody may change it.
func keep[T any](c *Corpus, a asked, make func() T) T {
	c.kept.mu.Lock()
	i := slices.IndexFunc(c.kept.list, func(one *keptList) bool { return one.asked == a })
	one := &keptList{asked: a}
	if i >= 0 {
		one = c.kept.list[i]
		c.kept.list = slices.Delete(c.kept.list, i, i+1)
	}
	c.kept.list = slices.Insert(c.kept.list, 0, one)
	c.kept.list = c.kept.list[:min(len(c.kept.list), mostKept)]
	c.kept.mu.Unlock()
	one.once.Do(func() { one.value = make() })
	return one.value.(T)
}
