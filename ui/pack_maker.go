package ui

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/exporter/pack"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/themes"
)

// PackMaker makes the parts of a report with what a person may see, for pages and for the command line.
type PackMaker struct {
	Service *coding.Service
	Boards  *sets.Boards
	Project coding.Project
	Actor   coding.PersonID
	Role    coding.Role
	O       exporter.Options // its language is the report's
	// Find is the answers that a search finds; what is wrong with the words is a coding.Problem.
	Find func(ctx context.Context, words string) (*roaring.Bitmap, error)
}

// pairRows is how many pairs of themes a text document lists.
const pairRows = 20

// maxTextRows is more than any text document has.
const maxTextRows = 5000

// counted is a part that is counted: what it asks for, or why it can't be.
type counted struct {
	query url.Values
	part  report.Part
	found report.Found
	wrong string // in words
}

// Make counts everything of a report anew. All of its tables, and what its findings rest on, are protected as one. A part that
// can't be counted, since what it names is gone or readers are not given it, says so in its place.
func (m PackMaker) Make(ctx context.Context, one coding.Pack) (pack.Pack, error) {
	o := m.O
	tree, err := m.Service.Codebook(ctx, m.Project.ID, m.Actor)
	if err != nil {
		return pack.Pack{}, err
	}
	out := pack.Pack{Title: one.Name, Lang: o.Lang, NotesName: o.T("export.sheet_notes"), Subtitle: m.Project.Name.In(o.Lang)}
	// A table of everything says what the whole report must: project, time, state of the data, threshold.
	all, err := m.exporter().Make(ctx, exporter.KindCounts, report.Request{Project: m.Project.ID}, o)
	if err != nil {
		return pack.Pack{}, err
	}
	for _, n := range all.Notes {
		if !slices.Contains([]string{o.T("export.note_unit"), o.T("export.note_base"), o.T("export.note_judged")}, n.Label) {
			out.Notes = append(out.Notes, n)
		}
	}
	list, err := m.count(ctx, one.Items)
	if err != nil {
		return out, err
	}
	for i, it := range one.Items {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		part, err := m.part(ctx, it, list[i], tree)
		if err != nil {
			return out, err
		}
		out.Parts = append(out.Parts, part)
	}
	return out, nil
}

func (m PackMaker) exporter() *exporter.Exporter {
	return exporter.New(m.Service.Store(), report.New(m.Boards), nil)
}

// count counts the parts that are counted, all together.
func (m PackMaker) count(ctx context.Context, items []coding.PackItem) ([]counted, error) {
	out := make([]counted, len(items))
	var at []int
	for i, it := range items {
		if !it.Kind.Counted() {
			continue
		}
		if err := m.read(ctx, it, &out[i]); !m.said(err, &out[i]) && err != nil {
			return nil, err
		}
		if out[i].wrong == "" {
			at = append(at, i)
		}
	}
	reports := report.New(m.Boards)
	together := func(at []int) error {
		parts := make([]report.Part, len(at))
		for k, i := range at {
			parts[k] = out[i].part
		}
		found, err := reports.Together(ctx, m.Project.ID, parts)
		for k, i := range at {
			if err == nil {
				out[i].found = found[k]
			}
		}
		return err
	}
	err := together(at)
	if errors.As(err, new(coding.Problem)) { // of some part: find out which, and go on without
		good := slices.DeleteFunc(slices.Clone(at), func(i int) bool { return m.said(together([]int{i}), &out[i]) })
		if len(good) < len(at) {
			err = together(good)
		}
	}
	return out, err
}

// said notes a Problem at its part, and tells whether err is one.
func (m PackMaker) said(err error, c *counted) bool {
	var p coding.Problem
	if !errors.As(err, &p) {
		return false
	}
	c.wrong = m.O.T(p.Key, p.Args...)
	return true
}

// read turns a part's query into what it asks for.
func (m PackMaker) read(ctx context.Context, it coding.PackItem, c *counted) error {
	var err error
	if c.query, err = url.ParseQuery(it.Query); err != nil {
		return coding.Problem{Field: "query", Key: "pack.query_bad"}
	}
	detail := m.Role.AtLeast(coding.RoleAnalyst)
	if !m.Role.AtLeast(leastFor(it.Kind)) {
		return coding.Problem{Field: "kind", Key: "pack.inside"}
	}
	people, err := m.Service.People(ctx, m.Actor)
	if err != nil {
		return err
	}
	q := c.query
	if it.Kind != coding.PackTable && it.Kind != coding.PackChart {
		q = findingQuery(exporter.Kind(it.Kind), q)
		c.part.Find, c.part.Compare, c.part.Paired = report.Finding(it.Kind), [2]string{q.Get("from"), q.Get("to")}, q.Get("paired") != ""
	}
	kept := keptQuery(q, detail)
	var hits *searched
	if words := strings.TrimSpace(kept.Get("q")); words != "" {
		hits = &searched{}
		if hits.set, err = m.Find(ctx, words); err != nil {
			return err
		}
	}
	err = m.Boards.Read(ctx, m.Project.ID, func(b *sets.Board) error {
		c.part.Request = tableRequest(b, q, kept, people, detail, hits)
		return nil
	})
	for name := range withoutTable(q) {
		if err == nil && len(values(q, name)) > len(kept[name]) && values(q, name)[0] != "*" && !slices.Contains([]string{"view", "chart", "show"}, name) {
			return coding.Problem{Field: "query", Key: "pack.filtered"} // a reader would get another table
		}
	}
	return err
}

