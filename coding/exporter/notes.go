package exporter

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/report"
)

// head is the notes that every document has.
func head(p coding.Project, now time.Time, seq coding.Seq, o Options) []Note {
	n := []Note{
		{o.T("export.note_project"), fmt.Sprintf("%s (%s)", p.Name.In(o.Lang), p.Slug)},
		{o.T("export.note_time"), clock(now, o.Lang)},
		{o.T("export.note_state"), o.T("export.note_state_text", int(seq))},
	}
	if p.Synthetic {
		n = append(n, Note{o.T("export.note_synthetic"), o.T("export.note_synthetic_text")})
	}
	return n
}

func clock(t time.Time, l coding.Lang) string {
	if l == "en" {
		return t.Format("2 January 2006 15:04")
	}
	return t.Format("2.1.2006 15.04")
}

// countNotes says how a table was counted.
func countNotes(t report.Table, people map[coding.PersonID]coding.Person, now time.Time, o Options) []Note {
	n := head(t.Project, now, t.Seq, o)
	n = append(n, Note{o.T("export.note_unit"), o.T("export.unit_" + string(t.Unit) + "_text")},
		Note{o.T("export.note_base"), o.T("export.base_"+string(t.Unit), figure(t.Base, t.Threshold, o))})
	if t.Threshold > 1 {
		n = append(n, Note{o.T("export.note_threshold"), o.T("export.note_threshold_text", t.Threshold)})
	} else {
		n = append(n, Note{o.T("export.note_threshold"), o.T("export.note_threshold_off")})
	}
	n = append(n, codebookNote(themesOf(t.Rows, func(r report.Row) coding.Theme { return r.Theme }), o))
	if t.Weighted != nil {
		n = append(n, weightNotes(t, o)...)
	}
	if t.Net {
		n = append(n, Note{o.T("export.note_net"), o.T("export.note_net_text")})
	}
	if t.By != nil {
		n = append(n, Note{o.T("export.note_by"), ByName(t.By, o)})
	}
	if len(t.Alike) > 0 {
		n = append(n, Note{o.T("export.note_alike"), o.T("export.note_alike_text", t.Threshold)})
	}
	switch {
	case t.Judged.Suppressed != report.Shown:
	case t.Public:
		n = append(n, Note{o.T("export.note_judged"), o.T("export.note_judged_share", Percent(o.Lang, t.Judged.Share))})
	default:
		n = append(n, Note{o.T("export.note_judged"), o.T("export.note_judged_text", Percent(o.Lang, t.Judged.Share), Whole(o.Lang, t.Judged.N))})
	}
	if len(t.Scope.Rounds) != 1 && t.By != nil && t.By.Kind == report.ByRound {
		n = append(n, Note{o.T("export.note_rounds"), o.T("export.note_rounds_text")})
	}
	return append(n, scope(t.Scope, people, o)...)
}

// codebookNote says by which version of the codebook was counted: the highest version of a theme's definition.
func codebookNote(list []coding.Theme, o Options) Note {
	version := 0
	for _, th := range list {
		version = max(version, th.Version)
	}
	return Note{o.T("pack.codebook"), o.T("pack.codebook_text", len(list), version)}
}

// weightNotes says by what shares are weighted and what that is worth.
func weightNotes(t report.Table, o Options) []Note {
	w := t.Weighted
	text := o.T("numbers.weight_text", cmp.Or(w.Variable.Label.In(o.Lang), w.Variable.Key))
	if w.Without.Suppressed != report.Shown || w.Without.N > 0 {
		text += " " + o.T("numbers.weight_without", figure(w.Without, t.Threshold, o))
	}
	return []Note{{o.T("numbers.weight"), text}, {o.T("numbers.effective"), EffectText(t.Base, t.Effect, o)}}
}

// EffectText is the effective number of a weighted base: '231' of 'n = 375'.
func EffectText(base report.Cell, e report.Effect, o Options) string {
	if base.Suppressed != report.Shown || e.Hidden {
		return "·"
	}
	return Whole(o.Lang, int(math.Round(e.Effective)))
}

// figure is a cell in words.
func figure(c report.Cell, threshold int, o Options) string {
	if c.Suppressed != report.Shown {
		return HiddenText(c.Suppressed, threshold)
	}
	return Whole(o.Lang, c.N)
}

// HiddenText stands for a hidden number: '<5' for one that is below the threshold, '·' for one that protects another.
func HiddenText(why report.Hidden, threshold int) string {
	if why == report.Primary {
		return fmt.Sprint("<", threshold)
	}
	return "·"
}

// scope says which answers a document is about; nothing where it is about all.
func scope(s report.Scope, people map[coding.PersonID]coding.Person, o Options) []Note {
	var n []Note
	add := func(key string, values []string) {
		if len(values) > 0 {
			n = append(n, Note{o.T(key), strings.Join(values, ", ")})
		}
	}
	add("export.scope_questions", names(s.Questions, func(q coding.Question) string { return q.Name(o.Lang) }))
	add("export.scope_rounds", names(s.Rounds, func(r coding.Round) string { return r.Label.In(o.Lang) }))
	add("export.scope_languages", names(s.Languages, func(l coding.Lang) string {
		if l == "" {
			return o.T("export.lang_none")
		}
		return languageName(l, o)
	}))
	add("export.scope_states", names(s.States, func(st coding.State) string { return o.T("export.state_" + string(st)) }))
	label := func(th coding.Theme) string { return th.Label.In(o.Lang) }
	add("export.scope_themes", names(s.Themes, label))
	add("export.scope_all_themes", names(s.AllThemes, label))
	add("export.scope_people_themes", names(s.PeopleThemes, label))
	add("export.scope_no_themes", names(s.NoThemes, label))
	for _, v := range s.Categories {
		list := names(v.Categories, func(c coding.Category) string { return c.Label.In(o.Lang) })
		if v.None {
			list = append(list, o.T("export.no_category"))
		}
		n = append(n, Note{v.Variable.Label.In(o.Lang), strings.Join(list, ", ")})
	}
	coder := func(id coding.PersonID) string { return people[id].Shown() }
	add("export.scope_coders", names(s.Coders, coder))
	if s.By != 0 {
		add("export.scope_by", []string{coder(s.By)})
	}
	var more []string
	for _, c := range []struct {
		is  bool
		key string
	}{{s.Search, "export.scope_search"}, {s.Memo, "export.scope_memo"}, {s.Quote, "export.scope_quote"}, {s.Mixed, "export.scope_mixed"}, {s.Unsure, "export.scope_unsure"}} {
		if c.is {
			more = append(more, o.T(c.key))
		}
	}
	add("export.scope_more", more)
	if s.Words != "" {
		add("export.scope_words", []string{s.Words})
	}
	return n
}

func names[T any](list []T, name func(T) string) []string {
	return slices.Collect(func(yield func(string) bool) {
		for _, one := range list {
			if !yield(name(one)) {
				return
			}
		}
	})
}
