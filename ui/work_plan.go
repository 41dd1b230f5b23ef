package ui

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// Ways of giving out answers.
const (
	workEven     = "even"     // alike to everybody who is ticked
	workCount    = "count"    // as many to each as is written
	workQuestion = "question" // by question
	workLanguage = "language" // by language
	workDouble   = "double"   // the same to everybody who is ticked, to be compared
)

// workPlan is who would get what.
type workPlan struct {
	pool   *roaring.Bitmap
	coders []coding.Person // those who get something
	sets   []*roaring.Bitmap
	double bool // everybody gets the whole pool
	blind  bool // and sees nothing of the others' work on it
}

// planWork does what the form says. What is wrong with the form is a coding.Problem.
func planWork(b *sets.Board, q url.Values, people []coding.Person) (workPlan, error) {
	p := workPlan{pool: workPool(b, q)}
	if text := strings.TrimSpace(q.Get("sample")); text != "" {
		n, ok := sampleSize(text, int(p.pool.GetCardinality()))
		if !ok {
			return p, coding.Problem{Field: "sample", Key: "work.sample_bad", Args: []any{text}}
		}
		if q.Get("strata") != "" {
			p.pool = sets.Stratified(strata(b, p.pool), n, workSeed(q))
		} else {
			p.pool = sets.Sample(p.pool, n, workSeed(q))
		}
	}
	if p.pool.IsEmpty() {
		return p, coding.Problem{Field: "pool", Key: "work.pool_empty"}
	}
	var err error
	switch q.Get("how") {
	case workCount:
		err = p.byCount(q, people)
	case workDouble:
		p.double, p.blind = true, q.Get("blind") != ""
		for _, one := range ticked(q, people) {
			p.give(one, p.pool)
		}
		if len(p.coders) < 2 {
			err = coding.Problem{Field: "who", Key: "assign.two_coders"}
		}
	case workQuestion:
		for _, x := range b.Questions() {
			p.give(find(people, isPerson(q.Get("q."+x.Key))), roaring.And(p.pool, b.Question(x.ID)))
		}
	case workLanguage:
		for _, l := range b.Languages() {
			p.give(find(people, isPerson(q.Get("l."+langParam(l)))), roaring.And(p.pool, b.Language(l)))
		}
	default:
		p.evenly(q, people)
	}
	if err == nil && len(p.coders) == 0 {
		err = coding.Problem{Field: "who", Key: "work.nobody"}
	}
	return p, err
}

// sampleSize is how many answers '40' or '10 %' of all are; a share is rounded up.
func sampleSize(text string, all int) (int, bool) {
	share, isShare := strings.CutSuffix(text, "%")
	if !isShare {
		n, err := strconv.Atoi(text)
		return n, err == nil && n >= 1
	}
	x, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(share), ",", ".", 1), 64)
	if err != nil || !(x > 0 && x <= 100) {
		return 0, false
	}
	return int(math.Ceil(x/100*float64(all) - 1e-9)), true
}

// strata parts a set by question and language.
func strata(b *sets.Board, set *roaring.Bitmap) []*roaring.Bitmap {
	var out []*roaring.Bitmap
	for _, x := range b.Questions() {
		for _, l := range b.Languages() {
			if part := roaring.FastAnd(set, b.Question(x.ID), b.Language(l)); !part.IsEmpty() {
				out = append(out, part)
			}
		}
	}
	return out
}

// ticked is the people whom the form names.
func ticked(q url.Values, people []coding.Person) []coding.Person {
	var out []coding.Person
	for _, one := range people {
		if slices.Contains(q["who"], fmt.Sprint(one.ID)) {
			out = append(out, one)
		}
	}
	return out
}

// workPool is the answers that are given out.
func workPool(b *sets.Board, q url.Values) *roaring.Bitmap {
	f := readFilter(b, url.Values{"question": q["question"], "language": q["language"], "round": q["round"]}, nil)
	if q.Get("open") != "" {
		f.States = []coding.State{coding.StateOpen}
	}
	if q.Get("free") != "" {
		f.Queues = []coding.PersonID{0}
	}
	return b.Answers(f)
}

func workSeed(q url.Values) string {
	if seed := strings.TrimSpace(q.Get("seed")); seed != "" {
		return seed
	}
	return "1"
}

// order is the seed by which shares are drawn; "" for stretches in order.
func workOrder(q url.Values) string {
	if q.Get("order") == "random" {
		return "deal " + workSeed(q) // another order than that of the sample
	}
	return ""
}

func (p *workPlan) evenly(q url.Values, people []coding.Person) {
	chosen := ticked(q, people)
	p.deal(q, chosen, sets.Even(int(p.pool.GetCardinality()), len(chosen)))
}

func (p *workPlan) byCount(q url.Values, people []coding.Person) error {
	var chosen []coding.Person
	var sizes []int
	sum := 0
	for _, one := range people {
		text := strings.TrimSpace(q.Get(fmt.Sprint("n.", one.ID)))
		if text == "" || text == "0" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > 1<<31 {
			return coding.Problem{Field: "count", Key: "work.count_bad", Args: []any{one.Shown(), text}}
		}
		chosen, sizes, sum = append(chosen, one), append(sizes, n), sum+n
	}
	if have := int(p.pool.GetCardinality()); sum > have {
		return coding.Problem{Field: "count", Key: "work.count_many", Args: []any{sum, have}}
	}
	p.deal(q, chosen, sizes)
	return nil
}

func (p *workPlan) deal(q url.Values, people []coding.Person, sizes []int) {
	for i, set := range sets.Deal(p.pool, sizes, workOrder(q)) {
		p.give(people[i], set)
	}
}

// give adds to what a person gets; 0 is nobody.
func (p *workPlan) give(to coding.Person, set *roaring.Bitmap) {
	if to.ID == 0 || set.IsEmpty() {
		return
	}
	i := slices.IndexFunc(p.coders, func(one coding.Person) bool { return one.ID == to.ID })
	if i < 0 {
		p.coders, p.sets = append(p.coders, to), append(p.sets, set)
		return
	}
	p.sets[i] = roaring.Or(p.sets[i], set)
}

// shares is the plan as the service takes it.
func (p workPlan) shares() []coding.Share {
	var out []coding.Share
	for i, one := range p.coders {
		out = append(out, coding.Share{Coder: one.ID, Answers: sets.IDs(p.sets[i])})
	}
	return out
}

// rest is how many answers nobody gets.
func (p workPlan) rest() int {
	if p.double {
		return 0
	}
	n := int(p.pool.GetCardinality())
	for _, set := range p.sets {
		n -= int(set.GetCardinality())
	}
	return n
}

// seen is the sizes of the shares, as the preview showed them.
func (p workPlan) seen() string {
	var out []string
	for i, one := range p.coders {
		out = append(out, fmt.Sprintf("%d:%d", one.ID, p.sets[i].GetCardinality()))
	}
	if p.double {
		out = append(out, fmt.Sprint("double ", p.blind))
	}
	return strings.Join(out, ",")
}

func isPerson(id string) func(coding.Person) bool {
	return func(p coding.Person) bool { return id != "" && fmt.Sprint(p.ID) == id }
}

// langParam is a language as addresses write it.
func langParam(l coding.Lang) string {
	if l == "" {
		return "none"
	}
	return string(l)
}
