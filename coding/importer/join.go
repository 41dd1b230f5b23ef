package importer

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"avokoodi/coding"
	"avokoodi/themes"
)

// Joined is a question, variable or category of a mapping that was found in the project.
type Joined struct {
	Kind     string // "question", "variable" or "category"
	Key      string
	Variable string // key, of a category
	By       By
	Column   ColumnRef // of a question or variable
}

// Join gives the questions, variables and categories of a proposed mapping the keys of those that the project has, so that a
// new round, or another language version, comes to the same ones. In a language that both have, wordings must be alike; in
// another, numbers and order are trusted. What has the key of something unlike gets a key of its own and is listed.
func Join(f Version, m Mapping, lang coding.Lang, known Known) (Mapping, []Joined, Problems, error) {
	j := joining{f: f, lang: lang, known: known}
	var have, mine []thing
	for _, q := range known.Questions {
		have = append(have, thing{q.Key, known.asked(q)})
	}
	for _, q := range m.Questions {
		mine = append(mine, thing{q.Key, []coding.Text{q.Label, j.wording(q.Label, q.Column)}})
	}
	m.Questions = slices.Clone(m.Questions)
	keys := j.keys("question", have, mine, func(i int) ColumnRef { return m.Questions[i].Column })
	for i := range m.Questions {
		m.Questions[i].Key = keys[i]
	}
	have, mine = nil, nil
	var imported []coding.Variable
	for _, v := range known.Variables {
		if v.Derived() { // its values come from no file
			j.reserved = append(j.reserved, v.Key)
			continue
		}
		imported = append(imported, v)
		have = append(have, thing{v.Key, known.called(v)})
	}
	for _, v := range m.Variables {
		mine = append(mine, thing{v.Key, []coding.Text{v.Label, j.wording(v.Label, v.Column)}})
	}
	m.Variables = slices.Clone(m.Variables)
	was := map[string]string{}
	keys = j.keys("variable", have, mine, func(i int) ColumnRef { return m.Variables[i].Column })
	for i := range m.Variables {
		x := &m.Variables[i]
		was[x.Key] = keys[i]
		x.Key = keys[i]
		if at := slices.IndexFunc(imported, func(v coding.Variable) bool { return v.Key == keys[i] }); at >= 0 {
			if err := j.values(x, imported[at]); err != nil {
				return m, nil, nil, err
			}
		}
	}
	for i := range m.Questions {
		if key, ok := was[m.Questions[i].OtherOf]; ok {
			m.Questions[i].OtherOf = key
		}
	}
	if !known.Speaks(lang) {
		j.unanswered(&m, was)
	}
	return m, j.joined, j.problems, nil
}

// unanswered finds questions that nobody answered in a language version: an empty column is proposed to be left out, but where its
// code, wording or number is that of a question that is nowhere else in the file, it tells how the question was asked. was are the
// keys that the variables of the proposal got.
func (j *joining) unanswered(m *Mapping, was map[string]string) {
	var have []coding.Question
	var a, b []Item
	for _, q := range j.known.Questions {
		if slices.ContainsFunc(m.Questions, func(one QuestionMap) bool { return one.Key == q.Key }) {
			continue
		}
		item := Item{Names: thing{q.Key, j.known.asked(q)}.names(), Code: q.Key}
		for _, n := range item.Names {
			item.Number = cmp.Or(item.Number, numberOfHeader(n))
		}
		have, a = append(have, q), append(a, item)
	}
	if len(have) == 0 {
		return
	}
	p := &j.f.Proposal
	keys := p.keys()
	groups := p.groups(keys)
	var mine []QuestionMap
	for i, c := range p.Columns {
		if c.Role != RoleIgnore || c.Stats.Filled > 0 || c.Hint.Role != "" && c.Hint.Role != RoleQuestion || m.names(j.f.Sheet, i) {
			continue
		}
		q := QuestionMap{Column: ColumnRef{Name: c.Name}, Label: p.label(i, j.lang), OtherOf: was[groups[c.Hint.Group]]}
		item := Item{Names: q.Label.All(), Code: keys[i]}
		if c.Hint.Group != "" {
			item.Code = cmp.Or(q.OtherOf, groupKey(c.Hint.Group)) + "-other"
		} else {
			item.Number = numberOfHeader(cmp.Or(c.Header, c.Name))
		}
		mine, b = append(mine, q), append(b, item)
	}
	for _, match := range Align(a, b, false) {
		q := mine[match.B]
		q.Key = have[match.A].Key
		s, common := alikeness(thing{q.Key, j.known.asked(have[match.A])}, thing{q.Key, []coding.Text{q.Label}})
		if match.By == ByWords || common && s < hardlyAlike {
			continue
		}
		col := j.f.Sheet.Find(q.Column)
		at := slices.IndexFunc(m.Questions, func(o QuestionMap) bool { return j.f.Sheet.Find(o.Column) > col })
		if at < 0 {
			at = len(m.Questions)
		}
		m.Questions = slices.Insert(m.Questions, at, q)
		m.Ignore = slices.DeleteFunc(slices.Clone(m.Ignore), func(ref ColumnRef) bool { return j.f.Sheet.Find(ref) == col })
		j.joined = append(j.joined, Joined{Kind: "question", Key: q.Key, By: match.By, Column: q.Column})
	}
}

