package handout

import (
	"fmt"
	"io"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/exporter/ooxml"
	"avokoodi/coding/workshop"
)

// DOCX writes everything as a document that can be edited: the facilitator's part first, then each theme on pages of its own.
func DOCX(w io.Writer, m *workshop.Material) error {
	l := m.Langs[0]
	d := ooxml.NewDocument(ooxml.Meta{Title: m.Name, Subject: m.About(l), Lang: string(l)})
	d.Footer(m.Name)
	d.Text(ooxml.Title, m.Name)
	d.Text(ooxml.Subtitle, m.About(l))
	d.Text(ooxml.Note, m.T(l, "workshop.numbers_how", m.Least))
	if m.Project.Synthetic {
		d.Text(ooxml.Note, m.T(l, "workshop.synthetic"))
	}
	for _, one := range m.Langs {
		facilitate(d, m, one)
	}
	for _, th := range m.Themes {
		d.PageBreak()
		themePart(d, m, th)
	}
	if m.Blank {
		d.PageBreak()
		d.Heading(1, m.T(l, "workshop.missing"))
		for _, one := range m.Langs {
			d.Add(ooxml.Body, ooxml.Run{Text: m.T(one, plain(m, "workshop.missing_say")), Lang: string(one)})
		}
		writing(d, m.T(l, "workshop.notes"))
	}
	if _, err := d.WriteTo(w); err != nil {
		return fmt.Errorf("document: %w", err)
	}
	return nil
}

// facilitate is the facilitator's part in a language.
func facilitate(d *ooxml.Document, m *workshop.Material, l coding.Lang) {
	own := string(l)
	d.Add(ooxml.Heading1, ooxml.Run{Text: m.T(l, "workshop.facilitator"), Lang: own})
	if len(m.Steps) > 0 {
		d.Add(ooxml.Heading2, ooxml.Run{Text: m.T(l, "workshop.agenda") + " (" + m.T(l, "workshop.in_all", m.Minutes()) + ")", Lang: own})
		t := ooxml.Table{Alt: m.T(l, "workshop.agenda"), Widths: []float64{2.2, 9, 1.4}, Head: []ooxml.Cell{{Text: m.T(l, "workshop.col_time")}, {Text: m.T(l, "workshop.col_what")}, {Text: m.T(l, "workshop.col_minutes"), Number: true}}}
		for _, st := range m.Steps {
			what := strings.Join(filled(m.StepTitle(l, st.WorkshopStep)+".", m.StepHow(l, st.WorkshopStep), st.Note), " ")
			t.Rows = append(t.Rows, []ooxml.Cell{{Text: m.When(l, st)}, {Text: what, Lang: own}, {Text: fmt.Sprint(st.Minutes), Number: true}})
		}
		d.Table(t)
	}
	list := func(key string, texts []string) {
		d.Add(ooxml.Heading2, ooxml.Run{Text: m.T(l, key), Lang: own})
		for _, text := range texts {
			d.Add(ooxml.Bullet, ooxml.Run{Text: text, Lang: own})
		}
	}
	list("workshop.groups_how", m.GroupWords(l))
	for _, key := range []string{"workshop.before", "workshop.rules"} {
		var texts []string
		for i := 1; i <= 3; i++ {
			texts = append(texts, m.T(l, fmt.Sprintf("%s_%d", plain(m, key), i)))
		}
		list(key, texts)
	}
}

func filled(list ...string) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// themePart is the sheet of a theme, as text.
func themePart(d *ooxml.Document, m *workshop.Material, th workshop.Theme) {
	l := m.Langs[0]
	d.Heading(1, fmt.Sprintf("%s: %s", m.T(l, "workshop.theme_n", th.N), th.Theme.Label.In(l)))
	for _, other := range m.Langs[1:] {
		if text := th.Theme.Label.Exact(other); text != "" {
			d.Add(ooxml.Subtitle, ooxml.Run{Text: text, Lang: string(other)})
		}
	}
	for i, one := range m.Langs {
		d.Add(ooxml.Body, ooxml.Run{Text: m.CountSentence(th, one), Bold: i == 0, Gray: i > 0, Lang: string(one)})
	}
	if len(th.Groups) > 0 {
		c := groupChart(m, th)
		c.Height = min(75, 14+6*float64(len(th.Groups)))
		d.Chart(c)
		d.Text(ooxml.Note, m.T(l, "workshop.hidden_why", m.Least))
	}
	d.Heading(2, m.T(l, "workshop.quotes"))
	if len(th.Quotes) == 0 {
		d.Add(ooxml.Body, ooxml.Run{Text: m.T(l, "workshop.no_quotes"), Gray: true})
	}
	for _, q := range th.Quotes {
		said := versions(m, q)
		for i, v := range said {
			by := ""
			if i == len(said)-1 {
				by = q.Attribution.In(l)
			}
			d.Quote(v.said, by, string(v.lang))
		}
	}
	d.Heading(2, m.T(l, "workshop.questions"))
	for i, one := range m.Langs {
		for _, q := range th.Questions {
			d.Add(ooxml.Bullet, ooxml.Run{Text: q.In(one), Gray: i > 0, Lang: string(one)})
		}
	}
	if th.Chosen.Note != "" {
		d.Add(ooxml.Note, ooxml.Run{Text: th.Chosen.Note})
	}
	d.Text(ooxml.Body, "")
	writing(d, m.T(l, "workshop.notes"))
}

// writing is room to write: an empty table of lines under a heading.
func writing(d *ooxml.Document, head string) {
	t := ooxml.Table{Alt: head, Head: []ooxml.Cell{{Text: head}}}
	for range 4 {
		t.Rows = append(t.Rows, []ooxml.Cell{{Text: "\u00a0\n\u00a0"}})
	}
	d.Table(t)
}
