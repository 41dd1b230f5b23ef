package quotes_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/privacy"
	"avokoodi/coding/quotes"
	"avokoodi/coding/sets"
	"avokoodi/coding/sqlstore"
)

type office struct {
	*testing.T
	svc       *coding.Service
	desk      *quotes.Desk
	p         coding.Project
	ann, bo   coding.PersonID
	lead      coding.PersonID
	reader    coding.PersonID
	answers   []coding.Answer
	variables []coding.Variable
}

// newOffice has 24 respondents: 12 associations and 12 municipalities; of the associations one is in Lapland and eleven in
// Uusimaa, of the municipalities all are in Uusimaa; two answered in Swedish.
func newOffice(t *testing.T) *office {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "q.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	o := &office{T: t, svc: coding.NewService(store, nil)}
	boards := sets.New(store)
	o.desk = quotes.New(o.svc, boards.Sharing)
	person := func(name string, role coding.Role) coding.PersonID {
		p, err := o.svc.AddPerson(t.Context(), coding.Operator, coding.NewPerson{Name: name, Role: role})
		o.ok(err)
		return p.ID
	}
	o.ann, o.bo, o.lead, o.reader = person("ann", coding.RoleAnalyst), person("bo", coding.RoleAnalyst), person("lea", coding.RoleLead), person("rea", coding.RoleReader)
	name := coding.Text{}
	name.Set("fi", "Kysely")
	o.p, err = o.svc.CreateProject(t.Context(), coding.Operator, coding.Project{Slug: "k", Name: name})
	o.ok(err)
	text := func(s string) (out coding.Text) {
		out.Set("fi", s)
		return out
	}
	b := coding.Batch{File: "a.csv", SHA256: "1", Profile: "table", Round: coding.Round{Key: "r", Label: text("R")},
		Questions: []coding.Question{{Key: "q", Label: text("K")}},
		Variables: []coding.Variable{{Key: "org", Label: text("Organisaatio"), Categories: []coding.Category{{Key: "a", Label: text("Järjestö")}, {Key: "m", Label: text("Kunta")}}},
			{Key: "region", Label: text("Alue"), Categories: []coding.Category{{Key: "u", Label: text("Uusimaa")}, {Key: "l", Label: text("Lappi")}}}},
		Rows: o.rows()}
	_, err = o.svc.Import(t.Context(), o.p.ID, coding.Operator, b, nil)
	o.ok(err)
	o.ok(store.View(t.Context(), func(r coding.Reader) error {
		for a, err := range r.EachAnswer(t.Context(), o.p.ID, 0, 0) {
			o.ok(err)
			o.answers = append(o.answers, a)
		}
		o.variables, err = r.Variables(t.Context(), o.p.ID)
		return err
	}))
	return o
}

const said = "kotoutumispalvelut ovat hajallaan. Kukaan ei johda. Soita Matti Meikäläiselle 040 123 4567, Turussa 👩‍👩‍👧 tiedetään."

