package room

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/themes"
)

// Words of the data that a room becomes, in three languages. Keys are those of the message catalogue below 'room.data_'.
type Wording func(key string, args ...any) coding.Text

// Detect tells the language of a text, how sure that is (0–1), and whether it has parts in another.
type Detect func(text string) (lang coding.Lang, confidence float64, mixed bool)

// Source names a room among the files of a project, so that it comes in once. It is no file's fingerprint.
func (r Room) Source() string { return fmt.Sprintf("workshop-room-%d", r.ID) }

// Batch is what the room brings into the project: a round of kind 'workshop' with a respondent for each participant who voted or
// wrote; their votes, group and the quarter of an hour of their first remark or of joining as variables; their comments as
// answers, a question for each card, and their own themes as answers to one more. Several comments of one participant on one card
// are one answer with a blank line between. Remarks that the organiser has hidden stay out; identifiers stay masked unless
// the organiser has let them through. key is the round's.
func (l Ledger) Batch(key string, say Wording, detect Detect) coding.Batch {
	b := coding.Batch{File: l.Room.Title, SHA256: l.Room.Source(), Profile: "workshop",
		Round: coding.Round{Key: key, Label: themes.Same(l.Room.Title), Kind: coding.RoundWorkshop}}
	in := &bringing{Ledger: l, say: say, detect: detect, batch: &b, question: map[string]int{}, category: map[string]int{}}
	rows := in.rows()
	b.Rows = func(yield func(coding.BatchRow, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
	return b
}

// bringing makes a batch.
type bringing struct {
	Ledger
	say      Wording
	detect   Detect
	batch    *coding.Batch
	question map[string]int // by key
	category map[string]int // by variable and key
}

func (in *bringing) rows() []coding.BatchRow {
	in.questions()
	in.categories()
	var out []coding.BatchRow
	for _, p := range in.People {
		answers, first := in.answers(p)
		if len(answers) == 0 && len(in.Votes[p.ID]) == 0 {
			continue
		}
		row := coding.BatchRow{External: fmt.Sprintf("%03d", len(out)+1), Answers: answers}
		if p.Group != "" {
			row.Values = append(row.Values, in.value("workshop_group", false, keyOf(p.Group), themes.Same(p.Group)))
		}
		row.Values = append(row.Values, in.time(15*in.Room.quarter(cmp.Or(first, p).Joined)))
		votes := slices.Clone(in.Votes[p.ID])
		slices.SortFunc(votes, func(a, b Ballot) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), in.place(a.Card)-in.place(b.Card)) })
		for _, v := range votes {
			row.Values = append(row.Values, in.value("workshop_"+string(v.Kind), true, v.Card, in.card(v.Card).Label))
		}
		out = append(out, row)
	}
	return out
}

// categories makes the categories that are used, in the order in which people think of them: groups and cards as the room has them,
// times from the first on.
func (in *bringing) categories() {
	used, voted := map[string]bool{}, map[Ballot]bool{}
	var times []int
	for _, p := range in.People {
		answers, first := in.answers(p)
		if len(answers) == 0 && len(in.Votes[p.ID]) == 0 {
			continue
		}
		used[p.Group] = true
		times = append(times, 15*in.Room.quarter(cmp.Or(first, p).Joined))
		for _, v := range in.Votes[p.ID] {
			voted[v] = true
		}
	}
	for _, g := range in.Room.Groups {
		if used[g] {
			in.value("workshop_group", false, keyOf(g), themes.Same(g))
		}
	}
	slices.Sort(times)
	for _, from := range slices.Compact(times) {
		in.time(from)
	}
	for _, k := range Kinds {
		for _, c := range in.Cards {
			if voted[Ballot{k, c.Key}] {
				in.value("workshop_"+string(k), true, c.Key, c.Label)
			}
		}
	}
}

// time is the quarter of an hour that begins so many minutes after the opening.
func (in *bringing) time(from int) coding.BatchValue {
	return in.value("workshop_time", false, fmt.Sprintf("min%03d", from), in.say("time_span", from, from+15))
}

func (in *bringing) place(card string) int {
	return slices.IndexFunc(in.Cards, func(c Card) bool { return c.Key == card })
}

func (in *bringing) card(key string) Card {
	if i := in.place(key); i >= 0 {
		return in.Cards[i]
	}
	return Card{Key: key, Label: themes.Same(key)}
}

// questions lists the questions that somebody answered, in the order of the cards.
func (in *bringing) questions() {
	has := map[string]bool{}
	for _, r := range in.Remarks {
		if r.State != Hidden {
			has[r.Card] = true
		}
	}
	for _, c := range in.Cards {
		if has[c.Key] {
			in.question[c.Key] = len(in.batch.Questions)
			in.batch.Questions = append(in.batch.Questions, coding.Question{Key: "workshop-" + c.Key, Label: in.about(c.Label), Short: c.Label})
		}
	}
	if has[""] {
		in.question[""] = len(in.batch.Questions)
		in.batch.Questions = append(in.batch.Questions, coding.Question{Key: "workshop-own", Label: in.say("own"), Short: in.say("own_short")})
	}
}

// about is the wording of the question of a card in each language.
func (in *bringing) about(label coding.Text) coding.Text {
	var out coding.Text
	for _, lang := range themes.Langs {
		out.Set(lang, in.say("comments", label.In(lang)).In(lang))
	}
	return out
}

// answers are those of a participant, by question; first has the moment of the first.
func (in *bringing) answers(p Person) (out []coding.BatchAnswer, first Person) {
	texts := map[int][]string{}
	for _, r := range in.Remarks {
		if r.Person != p.ID || r.State == Hidden {
			continue
		}
		if first.ID == 0 {
			first = Person{ID: p.ID, Joined: r.At}
		}
		q := in.question[r.Card]
		texts[q] = append(texts[q], r.Said())
	}
	for q := range in.batch.Questions {
		if len(texts[q]) == 0 {
			continue
		}
		text := strings.Join(texts[q], "\n\n")
		lang, sure, mixed := in.detect(text)
		a := coding.BatchAnswer{Question: q, Language: lang, Mixed: mixed, Confidence: int(sure*100 + .5), Text: text}
		if lang == "" {
			a.Confidence = 0
		}
		out = append(out, a)
	}
	return out, first
}

// value is a value of a variable, which begins with its first value.
func (in *bringing) value(variable string, multi bool, key string, label coding.Text) coding.BatchValue {
	v := slices.IndexFunc(in.batch.Variables, func(v coding.Variable) bool { return v.Key == variable })
	if v < 0 {
		v = len(in.batch.Variables)
		in.batch.Variables = append(in.batch.Variables, coding.Variable{Key: variable, Label: in.say(strings.TrimPrefix(variable, "workshop_")), Multi: multi})
	}
	at, ok := in.category[variable+" "+key]
	if !ok {
		at = len(in.batch.Variables[v].Categories)
		in.category[variable+" "+key] = at
		in.batch.Variables[v].Categories = append(in.batch.Variables[v].Categories, coding.Category{Key: key, Label: label})
	}
	return coding.BatchValue{Variable: v, Category: at}
}

// keyOf is a category's key for a group's name.
func keyOf(name string) string {
	if key := themes.KeyFrom(name); key != "" {
		return key
	}
	return fmt.Sprintf("x%x", name)
}
