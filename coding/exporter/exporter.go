package exporter

import (
	"context"
	"fmt"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/themes"
)

// Exporter makes documents of the projects of one store.
type Exporter struct {
	store   coding.Store
	reports *report.Reports
	now     func() time.Time
}

// New reads from store and counts with reports. now is the clock; nil means time.Now.
func New(store coding.Store, reports *report.Reports, now func() time.Time) *Exporter {
	if now == nil {
		now = time.Now
	}
	return &Exporter{store: store, reports: reports, now: now}
}

// Kind names what a document holds, as the command line does.
type Kind string

// Kinds of documents.
const (
	KindCounts       Kind = "counts"
	KindMatrix       Kind = "matrix"
	KindCodings      Kind = "codings"
	KindAnswers      Kind = "answers"
	KindQuotes       Kind = "quotes"        // with the respondent's id, for the one who must find the source
	KindPublicQuotes Kind = "public-quotes" // without anything that tells who said it
	KindCodebook     Kind = "codebook"
	KindPairs        Kind = "cooccurrence" // themes named together
	KindRounds       Kind = "rounds"       // themes over rounds
	KindCoverage     Kind = "coverage"     // respondents against the population
	KindSaturation   Kind = "saturation"   // new themes by answers read
	KindCoders       Kind = "coders"       // what each coder coded
	KindProgress     Kind = "progress"     // how many answers were read
	KindAgreement    Kind = "agreement"    // how far coders agree
)

// Kinds lists all kinds.
var Kinds = [14]Kind{KindCounts, KindMatrix, KindCodings, KindAnswers, KindQuotes, KindPublicQuotes, KindCodebook,
	KindPairs, KindRounds, KindCoverage, KindSaturation, KindCoders, KindProgress, KindAgreement}

// Findings are the kinds that tell what an analysis finds beside counts of themes. A text document has their first table only.
var Findings = []Kind{KindPairs, KindRounds, KindCoverage, KindSaturation, KindCoders, KindProgress}

// Least is the weakest role that may have a document of the kind.
func (k Kind) Least() coding.Role {
	switch k {
	case KindCounts, KindPublicQuotes, KindCodebook, KindPairs, KindRounds:
		return coding.RoleReader
	case KindCoders:
		return coding.RoleLead
	}
	return coding.RoleAnalyst
}

// Options say how a document reads.
type Options struct {
	Lang coding.Lang // of labels and number forms
	T    Translate   // in Lang
	// Quotes are those that a document of quotes is about; none means all.
	Quotes []coding.QuoteID
	// Attribution says whether quotes carry the classes that stand with them.
	Attribution Attribution
	// Compare and Paired say which rounds a document of rounds compares, and how; see report.Trend.
	Compare [2]string
	Paired  bool
	// Coders are those whom a document of agreement compares, nobody being all; Veiled is who asks for it: see report.Compare.
	Coders []coding.PersonID
	Veiled coding.PersonID
	Prose  bool                        // fewer and wider columns, for text documents; of agreement only
	In     func(coding.Lang) Translate // for what stands in all three languages; nil leaves that out
}

// Attribution is what a document of quotes says of the ones who are quoted.
type Attribution uint8

// What may stand with quotes.
const (
	WithAttribution Attribution = iota // the classes that were chosen for each quote
	NoAttribution
)

// Make makes a document of the kind about the answers that q picks. Kinds other than KindCounts leave the breakdown, unit and
// threshold of q aside. An unknown kind, like everything that q names and the project lacks, is a coding.Problem.
func (e *Exporter) Make(ctx context.Context, kind Kind, q report.Request, o Options) (*Document, error) {
	switch kind {
	case KindCounts:
		t, err := e.reports.Count(ctx, q)
		if err != nil {
			return nil, err
		}
		return e.CountsOf(ctx, t, o)
	case KindPairs, KindRounds, KindCoverage, KindSaturation, KindCoders, KindProgress, KindAgreement:
		return e.finding(ctx, kind, q, o)
	case KindMatrix:
		return e.rowDocument(ctx, q, o, always(e.matrix))
	case KindCodings:
		return e.rowDocument(ctx, q, o, always(e.codings))
	case KindAnswers:
		return e.rowDocument(ctx, q, o, always(e.answers))
	case KindQuotes:
		return e.rowDocument(ctx, q, o, e.quotes)
	case KindPublicQuotes:
		if namesBackground(q) {
			return nil, coding.Problem{Field: "filter", Key: "export.public_background"}
		}
		return e.rowDocument(ctx, q, o, e.publicQuotes)
	case KindCodebook:
		return e.codebook(ctx, q, o)
	}
	return nil, coding.Problem{Field: "kind", Key: "export.kind_unknown", Args: []any{string(kind)}}
}

