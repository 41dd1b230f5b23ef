package exporter

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/report"
)

// finding makes the documents that are no plain table of counts.
func (e *Exporter) finding(ctx context.Context, kind Kind, q report.Request, o Options) (*Document, error) {
	switch kind {
	case KindPairs:
		p, err := e.reports.Pairs(ctx, q)
		if err != nil {
			return nil, err
		}
		return e.PairsOf(ctx, p, o)
	case KindRounds:
		t, err := e.reports.Trend(ctx, q, o.Compare, o.Paired)
		if err != nil {
			return nil, err
		}
		return e.RoundsOf(ctx, t, o)
	case KindCoverage:
		c, err := e.reports.Cover(ctx, q)
		if err != nil {
			return nil, err
		}
		return e.CoverageOf(ctx, c, o)
	case KindSaturation:
		r, err := e.reports.Saturation(ctx, q, report.ReadStep)
		if err != nil {
			return nil, err
		}
		return e.SaturationOf(r, o), nil
	case KindProgress:
		found, err := e.reports.Together(ctx, q.Project, []report.Part{{Request: q, Find: report.FindProgress}})
		if err != nil {
			return nil, err
		}
		return e.FoundOf(ctx, found[0], o)
	case KindAgreement:
		c, err := e.reports.Compare(ctx, report.Compare{Request: q, Coders: o.Coders, Veiled: o.Veiled})
		if err != nil {
			return nil, err
		}
		return e.AgreementOf(ctx, c, o)
	}
	m, err := e.reports.Mix(ctx, q)
	if err != nil {
		return nil, err
	}
	return e.CodersOf(ctx, m, o)
}

// FoundOf is the document of one part of a report.
func (e *Exporter) FoundOf(ctx context.Context, f report.Found, o Options) (*Document, error) {
	switch {
	case f.Pairs != nil:
		return e.PairsOf(ctx, *f.Pairs, o)
	case f.Trend != nil:
		return e.RoundsOf(ctx, *f.Trend, o)
	case f.Cover != nil:
		return e.CoverageOf(ctx, *f.Cover, o)
	case f.Reading != nil:
		return e.SaturationOf(*f.Reading, o), nil
	case f.Mix != nil:
		return e.CodersOf(ctx, *f.Mix, o)
	case f.Work != nil:
		return e.progressOf(ctx, *f.Work, o)
	}
	return e.CountsOf(ctx, f.Table, o)
}

// progressOf is how many answers of each question were read.
func (e *Exporter) progressOf(ctx context.Context, w report.Work, o Options) (*Document, error) {
	d := e.document(w.Project.Slug, KindProgress, o)
	var err error
	if d.Notes, err = e.tableNotes(ctx, w.Table, o); err != nil {
		return nil, err
	}
	answers := o.T("export.unit_answers")
	t := Table{Name: d.Title, Frozen: 1, Columns: []Column{{Title: o.T("export.col_question"), Width: 40}, {Title: o.T("export.col_n", answers), Width: 14},
		{Title: o.T("numbers.judged"), Width: 16}, {Title: o.T("numbers.judged_share"), Width: 14}}, Graph: &Graph{Form: GraphBars, Series: []int{3}, Labels: []string{o.T("numbers.judged_share")}}}
	var lines [][]Cell
	for _, r := range w.Rows {
		lines = append(lines, append([]Cell{Text(CategoryLabel(r.Question, w.By, o)), number(r.Answers, w.Table)}, pair(r.Judged, r.Answers, w.Table)...))
	}
	if t.Rows = rows(lines); len(lines) == 0 {
		t.Graph = nil
	}
	d.Tables = []Table{t}
	return d, nil
}

func (e *Exporter) document(slug string, kind Kind, o Options) *Document {
	return &Document{Name: fileName(slug, string(kind)), Title: o.T("numbers.title_" + string(kind)), Lang: o.Lang, NotesName: o.T("export.sheet_notes")}
}

