package ui

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/exporter/handout"
	"avokoodi/coding/quotes"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/workshop"
	"avokoodi/themes"
	"avokoodi/ui/view"
)

// cardLong is how many letters of a quote make it small on a card.
const cardLong = 420

// fillWorkshop fills the page with a workshop as it would be handed out now.
func (s *Server) fillWorkshop(r *request, page *view.WorkshopPage, one coding.Workshop) error {
	mk := s.workshops()
	page.Name, page.Action = one.Name, r.path(fmt.Sprintf("/workshop/%d", one.ID))
	m, err := mk.Make(r.ctx(), r.projectID(), one)
	if wrong, ok := r.faulty(err); ok { // it counts what the project does not have any more: the settings mend it
		page.Warnings = wrong.texts
		lost := one
		lost.Question, lost.Round, lost.By = "", "", ""
		m, err = mk.Make(r.ctx(), r.projectID(), lost)
	}
	if err != nil {
		return err
	}
	var ids []coding.ThemeID
	for _, th := range m.Themes {
		ids = append(ids, th.Theme.ID)
	}
	offered := map[coding.ThemeID][]quotes.Spoken{}
	if page.CanEdit {
		if offered, err = mk.Offered(r.ctx(), r.projectID(), ids...); err != nil {
			return err
		}
	}
	l := r.workshopLang(m)
	page.About = m.About(coding.Lang(r.lang))
	for i, th := range m.Themes {
		row := r.workshopTheme(m, th, offered[th.Theme.ID])
		row.First, row.Last = i == 0, i == len(m.Themes)-1
		page.Themes = append(page.Themes, row)
	}
	page.Warnings = append(page.Warnings, r.workshopWarnings(m)...)
	page.Outputs = r.workshopOutputs(page.Action, m)
	page.Present, page.Zip = page.Action+"/present", page.Action+"/file/workshop.zip"
	page.Groups = m.GroupWords(l)
	page.Agenda = r.workshopAgendaForm(m, l)
	if page.Rooms, err = s.workshopRooms(r, one); err != nil || !page.CanEdit {
		return err
	}
	return s.fillBuilder(r, page, one, mk)
}

// workshopLang is the language in which the page shows what the material says: the reader's, where the workshop has it.
func (r *request) workshopLang(m *workshop.Material) coding.Lang {
	if l := coding.Lang(r.lang); slices.Contains(m.Langs, l) {
		return l
	}
	return m.Langs[0]
}

// fillBuilder fills what changes the workshop: suggestions, themes to add, settings.
func (s *Server) fillBuilder(r *request, page *view.WorkshopPage, one coding.Workshop, mk *workshop.Maker) error {
	return s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		has := func(id coding.ThemeID) bool {
			return slices.ContainsFunc(one.Themes, func(th coding.WorkshopTheme) bool { return th.Theme == id })
		}
		for _, th := range b.Tree().All() {
			if !th.Retired && !has(th.ID) {
				page.More = append(page.More, view.Option{Value: fmt.Sprint(th.ID), Label: strings.Repeat("\u2003", b.Tree().Depth(th.ID)) + th.Label.In(r.labels())})
			}
		}
		page.Settings = r.workshopForm(one, b)
		suggested, err := mk.Suggest(r.ctx(), r.projectID(), one.Question, one.Round, one.By)
		if _, ok := r.faulty(err); ok {
			return nil
		}
		if err != nil {
			return err
		}
		for _, why := range []coding.WorkshopWhy{coding.WhyMost, coding.WhyDisputed, coding.WhyTypical} {
			group := view.WorkshopSuggestions{Title: r.t("workshop.suggest_" + string(why)), Say: r.t("workshop.suggest_say_" + string(why))}
			for _, x := range suggested.Of(why) {
				group.Themes = append(group.Themes, view.WorkshopSuggestion{ID: int64(x.Theme.ID), Label: x.Theme.Label.In(r.labels()), Hue: r.hue(x.Theme), Why: r.suggestedWhy(x), Reason: string(why), In: has(x.Theme.ID)})
			}
			page.Suggested = append(page.Suggested, group)
		}
		return nil
	})
}

// suggestedWhy says what speaks for a theme.
func (r *request) suggestedWhy(x workshop.Suggestion) string {
	l := coding.Lang(r.lang)
	pct := func(c report.Cell) string { return workshop.Percent(l, c.Share) }
	switch x.Why {
	case coding.WhyMost:
		return r.t("workshop.because_most", x.Total.N, pct(x.Total))
	case coding.WhyTypical:
		return r.t("workshop.because_typical", x.High.Label.In(l), pct(x.High.Cell), pct(x.Total))
	}
	key := "workshop.because_disputed"
	if !x.Sure {
		key = "workshop.because_perhaps"
	}
	return r.t(key, x.Variable.Label.In(l), x.High.Label.In(l), pct(x.High.Cell), x.Low.Label.In(l), pct(x.Low.Cell))
}

