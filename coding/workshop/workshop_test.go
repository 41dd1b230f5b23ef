package workshop_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
	"avokoodi/coding/report"
	"avokoodi/coding/workshop"
	"avokoodi/themes"
)

// everything is the whole of what material tells, as JSON and in its sentences.
func everything(t *testing.T, m *workshop.Material) string {
	t.Helper()
	raw, err := json.Marshal(struct {
		Base   report.Cell
		Themes []workshop.Theme
	}{m.Base, m.Themes})
	if err != nil {
		t.Fatal(err)
	}
	out := string(raw)
	for _, th := range m.Themes {
		for _, l := range themes.Langs {
			out += "\n" + m.CountSentence(th, l)
		}
		out += "\n" + m.Number(th.Total)
		for _, g := range th.Groups {
			out += "\n" + m.Number(g.Cell)
		}
	}
	return out
}

// TestOnlyApprovedQuotesGetIn: a candidate, one that was opened again, one whose answer was corrected, one that is gone and one that would
// tell who said it stay outside, chosen or not, and each is told with its reason.
func TestOnlyApprovedQuotesGetIn(t *testing.T) {
	h := newHall(t)
	th := h.theme("a", "Yhteistyö", 0, 20)
	good := h.quote(1, th, true)
	candidate := h.quote(2, th, false)
	opened := h.quote(3, th, true)
	_, err := h.desk.Reopen(t.Context(), opened)
	h.ok(err)
	telling := h.quote(0, th, false)
	_, err = h.desk.Show(t.Context(), telling, []coding.VariableID{h.vars[0].ID, h.vars[1].ID}, "kuviteltu lupa") // one of Lapland
	h.ok(err)
	_, err = h.desk.Approve(t.Context(), telling, nil)
	h.ok(err)
	h.ok(h.svc.Store().Update(t.Context(), func(tx coding.Tx) error { // as if somebody's leave had been taken back
		q, err := tx.Quote(t.Context(), h.p.ID, telling.Quote)
		if err != nil {
			return err
		}
		st, err := tx.Begin(t.Context(), h.p.ID, coding.Operator, coding.OpQuote, "", 0)
		if err != nil {
			return err
		}
		after := q
		after.Override = nil
		_, err = tx.Put(t.Context(), st, q, after)
		return err
	}))
	changed := h.quote(4, th, true)
	h.ok(h.svc.Store().Update(t.Context(), func(tx coding.Tx) error {
		a, err := tx.Answer(t.Context(), h.p.ID, h.answers[4])
		if err != nil {
			return err
		}
		st, err := tx.Begin(t.Context(), h.p.ID, coding.Operator, coding.OpImport, "", 0)
		if err != nil {
			return err
		}
		after := a
		after.Text = "Korjattu vastaus."
		_, err = tx.Put(t.Context(), st, a, after)
		return err
	}))
	chosen := []coding.QuoteID{good.Quote, candidate.Quote, opened.Quote, telling.Quote, changed.Quote}
	m := h.make(coding.Workshop{Langs: []coding.Lang{"fi"}, Themes: []coding.WorkshopTheme{{Theme: th, Quotes: chosen}}})
	if len(m.Themes[0].Quotes) != 1 || m.Themes[0].Quotes[0].Quote != good.Quote {
		t.Errorf("got in: %+v", m.Themes[0].Quotes)
	}
	want := []workshop.Left{{th, candidate.Quote, workshop.LeftUnapproved}, {th, opened.Quote, workshop.LeftUnapproved}, {th, telling.Quote, workshop.LeftTelling}, {th, changed.Quote, workshop.LeftChanged}}
	if !slices.Equal(m.Left, want) {
		t.Errorf("left out: %+v", m.Left)
	}
	all := everything(t, m)
	for _, n := range []int{0, 2, 3, 4} {
		if words := "numero " + strings.Repeat("i", n+1) + " "; strings.Contains(all, words) {
			t.Errorf("the words %q of a quote that may not be shown are in the material", words)
		}
	}
	m = h.make(coding.Workshop{Langs: []coding.Lang{"fi"}, Themes: []coding.WorkshopTheme{{Theme: th}, {Theme: 4711}, {Theme: th, Quotes: []coding.QuoteID{99}}}})
	if len(m.Themes[0].Quotes) != 1 || !slices.Contains(m.Left, workshop.Left{Theme: 4711, Why: workshop.LeftGone}) || !slices.Contains(m.Left, workshop.Left{th, 99, workshop.LeftQuoteGone}) {
		t.Errorf("unchosen: %+v, left %+v", m.Themes[0].Quotes, m.Left)
	}
	offered, err := h.mk.Offered(t.Context(), h.p.ID, th)
	if h.ok(err); len(offered[th]) != 1 || offered[th][0].Quote != good.Quote {
		t.Errorf("offered: %+v", offered)
	}
}

