package exporter

import (
	"context"
	"math"
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/agreement"
	"avokoodi/coding/report"
)

// mostConfused is how many pairs of themes a document lists.
const mostConfused = 40

// Coefficients are the names of the coefficients of one theme, in the order of a document's columns.
var Coefficients = [4]string{"percent", "cohen_kappa", "krippendorff_alpha", "gwet_ac1"}

// CoefficientsOf are the estimates of a result in the order of Coefficients.
func CoefficientsOf(r agreement.Result) [4]agreement.Estimate {
	return [4]agreement.Estimate{r.Percent, r.CohenKappa, r.Alpha, r.AC1}
}

// AgreementOf is how far coders agree: a row for whole sets of themes, one for sets with the distance of MASI, one for the mean
// over themes, and one for each theme; in Prose each coefficient is one column of text with its interval. Tables of themes taken
// for each other, of pairs of coders and of the text for a methods section follow.
func (e *Exporter) AgreementOf(ctx context.Context, c report.Comparison, o Options) (*Document, error) {
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
	d := e.document(c.Project.Slug, KindAgreement, o)
	d.Notes = append(head(c.Project, e.now(), c.Seq, o), Note{o.T("pack.codebook"), o.T("pack.codebook_text", c.Used, c.Version)})
	d.Notes = append(d.Notes, AgreementNotes(c, people, o)...)
	d.Notes = append(d.Notes, scope(c.Scope, people, o)...)
	d.Tables = []Table{agreementTable(c, people, o), confusedTable(c, o)}
	if len(c.Pairs) > 0 {
		d.Tables = append(d.Tables, pairTable(c, people, o))
	}
	if o.In != nil {
		t := Table{Name: o.T("compare.methods"), Columns: []Column{{Title: o.T("export.col_language"), Width: 12}, {Title: o.T("compare.methods"), Width: 110, Wrap: true}}}
		var lines [][]Cell
		for _, l := range []coding.Lang{"fi", "sv", "en"} {
			lines = append(lines, []Cell{Text(languageName(l, o)), Text(MethodsText(c, l, o.In(l)))})
		}
		t.Rows = rows(lines)
		d.Tables = append(d.Tables, t)
	}
	return d, nil
}

// AgreementNotes say who is compared on what, and where the coefficients come from.
func AgreementNotes(c report.Comparison, people map[coding.PersonID]coding.Person, o Options) []Note {
	who := names(c.Coders, func(id coding.PersonID) string { return people[id].Shown() })
	notes := []Note{{o.T("compare.coders"), strings.Join(who, ", ")}, {o.T("export.note_base"), o.T("compare.base", c.All.Paired, c.Answers)}}
	if c.Blind > 0 {
		notes = append(notes, Note{o.T("compare.blind"), o.T("compare.blind_n", c.Blind)})
	}
	if c.Veiled > 0 {
		notes = append(notes, Note{o.T("compare.veiled"), o.T("compare.veiled_n", c.Veiled)})
	}
	return append(notes, Note{o.T("compare.unit"), o.T("compare.unit_text")}, Note{o.T("compare.intervals"), o.T("compare.intervals_text")},
		Note{o.T("compare.conventions"), o.T("compare.conventions_text")})
}