func (r *request) workshopTheme(m *workshop.Material, th workshop.Theme, offered []quotes.Spoken) view.WorkshopTheme {
	l := r.workshopLang(m)
	row := view.WorkshopTheme{N: th.N, ID: int64(th.Theme.ID), Label: th.Theme.Label.In(r.labels()), Hue: th.Theme.Hue, Symbol: handout.SymbolPath(th.Symbol), Count: m.CountSentence(th, coding.Lang(r.lang)),
		Veiled: th.Veiled, Auto: len(th.Chosen.Quotes) == 0 && !th.Chosen.NoQuotes, NoQuotes: th.Chosen.NoQuotes, Own: th.Own, Note: th.Chosen.Note}
	if th.Chosen.Why != "" {
		row.Why = r.t("workshop.why_" + string(th.Chosen.Why))
	}
	if r.access.Role.AtLeast(coding.RoleAnalyst) {
		row.Href = r.path("/code?theme=" + th.Theme.Key)
	}
	if th.Total.Suppressed == report.Shown && m.Base.Suppressed == report.Shown {
		row.Counted, row.Ten = true, make([]bool, 10)
		for i := range row.Ten {
			row.Ten[i] = i < int(math.Round(th.Total.Share*10))
		}
	}
	for _, g := range th.Groups {
		value := m.Number(g.Cell)
		if g.Cell.Suppressed == report.Shown {
			value = workshop.Percent(coding.Lang(r.lang), g.Cell.Share)
		}
		row.Groups = append(row.Groups, view.WorkshopGroup{Label: g.Label.In(r.labels()), Value: value})
	}
	for _, q := range th.Quotes {
		row.Quotes = append(row.Quotes, r.workshopQuote(q, l))
	}
	for _, q := range offered {
		v := r.workshopQuote(q, q.Lang)
		v.Chosen = slices.ContainsFunc(th.Quotes, func(o quotes.Spoken) bool { return o.Quote == q.Quote })
		row.Offered = append(row.Offered, v)
	}
	for _, q := range th.Questions {
		row.Questions = append(row.Questions, q.In(l))
	}
	for _, l := range themes.Langs {
		var lines []string
		for _, q := range th.Questions {
			lines = append(lines, q.Exact(l))
		}
		row.Texts = append(row.Texts, view.TextField{Lang: string(l), Language: r.t("lang.name." + string(l)), Value: strings.Trim(strings.Join(lines, "\n"), "\n")})
	}
	row.Sorts = []view.Option{{Value: "", Label: r.t("workshop.sort_guess", r.t("workshop.sort_"+string(workshop.SortOf(th.Theme)))), Selected: th.Chosen.Sort == ""}}
	for _, sort := range coding.WorkshopSorts {
		row.Sorts = append(row.Sorts, view.Option{Value: string(sort), Label: r.t("workshop.sort_" + string(sort)), Selected: th.Chosen.Sort == sort})
	}
	return row
}

func (r *request) workshopQuote(q quotes.Spoken, l coding.Lang) view.WorkshopQuote {
	said, lang, _ := q.In(l)
	out := view.WorkshopQuote{ID: int64(q.Quote), Text: said, Lang: string(lang), By: q.Attribution.In(coding.Lang(r.lang)), Long: len([]rune(q.Brief())) > cardLong}
	if lang != "" {
		out.Language = r.t("lang.name." + string(lang))
	}
	return out
}

// workshopWarnings says what a person should know before printing.
func (r *request) workshopWarnings(m *workshop.Material) []string {
	var out []string
	if m.NoGroups != "" {
		out = append(out, r.t(m.NoGroups))
	}
	left := map[string]int{}
	for _, x := range m.Left {
		left[x.Why]++
	}
	for _, why := range []string{workshop.LeftGone, workshop.LeftUnapproved, workshop.LeftChanged, workshop.LeftTelling, workshop.LeftQuoteGone} {
		if n := left[why]; n > 0 {
			out = append(out, r.t(why, n))
		}
	}
	var without, veiled []string
	for _, th := range m.Themes {
		if len(th.Quotes) == 0 && !th.Chosen.NoQuotes {
			without = append(without, th.Theme.Label.In(r.labels()))
		}
		if th.Veiled {
			veiled = append(veiled, th.Theme.Label.In(r.labels()))
		}
	}
	if len(without) > 0 {
		out = append(out, r.t("workshop.without_quotes", len(without), strings.Join(without, ", ")))
	}
	if len(veiled) > 0 {
		out = append(out, r.t("workshop.veiled", len(veiled), strings.Join(veiled, ", ")))
	}
	return out
}

