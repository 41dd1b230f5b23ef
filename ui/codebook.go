package ui

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/themes"
	"avokoodi/ui/view"
)

// bookPage is what the codebook page is made from.
type bookPage struct {
	tree    themes.Tree
	counts  map[coding.ThemeID]string // respondents, under the threshold's rule
	used    map[coding.ThemeID]bool
	open    coding.ThemeID
	form    *view.ThemeForm
	canEdit bool
}

func (b *bookPage) byKey(key string) (coding.Theme, bool) {
	for _, th := range b.tree.All() {
		if th.Key == key && key != "" {
			return th, true
		}
	}
	return coding.Theme{}, false
}

// codebook reads the themes with their counts: respondents, for readers under the threshold's rule.
func (s *Server) codebook(r *request) (*bookPage, error) {
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return nil, err
	}
	book := &bookPage{tree: tree, counts: map[coding.ThemeID]string{}, used: map[coding.ThemeID]bool{},
		canEdit: r.access.Role.AtLeast(coding.RoleAnalyst)}
	err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		ask := report.Request{Project: r.projectID(), Threshold: 1} // those who code see what is behind the numbers anyway
		if !book.canEdit {
			ask.Threshold, ask.Public = 0, true
		}
		table, err := report.CountOn(b, ask)
		for _, row := range table.Rows {
			book.used[row.Theme.ID] = !b.Theme(row.Theme.ID).IsEmpty()
			if !book.canEdit { // that a hidden number is nobody's is hidden too
				book.used[row.Theme.ID] = row.Total.Suppressed != report.Shown || row.Total.N > 0
			}
			book.counts[row.Theme.ID] = r.cellText(row.Total, table.Threshold)
		}
		return err
	})
	return book, err
}

func (b *bookPage) page(r *request) view.ThemesPage {
	page := view.ThemesPage{Page: r.base("themes.title", "themes"), CanEdit: b.canEdit,
		CanDelete: r.access.Role.AtLeast(coding.RoleLead), Total: b.tree.Len(), Form: b.form, Exports: r.exports(nil, "codebook")}
	missing := map[coding.Lang]int{}
	for _, th := range b.tree.All() {
		if th.Retired {
			page.Retired++
			continue
		}
		if !b.used[th.ID] {
			page.Unused++
		}
		for _, l := range themes.Langs {
			if th.Label.Exact(l) == "" {
				missing[l]++
			}
		}
	}
	for _, l := range themes.Langs {
		if missing[l] > 0 {
			page.Missing = append(page.Missing, view.MissingLabels{Lang: string(l), N: missing[l]})
		}
	}
	page.Tree = b.branch(r, 0)
	return page
}

func (b *bookPage) branch(r *request, parent coding.ThemeID) []view.ThemeRow {
	var rows []view.ThemeRow
	for i, id := range b.tree.Children(parent) {
		th, _ := b.tree.Get(id)
		row := view.ThemeRow{ID: int64(id), Parent: int64(parent), Key: th.Key, Label: th.Label.In(r.labels()), Hue: th.Hue,
			Depth: b.tree.Depth(id), Shortcut: th.Shortcut, Retired: th.Retired, Current: id == b.open, Position: i,
			Count: b.counts[id], Href: themeHref(r, th.Key), CanEdit: b.canEdit}
		if !b.canEdit || r.Query("view") == "read" {
			row.Href, row.CanEdit = "#t-"+th.Key, false
		}
		for _, l := range themes.Langs {
			if th.Label.Exact(l) == "" {
				row.Missing = append(row.Missing, string(l))
			}
		}
		row.Subs = b.branch(r, id)
		rows = append(rows, row)
	}
	return rows
}

// blankForm is the form of a new theme.
func (b *bookPage) blankForm(r *request, parent coding.Theme) *view.ThemeForm {
	th := coding.Theme{Parent: parent.ID, Hue: b.tree.FreeHue()}
	if parent.ID != 0 {
		th.Hue = parent.Hue
	}
	return b.formOf(r, th)
}