func (e *Exporter) tableNotes(ctx context.Context, t report.Table, o Options) ([]Note, error) {
	names, err := e.coderNames(ctx, t.Scope)
	if err != nil {
		return nil, err
	}
	return countNotes(t, names, e.now(), o), nil
}

// PairsOf lists the pairs of themes, those that are named together most first and hidden ones last; then come the same numbers
// as a square, and how much more often than by chance.
func (e *Exporter) PairsOf(ctx context.Context, p report.Pairs, o Options) (*Document, error) {
	d := e.document(p.Project.Slug, KindPairs, o)
	var err error
	if d.Notes, err = e.tableNotes(ctx, p.Table, o); err != nil {
		return nil, err
	}
	d.Notes = append(d.Notes, Note{o.T("numbers.lift"), o.T("numbers.lift_text")}, Note{o.T("numbers.branch"), o.T("numbers.branch_text")})
	label := func(i int) Cell { return Text(p.Rows[i].Theme.Label.In(o.Lang)) }
	list := Table{Name: o.T("numbers.sheet_pairs"), Frozen: 2, Columns: []Column{{Title: o.T("export.col_theme"), Width: 36}, {Title: o.T("numbers.col_other"), Width: 36},
		{Title: o.T("export.col_n", o.T("export.unit_respondents")), Width: 14}, {Title: o.T("export.col_share"), Width: 10}, {Title: o.T("numbers.lift"), Width: 10}}}
	var lines [][]Cell
	order := p.Together(false, 0)
	for i := range p.Cells {
		for j := i + 1; j < len(p.Cells); j++ {
			if c := p.Cells[i][j]; !c.Branch && c.Suppressed != report.Shown {
				order = append(order, [2]int{i, j})
			}
		}
	}
	for _, at := range order {
		c := p.At(at[0], at[1])
		lines = append(lines, append(append([]Cell{label(at[0]), label(at[1])}, pair(c.Cell, p.Base, p.Table)...), Decimal(c.Lift)))
	}
	list.Rows = rows(lines)
	square := func(name string, cell func(report.Pair) Cell) Table {
		t := Table{Name: o.T(name), Frozen: 1, Columns: []Column{{Title: o.T("export.col_theme"), Width: 36}}}
		var lines [][]Cell
		for i := range p.Rows {
			t.Columns = append(t.Columns, Column{Title: p.Rows[i].Theme.Label.In(o.Lang), Width: 12})
			line := []Cell{label(i)}
			for j := range p.Rows {
				one := Cell{}
				if i != j && !p.At(i, j).Branch {
					one = cell(p.At(i, j))
				}
				line = append(line, one)
			}
			lines = append(lines, line)
		}
		t.Rows = rows(lines)
		return t
	}
	d.Tables = []Table{list, square("numbers.sheet_square", func(c report.Pair) Cell { return number(c.Cell, p.Table) }),
		square("numbers.lift", func(c report.Pair) Cell {
			if c.Suppressed != report.Shown {
				return number(c.Cell, p.Table)
			}
			return Decimal(c.Lift)
		})}
	return d, nil
}

// lineThemes is how many themes a chart over rounds holds.
const lineThemes = 8