// leastFor is the weakest role that is given a part.
func leastFor(k coding.PackKind) coding.Role {
	if slices.Contains(coding.PackFindings, k) {
		return exporter.Kind(k).Least()
	}
	return coding.RoleReader
}

func (m PackMaker) part(ctx context.Context, it coding.PackItem, c counted, tree themes.Tree) (pack.Part, error) {
	part := pack.Part{Heading: it.Title, Text: it.Text}
	o := m.O
	var err error
	switch {
	case c.wrong != "":
		part.Heading = orText(part.Heading, o.T("pack.kind_"+string(it.Kind)))
		part.Text = strings.TrimSpace(part.Text + "\n\n" + o.T("pack.not_counted", c.wrong))
	case it.Kind == coding.PackTable, it.Kind == coding.PackChart:
		err = m.table(ctx, it, c, &part)
	case it.Kind.Counted():
		err = m.finding(ctx, c, &part)
	case it.Kind == coding.PackTheme, it.Kind == coding.PackQuotes:
		err = m.quotes(ctx, it, tree, &part)
	}
	if err != nil {
		return part, err
	}
	switch {
	case part.Doc == nil:
	case part.Heading == "":
		part.Heading = part.Doc.Title
	case it.Kind.Counted():
		part.Doc.Title = part.Heading // of captions, and for those who listen
	}
	part.Heading = orText(part.Heading, o.T("pack.kind_"+string(it.Kind)))
	return part, nil
}

func (m PackMaker) table(ctx context.Context, it coding.PackItem, c counted, part *pack.Part) error {
	table := c.found.Table
	var err error
	if part.Doc, err = m.exporter().CountsOf(ctx, table, m.O); err != nil {
		return err
	}
	part.Note = chart.BarsOf(table, -1, m.O, nil).Subtitle
	part.Table, part.Chart = it.Kind == coding.PackTable, it.Kind == coding.PackChart
	form := chartForm(c.query.Get("chart"))
	if part.Chart && slices.Contains([]chartForm{formPareto, formStacked, formWhole, formHeat, formSlope}, form) && slices.Contains(chartForms(table), form) {
		part.Picture = drawnAs(table, form, m.O, nil)
	}
	return nil
}

// finding is a part that shows what an analysis finds: its table, its picture or both.
func (m PackMaker) finding(ctx context.Context, c counted, part *pack.Part) error {
	var err error
	if part.Doc, err = m.exporter().FoundOf(ctx, c.found, m.O); err != nil {
		return err
	}
	show := c.query.Get("show")
	part.Table, part.Chart = show != "chart", show != "table"
	part.Most = maxTextRows
	if part.Chart && c.found.Cover == nil { // bars are native
		people, err := m.Service.People(ctx, m.Actor)
		if err != nil {
			return err
		}
		names := func(id coding.PersonID) string {
			return find(people, func(p coding.Person) bool { return p.ID == id }).Shown()
		}
		part.Picture = chart.FoundOf(c.found, c.query.Get("measure") == "lift", names, m.O)
	}
	if part.Picture == nil && part.Doc.Tables[0].Graph == nil {
		part.Table = true // there is nothing to draw
	}
	if c.found.Pairs != nil {
		n := 0
		for range part.Doc.Tables[0].Rows {
			n++
		}
		part.Most = min(pairRows, max(1, len(c.found.Pairs.Together(false, 0)))) // hidden ones come last
		part.Left = m.O.T("numbers.more_pairs", part.Most, n)
	}
	if c.found.Table.Project.ID != 0 {
		part.Note = chart.BarsOf(c.found.Table, -1, m.O, nil).Subtitle
	}
	return nil
}

// quotes is a part of a theme with its quotes, or of all quotes.
func (m PackMaker) quotes(ctx context.Context, it coding.PackItem, tree themes.Tree, part *pack.Part) error {
	o := m.O
	options := o
	if it.Kind == coding.PackTheme {
		th, ok := tree.Get(it.Theme)
		if !ok {
			part.Heading = orText(part.Heading, o.T("pack.gone"))
			return nil
		}
		part.Heading = orText(part.Heading, th.Label.In(o.Lang))
		part.Text = strings.Join(slices.DeleteFunc([]string{it.Text, th.Definition.In(o.Lang)}, func(s string) bool { return s == "" }), "\n\n")
		options.Quotes = []coding.QuoteID{-1} // none, where the theme has none
		err := m.Service.Store().View(ctx, func(r coding.Reader) error {
			list, err := r.Quotes(ctx, m.Project.ID)
			for _, q := range list {
				if q.Theme == it.Theme {
					options.Quotes = append(options.Quotes, q.ID)
				}
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	var err error
	if part.Doc, err = m.exporter().Make(ctx, exporter.KindPublicQuotes, report.Request{Project: m.Project.ID}, options); err != nil {
		return err
	}
	part.Table = true
	if list := part.Doc.Tables[0].Listing; it.Kind == coding.PackTheme && list != nil {
		bare := *list
		bare.Bare, part.Doc.Tables[0].Listing = true, &bare
	}
	return nil
}

func orText(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
