package app

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/spf13/cobra"

	"avokoodi/coding"
	"avokoodi/coding/agreement"
	"avokoodi/coding/report"
	"avokoodi/ui/i18n"
)

func (a *app) agreementCommand() *cobra.Command {
	var s scopeFlags
	var multi bool
	c := &cobra.Command{Use: "agreement FILE.csv", Short: "How far coders agree: a file of unit,coder,value, or the codings of a project (--project)", Args: a.args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) == 1) == (s.project != "") {
				return a.usage("agreement.use")
			}
			if s.project != "" {
				return a.inProject(cmd.Context(), s.project, func(h *house, p coding.Project) error { return a.projectAgreement(cmd, h, p, s) })
			}
			r, err := a.fileAgreement(cmd, args[0], multi)
			if err != nil {
				return err
			}
			return a.printAgreement(a.agreementOf(r, nil))
		}}
	f := c.Flags()
	f.StringVar(&s.project, "project", "", "slug of a project, instead of a file")
	f.StringVar(&s.question, "question", "", "of the project: key, wording or header of a question; several with commas")
	f.StringVar(&s.round, "round", "", "of the project: key of a round; several with commas")
	f.StringVar(&s.language, "language", "", "of the project: fi, sv or en; several with commas")
	f.BoolVar(&multi, "multi", false, "the rows of a unit and coder form a set")
	return c
}

func (a *app) projectAgreement(cmd *cobra.Command, h *house, p coding.Project, s scopeFlags) error {
	s.unit = string(report.Answers)
	q, err := a.request(cmd.Context(), h, s, p)
	if err != nil {
		return err
	}
	got, err := report.New(h.boards).Agreement(cmd.Context(), q.Request)
	if err != nil {
		return err
	}
	if got.All.Units == 0 {
		return refused{[]string{a.t("agreement.none_read", p.Slug)}}
	}
	return a.printAgreement(a.agreementOf(got.All, got.Themes))
}

// fileAgreement reads ratings and measures them. A row without a value is a rating that is missing; where sets are read it is a
// coder who gave the unit none.
func (a *app) fileAgreement(cmd *cobra.Command, file string, multi bool) (agreement.Result, error) {
	f, err := a.readRows(cmd.Context(), file, "unit", "coder", "value")
	if err != nil {
		return agreement.Result{}, err
	}
	type pair struct{ unit, coder int }
	units, coders, values := numbers{}, numbers{}, numbers{}
	given, lines := map[pair][]int{}, map[pair]int{}
	var bad coding.RowProblems
	wrong := func(r fileRow, column, key string, args ...any) {
		bad = append(bad, coding.RowProblem{Row: r.line, Column: column, Problem: coding.Problem{Field: column, Key: key, Args: args}})
	}
	for _, r := range f.rows {
		unit, coder, value := r.cell("unit"), r.cell("coder"), r.cell("value")
		switch {
		case unit == "":
			wrong(r, "unit", "agreement.no_unit")
			continue
		case coder == "":
			wrong(r, "coder", "agreement.no_coder")
			continue
		}
		at := pair{units.of(unit), coders.of(coder)}
		if before, twice := lines[at]; twice && !multi {
			wrong(r, "coder", "agreement.twice", coder, unit, before)
			continue
		}
		lines[at] = r.line
		if value != "" {
			given[at] = append(given[at], values.of(value))
		}
	}
	if len(bad) > 0 {
		return agreement.Result{}, a.rowProblems(f.name, bad)
	}
	sets := make([][]agreement.Set, len(units))
	for u := range sets {
		sets[u] = make([]agreement.Set, len(coders))
	}
	for at := range lines {
		sets[at.unit][at.coder] = agreement.Set{Values: given[at], Judged: multi || len(given[at]) > 0}
	}
	var r agreement.Result
	if multi {
		r = agreement.Sets(sets)
	} else {
		r = agreement.Nominal(single(sets))
	}
	switch {
	case len(f.rows) == 0:
		wrong(fileRow{line: 1}, "", "agreement.no_rows")
	case r.Coders < 2:
		wrong(fileRow{line: 1}, "coder", "agreement.one_coder")
	case r.Paired == 0:
		wrong(fileRow{line: 1}, "unit", "agreement.no_overlap")
	}
	if len(bad) > 0 {
		return r, a.rowProblems(f.name, bad)
	}
	return r, nil
}

// single is sets of at most one value as a matrix.
func single(sets [][]agreement.Set) agreement.Matrix {
	m := make(agreement.Matrix, len(sets))
	for u, row := range sets {
		m[u] = make([]int, len(row))
		for c, s := range row {
			m[u][c] = agreement.Missing
			if s.Judged {
				m[u][c] = s.Values[0]
			}
		}
	}
	return m
}