// workshopOutputs are the papers and files with how much there is of each.
func (r *request) workshopOutputs(action string, m *workshop.Material) []view.WorkshopOutput {
	var out []view.WorkshopOutput
	for _, part := range handout.Parts {
		n := len(handout.Pages(m, part))
		if n == 0 {
			continue
		}
		out = append(out, view.WorkshopOutput{Name: r.t("workshop.part_" + string(part)), Say: r.t("workshop.part_say_" + string(part)), Pages: r.t("workshop.pages", n),
			View: action + "/print/" + string(part), ViewLabel: r.t("workshop.print"), Files: []view.ExportLink{{Href: action + "/file/" + string(part) + ".pdf", Format: "PDF"}}})
	}
	out = append(out, view.WorkshopOutput{Name: r.t("workshop.slides"), Say: r.t("workshop.slides_say"), Pages: r.t("workshop.slides_n", len(handout.Slides(m))), View: action + "/present",
		ViewLabel: r.t("workshop.present"), Files: []view.ExportLink{{Href: action + "/file/workshop.pptx", Format: "PPTX"}}})
	return append(out, view.WorkshopOutput{Name: r.t("workshop.document"), Say: r.t("workshop.document_say"), Files: []view.ExportLink{{Href: action + "/file/workshop.docx", Format: "DOCX"}}})
}

func (r *request) workshopAgendaForm(m *workshop.Material, l coding.Lang) view.WorkshopAgenda {
	out := view.WorkshopAgenda{Total: r.t("workshop.in_all", m.Minutes())}
	for i, st := range m.Steps {
		row := view.WorkshopStep{N: i + 1, When: m.When(l, st), Title: m.StepTitle(l, st.WorkshopStep), Minutes: st.Minutes, Note: st.Note, First: i == 0, Last: i == len(m.Steps)-1}
		for _, kind := range coding.WorkshopStepKinds {
			row.Kinds = append(row.Kinds, view.Option{Value: kind, Label: r.t("workshop.step_" + kind), Selected: kind == st.Kind})
		}
		for _, one := range m.Langs {
			row.Titles = append(row.Titles, view.TextField{Lang: string(one), Language: r.t("lang.name." + string(one)), Value: st.Title.Exact(one)})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// workshopForm is the settings as a form.
func (r *request) workshopForm(w coding.Workshop, b *sets.Board) *view.WorkshopSettings {
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	f := &view.WorkshopSettings{Name: w.Name, Plain: w.Plain, TwoSided: w.TwoSided, Blank: w.Blank, Start: w.Start, People: number(w.People), Groups: number(w.Groups)}
	for _, l := range themes.Langs {
		name := r.t("lang.name." + string(l))
		f.Langs = append(f.Langs, view.Option{Value: string(l), Label: name, Selected: slices.Contains(w.Langs, l)})
		f.Main = append(f.Main, view.Option{Value: string(l), Label: name, Selected: len(w.Langs) > 0 && w.Langs[0] == l})
	}
	f.Questions = []view.Option{{Label: r.t("workshop.all_questions"), Selected: w.Question == ""}}
	for _, q := range b.Questions() {
		f.Questions = append(f.Questions, view.Option{Value: q.Key, Label: q.Name(r.labels()), Selected: q.Key == w.Question})
	}
	if len(b.Rounds()) > 1 {
		f.Rounds = []view.Option{{Label: r.t("workshop.all_rounds"), Selected: w.Round == ""}}
		for _, one := range b.Rounds() {
			f.Rounds = append(f.Rounds, view.Option{Value: one.Key, Label: textOr(one.Label, r.labels(), one.Key), Selected: one.Key == w.Round})
		}
	}
	f.By = []view.Option{{Label: r.t("workshop.no_groups"), Selected: w.By == ""}}
	for _, v := range b.Variables() {
		f.By = append(f.By, view.Option{Value: v.Key, Label: textOr(v.Label, r.labels(), v.Key), Selected: v.Key == w.By})
	}
	for _, g := range coding.WorkshopGroupings {
		f.Forming = append(f.Forming, view.Option{Value: string(g), Label: r.t("workshop.forming_" + string(g)), Selected: g == w.Forming})
	}
	for _, n := range []int{4, 2} {
		f.PerPage = append(f.PerPage, view.Option{Value: strconv.Itoa(n), Label: r.t(fmt.Sprintf("workshop.per_page_%d", n)), Selected: n == w.PerPage})
	}
	return f
}