// agreementTable has the numbers of Compare: counts, coefficients, intervals.
func agreementTable(c report.Comparison, people map[coding.PersonID]coding.Person, o Options) Table {
	two := len(c.Coders) == 2
	t := Table{Name: o.T("numbers.title_agreement"), Frozen: 1, Columns: []Column{{Title: o.T("export.col_theme"), Width: 42}, {Title: o.T("compare.n"), Width: 11}}}
	add := func(width int, titles ...string) {
		for _, title := range titles {
			t.Columns = append(t.Columns, Column{Title: title, Width: width})
		}
	}
	if !o.Prose {
		add(12, o.T("compare.all_gave"))
		if two {
			add(14, o.T("compare.only", people[c.Coders[0]].Shown()), o.T("compare.only", people[c.Coders[1]].Shown()))
		} else {
			add(12, o.T("compare.split"))
		}
		add(12, o.T("compare.none_gave"), o.T("compare.decided"))
	}
	for _, name := range Coefficients {
		title := o.T("agreement." + name)
		if add(14, title); !o.Prose {
			add(10, o.T("compare.low", title), o.T("compare.high", title))
		}
	}
	counts := func(n int, more ...int) []Cell {
		line := []Cell{Number(n)}
		for _, x := range more {
			if !o.Prose {
				line = append(line, Number(x))
			}
		}
		for missing := len(t.Columns) - 1 - len(line) - coefficientCells(o); missing > 0; missing-- {
			line = append(line, Cell{})
		}
		return line
	}
	line := func(name Cell, n []Cell, list [4]agreement.Estimate) []Cell {
		out := append([]Cell{name}, n...)
		for i, e := range list {
			out = append(out, estimate(e, i == 0, o)...)
		}
		return out
	}
	undefined := agreement.Undefined("")
	all := CoefficientsOf(c.All)
	lines := [][]Cell{
		line(strong(Text(o.T("compare.whole_sets"))), counts(c.All.Paired), all),
		line(strong(Text(o.T("compare.masi"))), counts(c.All.Paired), [4]agreement.Estimate{undefined, undefined, c.All.AlphaMASI, undefined}),
		line(strong(Text(o.T("compare.mean_themes", len(c.Themes)))), counts(c.All.Paired), MeanOverThemes(c)),
	}
	for i, th := range c.Themes {
		cell, name := c.Cells[i], Text(th.Theme.Label.In(o.Lang))
		more := []int{cell.All, cell.Split, cell.None, cell.Split - cell.Open}
		if two {
			more = []int{cell.All, cell.OnlyA, cell.OnlyB, cell.None, cell.Split - cell.Open}
		}
		lines = append(lines, line(name, counts(th.Paired, more...), CoefficientsOf(th.Result)))
	}
	if !o.Prose {
		t.Columns, t.Codes = append(t.Columns, Column{Title: o.T("export.col_theme_key"), Width: 24}), []int{len(t.Columns)}
		for i := range lines {
			key := Cell{}
			if i >= 3 {
				key = Text(c.Themes[i-3].Theme.Key)
			}
			lines[i] = append(lines[i], key)
		}
	}
	t.Rows = rows(lines)
	return t
}

func coefficientCells(o Options) int {
	if o.Prose {
		return len(Coefficients)
	}
	return 3 * len(Coefficients)
}

// estimate is a coefficient as cells: value, low and high; in prose one cell of text. What is not defined is an empty cell, in
// prose a dash.
func estimate(e agreement.Estimate, share bool, o Options) []Cell {
	if o.Prose {
		return []Cell{Text(EstimateText(e, share, o.Lang))}
	}
	cell := Decimal
	if share {
		cell = func(x float64) Cell {
			if math.IsNaN(x) {
				return Cell{}
			}
			return Share(x)
		}
	}
	return []Cell{cell(e.Value), cell(e.Low), cell(e.High)}
}

// EstimateText is a coefficient with its interval: '0.74 (0.61–0.87)', '85 % (74–95 %)'; '–' where it is not defined.
func EstimateText(e agreement.Estimate, share bool, l coding.Lang) string {
	if !e.Defined() {
		return "–"
	}
	write := func(x float64) string { return Decimals(l, x, 2) }
	if share {
		write = func(x float64) string { return Percent(l, x) }
	}
	out := write(e.Value)
	if e.Bounded() {
		low, between := write(e.Low), "–"
		if share {
			low = strings.TrimRight(low, "\u00a0%")
		}
		if e.Low < 0 { // no dash beside a minus
			between = " … "
		}
		out += " (" + low + between + write(e.High) + ")"
	}
	return out
}

// MeanOverThemes is the plain mean of each coefficient over the themes for which it is defined, as programs for qualitative
// analysis report it. It has no interval.
func MeanOverThemes(c report.Comparison) [4]agreement.Estimate {
	var out [4]agreement.Estimate
	for i := range out {
		sum, n := 0.0, 0
		for _, th := range c.Themes {
			if e := CoefficientsOf(th.Result)[i]; e.Defined() {
				sum += e.Value
				n++
			}
		}
		if out[i] = agreement.Undefined(agreement.NoPairs); n > 0 {
			out[i].Value, out[i].Why = sum/float64(n), ""
		}
	}
	return out
}

