package archive

import (
	"slices"

	"avokoodi/coding"
	"avokoodi/themes"
	"avokoodi/themes/codebook"
)

// codebook writes the themes as a table that 'themes import' reads, as a REFI-QDA codebook, and whole.
func (a *archive) codebook() error {
	a.manifest.Counts["themes"] = a.known.tree.Len()
	for _, f := range []File{{Name: "codebook.csv", About: "the codebook, as 'avokoodi themes import' reads it"}, {Name: "codebook.qdc", About: "the codebook for other programs (REFI-QDA)"}} {
		w, err := a.create(f.Name)
		if err != nil {
			return err
		}
		if err := codebook.Write(w, f.Name, a.known.tree, themes.EN); err != nil {
			return err
		}
		f.Rows = a.known.tree.Len()
		a.manifest.Files = append(a.manifest.Files, f)
	}
	return list(a, "themes.json", "the codebook whole", a.known.tree.All())
}

// codings writes a row for each coding, or one for each stretch of its evidence, as 'codings import' reads them.
func (a *archive) codings() error {
	columns := slices.Concat([]string{"coding"}, placeColumns, []string{"theme", "coder", "start", "end", "source", "rule", "theme_version", "at", "recheck"})
	return a.table("codings.csv", "themes given to answers, a row for each stretch of evidence, as 'avokoodi codings import' reads them", columns, func(add func(...string) error) error {
		for c, err := range a.r.EachCoding(a.ctx, a.p) {
			if err != nil {
				return err
			}
			a.manifest.Counts["codings"]++
			a.known.codings[c.ID] = coding.Coding{Answer: c.Answer, Theme: c.Theme, Coder: c.Coder}
			spans := [][2]string{{"", ""}}
			if len(c.Evidence) > 0 {
				spans = nil
			}
			for _, s := range c.Evidence {
				spans = append(spans, [2]string{number(s.Start), number(s.End)})
			}
			for _, s := range spans {
				row := slices.Concat([]string{number(c.ID)}, a.known.place(c.Answer), []string{a.known.themes[c.Theme], a.known.person(c.Coder), s[0], s[1],
					string(c.Source), c.Rule, number(c.Version), moment(c.At), some(c.Recheck)})
				if err := add(row...); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (a *archive) marks() error {
	columns := slices.Concat(placeColumns, []string{"coder", "state", "at", "recheck"})
	return a.table("marks.csv", "answers read and marked: none (no theme applies) or unusable", columns, func(add func(...string) error) error {
		for m, err := range a.r.EachMark(a.ctx, a.p) {
			if err != nil {
				return err
			}
			a.manifest.Counts["marks"]++
			if err := add(append(a.known.place(m.Answer), a.known.person(m.Coder), string(m.State), moment(m.At), some(m.Recheck))...); err != nil {
				return err
			}
		}
		return nil
	})
}

func (a *archive) memos() error {
	columns := slices.Concat([]string{"on"}, placeColumns, []string{"theme", "coder", "author", "at", "text"})
	return a.table("memos.csv", "memos on an answer, a coding, a theme or the project", columns, func(add func(...string) error) error {
		for _, on := range []coding.MemoOn{coding.MemoAnswer, coding.MemoCoding, coding.MemoTheme, coding.MemoProject} {
			for m, err := range a.r.EachMemo(a.ctx, a.p, on) {
				if err != nil {
					return err
				}
				a.manifest.Counts["memos"]++
				place, theme, coder := []string{"", "", "", ""}, "", ""
				switch on {
				case coding.MemoAnswer:
					place = a.known.place(coding.AnswerID(m.Target))
				case coding.MemoCoding:
					c := a.known.codings[coding.CodingID(m.Target)]
					place, theme, coder = a.known.place(c.Answer), a.known.themes[c.Theme], a.known.person(c.Coder)
				case coding.MemoTheme:
					theme = a.known.themes[coding.ThemeID(m.Target)]
				}
				if err := add(slices.Concat([]string{string(on)}, place, []string{theme, coder, a.known.person(m.Author), moment(m.At), m.Text})...); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// quotes writes what each quote says as a table, and the quotes whole.
func (a *archive) quotes() error {
	quotes, err := a.r.Quotes(a.ctx, a.p)
	if err != nil {
		return err
	}
	a.manifest.Counts["quotes"] = len(quotes)
	columns := slices.Concat([]string{"quote"}, placeColumns, []string{"theme", "section", "state", "said", "short", "note", "by", "at"})
	err = a.table("quotes.csv", "quotes in their order; said is what they said when they were last saved, empty for the whole answer", columns, func(add func(...string) error) error {
		for _, q := range quotes {
			short := ""
			if q.Short != nil {
				short = q.Short.Said
			}
			row := slices.Concat([]string{number(q.ID)}, a.known.place(q.Answer), []string{a.known.themes[q.Theme], q.Section, string(q.State), q.Long.Said, short, q.Note,
				a.known.person(q.By), moment(q.At)})
			if err := add(row...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return list(a, "quotes.json", "quotes whole: operations on answers, signatures, translations, comments", quotes)
}