// RoundsOf is themes by round with the change between two rounds; a second table is the shares, round by round, for a chart.
func (e *Exporter) RoundsOf(ctx context.Context, t report.Trend, o Options) (*Document, error) {
	d, err := e.CountsOf(ctx, t.Table, o)
	if err != nil {
		return nil, err
	}
	d.Name, d.Title = fileName(t.Project.Slug, string(KindRounds)), o.T("numbers.title_rounds")
	d.Notes = slices.DeleteFunc(d.Notes, func(n Note) bool { return n.Label == o.T("export.note_rounds") })
	d.Notes = append(d.Notes, roundsNotes(t, o)...)
	counts := &d.Tables[0]
	counts.Graph, counts.Pairs = nil, false
	counts.Name = o.T("numbers.title_rounds")
	key := len(counts.Columns) - 1
	if t.From >= 0 {
		add := []Column{{Title: o.T("numbers.change"), Width: 12}, {Title: o.T("numbers.low"), Width: 10}, {Title: o.T("numbers.high"), Width: 10},
			{Title: "p", Width: 8}, {Title: o.T("numbers.p_adjusted"), Width: 10}, {Title: o.T("numbers.test"), Width: 14}}
		counts.Columns = slices.Insert(counts.Columns, key, add...)
		counts.Codes = []int{len(counts.Columns) - 1}
		var lines [][]Cell
		for row := range counts.Rows {
			row = slices.Clone(row)
			more := make([]Cell, len(add))
			if i := len(lines) - 1; i >= 0 {
				more = changeCells(t.Changes[i], o)
			}
			lines = append(lines, slices.Insert(row, key, more...))
		}
		counts.Rows = rows(lines)
	}
	d.Tables = append(d.Tables, overRounds(t, o))
	return d, nil
}

func changeCells(c report.Change, o Options) []Cell {
	method := ""
	if !math.IsNaN(c.P) {
		method = o.T("numbers.method_" + string(c.Method))
	}
	return []Cell{Points(c.Diff), Points(c.Lo), Points(c.Hi), Probability(c.P), Probability(c.Holm), Text(method)}
}

func roundsNotes(t report.Trend, o Options) []Note {
	if t.From < 0 {
		return []Note{{o.T("export.note_rounds"), o.T("export.note_rounds_text")}}
	}
	names := CategoryLabel(t.By.Categories[t.From], t.By, o) + " → " + CategoryLabel(t.By.Categories[t.To], t.By, o)
	if !t.Paired {
		return []Note{{o.T("export.note_rounds"), o.T("export.note_rounds_text")}, {o.T("numbers.compared"), names + ". " + o.T("numbers.unpaired_text")}}
	}
	return []Note{{o.T("numbers.compared"), names + ". " + o.T("numbers.paired_text", figure(t.Pairs, t.Threshold, o))}}
}

// overRounds has a row for each round and the shares of the most frequent themes.
func overRounds(t report.Trend, o Options) Table {
	out := Table{Name: o.T("numbers.sheet_over"), Title: o.T("numbers.title_rounds"), Frozen: 1, Columns: []Column{{Title: o.T("export.col_round"), Width: 18}},
		Graph: &Graph{Form: GraphLine}}
	most := slices.Clone(t.Rows)
	slices.SortStableFunc(most, func(a, b report.Row) int { return b.Total.N - a.Total.N })
	most = most[:min(len(most), lineThemes)]
	for i, r := range most {
		out.Columns = append(out.Columns, Column{Title: r.Theme.Label.In(o.Lang), Width: 16})
		out.Graph.Series, out.Graph.Labels = append(out.Graph.Series, i+1), append(out.Graph.Labels, r.Theme.Label.In(o.Lang))
	}
	var lines [][]Cell
	for j, c := range t.By.Categories {
		line := []Cell{Text(CategoryLabel(c, t.By, o))}
		for _, r := range most {
			if cell := r.Cells[j]; cell.Suppressed != report.Shown || c.Base.Suppressed != report.Shown {
				line = append(line, number(cell, t.Table))
			} else {
				line = append(line, Share(cell.Share))
			}
		}
		lines = append(lines, line)
	}
	if out.Rows = rows(lines); len(most) == 0 || len(lines) < 2 {
		out.Graph = nil
	}
	return out
}