// numbers numbers texts in the order in which they come.
type numbers map[string]int

func (n numbers) of(s string) int {
	i, ok := n[s]
	if !ok {
		i = len(n)
		n[s] = i
	}
	return i
}

// coefficients is agreement as JSON: null where undefined.
type coefficients struct {
	Units       int                    `json:"units"`
	Paired      int                    `json:"paired"`
	Coders      int                    `json:"coders"`
	Percent     *float64               `json:"percent"`
	CohenKappa  *float64               `json:"cohen_kappa"`
	FleissKappa *float64               `json:"fleiss_kappa"`
	Alpha       *float64               `json:"krippendorff_alpha"`
	AC1         *float64               `json:"gwet_ac1"`
	Jaccard     *float64               `json:"alpha_jaccard"`
	MASI        *float64               `json:"alpha_masi"`
	CI95        map[string]*[2]float64 `json:"ci95"`
	Notes       map[string]string      `json:"notes"` // by coefficient: why it, or its interval, is undefined
	Themes      []themeCoefficients    `json:"themes,omitempty"`
}

type themeCoefficients struct {
	Theme string `json:"theme"`
	Label string `json:"label"`
	N     int    `json:"n"` // units to which any coder gave it
	coefficients
}

// coefficientNames are the keys in the order in which people read them.
var coefficientNames = [7]string{"percent", "cohen_kappa", "fleiss_kappa", "krippendorff_alpha", "gwet_ac1", "alpha_jaccard", "alpha_masi"}

func (a *app) agreementOf(r agreement.Result, themes []report.ThemeAgreement) coefficients {
	c := coefficients{Units: r.Units, Paired: r.Paired, Coders: r.Coders, CI95: map[string]*[2]float64{}, Notes: map[string]string{}}
	for i, e := range [7]agreement.Estimate{r.Percent, r.CohenKappa, r.FleissKappa, r.Alpha, r.AC1, r.AlphaJaccard, r.AlphaMASI} {
		name, value := coefficientNames[i], e.Value
		c.CI95[name] = nil
		if e.Bounded() {
			c.CI95[name] = &[2]float64{e.Low, e.High}
		}
		if e.Why != "" {
			c.Notes[name] = a.t("agreement.why." + string(e.Why))
		}
		if !math.IsNaN(value) {
			*[7]**float64{&c.Percent, &c.CohenKappa, &c.FleissKappa, &c.Alpha, &c.AC1, &c.Jaccard, &c.MASI}[i] = &value
		}
	}
	for _, th := range themes {
		c.Themes = append(c.Themes, themeCoefficients{th.Theme.Key, th.Theme.Label.In(coding.Lang(a.cfg.Lang)), th.N, a.agreementOf(th.Result, nil)})
	}
	return c
}

func (c coefficients) values() [7]*float64 {
	return [7]*float64{c.Percent, c.CohenKappa, c.FleissKappa, c.Alpha, c.AC1, c.Jaccard, c.MASI}
}

func (a *app) printAgreement(c coefficients) error {
	if a.json {
		return json.NewEncoder(a.out).Encode(c)
	}
	number := func(x float64) string { return i18n.Decimal(a.cfg.Lang, x, 3) }
	fmt.Fprintln(a.out, a.t("agreement.units", c.Units, c.Paired, c.Coders))
	rows := [][]string{{"", "", a.t("agreement.interval")}}
	for i, name := range coefficientNames {
		row := []string{a.t("agreement." + name), "–", c.Notes[name]}
		if v := c.values()[i]; v != nil {
			row[1] = number(*v)
		}
		if ci := c.CI95[name]; ci != nil {
			row[2] = number(ci[0]) + " … " + number(ci[1])
		}
		rows = append(rows, row)
	}
	if err := a.printRows(rows, 1); err != nil || len(c.Themes) == 0 {
		return err
	}
	fmt.Fprintln(a.out)
	rows = [][]string{{a.t("cli.theme"), "n"}}
	for _, name := range coefficientNames[:5] {
		rows[0] = append(rows[0], a.t("agreement."+name))
	}
	for _, th := range c.Themes {
		row := []string{th.Label, i18n.Int(a.cfg.Lang, int64(th.N))}
		for i, v := range th.values() {
			switch {
			case i >= 5: // those of sets
			case v == nil:
				row = append(row, "–")
			default:
				row = append(row, number(*v))
			}
		}
		rows = append(rows, row)
	}
	return a.printRows(rows, 6)
}
