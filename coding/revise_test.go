package coding_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"avokoodi/coding"
	"avokoodi/themes"
)

// rowsOf is a batch in which each respondent has one answer and one category.
func rowsOf(file, round string, rows map[string][2]string) coding.Batch {
	b := batch(file, round)
	b.Rows = func(yield func(coding.BatchRow, error) bool) {
		for i := range 20 {
			id := fmt.Sprint(i)
			row, ok := rows[id]
			if !ok {
				continue
			}
			out := coding.BatchRow{External: id}
			if row[0] != "" {
				out.Answers = []coding.BatchAnswer{{Question: 0, Language: "fi", Text: row[0]}}
			}
			switch row[1] {
			case "a", "b":
				out.Values = []coding.BatchValue{{Variable: 0, Category: int(row[1][0] - 'a')}}
			}
			if !yield(out, nil) {
				return
			}
		}
	}
	return b
}

// content is the answers and categories of a round by respondent.
func (d *desk) content(round string) map[string][2]string {
	d.t.Helper()
	out := map[string][2]string{}
	d.view(func(r coding.Reader) {
		rounds, err := r.Rounds(d.ctx, d.p)
		d.ok(err)
		var id coding.RoundID
		for _, one := range rounds {
			if one.Key == round {
				id = one.ID
			}
		}
		keys := map[coding.CategoryID]string{}
		vars, err := r.Variables(d.ctx, d.p)
		d.ok(err)
		for _, v := range vars {
			for _, c := range v.Categories {
				keys[c.ID] = c.Key
			}
		}
		names := map[coding.RespondentID]string{}
		for one, err := range r.EachRespondent(d.ctx, d.p, 0) {
			d.ok(err)
			if one.Round == id {
				names[one.ID] = one.External
				out[one.External] = [2]string{}
			}
		}
		for a, err := range r.EachAnswer(d.ctx, d.p, 0, 0) {
			d.ok(err)
			if a.Round == id {
				row := out[names[a.Respondent]]
				row[0] = a.Text
				out[names[a.Respondent]] = row
			}
		}
		for v, err := range r.EachValue(d.ctx, d.p, 0) {
			d.ok(err)
			if name, ok := names[v.Respondent]; ok {
				row := out[name]
				row[1] = keys[v.Category]
				out[name] = row
			}
		}
	})
	return out
}

func (d *desk) codings() map[coding.CodingID]coding.Coding {
	d.t.Helper()
	out := map[coding.CodingID]coding.Coding{}
	d.view(func(r coding.Reader) {
		for c, err := range r.EachCoding(d.ctx, d.p) {
			d.ok(err)
			out[c.ID] = c
		}
	})
	return out
}