// CoverageOf is the classes of a variable against their population.
func (e *Exporter) CoverageOf(ctx context.Context, c report.Cover, o Options) (*Document, error) {
	d := e.document(c.Project.Slug, KindCoverage, o)
	var err error
	if d.Notes, err = e.tableNotes(ctx, c.Table, o); err != nil {
		return nil, err
	}
	d.Notes = slices.DeleteFunc(d.Notes, func(n Note) bool { return n.Label == o.T("export.note_judged") })
	reached := o.T("export.unit_respondents")
	if c.Counted.ID != 0 {
		reached = cmp.Or(c.Counted.Label.In(o.Lang), c.Counted.Key)
		d.Notes = append(d.Notes, Note{o.T("numbers.reached"), o.T("numbers.reached_text", reached)})
	}
	t := Table{Name: o.T("numbers.title_coverage"), Frozen: 1, Columns: []Column{{Title: ByName(c.By, o), Width: 32}, {Title: o.T("export.col_n", o.T("export.unit_respondents")), Width: 14},
		{Title: o.T("numbers.reached_col", reached), Width: 18}, {Title: o.T("numbers.population"), Width: 16}, {Title: o.T("numbers.covered"), Width: 12}}}
	line := func(name string, n, reached report.Cell, population int) []Cell {
		out := []Cell{Text(name), number(n, c.Table), number(reached, c.Table), {}, {}}
		if population > 0 {
			out[3] = Number(population)
			if reached.Suppressed == report.Shown {
				out[4] = Share(reached.Share)
			}
		}
		return out
	}
	first := line(o.T("numbers.all_classes"), c.Base, c.Reached, c.Population)
	if c.Population == 0 {
		first[2] = Cell{}
	}
	for i := range first {
		first[i] = strong(first[i])
	}
	lines := [][]Cell{first}
	for _, one := range c.Classes {
		lines = append(lines, line(CategoryLabel(one.Category, c.By, o), one.Category.Base, one.Reached, one.Population))
	}
	if c.Counted.ID == 0 { // what is reached are the respondents themselves
		t.Columns = slices.Delete(t.Columns, 2, 3)
		for i := range lines {
			lines[i] = slices.Delete(lines[i], 2, 3)
		}
	}
	t.Graph = &Graph{Form: GraphBars, From: 1, Series: []int{len(t.Columns) - 1}, Labels: []string{o.T("numbers.covered")}}
	if t.Rows = rows(lines); c.Population == 0 {
		t.Graph = nil
		d.Notes = append(d.Notes, Note{o.T("numbers.population"), o.T("numbers.population_none")})
	}
	d.Tables = []Table{t}
	return d, nil
}

// SaturationOf is the new themes of each block of answers in the order of reading.
func (e *Exporter) SaturationOf(r report.Reading, o Options) *Document {
	d := e.document(r.Project.Slug, KindSaturation, o)
	d.Notes = append(head(r.Project, e.now(), r.Seq, o), codebookNote(r.Themes, o), Note{o.T("export.note_threshold"), o.T("numbers.threshold_themes")})
	d.Notes = append(append(d.Notes, scope(r.Scope, nil, o)...), Note{o.T("numbers.order"), o.T("numbers.order_text", r.Block)})
	t := Table{Name: d.Title, Frozen: 1, Columns: []Column{{Title: o.T("numbers.answers_read"), Width: 18}, {Title: o.T("numbers.new_themes"), Width: 14},
		{Title: o.T("numbers.known_themes"), Width: 18}, {Title: o.T("numbers.which_themes"), Width: 60, Wrap: true}},
		Graph: &Graph{Form: GraphLine, Series: []int{1, 2}, Labels: []string{o.T("numbers.new_themes"), o.T("numbers.known_themes")}}}
	var lines [][]Cell
	blocks := joined(r.Blocks)
	for _, b := range blocks {
		names := make([]string, len(b.New))
		for i, th := range b.New {
			names[i] = th.Label.In(o.Lang)
		}
		lines = append(lines, []Cell{Text(Whole(o.Lang, b.From) + "–" + Whole(o.Lang, b.To)), Number(len(b.New)), Number(b.Known), Text(strings.Join(names, ", "))})
	}
	if t.Rows = rows(lines); len(lines) < 2 || len(blocks) < len(r.Blocks) { // of joined blocks a line would lie
		t.Graph = nil
	}
	d.Tables = []Table{t}
	return d
}