func (o *office) rows() iter.Seq2[coding.BatchRow, error] {
	return func(yield func(coding.BatchRow, error) bool) {
		for i := range 24 {
			row := coding.BatchRow{External: fmt.Sprint("r", i), Answers: []coding.BatchAnswer{{Language: "fi", Text: said}}, Values: []coding.BatchValue{{Variable: 0, Category: i / 12}, {Variable: 1}}}
			if i == 0 {
				row.Values[1].Category = 1
			}
			if i == 5 || i == 6 {
				row.Answers[0].Language, row.Answers[0].Text = "sv", "Tjänsterna finns inte."
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

func (o *office) ok(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func (o *office) quote(answer int) quotes.Change {
	o.Helper()
	q, err := o.svc.AddQuote(o.Context(), o.p.ID, o.ann, coding.Quote{Answer: o.answers[answer].ID})
	o.ok(err)
	return quotes.Change{Project: o.p.ID, Actor: o.ann, Quote: q.ID, Version: q.Version}
}

func (o *office) wants(key string, err error) {
	o.Helper()
	var many coding.Problems
	var one coding.Problem
	if errors.As(err, &many) {
		one = many[0]
	} else if !errors.As(err, &one) {
		o.Fatalf("got %v, want the problem %s", err, key)
	}
	if one.Key != key {
		o.Errorf("got %s, want %s", one.Key, key)
	}
}

func (o *office) as(c quotes.Change, who coding.PersonID) quotes.Change {
	c.Actor, c.Version = who, 0
	return c
}

func TestFromCandidateToUsed(t *testing.T) {
	o := newOffice(t)
	c := o.quote(3)
	_, err := o.desk.Approve(t.Context(), c, nil)
	o.wants("quotes.identifiers", err)
	q, err := o.desk.Edit(t.Context(), c, false, func(text string, v coding.Version) (coding.Version, error) {
		v, n := quotes.MaskAll(privacy.New(), text, v, "fi")
		if n != 3 {
			t.Errorf("%d masked", n)
		}
		at, _ := quotes.Place(text, "Kukaan ei johda.", 1)
		if v, err = quotes.Without(text, v, at); err != nil {
			return v, err
		}
		first, _ := quotes.FirstLetter(text, v)
		return quotes.Put(text, v, coding.QuoteEdit{Span: first, Do: coding.EditCapital})
	})
	o.ok(err)
	if want := "[K]otoutumispalvelut ovat hajallaan. […] Soita [nimi] [puhelinnumero], [kunta] 👩‍👩‍👧 tiedetään."; q.Long.Said != want || q.State != coding.QuoteEdited {
		t.Fatalf("%s: %q", q.State, q.Long.Said)
	}
	// Two editors: the second one learns of the first.
	_, err = o.desk.Edit(t.Context(), c, false, func(_ string, v coding.Version) (coding.Version, error) { return coding.Version{}, nil })
	if !errors.Is(err, coding.ErrConflict) {
		t.Errorf("an old version was written over: %v", err)
	}
	// A second person checks where the project wants that, and nobody checks what is their own.
	o.ok(o.svc.SetQuoting(t.Context(), o.lead, o.p.ID, coding.QuoteRules{Second: true, Mark: "(…)"}))
	_, err = o.desk.Approve(t.Context(), o.as(c, o.bo), nil)
	o.wants("quotes.not_checked", err)
	_, err = o.desk.Check(t.Context(), o.as(c, o.ann))
	o.wants("quotes.own_check", err)
	_, err = o.desk.Check(t.Context(), o.as(c, o.bo))
	o.ok(err)
	_, err = o.desk.Use(t.Context(), o.as(c, o.bo), "Raportti", false)
	o.wants("quotes.not_approved", err)
	_, err = o.desk.Approve(t.Context(), o.as(c, o.ann), nil)
	o.ok(err)
	q, err = o.desk.Use(t.Context(), o.as(c, o.bo), "Raportti", false)
	o.ok(err)
	if q.State != coding.QuoteUsed || q.Approved.By != o.ann || q.Checked.By != o.bo {
		t.Errorf("%+v", q)
	}
	// Undo takes one step back at a time.
	_, err = o.svc.Undo(t.Context(), o.p.ID, o.bo)
	o.ok(err)
	o.ok(o.svc.Store().View(t.Context(), func(r coding.Reader) error {
		q, err = r.Quote(t.Context(), o.p.ID, c.Quote)
		return err
	}))
	if q.State != coding.QuoteApproved || len(q.UsedIn) != 0 {
		t.Errorf("after undo: %s %v", q.State, q.UsedIn)
	}
	// Any edit takes the approval back.
	q, err = o.desk.Edit(t.Context(), o.as(c, o.ann), true, func(text string, v coding.Version) (coding.Version, error) {
		at, _ := quotes.Place(text, "Kukaan ei johda.", 1)
		return quotes.Only(text, v, at)
	})
	o.ok(err)
	if q.State != coding.QuoteEdited || q.Short.Said != "Kukaan ei johda." || q.Approved.By != 0 || !strings.Contains(q.Long.Said, "(…)") {
		t.Errorf("%+v", q)
	}
	// Readers change nothing.
	if _, err = o.desk.Approve(t.Context(), o.as(c, o.reader), nil); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("a reader approved: %v", err)
	}
	if err := o.svc.SetQuoting(t.Context(), o.ann, o.p.ID, coding.QuoteRules{}); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("an analyst set the rules: %v", err)
	}
}

func TestKeepingAnIdentifierIsRecorded(t *testing.T) {
	o := newOffice(t)
	c := o.quote(3)
	_, err := o.desk.Approve(t.Context(), c, []string{"040 123 4567"})
	o.wants("quotes.identifiers", err) // the name is still there
	q, err := o.desk.Approve(t.Context(), c, []string{"040 123 4567", "Matti Meikäläiselle"})
	o.ok(err)
	if len(q.Kept) != 2 || q.State != coding.QuoteApproved {
		t.Errorf("%+v", q)
	}
}

func TestAttribution(t *testing.T) {
	o := newOffice(t)
	org, region := o.variables[0].ID, o.variables[1].ID
	lapland := o.quote(0)
	_, err := o.desk.Show(t.Context(), lapland, []coding.VariableID{org, region}, "")
	o.wants("quotes.too_few", err)
	a, err := o.desk.Would(t.Context(), o.p.ID, coding.Quote{ID: lapland.Quote, Answer: o.answers[0].ID, Shown: []coding.VariableID{org, region}})
	o.ok(err)
	if a.Verdict.Sample != 1 || len(a.Coarser) != 1 || len(a.Coarser[0]) != 1 || a.Coarser[0][0] != org {
		t.Errorf("coarser: %+v", a)
	}
	q, err := o.desk.Show(t.Context(), lapland, []coding.VariableID{org}, "")
	o.ok(err)
	if q.Override != nil {
		t.Error("an override that nobody made")
	}
	// A second quote of the same respondent would tell the region beside the organisation.
	again, err := o.svc.AddQuote(t.Context(), o.p.ID, o.ann, coding.Quote{Answer: o.answers[0].ID, Long: coding.Version{Keep: []coding.Span{{Start: 0, End: 34}}}})
	o.ok(err)
	second := quotes.Change{Project: o.p.ID, Actor: o.ann, Quote: again.ID}
	_, err = o.desk.Show(t.Context(), second, []coding.VariableID{region}, "")
	o.wants("quotes.too_few", err)
	// The language of a quote tells too: of the associations two answered in Swedish.
	swedish := o.quote(5)
	_, err = o.desk.Show(t.Context(), swedish, []coding.VariableID{org}, "")
	o.wants("quotes.too_few", err)
	q, err = o.desk.Show(t.Context(), swedish, []coding.VariableID{org}, "Vastaaja antoi luvan 3.2.")
	o.ok(err)
	if q.Override == nil || q.Override.Sample != 2 || q.Override.By != o.ann || q.Override.Reason == "" {
		t.Errorf("override %+v", q.Override)
	}
	_, err = o.desk.Approve(t.Context(), o.as(swedish, o.ann), nil)
	o.ok(err)
}

func TestLinkedQuotes(t *testing.T) {
	// Ten people share each class, and five both.
	count := func(_ context.Context, _ coding.ProjectID, classes []coding.CategoryID, _ coding.Lang) (int, int, error) {
		return []int{20, 10, 5}[len(classes)], -1, nil
	}
	o := newOffice(t)
	o.desk = quotes.New(o.svc, count)
	_, err := o.desk.Show(t.Context(), o.quote(1), []coding.VariableID{o.variables[0].ID}, "")
	o.ok(err)
	other, err := o.svc.AddQuote(t.Context(), o.p.ID, o.ann, coding.Quote{Answer: o.answers[1].ID, Long: coding.Version{Keep: []coding.Span{{Start: 0, End: 34}}}})
	o.ok(err)
	_, err = o.desk.Show(t.Context(), quotes.Change{Project: o.p.ID, Actor: o.ann, Quote: other.ID}, []coding.VariableID{o.variables[1].ID}, "")
	o.wants("quotes.too_few_linked", err)
}

func TestCorrectedAnswer(t *testing.T) {
	o := newOffice(t)
	c := o.quote(12)
	_, err := o.desk.Edit(t.Context(), c, false, func(text string, v coding.Version) (coding.Version, error) {
		at, _ := quotes.Place(text, "Kukaan ei johda.", 1)
		return quotes.Only(text, v, at)
	})
	o.ok(err)
	q, err := o.desk.Approve(t.Context(), o.as(c, o.ann), nil)
	o.ok(err)
	corrected := strings.Replace(said, "ei johda", "johda", 1)
	if quotes.VerifyQuote(q, said) != nil || quotes.VerifyQuote(q, corrected) == nil || quotes.VerifyQuote(q, said+" ") == nil {
		t.Error("a changed answer is not told from the same one")
	}
	before := o.answers[12]
	o.ok(o.svc.Store().Update(t.Context(), func(tx coding.Tx) error {
		st, err := tx.Begin(t.Context(), o.p.ID, o.lead, coding.OpImport, "b.csv", 0)
		if err != nil {
			return err
		}
		after := before
		after.Text = corrected
		after.Describe()
		_, err = tx.Put(t.Context(), st, before, after)
		return err
	}))
	_, err = o.desk.Edit(t.Context(), o.as(c, o.ann), false, func(_ string, v coding.Version) (coding.Version, error) { return v, nil })
	o.wants("quotes.answer_changed", err)
	_, kept, err := o.desk.Refresh(t.Context(), o.as(c, o.ann))
	o.ok(err)
	if kept {
		t.Error("the corrected answer says something else, and the quote was kept")
	}
	_, err = o.desk.Check(t.Context(), o.as(c, o.bo))
	o.ok(err)
}

func TestTranslateAndComment(t *testing.T) {
	o := newOffice(t)
	c := o.quote(5)
	_, err := o.desk.Translate(t.Context(), c, "sv", "x")
	o.wants("quotes.translation_language", err)
	q, err := o.desk.Translate(t.Context(), c, "fi", " Palvelut puuttuvat.\r\n ")
	o.ok(err)
	if tr, ok := q.In("fi"); !ok || tr.Text != "Palvelut puuttuvat." || tr.Of != "Tjänsterna finns inte." {
		t.Errorf("%+v", q.Translations)
	}
	q, err = o.desk.Translate(t.Context(), o.as(c, o.bo), "fi", "")
	o.ok(err)
	if q.Translations != nil {
		t.Error("an empty translation stays")
	}
	_, err = o.desk.Comment(t.Context(), o.as(c, o.bo), " ")
	o.wants("quotes.long", err)
	q, err = o.desk.Comment(t.Context(), o.as(c, o.bo), "Hyvä")
	o.ok(err)
	if len(q.Comments) != 1 || q.Comments[0].By != o.bo {
		t.Errorf("%+v", q.Comments)
	}
}

func TestLongQuote(t *testing.T) {
	text := strings.Repeat("Tämä on pitkä vastaus 👍🏽. ", 200)
	at, _ := quotes.Place(text, "pitkä", 100)
	v, err := quotes.Put(text, coding.Version{}, coding.QuoteEdit{Span: at, Do: coding.EditMask, Text: "sana"})
	if err != nil {
		t.Fatal(err)
	}
	v.Said, err = quotes.Said(text, v, "[…]")
	if err != nil || strings.Count(v.Said, "[sana]") != 1 || strings.Count(v.Said, "pitkä") != 199 || quotes.Verify(text, v) != nil {
		t.Errorf("%v %.60q", err, v.Said)
	}
}

func TestRank(t *testing.T) {
	answer := func(id int, who int, l coding.Lang, text string) quotes.Candidate {
		return quotes.Candidate{Answer: coding.Answer{ID: coding.AnswerID(id), Respondent: coding.RespondentID(who), Language: l, Text: text}, Themes: 1}
	}
	good := "Kunnan ja järjestöjen välillä pitää olla yksi ihminen, joka tuntee molemmat."
	list := []quotes.Candidate{answer(1, 1, "fi", "ei tietoa"), answer(2, 2, "fi", good), answer(3, 3, "fi", strings.Replace(good, "yksi", "se yksi", 1)),
		answer(4, 4, "sv", "Det behövs en gemensam kontaktperson som båda språkgrupperna känner till i kommunen."), answer(5, 5, "fi", "Rahoituksen pitää jatkua yli vuodenvaihteen, muuten työntekijät lähtevät heti.")}
	order := func(ranked []quotes.Ranked) (out []int) {
		for _, r := range ranked {
			out = append(out, int(r.Answer.ID))
		}
		return out
	}
	never := func(string) bool { return false }
	if got := fmt.Sprint(order(quotes.Rank(list, nil, "", never, -1))); got != "[2 4 5 1]" { // 3 says what 2 says
		t.Errorf("order %s", got)
	}
	if got := fmt.Sprint(order(quotes.Rank(list, nil, "sv", never, -1))); got != "[4 2 5 1]" {
		t.Errorf("in Swedish %s", got)
	}
	got := quotes.Rank(list, []quotes.Chosen{{Text: good, Respondent: 5}}, "", never, -1)
	if fmt.Sprint(order(got)) != "[4 5 1]" || got[1].Reasons[len(got[1].Reasons)-1] != quotes.WhyAgain {
		t.Errorf("with one chosen %v", got)
	}
	// Identifiers are looked for in those only that may come next, and change the order all the same.
	asked := 0
	named := func(text string) bool { asked++; return text == good }
	if got := fmt.Sprint(order(quotes.Rank(list, nil, "", named, 2))); got != "[3 4]" || asked != 3 {
		t.Errorf("the first two are %s, %d asked", got, asked)
	}
	if got := fmt.Sprint(order(quotes.Rank(list, nil, "", named, -1))); got != "[3 4 5 1]" { // 2 says what 3 says, and names somebody
		t.Errorf("with somebody named %s", got)
	}
	if !quotes.Same([]string{good, list[2].Answer.Text, good}) || quotes.Same([]string{good, list[4].Answer.Text, good}) {
		t.Error("quotes that say the same")
	}
}

func TestPhrase(t *testing.T) {
	o := newOffice(t)
	rules := coding.QuoteRules{}
	rules.Template.Set("fi", "{org} ({region})")
	all := []coding.CategoryID{o.variables[0].Categories[0].ID, o.variables[1].Categories[1].ID}
	for _, c := range []struct {
		classes []coding.CategoryID
		rules   coding.QuoteRules
		want    string
	}{{all, rules, "Järjestö (Lappi)"}, {all[:1], rules, "Järjestö"}, {all, coding.QuoteRules{}, "Järjestö, Lappi"}, {nil, rules, ""}} {
		if got := quotes.Phrase(c.rules, o.variables, c.classes, "fi"); got != c.want {
			t.Errorf("%v: %q, want %q", c.classes, got, c.want)
		}
	}
}

// TestPublic: what may be shown to anybody is approved, still follows from its answer, and says no more of its respondent than
// enough people share.
func TestPublic(t *testing.T) {
	o := newOffice(t)
	public := func() (said []string, left int) {
		t.Helper()
		o.ok(o.svc.Store().View(t.Context(), func(r coding.Reader) error {
			gate, err := quotes.OpenGate(t.Context(), r, sets.New(o.svc.Store()).Sharing, o.p.ID)
			if err != nil {
				return err
			}
			var list []quotes.Spoken
			list, left = gate.Public()
			for _, q := range list {
				said = append(said, q.Said+"|"+q.Attribution.In("fi")+"|"+q.Translated.Exact("sv"))
			}
			return nil
		}))
		return said, left
	}
	q, err := o.svc.AddQuote(t.Context(), o.p.ID, o.ann, coding.Quote{Answer: o.answers[3].ID})
	o.ok(err)
	change := func() quotes.Change {
		return quotes.Change{Project: o.p.ID, Quote: q.ID, Actor: o.ann, Version: q.Version}
	}
	q, err = o.desk.Edit(t.Context(), change(), false, func(text string, v coding.Version) (coding.Version, error) {
		return quotes.Only(text, v, coding.Span{Start: 0, End: 34})
	})
	o.ok(err)
	if said, left := public(); len(said) != 0 || left != 0 {
		t.Errorf("what is not approved is public: %q", said)
	}
	q, err = o.desk.Show(t.Context(), change(), []coding.VariableID{o.variables[0].ID}, "")
	o.ok(err)
	q, err = o.desk.Approve(t.Context(), change(), nil)
	o.ok(err)
	said, left := public()
	if len(said) != 1 || left != 0 || !strings.HasSuffix(said[0], "|Järjestö|") || !strings.HasPrefix(said[0], "kotoutumispalvelut") {
		t.Errorf("%q, %d left", said, left)
	}
	// A corrected answer takes its quote away.
	o.ok(o.svc.Store().Update(t.Context(), func(tx coding.Tx) error {
		st, err := tx.Begin(t.Context(), o.p.ID, o.lead, coding.OpImport, "", 0)
		if err != nil {
			return err
		}
		after := o.answers[3]
		after.Text = "aivan muuta"
		_, err = tx.Put(t.Context(), st, o.answers[3], after)
		return err
	}))
	if said, left := public(); len(said) != 0 || left != 1 {
		t.Errorf("%q, %d left", said, left)
	}
}
