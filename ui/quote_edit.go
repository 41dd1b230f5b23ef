package ui

import (
	"slices"
	"strconv"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// edit is everything that can be done to the quote that is open. at makes the address of what is done to it.
func (p *quotePage) edit(q quoted, at func(do string) string) *view.QuoteEdit {
	project := p.access.Project
	onShort := p.Query("short") != "" || p.PostForm("short") != ""
	version := q.Long
	if onShort && q.Short != nil {
		version = *q.Short
	}
	e := &view.QuoteEdit{Version: q.Version, Do: at("/edit"), State: at("/state"), Show: at("/show"), Translate: at("/translate"), Comment: at("/comment"),
		HasShort: q.Short != nil, OnShort: onShort, Section: q.Section, Note: q.Note, Themes: selected(p.choices, themeValue(q.Theme)),
		CanApprove: !q.State.Ready() && (!project.Quoting.Second || q.State == coding.QuoteChecked) && !q.broken,
		CanReopen:  q.State != coding.QuoteCandidate && q.State != coding.QuoteEdited, Kept: q.Kept,
		NeedsCheck: project.Quoting.Second && !q.State.Ready() && q.State != coding.QuoteChecked,
		History:    p.path("/history?what=quote")}
	maker := q.Edited.By
	if maker == 0 {
		maker = q.By
	}
	e.CanCheck = (q.State == coding.QuoteCandidate || q.State == coding.QuoteEdited) && maker != p.person.ID && !q.broken
	e.Whole = len(version.Keep) == 0 && len(version.Edits) == 0
	e.Versions = []view.Option{{Value: "", Label: p.t("quotes.long_version"), Selected: !onShort}, {Value: "1", Label: p.t("quotes.short_version"), Selected: onShort}}
	if q.broken {
		e.Was = q.Long.Said
		e.Original = changedWords(q.Long.Said, q.answer.Text)
	} else {
		e.Original = original(q.answer.Text, version)
		for _, f := range quotes.Unmasked(quotes.FinderOf(project), q.answer.Text, version) {
			e.Found = append(e.Found, view.QuoteFound{Kind: p.t("privacy.kind." + string(f.Kind)), Text: f.Text, Label: quotes.Label(f.Kind, q.answer.Language),
				Start: f.Start, End: f.End, Direct: f.Kind.Direct()})
		}
		_, e.Capital = quotes.FirstLetter(q.answer.Text, version)
	}
	if typed, ok := p.typed("note"); ok {
		e.Note, e.Section, e.Placing = typed, p.PostForm("section"), true
	}
	if typed, ok := p.typed("text"); ok && strings.HasSuffix(p.Request.URL.Path, "/comment") {
		e.Typed = typed
	}
	p.classes(q, e)
	for _, l := range []coding.Lang{"fi", "sv", "en"} {
		if l == q.answer.Language {
			continue
		}
		field := view.QuoteTranslation{Lang: string(l), Language: p.language(l)}
		if t, ok := q.In(l); ok {
			field.Text, field.By = t.Text, p.nameOf(p.people, t.By)
			said, _ := quotes.Said(q.answer.Text, q.Long, project.Quoting.CutMark())
			field.Old = t.Of != said
		}
		if typed, ok := p.typed("text"); ok && p.PostForm("lang") == string(l) {
			field.Text, e.Translating = typed, true
		}
		e.Langs = append(e.Langs, field)
	}
	for _, c := range q.Comments {
		e.Comments = append(e.Comments, view.Memo{By: p.nameOf(p.people, c.By), Text: c.Text, When: i18n.Moment(p.lang, c.At)})
	}
	signed := func(key string, s coding.Signature) string {
		if s.By == 0 {
			return ""
		}
		return p.t(key, p.nameOf(p.people, s.By), i18n.Date(p.lang, s.At))
	}
	e.Checked, e.Approved = signed("quotes.checked_by", q.Checked), signed("quotes.approved_by", q.Approved)
	return e
}

// typed is what was written into a field of a form that was refused.
func (p *quotePage) typed(field string) (string, bool) {
	if !p.refused {
		return "", false
	}
	return p.GetPostForm(field)
}

// classes is the background variables that could stand with the quote, and why those chosen may not.
func (p *quotePage) classes(q quoted, e *view.QuoteEdit) {
	lang := coding.Lang(p.lang)
	var mine []coding.CategoryID
	_ = p.server.Service.Store().View(p.ctx(), func(rd coding.Reader) error {
		values, err := rd.ValuesOf(p.ctx(), p.projectID(), []coding.RespondentID{q.answer.Respondent})
		for _, v := range values {
			mine = append(mine, v.Category)
		}
		return err
	})
	asked := q.Shown
	if chosen := p.PostFormArray("variable"); len(chosen) > 0 {
		asked = nil
		for _, v := range p.variables {
			if slices.Contains(chosen, themeValue(coding.ThemeID(v.ID))) {
				asked = append(asked, v.ID)
			}
		}
	}
	for _, v := range p.variables {
		var labels []string
		for _, c := range v.Categories {
			if slices.Contains(mine, c.ID) {
				labels = append(labels, c.Label.In(lang))
			}
		}
		if len(labels) > 0 {
			e.Classes = append(e.Classes, view.QuoteClass{ID: int64(v.ID), Variable: v.Label.In(lang), Class: strings.Join(labels, " / "), On: slices.Contains(asked, v.ID)})
		}
	}
	if q.Override != nil {
		e.Override = p.t("quotes.overridden", p.nameOf(p.people, q.Override.By), i18n.Date(p.lang, q.Override.At), q.Override.Reason, q.Override.Sample)
	}
	if q.by.Refused {
		e.Refusal = p.t("quotes.too_few", q.by.Verdict.Sample, quotes.K(p.access.Project.Quoting))
	}
	a := q.by
	if !slices.Equal(asked, q.Shown) {
		want := q.Quote
		want.Shown, want.Override = asked, nil
		if judged, err := p.server.quoteDesk().Would(p.ctx(), p.projectID(), want); err == nil {
			a = judged
		}
	}
	for _, part := range a.Coarser {
		one := view.QuoteCoarser{}
		var words []string
		for _, id := range part {
			one.Variables = append(one.Variables, int64(id))
			for _, c := range e.Classes {
				if c.ID == int64(id) {
					words = append(words, c.Class)
				}
			}
		}
		one.Label = strings.Join(words, ", ")
		e.Coarser = append(e.Coarser, one)
	}
}

func themeValue(id coding.ThemeID) string { return strconv.FormatInt(int64(id), 10) }

// original is the whole answer in pieces: 'in' is what the quote keeps, 'gone' what something else stands for, 'out' the rest.
// Joined, they are the answer.
func original(text string, v coding.Version) []view.QuotePiece {
	pieces, err := quotes.Pieces(text, v, coding.CutMarks[0])
	if err != nil {
		return []view.QuotePiece{{Kind: "out", Text: text}}
	}
	runes := []rune(text)
	var out []view.QuotePiece
	at := 0
	add := func(kind string, end int) {
		if end > at {
			out = append(out, view.QuotePiece{Kind: kind, Text: string(runes[at:end])})
			at = end
		}
	}
	for _, x := range pieces {
		if x.Kind == quotes.Cut {
			continue
		}
		add("out", x.From.Start)
		switch x.Kind {
		case quotes.Words, quotes.Sic:
			add("in", x.From.End)
		default:
			add("gone", x.From.End)
		}
	}
	add("out", len(runes))
	return out
}

// changedWords is the answer as it is, with the words marked that differ from what was quoted: 'new' for those that came, 'gone' for
// those that went.
func changedWords(said, text string) []view.QuotePiece {
	kinds := map[coding.Edit]string{coding.EditSame: "in", coding.EditAdded: "new", coding.EditRemoved: "gone"}
	var out []view.QuotePiece
	for _, x := range coding.DiffWords(said, text) {
		out = append(out, view.QuotePiece{Kind: kinds[x.Op], Text: x.Text})
	}
	return out
}
