package demo

import (
	"cmp"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"avokoodi/coding"
)

// speakers is how many respondents answered in each language, after the survey that the demonstration is modelled on.
var speakers = []struct {
	lang coding.Lang
	n    int
}{{"fi", 349}, {"sv", 14}, {"en", 12}}

// rates is the share of respondents who answer each question; none is mandatory. Question 1bb goes to other organisations.
var rates = map[string]float64{"q4": .30, "q11a": .67, "q11b": .55, "q16": .50, "q17a": .47, "q17b": .40, "q18": .38, "q19": .36, "q20": .42, "q22": .37}

// person is a synthetic respondent.
type person struct {
	external string
	lang     coding.Lang
	values   []int // category by variable, -1 for not known
	answers  map[string]written
}

// survey deals the texts out to 375 respondents. The same seed gives the same survey.
func survey(c content) []person {
	rnd := rand.New(rand.NewPCG(2022, 375))
	var people []person
	for _, s := range speakers {
		for range s.n {
			people = append(people, person{lang: s.lang, values: make([]int, len(c.variables)), answers: map[string]written{}})
		}
	}
	rnd.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
	for i := range people {
		people[i].external = fmt.Sprintf("R%04d", 1001+i)
	}
	for v := range c.variables {
		deal(rnd, people, v, c.counts[v])
	}
	bilingual(people, c)
	other := slices.IndexFunc(c.variables[0].Categories, func(x coding.Category) bool { return x.Key == "other" })
	for _, q := range c.questions {
		var asked []int
		for i := range people {
			if rate, ok := rates[q.Key]; ok && rnd.Float64() < rate+extra(people[i].lang) || !ok && people[i].values[0] == other {
				asked = append(asked, i)
			}
		}
		for _, s := range speakers {
			answer(rnd, people, asked, s.lang, q.Key, c.answers[s.lang])
		}
	}
	return people
}

// extra lets the small language groups answer more often, so that the demonstration has something to show in each.
func extra(l coding.Lang) float64 {
	if l == "fi" {
		return 0
	}
	return .15
}

// deal gives the respondents the categories of a variable so that each count is met exactly; those left over have no value.
func deal(rnd *rand.Rand, people []person, v int, counts []int) {
	var deck []int
	for cat, n := range counts {
		for range n {
			deck = append(deck, cat)
		}
	}
	for len(deck) < len(people) {
		deck = append(deck, -1)
	}
	rnd.Shuffle(len(deck), func(i, j int) { deck[i], deck[j] = deck[j], deck[i] })
	for i := range people {
		people[i].values[v] = deck[i]
	}
}

// bilingual swaps regions so that those who answer in Swedish live where Swedish is spoken. The counts stay as they are.
func bilingual(people []person, c content) {
	v := slices.IndexFunc(c.variables, func(x coding.Variable) bool { return x.Key == "region" })
	if v < 0 {
		return
	}
	spoken := map[int]bool{}
	for i, cat := range c.variables[v].Categories {
		switch cat.Label.FI {
		case "Uusimaa", "Varsinais-Suomi", "Pohjanmaa", "Keski-Pohjanmaa":
			spoken[i] = true
		}
	}
	next := 0
	for i := range people {
		if people[i].lang != "sv" || spoken[people[i].values[v]] {
			continue
		}
		for next < len(people) && (people[next].lang == "sv" || !spoken[people[next].values[v]]) {
			next++
		}
		if next < len(people) {
			people[i].values[v], people[next].values[v] = people[next].values[v], people[i].values[v]
			next++
		}
	}
}

// answer gives the asked speakers of a language an answer each: every text once, then two short texts in a row, then the
// short ones again, as people do say the same.
func answer(rnd *rand.Rand, people []person, asked []int, lang coding.Lang, question string, all []written) {
	var own, anywhere []written
	for _, w := range all {
		switch w.question {
		case question:
			own = append(own, w)
		case "*":
			anywhere = append(anywhere, w)
		}
	}
	rnd.Shuffle(len(own), func(i, j int) { own[i], own[j] = own[j], own[i] })
	// Texts that were chosen as quotes are dealt first, so that each of them is there.
	slices.SortStableFunc(own, func(a, b written) int { return cmp.Compare(b.quote.early(), a.quote.early()) })
	pairs := paired(rnd, own)
	var short []written
	for _, w := range own {
		if utf8.RuneCountInString(w.text) <= 40 {
			short = append(short, w)
		}
	}
	i := 0
	for _, who := range asked {
		if people[who].lang != lang {
			continue
		}
		var w written
		switch {
		case len(anywhere) > 0 && rnd.Float64() < .06:
			w = anywhere[rnd.IntN(len(anywhere))]
		case i < len(own):
			w = own[i]
			i++
		case i-len(own) < len(pairs):
			w = pairs[i-len(own)]
			i++
		case len(short) > 0:
			w = short[rnd.IntN(len(short))]
		default:
			continue
		}
		people[who].answers[question] = w
	}
}

// paired joins short texts of whole sentences, each with another, into answers of two thoughts.
func paired(rnd *rand.Rand, own []written) []written {
	var whole []written
	for _, w := range own {
		first, _ := utf8.DecodeRuneInString(w.text)
		if w.state == coding.StateCoded && len(w.text) < 170 && strings.HasSuffix(w.text, ".") && unicode.IsUpper(first) && w.quote.early() == 0 {
			whole = append(whole, w)
		}
	}
	var out []written
	for step := 1; step <= 3 && step < len(whole); step++ {
		for i := range whole {
			a, b := whole[i], whole[(i+step*7)%len(whole)]
			if a.text == b.text || len(a.text)+len(b.text) > 260 {
				continue
			}
			w := written{question: a.question, state: coding.StateCoded, text: a.text + " " + b.text, evidence: map[string]coding.Span{}}
			w.themes = slices.Clone(a.themes)
			for _, t := range b.themes {
				if !slices.Contains(w.themes, t) {
					w.themes = append(w.themes, t)
				}
			}
			shift := utf8.RuneCountInString(a.text) + 1
			for t, sp := range b.evidence {
				w.evidence[t] = coding.Span{Start: sp.Start + shift, End: sp.End + shift}
			}
			for t, sp := range a.evidence {
				w.evidence[t] = sp
			}
			out = append(out, w)
		}
	}
	rnd.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// rows is the survey as an import brings it.
func rows(people []person, c content) iter.Seq2[coding.BatchRow, error] {
	return func(yield func(coding.BatchRow, error) bool) {
		for _, p := range people {
			row := coding.BatchRow{External: p.external}
			for i, q := range c.questions {
				if w, ok := p.answers[q.Key]; ok {
					row.Answers = append(row.Answers, coding.BatchAnswer{Question: i, Language: p.lang, Text: w.text})
				}
			}
			for v, cat := range p.values {
				if cat >= 0 {
					row.Values = append(row.Values, coding.BatchValue{Variable: v, Category: cat})
				}
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}
