package ui

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
	"avokoodi/ui/view"
)

// changes lists the changes of a step in words, at most so many.
func (t *teller) changes(st coding.Step, most int) ([]view.ChangeRow, error) {
	var rows []view.ChangeRow
	r := t.r
	err := t.s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		changes, err := rd.ChangesOf(r.ctx(), r.projectID(), st.ID)
		if err != nil {
			return err
		}
		for _, c := range changes {
			if th, ok := themeIn(c); ok {
				t.gone[th.ID] = th
			}
		}
		changes = changes[:min(len(changes), most)]
		links, err := answerLinks(r, rd, answersOf(changes))
		if err != nil {
			return err
		}
		for _, c := range changes {
			row, err := t.change(c, st)
			if err != nil {
				return err
			}
			if link, ok := links[answerOf(c)]; ok {
				row.Answer = &link
			}
			rows = append(rows, row)
		}
		return nil
	})
	return rows, err
}

func (t *teller) change(c coding.Change, st coding.Step) (view.ChangeRow, error) {
	r := t.r
	row := view.ChangeRow{Sign: "~", Kind: r.t("kind." + string(c.Kind))}
	if c.Emptied() {
		row.Sign, row.Words = "−", r.t("history.erased")
		return row, nil
	}
	before, err := coding.Decode(c.Kind, c.Before)
	if err != nil {
		return row, err
	}
	after, err := coding.Decode(c.Kind, c.After)
	if err != nil {
		return row, err
	}
	entity := after
	switch {
	case before == nil:
		row.Sign = "+"
	case after == nil:
		row.Sign, entity = "−", before
	}
	other := func(id coding.PersonID) string {
		if id == st.Actor {
			return ""
		}
		return r.nameOf(t.people, id)
	}
	switch e := entity.(type) {
	case coding.Coding:
		row.Chip, row.Who = t.chipOf(e.Theme), other(e.Coder)
		if row.Sign == "~" {
			old, _ := before.(coding.Coding)
			row.Words = cmp.Or(r.recheckDiff(old.Recheck, e.Recheck), r.t("history.evidence"))
		}
	case coding.Mark:
		row.Words, row.Who = r.t("state."+string(e.State)), other(e.Coder)
		if old, ok := before.(coding.Mark); ok && row.Sign == "~" {
			row.Words = cmp.Or(r.recheckDiff(old.Recheck, e.Recheck), row.Words)
		}
	case coding.Decision:
		row.Chip, row.Words, row.Quote, row.Who = t.chipOf(e.Theme), r.t("decided."+decidedWord(e.Applies)), e.Why, other(e.By)
	case coding.Answer:
		row.Quote = shortened(e.Text, 400)
	case coding.Respondent:
		row.Words = fmt.Sprintf("#%04d", e.Number)
	case coding.Memo:
		row.Words, row.Quote, row.Who = r.t("history.memo_on."+string(e.On)), shortened(e.Text, 400), other(e.Author)
		if e.On == coding.MemoTheme {
			row.Chip = t.chipOf(coding.ThemeID(e.Target))
		}
	case coding.Quote:
		if e.Theme != 0 {
			row.Chip = t.chipOf(e.Theme)
		}
		row.Words, row.Quote = r.quoteDiff(before, after), shortened(e.Note, 400)
	case coding.Theme:
		row.Chip = t.chip(e)
		if row.Sign == "~" {
			row.Words = strings.Join(r.themeDiff(c), ", ")
		}
	case coding.AnswerLanguage:
		row.Words = r.language(e.Language)
		if old, ok := before.(coding.AnswerLanguage); ok {
			row.Words = r.language(old.Language) + " → " + row.Words
		}
	case coding.Import:
		row.Words = r.t("history.import", e.Respondents, e.Answers)
		row.Quote = e.File
	case coding.Round:
		row.Words = cmp.Or(e.Label.In(coding.Lang(r.lang)), e.Key)
	case coding.Question:
		row.Words = cmp.Or(e.Name(coding.Lang(r.lang)), e.Key)
	case coding.Variable:
		row.Words = cmp.Or(e.Label.In(coding.Lang(r.lang)), e.Key)
	case coding.Category:
		row.Words = cmp.Or(e.Label.In(coding.Lang(r.lang)), e.Key)
	case coding.Pack:
		row.Words = e.Name
	case coding.Workshop:
		row.Words = e.Name
	case coding.Assignment:
		row.Words, row.Who = r.t("history.assignment", len(e.Answers)), r.nameOf(t.people, e.Coder)
	case coding.Project:
		row.Words = e.Name.In(coding.Lang(r.lang))
		if old, ok := before.(coding.Project); ok {
			row.Words = cmp.Or(strings.Join(r.projectDiff(old, e), ", "), row.Words)
		}
	}
	return row, nil
}

// projectDiff names what a change of a project's settings changed, as far as it has words.
func (r *request) projectDiff(old, now coding.Project) []string {
	var out []string
	if old.Name != now.Name {
		out = append(out, old.Name.In(coding.Lang(r.lang))+" → "+now.Name.In(coding.Lang(r.lang)))
	}
	if old.Threshold != now.Threshold {
		out = append(out, r.t("history.threshold", old.Threshold, now.Threshold))
	}
	if a, b := quotes.K(old.Quoting), quotes.K(now.Quoting); a != b {
		out = append(out, r.t("history.quote_k", a, b))
	}
	if old.NoSuggestions != now.NoSuggestions {
		key := "history.suggestions_on"
		if now.NoSuggestions {
			key = "history.suggestions_off"
		}
		out = append(out, r.t(key))
	}
	if n := len(now.EmptyTalk) - len(old.EmptyTalk); n != 0 {
		out = append(out, r.t("history.empty_talk", len(now.EmptyTalk)))
	}
	return out
}

// recheckDiff says that a judgement was put on the list of what is to be checked again, or taken off it; "" for neither.
func (r *request) recheckDiff(before, after coding.StepID) string {
	switch {
	case before == 0 && after != 0:
		return r.t("history.recheck")
	case before != 0 && after == 0:
		return r.t("history.rechecked")
	}
	return ""
}

// quoteDiff names what a change of a quote changed.
func (r *request) quoteDiff(before, after any) string {
	b, had := before.(coding.Quote)
	a, has := after.(coding.Quote)
	if !had || !has {
		return ""
	}
	var out []string
	if a.State != b.State {
		out = append(out, r.t("quotes.state."+stateKey(a.State)))
	}
	for _, c := range []struct {
		is  bool
		key string
	}{{a.Section != b.Section, "section"}, {!slices.Equal(a.Shown, b.Shown), "shown"}, {a.Override != nil && b.Override == nil, "override"},
		{len(a.Comments) != len(b.Comments), "comment"}, {!slices.Equal(a.Translations, b.Translations), "translation"}, {!slices.Equal(a.UsedIn, b.UsedIn), "used"}} {
		if c.is {
			out = append(out, r.t("history.quote."+c.key))
		}
	}
	if a.Theme != b.Theme {
		out = append(out, r.t("history.quote.theme"))
	}
	if !reflect.DeepEqual(a.Long, b.Long) || !reflect.DeepEqual(a.Short, b.Short) {
		out = append(out, r.t("history.quote.span"))
	}
	if a.Note != b.Note {
		out = append(out, r.t("history.quote.note"))
	}
	if a.Order != b.Order {
		out = append(out, r.t("history.quote.order"))
	}
	return strings.Join(out, ", ")
}

// shortened cuts a text after so many code points.
func shortened(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + "…"
}