// TestReviseIsWhatTheFileSays draws a round, work on it and a corrected file, and compares with what the file says. Undo then
// puts everything back.
func TestReviseIsWhatTheFileSays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := newDesk(t)
		row := rapid.Custom(func(t *rapid.T) [2]string {
			return [2]string{rapid.SampledFrom([]string{"", "yksi asia", "kaksi asiaa", "kolme muuta asiaa"}).Draw(t, "text"),
				rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "category")}
		})
		people := rapid.MapOfN(rapid.Map(rapid.IntRange(0, 9), func(i int) string { return fmt.Sprint(i) }), row, 1, 8)
		first, second := people.Draw(rt, "first"), people.Draw(rt, "second")
		first["0"], second["0"] = [2]string{"yksi asia", "a"}, [2]string{"yksi asia", "a"} // so that it is the same survey
		_, err := d.svc.Import(d.ctx, d.p, d.lead, rowsOf("1.csv", "x", first), nil)
		d.ok(err)
		text := map[coding.AnswerID]string{}
		d.view(func(r coding.Reader) {
			for a, err := range r.EachAnswer(d.ctx, d.p, 0, 0) {
				d.ok(err)
				text[a.ID] = a.Text
			}
		})
		for id := range text {
			if rapid.Bool().Draw(rt, "coded") {
				_, err := d.svc.ApplyTheme(d.ctx, d.p, d.ann, coding.Apply{Answers: []coding.AnswerID{id}, Theme: d.coord.ID,
					Evidence: []coding.Span{{Start: 0, End: 2}}})
				d.ok(err)
			} else if rapid.Bool().Draw(rt, "marked") {
				_, err := d.svc.MarkAnswers(d.ctx, d.p, d.bo, []coding.AnswerID{id}, coding.StateNoTheme)
				d.ok(err)
			}
		}
		was, work, before := d.content("x"), d.codings(), d.dump()
		decide := coding.Decisions{AllMissing: rapid.Bool().Draw(rt, "missing"), AllBlank: rapid.Bool().Draw(rt, "blank")}
		parts := []map[string][2]string{{}, {}} // one file for each language version
		for id, row := range second {
			parts[rapid.IntRange(0, 1).Draw(rt, "file of "+id)][id] = row
		}
		files := []coding.Batch{rowsOf("2.csv", "x", parts[0]), rowsOf("3.csv", "x", parts[1])}
		told, err := d.svc.Revision(d.ctx, d.p, d.lead, files)
		d.ok(err)
		imps, done, err := d.svc.Revise(d.ctx, d.p, d.lead, files, decide, nil)
		d.ok(err)
		if len(imps) != 2 || imps[0].Changed+imps[1].Changed != done.Texts || imps[1].File != "3.csv" {
			rt.Fatalf("imports %+v for %+v", imps, done)
		}
		if diff := cmp.Diff(told, done); diff != "" {
			rt.Fatalf("told one thing and did another: %s", diff)
		}
		want := map[string][2]string{}
		for id, row := range was {
			if _, there := second[id]; there || !decide.AllMissing {
				want[id] = row
			}
		}
		for id, row := range second {
			old := want[id]
			if row[0] == "" && !decide.AllBlank {
				row[0] = old[0]
			}
			if row[1] == "" {
				row[1] = old[1]
			}
			want[id] = row
		}
		if diff := cmp.Diff(want, d.content("x")); diff != "" {
			rt.Fatalf("the round (-want +got):\n%s", diff)
		}
		now := d.codings()
		d.view(func(r coding.Reader) {
			for id, c := range work {
				a, err := r.Answer(d.ctx, d.p, c.Answer)
				switch {
				case errors.Is(err, coding.ErrNotFound):
					if _, ok := now[id]; ok {
						rt.Fatalf("coding %d hangs on nothing", id)
					}
				case a.Text == text[a.ID]:
					if diff := cmp.Diff(c, now[id]); diff != "" {
						rt.Fatalf("the answer is unchanged and its coding is not: %s", diff)
					}
				case now[id].Recheck == 0:
					rt.Fatalf("coding %d of a changed answer is not flagged", id)
				}
			}
		})
		if _, err := d.svc.Undo(d.ctx, d.p, d.lead); err != nil {
			rt.Fatalf("undo: %v", err)
		}
		if diff := cmp.Diff(before, d.dump()); diff != "" {
			rt.Fatalf("undo leaves (-want +got):\n%s", diff)
		}
	})
}

// dump is everything that Revise may touch.
func (d *desk) dump() map[string]any {
	d.t.Helper()
	out := map[string]any{"x": d.content("x"), "r1": d.content("r1"), "codings": d.codings()}
	d.view(func(r coding.Reader) {
		imports, err := r.Imports(d.ctx, d.p)
		d.ok(err)
		questions, err := r.Questions(d.ctx, d.p)
		d.ok(err)
		variables, err := r.Variables(d.ctx, d.p)
		d.ok(err)
		var marks []coding.Mark
		for m, err := range r.EachMark(d.ctx, d.p) {
			d.ok(err)
			marks = append(marks, m)
		}
		var people []coding.Respondent
		for one, err := range r.EachRespondent(d.ctx, d.p, 0) {
			d.ok(err)
			people = append(people, one)
		}
		rounds, err := r.Rounds(d.ctx, d.p)
		d.ok(err)
		out["rounds"] = rounds
		out["imports"], out["questions"], out["variables"], out["marks"], out["people"] = imports, questions, variables, marks, people
	})
	return out
}