// CountsOf is the document of a table that was counted already, such as one of several that were protected together.
func (e *Exporter) CountsOf(ctx context.Context, t report.Table, o Options) (*Document, error) {
	names, err := e.coderNames(ctx, t.Scope)
	if err != nil {
		return nil, err
	}
	return Counts(t, names, e.now(), o), nil
}

// namesBackground tells whether a request picks respondents by a background variable. Quotes of such a pick would carry that
// class, even where no column says it.
func namesBackground(q report.Request) bool {
	for _, ids := range q.Filter.Categories {
		if len(ids) > 0 {
			return true
		}
	}
	return false
}

// source is what the documents of single answers are made from.
type source struct {
	report.Selection
	o         Options
	rounds    map[coding.RoundID]coding.Round
	questions map[coding.QuestionID]coding.Question
	variables []coding.Variable
	category  map[coding.CategoryID]place
	tree      themes.Tree
	order     map[coding.ThemeID]int // place in the codebook
	people    map[coding.PersonID]coding.Person
}

// place is where a category stands: the variable's place and the category.
type place struct {
	variable int
	category coding.Category
}

// always is a filling that can't fail.
func always(fill func(context.Context, *Document, *source)) func(context.Context, *Document, *source) error {
	return func(ctx context.Context, d *Document, s *source) error {
		fill(ctx, d, s)
		return nil
	}
}

func (e *Exporter) rowDocument(ctx context.Context, q report.Request, o Options, fill func(context.Context, *Document, *source) error) (*Document, error) {
	src, err := e.source(ctx, q, o)
	if err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	d := &Document{Lang: o.Lang, NotesName: o.T("export.sheet_notes"), Cut: Note{Label: o.T("export.note_cut"), Text: o.T("export.note_cut_text")}}
	d.Notes = append(head(src.Project, e.now(), src.Seq, o), scope(src.Scope, src.people, o)...)
	if err := fill(ctx, d, src); err != nil {
		return nil, err
	}
	d.Name = fileName(src.Project.Slug, d.Name)
	return d, nil
}

func (e *Exporter) source(ctx context.Context, q report.Request, o Options) (*source, error) {
	sel, err := e.reports.Select(ctx, q)
	if err != nil {
		return nil, err
	}
	s := &source{Selection: sel, o: o, rounds: map[coding.RoundID]coding.Round{}, questions: map[coding.QuestionID]coding.Question{},
		category: map[coding.CategoryID]place{}, people: map[coding.PersonID]coding.Person{}}
	err = e.store.View(ctx, func(r coding.Reader) error { return s.read(ctx, r) })
	return s, err
}

func (s *source) read(ctx context.Context, r coding.Reader) error {
	p := s.Project.ID
	rounds, err := r.Rounds(ctx, p)
	if err != nil {
		return err
	}
	for _, one := range rounds {
		s.rounds[one.ID] = one
	}
	questions, err := r.Questions(ctx, p)
	if err != nil {
		return err
	}
	for _, one := range questions {
		s.questions[one.ID] = one
	}
	if s.variables, err = r.Variables(ctx, p); err != nil {
		return err
	}
	for i, v := range s.variables {
		for _, c := range v.Categories {
			s.category[c.ID] = place{i, c}
		}
	}
	list, err := r.Themes(ctx, p)
	if err != nil {
		return err
	}
	s.tree = themes.NewTree(list)
	s.order = map[coding.ThemeID]int{}
	for i, th := range s.tree.All() {
		s.order[th.ID] = i
	}
	people, err := r.People(ctx)
	if err != nil {
		return err
	}
	for _, one := range people {
		s.people[one.ID] = one
	}
	return nil
}

// coderNames are the names that the notes of a scope need.
func (e *Exporter) coderNames(ctx context.Context, s report.Scope) (map[coding.PersonID]coding.Person, error) {
	if len(s.Coders) == 0 && s.By == 0 {
		return nil, nil
	}
	names := map[coding.PersonID]coding.Person{}
	err := e.store.View(ctx, func(r coding.Reader) error {
		people, err := r.People(ctx)
		for _, one := range people {
			names[one.ID] = one
		}
		return err
	})
	return names, err
}

func fileName(slug, what string) string { return slug + "-" + what }
