// Package ask gives the fields of a query (theme:, state:, a variable …) their meaning: it is the bridge between the text
// index, which knows words, and the bitmaps, which know everything else. The web interface and the command line both use it.
package ask

import (
	"context"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/index"
	"avokoodi/index/query"
	"avokoodi/themes"
)

// Project is one project to ask about.
type Project struct {
	Boards *sets.Boards
	Index  *index.Index
	ID     coding.ProjectID
	People []coding.Person // whom coder: may name
	// Blind is who asks and codes blind: theme: and state: speak of this person's own judgement then, and coder: of nobody
	// else's. 0 for everybody's.
	Blind coding.PersonID
}

// Parse reads a query with the project's variables as fields. The error unwraps to a coding.Problem.
func (p Project) Parse(ctx context.Context, text string) (*query.Query, error) {
	keys := map[string]string{}
	err := p.Boards.Read(ctx, p.ID, func(b *sets.Board) error {
		for _, v := range b.Variables() {
			for _, l := range v.Label.All() {
				keys[strings.ToLower(l)] = v.Key
			}
		}
		for _, v := range b.Variables() {
			keys[strings.ToLower(v.Key)] = v.Key
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return query.Parse(text, func(name string) (string, bool) {
		key, ok := keys[name]
		return key, ok
	})
}

// Matching is all answers that match a query.
func (p Project) Matching(ctx context.Context, q *query.Query) (*roaring.Bitmap, error) {
	return p.Index.Matching(ctx, p.ID, q, p)
}

// Search is the best answers that match.
func (p Project) Search(ctx context.Context, q *query.Query, limit int) (index.Result, error) {
	return p.Index.Search(ctx, p.ID, q, index.Options{Limit: limit, Fields: p})
}

// Resolve is the answers that have a value of a field. Names are those of any of the three languages.
func (p Project) Resolve(ctx context.Context, f *query.Field, v query.Value) (set *roaring.Bitmap, ok bool, err error) {
	err = p.Boards.Read(ctx, p.ID, func(b *sets.Board) error {
		filter, found, err := p.filter(b, f, v.Text)
		if ok = found; ok {
			set = b.Answers(filter)
		}
		return err
	})
	return set, ok, err
}

// filter is what the field's value means. A name of several questions is a coding.Problem.
func (p Project) filter(b *sets.Board, f *query.Field, name string) (filter sets.Filter, ok bool, err error) {
	if f.Kind == query.KindQuestion {
		found := coding.QuestionsNamed(b.Questions(), name)
		if len(found) > 1 {
			_, err = coding.FindQuestion(b.Questions(), name)
		}
		if len(found) != 1 {
			return sets.Filter{}, false, err
		}
		return sets.Filter{Questions: []coding.QuestionID{found[0].ID}}, true, nil
	}
	filter, ok = p.other(b, f, name)
	return filter, ok, nil
}

// other is filter for every field but the question.
func (p Project) other(b *sets.Board, f *query.Field, name string) (sets.Filter, bool) {
	switch f.Kind {
	case query.KindRound:
		for _, r := range b.Rounds() {
			if named(name, r.Key, r.Label) {
				return sets.Filter{Rounds: []coding.RoundID{r.ID}}, true
			}
		}
	case query.KindLanguage:
		l, ok := languages[strings.ToLower(name)]
		return sets.Filter{Languages: []coding.Lang{l}}, ok
	case query.KindTheme:
		th, ok := b.Tree().Find(name)
		return sets.Filter{Themes: []coding.ThemeID{th.ID}, By: p.Blind}, ok
	case query.KindState:
		s, ok := states[strings.ToLower(name)]
		return sets.Filter{States: []coding.State{s}, By: p.Blind}, ok
	case query.KindCoder:
		for _, x := range p.People {
			if strings.EqualFold(x.Name, name) || strings.EqualFold(x.Shown(), name) {
				if p.Blind != 0 && x.ID != p.Blind {
					x.ID = -1
				}
				return sets.Filter{Coders: []coding.PersonID{x.ID}}, true
			}
		}
	case query.KindVariable:
		return category(b, f.Name, name)
	}
	return sets.Filter{}, false
}

func category(b *sets.Board, variable, name string) (sets.Filter, bool) {
	for _, v := range b.Variables() {
		if v.Key != variable {
			continue
		}
		if strings.EqualFold(name, "none") {
			return sets.Filter{Categories: map[coding.VariableID][]coding.CategoryID{v.ID: {0}}}, true
		}
		for _, c := range v.Categories {
			if named(name, c.Key, c.Label) {
				return sets.Filter{Categories: map[coding.VariableID][]coding.CategoryID{v.ID: {c.ID}}}, true
			}
		}
	}
	return sets.Filter{}, false
}

func named(name, key string, labels ...themes.Text) bool {
	if strings.EqualFold(name, key) {
		return true
	}
	for _, l := range labels {
		for _, s := range l.All() {
			if strings.EqualFold(name, s) {
				return true
			}
		}
	}
	return false
}

var languages = map[string]coding.Lang{
	"fi": "fi", "suomi": "fi", "finska": "fi", "finnish": "fi",
	"sv": "sv", "ruotsi": "sv", "svenska": "sv", "swedish": "sv",
	"en": "en", "englanti": "en", "engelska": "en", "english": "en",
	"none": "", "tuntematon": "", "okänt": "", "unknown": "",
}

var states = map[string]coding.State{
	"open": coding.StateOpen, "koodaamatta": coding.StateOpen, "okodat": coding.StateOpen, "uncoded": coding.StateOpen,
	"coded": coding.StateCoded, "koodattu": coding.StateCoded, "kodat": coding.StateCoded,
	"none": coding.StateNoTheme, "ei-teemaa": coding.StateNoTheme, "inget-tema": coding.StateNoTheme, "no-theme": coding.StateNoTheme,
	"ei teemaa": coding.StateNoTheme, "inget tema": coding.StateNoTheme, "no theme": coding.StateNoTheme,
	"unusable": coding.StateUnusable, "käyttökelvoton": coding.StateUnusable, "oanvändbart": coding.StateUnusable,
}