func TestRecheck(t *testing.T) {
	d := newDesk(t)
	d.apply(d.ann, d.coord, 0, coding.Span{Start: 0, End: 13})
	d.apply(d.bo, d.service, 0)
	_, err := d.svc.MarkAnswers(d.ctx, d.p, d.ann, d.answers[2:3], coding.StateUnusable)
	d.ok(err)
	_, err = d.svc.AddQuote(d.ctx, d.p, d.ann, coding.Quote{Answer: d.answers[0], Long: coding.Version{Keep: []coding.Span{{Start: 10, End: 29}}}})
	d.ok(err)
	fixed := batch("b.csv", "r1", "Meillä kukaan ei johda kokonaisuutta.", "Det saknas tjänster på svenska 👩‍👩‍👧.", "eipä")
	_, done, err := d.svc.Revise(d.ctx, d.p, d.lead, []coding.Batch{fixed}, coding.Decisions{}, nil)
	d.ok(err)
	if done.Texts != 2 || done.Judged != 2 || done.Unchanged != 1 || done.New+done.Added+done.Values != 0 || len(done.Changed) != 2 || done.Changed[0].Judgements != 3 {
		t.Errorf("done: %+v", done)
	}
	list, err := d.svc.Rechecks(d.ctx, d.p, d.ann)
	d.ok(err)
	if len(list) != 2 || list[0].Before != "Kukaan ei johda kokonaisuutta." || list[0].Answer.Text != "Meillä kukaan ei johda kokonaisuutta." ||
		len(list[0].Codings) != 1 || len(list[1].Marks) != 1 {
		t.Fatalf("ann is to look at %+v", list)
	}
	if got := list[0].Codings[0].Evidence; !cmp.Equal(got, []coding.Span{{Start: 14, End: 20}}) { // 'ei joh'
		t.Errorf("evidence moved to %v", got)
	}
	d.view(func(r coding.Reader) {
		quotes, err := r.QuotesOf(d.ctx, d.p, d.answers[:1])
		d.ok(err)
		text := []rune("Meillä kukaan ei johda kokonaisuutta.")
		if got := string(text[quotes[0].Long.Keep[0].Start:quotes[0].Long.Keep[0].End]); got != "johda kokonaisuutta" {
			t.Errorf("the quote says %q", got)
		}
	})
	// A second correction keeps the first text to compare with.
	again := batch("c.csv", "r1", "Meillä ei kukaan johda kokonaisuutta.", "Det saknas tjänster på svenska 👩‍👩‍👧.", "eipä")
	_, _, err = d.svc.Revise(d.ctx, d.p, d.lead, []coding.Batch{again}, coding.Decisions{}, nil)
	d.ok(err)
	if list, err = d.svc.Rechecks(d.ctx, d.p, d.lead); err != nil || len(list) != 2 || len(list[0].Codings) != 2 || list[0].Before != "Kukaan ei johda kokonaisuutta." {
		t.Fatalf("the lead is to look at %+v, %v", list, err)
	}
	other := coding.Judged{Codings: []coding.CodingID{list[0].Codings[1].ID}}
	if _, err := d.svc.ResolveRecheck(d.ctx, d.p, d.ann, other, coding.Judged{}); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("another's judgement: %v", err)
	}
	if _, err := d.svc.Rechecks(d.ctx, d.p, d.reader); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("a reader: %v", err)
	}
	_, err = d.svc.ResolveRecheck(d.ctx, d.p, d.ann, coding.Judged{Codings: []coding.CodingID{list[0].Codings[0].ID}}, coding.Judged{Marks: []coding.MarkID{list[1].Marks[0].ID}})
	d.ok(err)
	if list, err = d.svc.Rechecks(d.ctx, d.p, d.ann); err != nil || len(list) != 0 {
		t.Errorf("still to look at: %+v, %v", list, err)
	}
	if _, err := d.svc.Undo(d.ctx, d.p, d.ann); err != nil {
		t.Error(err)
	}
	if list, err = d.svc.Rechecks(d.ctx, d.p, d.ann); err != nil || len(list) != 2 {
		t.Errorf("after undo: %+v, %v", list, err)
	}
	// Giving the theme again says as much as 'still right'.
	d.apply(d.ann, d.coord, 0)
	_, err = d.svc.MarkAnswers(d.ctx, d.p, d.ann, d.answers[2:3], coding.StateUnusable)
	d.ok(err)
	if list, err = d.svc.Rechecks(d.ctx, d.p, d.ann); err != nil || len(list) != 0 {
		t.Errorf("judged again and still listed: %+v, %v", list, err)
	}
}