// formOf is the form of a theme as th says, which may be what a person wrote and the store refused.
func (b *bookPage) formOf(r *request, th coding.Theme) *view.ThemeForm {
	f := &view.ThemeForm{ID: int64(th.ID), Key: th.Key, Title: th.Label.In(r.labels()), Hue: th.Hue, Shortcut: th.Shortcut, Retired: th.Retired,
		Version: th.Version, Aliases: th.Aliases, Parent: int64(th.Parent), Seen: themeStamp(th), Slug: r.slug(),
		CanDelete: r.access.Role.AtLeast(coding.RoleLead), Fields: map[string]string{}}
	if th.ID == 0 {
		f.Seen = ""
	}
	if up, ok := b.tree.Get(th.Parent); ok {
		f.ParentName, f.ParentKey = up.Label.In(r.labels()), up.Key
	}
	notes := []struct {
		name string
		text coding.Text
	}{{"definition", th.Definition}, {"include", th.Include}, {"exclude", th.Exclude}}
	f.Notes = make([]view.NoteField, len(notes))
	for i, l := range themes.Langs {
		f.Label[i] = view.Wording{Lang: string(l), Text: th.Label.Exact(l)}
		for j, n := range notes {
			f.Notes[j].Name = n.name
			f.Notes[j].Texts[i] = view.Wording{Lang: string(l), Text: n.text.Exact(l)}
		}
		f.Keywords.Texts[i] = view.Wording{Lang: string(l), Text: strings.Join(th.Keywords.In(l), "; ")}
	}
	f.Keywords.Name = "keywords"
	for h := 1; h <= themes.Hues; h++ {
		f.Hues = append(f.Hues, view.HueChoice{Hue: h, Name: r.t(fmt.Sprintf("hue.%d", h)), Checked: h == th.Hue})
	}
	f.Parents = b.parents(r, th)
	siblings := b.tree.Children(th.Parent)
	at := slices.Index(siblings, th.ID)
	f.First, f.Last, f.Nested, f.CanNest = at <= 0, at == len(siblings)-1, th.Parent != 0, at > 0
	f.HasSubs = len(b.tree.Children(th.ID)) > 0 && th.ID != 0
	return f
}

// parents is where the theme may stand: at the top or under any theme that is not its own sub-theme.
func (b *bookPage) parents(r *request, th coding.Theme) []view.Option {
	out := []view.Option{{Value: "0", Label: r.t("themes.top"), Selected: th.Parent == 0}}
	below := map[coding.ThemeID]bool{}
	if th.ID != 0 {
		for _, id := range b.tree.Within(th.ID) {
			below[id] = true
		}
	}
	for _, up := range b.tree.All() {
		if !below[up.ID] && b.tree.Depth(up.ID) < themes.MaxDepth-1 {
			out = append(out, view.Option{Value: fmt.Sprint(up.ID), Selected: up.ID == th.Parent,
				Label: strings.Repeat("\u2003", b.tree.Depth(up.ID)) + up.Label.In(r.labels())})
		}
	}
	return out
}

// themeStamp is a short mark of all that the form holds, to notice that another person changed the theme meanwhile.
func themeStamp(th coding.Theme) string {
	th.Examples, th.Parent, th.Order, th.Aliases = nil, 0, 0, nil
	raw, err := json.Marshal(th)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:8])
}

// trimmed is a form field without white space around it and with plain line ends.
func trimmed(r *request, name string) string {
	return strings.TrimSpace(strings.ReplaceAll(r.PostForm(name), "\r\n", "\n"))
}

// readings is the whole codebook in the reader's language.
func (s *Server) readings(r *request, b *bookPage) ([]view.ThemeReading, error) {
	var out []view.ThemeReading
	l := r.labels()
	var examples []coding.AnswerID
	for _, th := range b.tree.All() {
		if b.canEdit {
			for _, id := range th.Examples {
				examples = append(examples, coding.AnswerID(id))
			}
		}
	}
	excerpts, err := s.excerpts(r, examples, 0)
	if err != nil {
		return nil, err
	}
	for _, th := range b.tree.All() {
		one := view.ThemeReading{Key: th.Key, Label: th.Label.In(l), Hue: th.Hue, Depth: b.tree.Depth(th.ID), Shortcut: th.Shortcut,
			Retired: th.Retired, Count: b.counts[th.ID]}
		for _, other := range themes.Langs {
			if text := th.Label.Exact(other); text != "" && text != one.Label {
				one.Others = append(one.Others, view.Wording{Lang: string(other), Text: text})
			}
		}
		for _, n := range []struct {
			name string
			text coding.Text
		}{{"definition", th.Definition}, {"include", th.Include}, {"exclude", th.Exclude}} {
			if n.text.IsZero() {
				continue
			}
			one.Notes = append(one.Notes, r.themeNote(n.name, n.text))
		}
		if words := th.Keywords.In(l); len(words) > 0 {
			one.Notes = append(one.Notes, view.ThemeNote{Name: "keywords", Text: strings.Join(words, ", ")})
		}
		for _, id := range th.Examples {
			if e, ok := excerpts[coding.AnswerID(id)]; ok {
				one.Examples = append(one.Examples, e)
			}
		}
		out = append(out, one)
	}
	return out, nil
}