// manyBlocks is how many blocks are still told one by one.
const manyBlocks = 60

// joined makes one of blocks that follow one another without a new theme, where there are many.
func joined(blocks []report.ReadBlock) []report.ReadBlock {
	if len(blocks) <= manyBlocks {
		return blocks
	}
	var out []report.ReadBlock
	for _, b := range blocks {
		if n := len(out); n > 0 && len(b.New) == 0 && len(out[n-1].New) == 0 {
			out[n-1].To = b.To
			continue
		}
		out = append(out, b)
	}
	return out
}

// CodersOf is what each coder coded, theme by theme.
func (e *Exporter) CodersOf(ctx context.Context, m report.Mix, o Options) (*Document, error) {
	d := e.document(m.Project.Slug, KindCoders, o)
	people := map[coding.PersonID]coding.Person{}
	err := e.store.View(ctx, func(r coding.Reader) error {
		list, err := r.People(ctx)
		for _, p := range list {
			people[p.ID] = p
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	d.Notes = append(head(m.Project, e.now(), m.Seq, o), codebookNote(themesOf(m.Rows, func(r report.MixRow) coding.Theme { return r.Theme }), o))
	if m.Threshold > 0 {
		d.Notes = append(d.Notes, Note{o.T("export.note_threshold"), o.T("export.note_threshold_text", m.Threshold)})
	} else {
		d.Notes = append(d.Notes, Note{o.T("export.note_threshold"), o.T("numbers.threshold_inside")})
	}
	d.Notes = append(d.Notes, scope(m.Scope, people, o)...)
	how := "numbers.coders_text"
	if m.Threshold > 0 {
		how = "numbers.coders_protected"
	}
	d.Notes = append(d.Notes, Note{o.T("numbers.coders_read"), o.T(how)})
	t := Table{Name: d.Title, Frozen: 1, Pairs: true, Columns: []Column{{Title: o.T("export.col_theme"), Width: 40}}}
	for _, c := range m.Coders {
		who := people[c.Coder]
		t.Columns = append(t.Columns, Column{Title: who.Shown(), Width: 16}, Column{Title: o.T("export.col_share_of", who.Shown()), Width: 12})
	}
	lines := mixTotals(m, o)
	for _, r := range m.Rows {
		name := Text(r.Theme.Label.In(o.Lang))
		name.Indent = r.Depth
		line := []Cell{name}
		for i, c := range r.Cells {
			base := report.Cell{N: m.Coders[i].Coded}
			if m.Threshold > 0 {
				base = m.Coders[i].Base
			}
			line = append(line, pair(c, base, report.Table{Threshold: m.Threshold})...)
		}
		lines = append(lines, line)
	}
	t.Rows = rows(lines)
	d.Tables = []Table{t}
	return d, nil
}

// mixTotals are the rows above the themes: what each coder did in all.
func mixTotals(m report.Mix, o Options) [][]Cell {
	var lines [][]Cell
	total := func(name string, cell func(report.MixCoder) Cell) {
		line := []Cell{strong(Text(name))}
		for _, c := range m.Coders {
			line = append(line, strong(cell(c)), Cell{})
		}
		lines = append(lines, line)
	}
	if m.Threshold > 0 {
		total(o.T("export.base_row", o.T("export.unit_respondents")), func(c report.MixCoder) Cell { return number(c.Base, report.Table{Threshold: m.Threshold}) })
		return lines
	}
	total(o.T("numbers.judged"), func(c report.MixCoder) Cell { return Number(c.Judged) })
	total(o.T("numbers.coded"), func(c report.MixCoder) Cell { return Number(c.Coded) })
	total(o.T("numbers.codings"), func(c report.MixCoder) Cell { return Number(c.Codings) })
	return lines
}

func themesOf[T any](rows []T, theme func(T) coding.Theme) []coding.Theme {
	out := make([]coding.Theme, len(rows))
	for i, r := range rows {
		out[i] = theme(r)
	}
	return out
}