func TestReviseRefusals(t *testing.T) {
	d := newDesk(t)
	good := func() coding.Batch { return batch("b.csv", "r1", "uusi", "toinen", "ei") }
	for want, change := range map[string]func(*coding.Batch){
		"revise.no_round":           func(b *coding.Batch) { b.Round.Key = "r9" },
		"revise.no_id":              func(b *coding.Batch) { b.Numbered = true },
		"import.same_file":          func(b *coding.Batch) { b.SHA256 = "sum of a.csv" },
		"revise.no_common_question": func(b *coding.Batch) { b.Questions[0].Key = "other" },
		"revise.nobody_same": func(b *coding.Batch) {
			rows := b.Rows
			b.Rows = func(yield func(coding.BatchRow, error) bool) {
				for row, err := range rows {
					row.External = "x" + row.External
					if !yield(row, err) {
						return
					}
				}
			}
		},
	} {
		b := good()
		change(&b)
		before := d.dump()
		if _, err := d.svc.Revision(d.ctx, d.p, d.lead, []coding.Batch{b}); problemKey(err) != want {
			t.Errorf("comparing: %v, want %s", err, want)
		}
		if _, _, err := d.svc.Revise(d.ctx, d.p, d.lead, []coding.Batch{b}, coding.Decisions{AllMissing: true}, nil); problemKey(err) != want {
			t.Errorf("revising: %v, want %s", err, want)
		}
		if diff := cmp.Diff(before, d.dump()); diff != "" {
			t.Errorf("%s left something behind: %s", want, diff)
		}
	}
	// Of several files, the one that is wrong is named; nobody may be in two, and all are of one round.
	for want, second := range map[string]coding.Batch{"revise.in_two": batch("c.csv", "r1", "uusi"), "revise.rounds": batch("c.csv", "r9", "uusi")} {
		before := d.dump()
		_, _, err := d.svc.Revise(d.ctx, d.p, d.lead, []coding.Batch{good(), second}, coding.Decisions{}, nil)
		var of coding.FileError
		if problemKey(err) != want || !errors.As(err, &of) || of.File != "c.csv" {
			t.Errorf("two files: %v, want %s", err, want)
		}
		if diff := cmp.Diff(before, d.dump()); diff != "" {
			t.Errorf("%s left something behind: %s", want, diff)
		}
	}
	if _, _, err := d.svc.Revise(d.ctx, d.p, d.ann, []coding.Batch{good()}, coding.Decisions{}, nil); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("an analyst: %v", err)
	}
	// Other columns: what is only here comes in, what is only there stays and is listed.
	wider := good()
	wider.Questions = append([]coding.Question{{Key: "new", Label: themes.Same("New")}}, wider.Questions...)
	wider.Variables = nil
	wider.Rows = func(yield func(coding.BatchRow, error) bool) {
		yield(coding.BatchRow{External: "1", Answers: []coding.BatchAnswer{{Question: 0, Text: "lisää"}, {Question: 1, Text: "Kukaan ei johda kokonaisuutta."}}}, nil)
	}
	_, done, err := d.svc.Revise(d.ctx, d.p, d.lead, []coding.Batch{wider}, coding.Decisions{Missing: []coding.RespondentID{999}}, nil)
	d.ok(err)
	if len(done.NewQuestions) != 1 || len(done.LeftVariables) != 1 || done.Added != 1 || done.Texts != 0 || len(done.Missing) != 2 {
		t.Errorf("done: %+v", done)
	}
	if got := d.content("r1"); len(got) != 3 {
		t.Errorf("somebody was removed without a decision: %v", got)
	}
}

// TestCategoryWordings: a round that calls a category otherwise keeps its name for it, a code is no name, and a corrected file
// that calls it as the project does takes the old name away. Undo restores it.
func TestCategoryWordings(t *testing.T) {
	d := newDesk(t)
	named := func(round string) (out []string) {
		d.view(func(r coding.Reader) {
			vars, err := r.Variables(d.ctx, d.p)
			d.ok(err)
			rounds, err := r.Rounds(d.ctx, d.p)
			d.ok(err)
			for _, one := range rounds {
				for _, c := range vars[0].Categories {
					if one.Key == round {
						out = append(out, one.Named(c.ID).FI)
					}
				}
			}
		})
		return out
	}
	later := batch("2.csv", "r5", "uusi vastaus", "toinen vastaus")
	later.Variables[0].Categories = []coding.Category{{Key: "a", Label: coding.Text{FI: "Järjestö"}}, {Key: "b", Label: themes.Same("b")}}
	_, err := d.svc.Import(d.ctx, d.p, d.lead, later, nil)
	d.ok(err)
	if got := named("r5"); !cmp.Equal(got, []string{"Järjestö", ""}) {
		t.Errorf("the round calls them %q", got)
	}
	fixed := batch("3.csv", "r5", "uusi vastaus", "toinen vastaus")
	_, _, err = d.svc.Revise(d.ctx, d.p, d.lead, []coding.Batch{fixed}, coding.Decisions{}, nil)
	d.ok(err)
	if got := named("r5"); !cmp.Equal(got, []string{"A", ""}) {
		t.Errorf("corrected, the round calls them %q", got)
	}
	_, err = d.svc.Undo(d.ctx, d.p, d.lead)
	d.ok(err)
	if got := named("r5"); !cmp.Equal(got, []string{"Järjestö", ""}) {
		t.Errorf("after undo the round calls them %q", got)
	}
	if got := named("r1"); !cmp.Equal(got, []string{"", ""}) {
		t.Errorf("the first round calls them %q", got)
	}
}