// TestHiddenNumbersStayOutside: no sentence, number or group tells how many where disclosure control hides it.
func TestHiddenNumbersStayOutside(t *testing.T) {
	h := newHall(t)
	few, many, none := h.theme("few", "Harva", 18, 21), h.theme("many", "Moni", 6, 29), h.theme("none", "Ei kukaan", 0, 0)
	m := h.make(coding.Workshop{Langs: []coding.Lang{"fi"}, By: "org", Themes: []coding.WorkshopTheme{{Theme: few}, {Theme: many}, {Theme: none}}})
	if got := m.Themes[0].Total; got.Suppressed == report.Shown || got.N != 0 || got.Share != 0 {
		t.Errorf("three of a theme: %+v", got)
	}
	if got := m.CountSentence(m.Themes[0], "fi"); got != "fi workshop.count_few [5]" {
		t.Errorf("sentence %q", got)
	}
	if got := m.Number(m.Themes[0].Total); got != "<5" {
		t.Errorf("number %q", got)
	}
	if got := m.CountSentence(m.Themes[1], "fi"); got != "fi workshop.count [23 40 58\u00a0%]" {
		t.Errorf("sentence %q", got)
	}
	if got := m.CountSentence(m.Themes[2], "en"); got != "en workshop.count_none []" {
		t.Errorf("sentence %q", got)
	}
	for _, g := range m.Themes[0].Groups {
		if g.Cell.Suppressed == report.Shown && g.Cell.N > 0 {
			t.Errorf("the group %s tells of a hidden total: %+v", g.Label.FI, g.Cell)
		}
	}
	if n := len(m.Themes[1].Groups); n != 2 || m.Themes[1].Groups[0].Cell.N != 14 || m.Themes[1].Groups[1].Cell.N != 9 {
		t.Errorf("groups of the other: %+v", m.Themes[1].Groups)
	}
	m = h.make(coding.Workshop{Langs: []coding.Lang{"fi"}, By: "region", Themes: []coding.WorkshopTheme{{Theme: many}}})
	if th := m.Themes[0]; len(th.Groups) != 0 || !th.Veiled {
		t.Errorf("a region of one respondent: %+v", th.Groups)
	}
	if all := everything(t, m); strings.Contains(all, "Lappi") {
		t.Error("the group of one is named")
	}
}

func TestSuggestions(t *testing.T) {
	h := newHall(t)
	h.theme("many", "Moni", 4, 34)
	h.theme("half", "Järjestöjen asia", 1, 14) // associations alone
	h.theme("few", "Harva", 38, 40)
	s, err := h.mk.Suggest(t.Context(), h.p.ID, "", "", "")
	h.ok(err)
	var most, typical []string
	for _, one := range s.Most {
		most = append(most, one.Theme.Key)
	}
	for _, one := range s.Typical {
		typical = append(typical, one.Theme.Key)
	}
	if !slices.Equal(most, []string{"many", "half"}) {
		t.Errorf("most named: %v; a hidden number must not put a theme in order", most)
	}
	if len(s.Disputed) == 0 || s.Disputed[0].Theme.Key != "half" || !s.Disputed[0].Sure || s.Disputed[0].High.Label.FI != "Järjestö" || s.Disputed[0].Low.Label.FI != "Kunta" {
		t.Errorf("disputed: %+v", s.Disputed)
	}
	if !slices.Contains(typical, "half") {
		t.Errorf("typical: %v", typical)
	}
	w := workshop.Draft("Paja", "sv", s)
	if _, err := h.svc.AddWorkshop(t.Context(), h.p.ID, coding.Operator, w); err != nil {
		t.Errorf("a draft can't be kept: %v", err)
	}
	if len(w.Themes) != 2 || w.Themes[0].Why != coding.WhyMost || h.make(w).Minutes() != 120 {
		t.Errorf("draft %+v", w)
	}
}

