package coding

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// Pack is a report in the making: what it holds, in order. It keeps questions, not answers: its numbers are counted anew each
// time that it is written.
type Pack struct {
	ID    PackID     `json:"id"`
	Name  string     `json:"name"`
	Lang  Lang       `json:"lang,omitempty"` // of what is written; "" is the reader's
	Items []PackItem `json:"items,omitempty"`
}

// PackItem is one part of a report.
type PackItem struct {
	Kind  PackKind `json:"kind"`
	Title string   `json:"title,omitempty"` // "" is what the part is called anyway
	Text  string   `json:"text,omitempty"`  // words before the numbers, or the whole of a PackText
	Query string   `json:"query,omitempty"` // of what is counted: the query string of its page; "show" may ask for the table or the chart only
	Theme ThemeID  `json:"theme,omitempty"` // of a PackTheme
}

// PackKind is what a part of a report shows.
type PackKind string

// Kinds of parts.
const (
	PackText   PackKind = "text"
	PackTable  PackKind = "table"  // a table of counts
	PackChart  PackKind = "chart"  // the same as a chart
	PackTheme  PackKind = "theme"  // a theme: its definition and quotes
	PackQuotes PackKind = "quotes" // all quotes by theme

	PackPairs      PackKind = "cooccurrence" // what an analysis finds, as the documents of these names have it
	PackRounds     PackKind = "rounds"
	PackCoverage   PackKind = "coverage"
	PackSaturation PackKind = "saturation"
	PackCoders     PackKind = "coders"
	PackProgress   PackKind = "progress"
)

// PackFindings are the kinds that tell what an analysis finds beside counts of themes.
var PackFindings = []PackKind{PackPairs, PackRounds, PackCoverage, PackSaturation, PackCoders, PackProgress}

// Counted tells whether a part of the kind is counted from a query.
func (k PackKind) Counted() bool {
	return k == PackTable || k == PackChart || slices.Contains(PackFindings, k)
}

// Limits of packs.
const (
	MaxPacks     = 50
	MaxPackItems = 100
	MaxPackText  = 20_000
)

func (p Pack) check() error {
	switch {
	case p.Name == "":
		return problem("name", "pack.name_missing")
	case utf8.RuneCountInString(p.Name) > 200:
		return problem("name", "pack.name_long", 200)
	case len(p.Items) > MaxPackItems:
		return problem("item", "pack.many_items", MaxPackItems)
	}
	switch p.Lang {
	case "", "fi", "sv", "en":
	default:
		return problem("lang", "pack.lang_unknown", string(p.Lang))
	}
	for _, it := range p.Items {
		if utf8.RuneCountInString(it.Title) > 200 {
			return problem("title", "pack.title_long", 200)
		}
		if utf8.RuneCountInString(it.Text) > MaxPackText {
			return problem("text", "pack.text_long", MaxPackText)
		}
		switch {
		case it.Kind == PackText, it.Kind == PackQuotes, it.Kind == PackTheme:
		case it.Kind.Counted():
			if _, err := url.ParseQuery(it.Query); err != nil || len(it.Query) > 4000 {
				return problem("query", "pack.query_bad")
			}
		default:
			return problem("kind", "pack.kind_unknown", string(it.Kind))
		}
	}
	return nil
}

// Packs are the reports of the project, the oldest first.
func (s *Service) Packs(ctx context.Context, p ProjectID, actor PersonID) ([]Pack, error) {
	var list []Pack
	err := s.store.View(ctx, func(r Reader) error {
		if err := need(ctx, r, p, actor, RoleReader); err != nil {
			return err
		}
		var err error
		list, err = r.Packs(ctx, p)
		return err
	})
	return list, err
}

// AddPack begins a report.
func (s *Service) AddPack(ctx context.Context, p ProjectID, actor PersonID, pack Pack) (Pack, error) {
	pack.ID, pack.Name = 0, strings.TrimSpace(pack.Name)
	if err := pack.check(); err != nil {
		return pack, err
	}
	_, err := s.step(ctx, p, actor, RoleAnalyst, OpPack, pack.Name, func(tx Tx, st *Step) error {
		list, err := tx.Packs(ctx, p)
		if err != nil {
			return err
		}
		if len(list) >= MaxPacks {
			return problem("name", "pack.many", MaxPacks)
		}
		if slices.ContainsFunc(list, func(o Pack) bool { return o.Name == pack.Name }) {
			return problem("name", "pack.name_taken", pack.Name)
		}
		id, err := tx.Put(ctx, st, nil, pack)
		pack.ID = PackID(id)
		return err
	})
	return pack, err
}

// ChangePack changes a report as it stands by fn; nothing happens where fn changes nothing. fn runs within the transaction, so
// that two people who change one report do not undo each other.
func (s *Service) ChangePack(ctx context.Context, p ProjectID, actor PersonID, id PackID, fn func(*Pack) error) (Pack, error) {
	var pack Pack
	_, err := s.step(ctx, p, actor, RoleAnalyst, OpPack, "", func(tx Tx, st *Step) error {
		list, err := tx.Packs(ctx, p)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(o Pack) bool { return o.ID == id })
		if i < 0 {
			return ErrNotFound
		}
		before := list[i]
		pack = before
		pack.Items = slices.Clone(before.Items)
		if err := fn(&pack); err != nil {
			return err
		}
		pack.ID, pack.Name = id, strings.TrimSpace(pack.Name)
		if err := pack.check(); err != nil {
			return err
		}
		if slices.ContainsFunc(list, func(o Pack) bool { return o.ID != id && o.Name == pack.Name }) {
			return problem("name", "pack.name_taken", pack.Name)
		}
		st.Detail = pack.Name
		if before.Name == pack.Name && before.Lang == pack.Lang && slices.Equal(before.Items, pack.Items) {
			return nil
		}
		_, err = tx.Put(ctx, st, before, pack)
		return err
	})
	return pack, err
}

// RemovePack throws a report away.
func (s *Service) RemovePack(ctx context.Context, p ProjectID, actor PersonID, id PackID) error {
	_, err := s.step(ctx, p, actor, RoleAnalyst, OpPack, "", func(tx Tx, st *Step) error {
		list, err := tx.Packs(ctx, p)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(o Pack) bool { return o.ID == id })
		if i < 0 {
			return ErrNotFound
		}
		st.Detail = list[i].Name
		_, err = tx.Put(ctx, st, list[i], nil)
		return err
	})
	return err
}