func confusedTable(c report.Comparison, o Options) Table {
	t := Table{Name: o.T("compare.confused"), Columns: []Column{{Title: o.T("compare.one_theme"), Width: 42}, {Title: o.T("compare.other_theme"), Width: 42}, {Title: o.T("compare.n"), Width: 11}}}
	var lines [][]Cell
	for _, one := range c.Confused[:min(len(c.Confused), mostConfused)] {
		second := o.T("compare.nothing")
		if one.Second.ID != 0 {
			second = one.Second.Label.In(o.Lang)
		}
		lines = append(lines, []Cell{Text(one.First.Label.In(o.Lang)), Text(second), Number(one.N)})
	}
	t.Rows = rows(lines)
	return t
}

func pairTable(c report.Comparison, people map[coding.PersonID]coding.Person, o Options) Table {
	t := Table{Name: o.T("compare.pairs"), Columns: []Column{{Title: o.T("compare.pair"), Width: 36}, {Title: o.T("compare.n"), Width: 11}}}
	for _, name := range append(Coefficients[:], "alpha_masi") {
		title := o.T("agreement." + name)
		if t.Columns = append(t.Columns, Column{Title: title, Width: 14}); !o.Prose {
			t.Columns = append(t.Columns, Column{Title: o.T("compare.low", title), Width: 10}, Column{Title: o.T("compare.high", title), Width: 10})
		}
	}
	var lines [][]Cell
	for _, p := range c.Pairs {
		line := []Cell{Text(people[p.A].Shown() + " – " + people[p.B].Shown()), Number(p.Paired)}
		list := CoefficientsOf(p.Result)
		for i, e := range append(list[:], p.AlphaMASI) {
			line = append(line, estimate(e, i == 0, o)...)
		}
		lines = append(lines, line)
	}
	t.Rows = rows(lines)
	return t
}

// MethodsText is what a methods section says of a comparison, in the language of l and t. It claims nothing that the project does
// not hold: blind coding only where it was set up, settling only where decisions are kept.
func MethodsText(c report.Comparison, l coding.Lang, t Translate) string {
	if c.All.Paired == 0 {
		return t("compare.methods_none")
	}
	text := func(e agreement.Estimate, share bool) string { return EstimateText(e, share, l) }
	say := []string{t("compare.methods_who", Whole(l, c.All.Paired), len(c.Coders))}
	if len(c.Coders) == 2 {
		say[0] = t("compare.methods_two", Whole(l, c.All.Paired))
	}
	switch {
	case c.Blind >= c.All.Paired:
		say = append(say, t("compare.methods_blind"))
	case c.Blind > 0:
		say = append(say, t("compare.methods_blind_part", Whole(l, c.Blind)))
	}
	say = append(say, t("compare.methods_codebook", c.Used, c.Version),
		t("compare.methods_sets", text(c.All.AlphaMASI, false), text(c.All.Percent, true)))
	for i, name := range Coefficients[1:] {
		var values []float64
		for _, th := range c.Themes {
			if e := CoefficientsOf(th.Result)[i+1]; e.Defined() {
				values = append(values, e.Value)
			}
		}
		if len(values) == 0 {
			continue
		}
		slices.Sort(values)
		say = append(say, t("compare.methods_themes", t("agreement."+name), len(values), Decimals(l, values[0], 2), Decimals(l, values[len(values)-1], 2), Decimals(l, median(values), 2)))
	}
	say = append(say, t("compare.methods_intervals"))
	switch {
	case c.Decided > 0:
		say = append(say, t("compare.methods_differ", Whole(l, c.Differ), Whole(l, c.Decided)))
	case c.Differ > 0:
		say = append(say, t("compare.methods_open", Whole(l, c.Differ)))
	}
	return strings.Join(say, " ")
}

// median is that of values in order.
func median(values []float64) float64 {
	n := len(values)
	return (values[n/2] + values[(n-1)/2]) / 2
}