// thing is a question or variable: its key and its wordings.
type thing struct {
	key   string
	texts []coding.Text
}

func (t thing) in(l coding.Lang) string {
	for _, text := range t.texts {
		if s := text.Exact(l); s != "" {
			return s
		}
	}
	return ""
}

func (t thing) names() []string {
	var out []string
	for _, text := range t.texts {
		out = append(out, text.All()...)
	}
	return out
}

type joining struct {
	f        Version
	known    Known
	lang     coding.Lang
	reserved []string // keys that no column may have
	joined   []Joined
	problems Problems
}

// wording is the header where there is no label.
func (j *joining) wording(label coding.Text, ref ColumnRef) coding.Text {
	if !label.IsZero() || ref.IsZero() {
		return label
	}
	return themes.Only(j.lang, ref.String())
}

// What two wordings in one language must have in common to be held for the same, and not to be held for different things.
const (
	surelyAlike = 0.6
	hardlyAlike = 0.3
)

// keys is the key of each of mine: that of the thing in have that it is, or its own.
func (j *joining) keys(kind string, have, mine []thing, column func(int) ColumnRef) []string {
	found, by := fill(len(mine)), make([]By, len(mine))
	taken := fill(len(have))
	take := func(a, b int, why By) {
		if found[b] < 0 && taken[a] < 0 {
			found[b], taken[a], by[b] = a, b, why
		}
	}
	items := func(list []thing, full bool) []Item {
		out := make([]Item, len(list))
		for i, t := range list {
			out[i].Names = t.names()
			if full {
				out[i].Code = t.key
				for _, n := range t.names() {
					if out[i].Number = numberOfHeader(n); out[i].Number != "" {
						break
					}
				}
			}
		}
		return out
	}
	for _, m := range Align(items(have, false), items(mine, false), false) {
		if m.By == ByWording {
			take(m.A, m.B, ByWording)
		}
	}
	j.alike(have, mine, taken, found, take)
	a, b := items(have, true), items(mine, true)
	for i, at := range found { // what is known already stands as a landmark for the order
		if at >= 0 {
			a[at], b[i] = Item{Code: "\x00" + have[at].key}, Item{Code: "\x00" + have[at].key}
		}
	}
	doubt := map[int]int{}
	for _, m := range Align(a, b, true) {
		if found[m.B] >= 0 {
			continue
		}
		if s, common := alikeness(have[m.A], mine[m.B]); common && s < hardlyAlike {
			doubt[m.B] = m.A
			continue
		}
		take(m.A, m.B, m.By)
	}
	out := make([]string, len(mine))
	used := map[string]bool{}
	for _, t := range have {
		used[t.key] = true
	}
	for _, k := range j.reserved {
		used[k] = true
	}
	for i, at := range found {
		if at >= 0 {
			out[i] = have[at].key
			j.joined = append(j.joined, Joined{Kind: kind, Key: out[i], By: by[i], Column: column(i)})
		}
	}
	for i, t := range mine {
		if found[i] >= 0 {
			continue
		}
		out[i] = free(t.key, func(k string) bool { return used[k] })
		used[out[i]] = true
		if at := slices.IndexFunc(have, func(h thing) bool { return h.key == t.key }); at >= 0 {
			j.problems = append(j.problems, Problem{File: j.f.Sheet.File, Column: column(i).String(), Key: "import.join_doubt",
				Args: []any{t.key, shorten(themes.Text{FI: have[at].in("fi"), SV: have[at].in("sv"), EN: have[at].in("en")}.In(j.lang)), out[i]}, Severity: Warning})
		}
	}
	return out
}

