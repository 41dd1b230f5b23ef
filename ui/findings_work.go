package ui

import (
	"net/url"
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/chart"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/ui/view"
)

// coverable lists the variables, and chooses one where the address does not: the first with a population.
func (s *Server) coverable(r *request, q *url.Values) []view.Option {
	var out []view.Option
	best := ""
	_ = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error { // the table that is counted next tells of an error
		for _, v := range b.Variables() {
			key := v.Key
			if slices.Contains([]string{"question", "language", "round"}, key) {
				key = "variable:" + key
			}
			out = append(out, view.Option{Value: key, Label: textOr(v.Label, r.labels(), v.Key)})
			if best == "" && slices.ContainsFunc(v.Categories, func(c coding.Category) bool { return c.Population > 0 }) {
				best = key
			}
		}
		return nil
	})
	if best == "" && len(out) > 0 {
		best = out[0].Value
	}
	if by := q.Get("by"); !slices.ContainsFunc(out, func(o view.Option) bool { return o.Value == by }) {
		q.Set("by", best)
	}
	for i := range out {
		out[i].Selected = out[i].Value == q.Get("by")
	}
	return out
}

func (s *Server) findCoverage(r *request, f *finding, o exporter.Options) error {
	if len(f.by) == 0 {
		f.empty = &view.Empty{Title: r.t("numbers.empty_variables"), Say: r.t("numbers.empty_variables_say"), Href: r.path("/settings/variables"), Do: r.t("numbers.to_variables")}
		return nil
	}
	c, err := report.New(s.Boards).Cover(r.ctx(), f.ask)
	if err != nil {
		return err
	}
	if f.doc, err = s.exporter().CoverageOf(r.ctx(), c, o); err != nil {
		return err
	}
	if c.Population > 0 && c.Reached.Suppressed == report.Shown {
		what := r.t("numbers.all_classes")
		if c.Counted.ID != 0 {
			what = textOr(c.Counted.Label, o.Lang, c.Counted.Key)
		}
		f.say = append(f.say, r.t("numbers.say_cover", what, exporter.Whole(o.Lang, c.Reached.N), exporter.Whole(o.Lang, c.Population), exporter.Percent(o.Lang, c.Reached.Share)))
	}
	f.href = func(row, column int) string {
		if column != 1 {
			return ""
		}
		if row == 0 {
			return r.deskFor(f.asked, nil, nil)
		}
		return r.deskFor(f.asked, nil, &c.By.Categories[row-1])
	}
	if c.Population == 0 {
		return nil
	}
	f.drawing = chart.CoverOf(c, o)
	return nil
}

func (s *Server) findSaturation(r *request, f *finding, o exporter.Options) error {
	got, err := report.New(s.Boards).Saturation(r.ctx(), f.ask, report.ReadStep)
	if err != nil {
		return err
	}
	if len(got.Blocks) == 0 {
		f.empty = &view.Empty{Title: r.t("numbers.empty_read"), Say: r.t("numbers.empty_read_say"), Href: r.path("/code"), Do: r.t("analysis.empty.code")}
		return nil
	}
	f.doc = s.exporter().SaturationOf(got, o)
	last := got.Blocks[len(got.Blocks)-1]
	switch n := last.To - last.From + 1; len(last.New) {
	case 0:
		f.say = []string{r.t("numbers.say_read_none", n)}
	case 1:
		f.say = []string{r.t("numbers.say_read_one", n)}
	default:
		f.say = []string{r.t("numbers.say_read_some", n, len(last.New))}
	}
	f.drawing = chart.ReadingOf(got, o)
	return nil
}

func (s *Server) findCoders(r *request, f *finding, o exporter.Options) error {
	m, err := report.New(s.Boards).Mix(r.ctx(), f.ask)
	if err != nil {
		return err
	}
	if len(m.Coders) == 0 {
		f.empty = &view.Empty{Title: r.t("numbers.empty_read"), Say: r.t("numbers.empty_read_say"), Href: r.path("/code"), Do: r.t("analysis.empty.code")}
		return nil
	}
	if f.doc, err = s.exporter().CodersOf(r.ctx(), m, o); err != nil {
		return err
	}
	people, err := s.names(r)
	if err != nil {
		return err
	}
	f.drawing = chart.MixOf(m, func(id coding.PersonID) string { return people[id].Shown() }, o)
	codings := 0
	for _, c := range m.Coders {
		codings += c.Codings
	}
	f.say = []string{r.t("numbers.say_coders", exporter.Whole(o.Lang, len(m.Coders)), exporter.Whole(o.Lang, codings))}
	f.href = func(row, column int) string {
		if row < 3 || column%2 == 0 || column == 0 {
			return ""
		}
		q := withoutTable(f.query)
		if len(q["question"]) == 0 {
			q.Set("question", "*")
		}
		q["theme"], q["by"] = []string{m.Rows[row-3].Theme.Key}, []string{people[m.Coders[column/2].Coder].Name}
		return r.path("/code?" + q.Encode())
	}
	return nil
}
