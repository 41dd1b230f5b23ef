package importer

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Item is one thing to be aligned with its like in another file or round: a column, a question, a category.
type Item struct {
	Names  []string // its wordings, in any languages
	Code   string   // what stands for it in the files; "" for nothing
	Number string   // what it is numbered with; "" for nothing
	Class  string   // items of different classes are never aligned; "" goes with any
}

// Match is a pair of items: places in the two lists, and why they are the same.
type Match struct {
	A, B int
	By   By
}

// By is why two items are held to be the same.
type By string

// Reasons, the surest first. ByHand is a person's decision.
const (
	ByCode    By = "code"    // the same code in both, once in each
	ByWording By = "wording" // the same words in both, once in each
	ByNumber  By = "number"  // the same number in both, once in each
	ByWords   By = "words"   // words that mean the same in the glossary, and no other pair comes near
	ByOrder   By = "order"   // between the same neighbours, and as many in both
	ByHand    By = "hand"
)

// Align pairs items of two lists, each at most once, in order of A. What is not certain is left alone: a code, wording or
// number that occurs twice aligns nothing, and order is trusted, where ordered says that the lists have one, only between
// neighbours that are aligned and where both sides have as many items of the same classes.
func Align(a, b []Item, ordered bool) []Match {
	al := aligner{a: a, b: b, toB: fill(len(a)), toA: fill(len(b)), by: make([]By, len(a))}
	al.alike(ByCode, func(i Item) []string { return nonEmpty(i.Code) })
	al.alike(ByWording, func(i Item) []string {
		var out []string
		for _, n := range i.Names {
			out = append(out, nonEmpty(fold(n))...)
		}
		return out
	})
	al.alike(ByNumber, func(i Item) []string { return nonEmpty(i.Number) })
	if ordered {
		al.order()
	}
	al.words()
	if ordered {
		al.order()
	}
	var out []Match
	for i, j := range al.toB {
		if j >= 0 {
			out = append(out, Match{i, j, al.by[i]})
		}
	}
	return out
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func fill(n int) []int { return slices.Repeat([]int{-1}, n) }

type aligner struct {
	a, b     []Item
	toB, toA []int
	by       []By
}

func (al *aligner) pair(i, j int, by By) {
	al.toB[i], al.toA[j], al.by[i] = j, i, by
}

func (al *aligner) fits(i, j int) bool {
	x, y := al.a[i].Class, al.b[j].Class
	return x == y || x == "" || y == ""
}

// alike pairs what is left where a key occurs once on either side.
func (al *aligner) alike(by By, keys func(Item) []string) {
	const twice = -2
	gather := func(items []Item, taken []int) map[string]int {
		at := map[string]int{}
		for i, item := range items {
			if taken[i] >= 0 {
				continue
			}
			for _, k := range keys(item) {
				if old, ok := at[k]; ok && old != i {
					at[k] = twice
					continue
				}
				at[k] = i
			}
		}
		return at
	}
	left, right := gather(al.a, al.toB), gather(al.b, al.toA)
	for i, item := range al.a {
		if al.toB[i] >= 0 {
			continue
		}
		found := -1
		for _, k := range keys(item) {
			j, ok := right[k]
			if !ok || j == twice || left[k] != i {
				continue
			}
			if found >= 0 && found != j { // its wordings speak for two
				found = twice
				break
			}
			found = j
		}
		if found >= 0 && al.toA[found] < 0 && al.fits(i, found) {
			al.pair(i, found, by)
		}
	}
}

// order pairs what stands between the same aligned neighbours, where both sides have as many of the same classes.
func (al *aligner) order() {
	for from := 0; from < len(al.a); {
		if al.toB[from] >= 0 {
			from++
			continue
		}
		to := from
		for to < len(al.a) && al.toB[to] < 0 {
			to++
		}
		start, end := 0, len(al.b)
		if from > 0 {
			start = al.toB[from-1] + 1
		}
		if to < len(al.a) {
			end = al.toB[to]
		}
		if end-start == to-from && al.free(from, start, end) {
			for k := range to - from {
				al.pair(from+k, start+k, ByOrder)
			}
		}
		from = to
	}
}

func (al *aligner) free(from, start, end int) bool {
	for j := start; j < end; j++ {
		if al.toA[j] >= 0 || !al.fits(from+j-start, j) {
			return false
		}
	}
	return true
}

// What likeness must at least be, and how far ahead of the next best pair.
const (
	leastLike = 0.5
	aheadLike = 0.2
)

// words pairs what the glossary holds to mean the same. Each pair must be the best of both its items, and clearly so.
func (al *aligner) words() {
	left, right := meanings(al.a, al.toB), meanings(al.b, al.toA)
	like := func(i, j int) float64 {
		if !al.fits(i, j) {
			return 0
		}
		most := 0.0
		for _, x := range left[i] {
			for _, y := range right[j] {
				most = max(most, likeness(x, y))
			}
		}
		return most
	}
	type found struct{ i, j int }
	var sure []found
	for i := range al.a {
		best, next, at := 0.0, 0.0, -1
		for j := range al.b {
			if s := like(i, j); s > best {
				best, next, at = s, best, j
			} else if s > next {
				next = s
			}
		}
		if best < leastLike || best-next < aheadLike {
			continue
		}
		rival := 0.0
		for k := range al.a {
			if k != i {
				rival = max(rival, like(k, at))
			}
		}
		if best-rival >= aheadLike {
			sure = append(sure, found{i, at})
		}
	}
	for _, f := range sure {
		al.pair(f.i, f.j, ByWords)
	}
}

// meanings is what each wording of each item means, where it means anything and the item is free.
func meanings(items []Item, taken []int) [][]map[string]bool {
	out := make([][]map[string]bool, len(items))
	for i, item := range items {
		if taken[i] >= 0 {
			continue
		}
		for _, name := range item.Names {
			if m := meaning(name); len(m) > 0 {
				out[i] = append(out[i], m)
			}
		}
	}
	return out
}

// likeness is how much of two meanings is common: twice the common part over both together.
func likeness(a, b map[string]bool) float64 {
	both := 0
	for k := range a {
		if b[k] {
			both++
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}

var itemNumber = regexp.MustCompile(`(?i)^\s*(?:question|kysymys|fråga|kys|q|k|f)?[ .]*([0-9]{1,3}[a-z]{0,3}(?:[._][0-9]{1,2})?)\s*[.):]`)

// numberOfHeader is what a question is numbered with: '11a' of '11a) Paikallisella tasolla'.
func numberOfHeader(header string) string {
	if m := itemNumber.FindStringSubmatch(header); m != nil {
		return strings.ToLower(m[1])
	}
	return ""
}

// What may stand behind a number to make it a bound.
var (
	orMore = regexp.MustCompile(`(?i)[0-9] ?\+|\b(?:or (?:more|over|older|above)|and (?:over|above|older)|tai (?:enemmän|yli|vanhempi)|eller (?:mera?|fler|över|äldre))\b`)
	orLess = regexp.MustCompile(`(?i)\b(?:or (?:less|fewer|under|younger)|and under|tai (?:vähemmän|alle|nuorempi)|eller (?:mindre|färre|under|yngre))\b`)
)

// numberOfValue is the number that a value begins with, as a text: the same for '10 000–49 999 asukasta' and
// '10,000–49,999 inhabitants'.
func numberOfValue(value string) string {
	n, ok := rank(value)
	if !ok || math.IsInf(n, 0) {
		return ""
	}
	if n == math.Trunc(n) { // '100,000 or more' is 'at least 100,000'
		switch {
		case orMore.MatchString(value):
			n = math.Nextafter(n, math.Inf(1))
		case orLess.MatchString(value):
			n = math.Nextafter(n, math.Inf(-1))
		}
	}
	return strconv.FormatFloat(n, 'g', -1, 64)
}