// alike pairs wordings of one language that changed a little: each must be the other's best, and clearly so.
func (j *joining) alike(have, mine []thing, taken, found []int, take func(a, b int, by By)) {
	best := func(n int, like func(int) float64) (int, float64, float64) {
		at, first, second := -1, 0.0, 0.0
		for k := range n {
			if s := like(k); s > first {
				at, first, second = k, s, first
			} else if s > second {
				second = s
			}
		}
		return at, first, second
	}
	like := func(a, b int) float64 {
		if taken[a] >= 0 || found[b] >= 0 {
			return 0
		}
		s, _ := alikeness(have[a], mine[b])
		return s
	}
	type pair struct{ a, b int }
	var sure []pair
	for b := range mine {
		a, first, second := best(len(have), func(a int) float64 { return like(a, b) })
		if first < surelyAlike || first-second < aheadLike {
			continue
		}
		if back, one, two := best(len(mine), func(k int) float64 { return like(a, k) }); back == b && one-two >= aheadLike {
			sure = append(sure, pair{a, b})
		}
	}
	for _, p := range sure {
		take(p.a, p.b, ByWords)
	}
}

// alikeness is how many words two things have in common in a language that both have, over both together, twice; common is
// false where they have no language in common.
func alikeness(a, b thing) (most float64, common bool) {
	for _, l := range themes.Langs {
		for _, x := range a.texts {
			for _, y := range b.texts {
				if x.Exact(l) == "" || y.Exact(l) == "" {
					continue
				}
				common = true
				most = max(most, likeness(wordSet(x.Exact(l)), wordSet(y.Exact(l))))
			}
		}
	}
	return most, common
}

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		out[w] = true
	}
	return out
}

// values gives the values of a column the keys of the categories that they are.
func (j *joining) values(x *VariableMap, have coding.Variable) error {
	known := j.known.categoryItems(have)
	if len(x.Values) > 0 {
		x.Values = slices.Clone(x.Values)
		mine := make([]Item, len(x.Values))
		for i, v := range x.Values {
			mine[i] = Item{Names: append(v.texts(), v.Label.All()...), Code: v.Key}
			mine[i].Number = numberOfValue(v.Label.In(j.lang))
		}
		foreign := !slices.ContainsFunc(have.Categories, func(c coding.Category) bool { return c.Label.Exact(j.lang) != "" })
		for _, m := range Align(known, mine, foreign) {
			x.Values[m.B].Key, x.Values[m.B].known = have.Categories[m.A].Key, true
			j.joined = append(j.joined, Joined{Kind: "category", Key: x.Values[m.B].Key, Variable: x.Key, By: m.By})
		}
		return nil
	}
	col := j.f.Sheet.Find(x.Column)
	if col < 0 {
		return nil
	}
	list, _, err := listed(j.f, j.lang, col, x.Split)
	if err != nil {
		return err
	}
	mine := make([]Item, len(list))
	for i, one := range list {
		mine[i] = Item{Names: []string{one.text}, Code: valueKey(one.text), Number: numberOfValue(one.text)}
	}
	for _, m := range Align(known, mine, false) {
		j.joined = append(j.joined, Joined{Kind: "category", Key: have.Categories[m.A].Key, Variable: x.Key, By: m.By})
		x.Values = append(x.Values, ValueMap{Key: have.Categories[m.A].Key, known: true, Label: list[m.B].label, Match: []string{list[m.B].text}})
	}
	return nil
}