func TestWhatIsSaid(t *testing.T) {
	h := newHall(t)
	th := h.theme("a", "Rahoitus", 0, 13)
	m := h.make(coding.Workshop{Langs: []coding.Lang{"fi", "en"}, Plain: true, Start: "13:30", People: 32, Groups: 5, Themes: []coding.WorkshopTheme{{Theme: th}},
		Agenda: []coding.WorkshopStep{{Kind: "welcome", Minutes: 45}, {Kind: "other", Title: themes.Same("Kahvi"), Minutes: 15}}})
	if got := m.CountSentence(m.Themes[0], "fi"); got != "fi workshop.count_plain [13 40] fi workshop.about_third [3]" {
		t.Errorf("plain: %q", got)
	}
	for share, want := range map[float64]string{0.01: "few", 0.1: "tenth", 0.25: "quarter", 0.33: "third", 0.4: "tenths", 0.5: "half", 0.7: "tenths", 0.99: "all"} {
		m.Themes[0].Total = report.Cell{N: 1, Share: share}
		if got := m.CountSentence(m.Themes[0], "fi"); !strings.Contains(got, "about_"+want) {
			t.Errorf("%v is said as %q, not %s", share, got, want)
		}
	}
	if a, b := m.When("fi", m.Steps[0]), m.When("en", m.Steps[1]); a != "13.30–14.15" || b != "14:15–14:30" {
		t.Errorf("times %q, %q", a, b)
	}
	if got := m.StepTitle("sv", m.Steps[1].WorkshopStep); got != "Kahvi" {
		t.Errorf("title %q", got)
	}
	if got := fmt.Sprint(m.GroupSizes()); got != "[7 7 6 6 6]" {
		t.Errorf("groups %s", got)
	}
	if m.Themes[0].Sort != coding.SortResources || m.Themes[0].Questions[0].FI != "fi workshop.ask_resources_plain_1 []" {
		t.Errorf("questions about %s: %v", m.Themes[0].Sort, m.Themes[0].Questions)
	}
	for _, label := range []coding.Text{themes.Same("Koordinering av helheten"), themes.Same("Kieli"), themes.Same("Hyvien käytäntöjen jakaminen"), themes.Same("Housing"), themes.Same("Oma huone")} {
		t.Logf("%s: %s", label.FI, workshop.SortOf(coding.Theme{Label: label}))
	}
	if got := workshop.SortOf(coding.Theme{Label: themes.Same("Oma huone")}); got != coding.SortNeed {
		t.Errorf("a theme of which nothing is known is about %s", got)
	}
}

// TestTranslationsOfTheWords: a translation is shown as long as it is of the words that are quoted.
func TestTranslationsOfTheWords(t *testing.T) {
	h := newHall(t)
	th := h.theme("a", "Yhteistyö", 0, 20)
	c := h.quote(1, th, false)
	_, err := h.desk.Translate(t.Context(), c, "en", "Voice number ii.")
	h.ok(err)
	_, err = h.desk.Approve(t.Context(), c, nil)
	h.ok(err)
	m := h.make(coding.Workshop{Langs: []coding.Lang{"en"}, Themes: []coding.WorkshopTheme{{Theme: th}}})
	said, lang, translated := m.Themes[0].Quotes[0].In("en")
	if said != "“Voice number ii.”" || lang != "en" || !translated {
		t.Errorf("in English: %q %s %v", said, lang, translated)
	}
	if said, lang, translated = m.Themes[0].Quotes[0].In("sv"); !strings.HasPrefix(said, "”Ääni numero ii ") || lang != "fi" || translated {
		t.Errorf("in Swedish: %q %s %v", said, lang, translated)
	}
	_, err = h.desk.Reopen(t.Context(), c)
	h.ok(err)
	_, err = h.desk.Edit(t.Context(), c, false, func(text string, v coding.Version) (coding.Version, error) {
		return quotes.Only(text, v, coding.Span{Start: 0, End: 30})
	})
	h.ok(err)
	_, err = h.desk.Approve(t.Context(), c, nil)
	h.ok(err)
	m = h.make(coding.Workshop{Langs: []coding.Lang{"en"}, Themes: []coding.WorkshopTheme{{Theme: th}}})
	if len(m.Themes[0].Quotes) != 1 || !m.Themes[0].Quotes[0].Translated.IsZero() {
		t.Errorf("a translation of other words: %+v", m.Themes[0].Quotes)
	}
}
