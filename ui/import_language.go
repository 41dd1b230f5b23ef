package ui

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// triedAnswers is how many answers are tried to show what detection makes of them.
const triedAnswers = 3000

const maxRound = 60 // code points

func (s *Server) languagePage(r *request, d *draft) error {
	if next := d.next(); next == "columns" || next == "versions" {
		return r.goTo(d.path(next), "")
	}
	m := d.mapping()
	if m.Round == "" {
		if m.Round = d.likelyRound(); m.Kind == coding.RoundNotes {
			m.Round = r.t("wizard.round.notes", m.Round)
		}
	}
	return s.showLanguage(r, d, m, faults{})
}

func (s *Server) showLanguage(r *request, d *draft, m importer.Mapping, wrong faults) error {
	k, err := s.present(r)
	if err != nil {
		return err
	}
	page := view.ImportLanguagePage{Page: r.base("wizard.language.title", "import"), Wizard: d.wizard("language"), Round: m.Round, Fields: wrong.fields}
	page.Errors = wrong.texts
	if page.Back = "columns"; d.aligns() || d.u.Versions && d.aligning() != "" {
		page.Back = "versions"
	}
	for _, kind := range coding.RoundKinds {
		page.Kinds = append(page.Kinds, view.Option{Value: string(kind), Label: r.t("wizard.kind." + string(kind)),
			Selected: kind == cmp.Or(m.Kind, coding.RoundSurvey)})
	}
	page.Rule = "auto"
	if m.Language.Fixed != "" {
		page.Rule = "fixed"
	}
	if i := findColumn(d.file.sheet, m.Language.Column); !m.Language.Column.IsZero() && i >= 0 {
		page.Rule, page.Column = "column", strconv.Itoa(i)
	}
	page.Columns = r.languageColumns(d, page.Column)
	if err := s.fileLanguages(r, d, &page); err != nil {
		return err
	}
	if err := r.guess(&page, d, m, s.Detect); err != nil {
		return err
	}
	fixed := m.Language.Fixed
	if fixed == "" {
		fixed = coding.Lang(r.lang)
	}
	for _, l := range themes.Langs {
		page.Fixed = append(page.Fixed, view.Option{Value: string(l), Label: r.t("lang.name." + string(l)), Selected: l == fixed})
	}
	for _, round := range k.rounds {
		page.Rounds = append(page.Rounds, round.Key)
	}
	return s.render(r, wrong.status(), "import_language", page)
}

// fileLanguages offers the language of each file for all of its answers, where there are several.
func (s *Server) fileLanguages(r *request, d *draft, page *view.ImportLanguagePage) error {
	if len(d.others) == 0 && (!d.known.Some() || d.known.Speaks(d.firstLanguage())) {
		return nil
	}
	if d.u.Hands.OwnTongue {
		page.Rule = "files"
	}
	v, err := s.aligned(d)
	if err != nil {
		return err
	}
	counts := map[string]int{}
	for i, f := range d.files() {
		counts[string(v.Languages[i])] += f.sheet.Len
	}
	page.Files = r.languageBars(counts, nil)
	return nil
}

// languageColumns lists the columns that may tell a row's language: those with few values, the likeliest first.
func (r *request) languageColumns(d *draft, chosen string) []view.LanguageColumn {
	var out []view.LanguageColumn
	for i, p := range d.file.proposal.Columns {
		st := p.Stats
		index := strconv.Itoa(i)
		if st.Filled == 0 || st.Distinct > 12 && index != chosen {
			continue
		}
		c := view.LanguageColumn{Index: index, Name: p.Name}
		for _, v := range st.Top {
			means := ""
			if l, ok := importer.ParseLanguage(v.Text); ok {
				means = r.t("lang.name." + string(l))
			} else {
				c.Bad++
			}
			c.Values = append(c.Values, view.LanguageValue{Text: clip(v.Text, 40), Means: means, N: v.N})
		}
		if c.Bad == 0 || index == chosen {
			out = append(out, c)
		}
	}
	return out
}

// doubtsShown is how many of the least certain answers are shown.
const doubtsShown = 6

// tried is what detection made of answers from all over the file.
type tried struct {
	n, unsure int
	counts    map[string]int
	sure      map[string]float64 // the sum of the confidences
	doubts    []doubt            // the least certain, the least first
}

type doubt struct {
	lang coding.Lang
	sure float64
	text string
}

func (t *tried) add(text string, detect importer.Detect) {
	l, sure, _ := detect(text)
	t.n++
	t.counts[string(l)]++
	t.sure[string(l)] += sure
	if !(coding.AnswerLanguage{Language: l, Confidence: int(100 * sure)}).Unsure() {
		return
	}
	t.unsure++
	at, _ := slices.BinarySearchFunc(t.doubts, sure, func(d doubt, sure float64) int { return cmp.Compare(d.sure, sure) })
	t.doubts = slices.Insert(t.doubts, at, doubt{l, sure, text})
	t.doubts = t.doubts[:min(len(t.doubts), doubtsShown)]
}

// guess tries detection on answers from all over the file and puts what came of it on the page.
func (r *request) guess(page *view.ImportLanguagePage, d *draft, m importer.Mapping, detect importer.Detect) error {
	if detect == nil {
		return nil
	}
	var cols []int
	for _, q := range m.Questions {
		if i := findColumn(d.file.sheet, q.Column); i >= 0 {
			cols = append(cols, i)
		}
	}
	stride := max(1, d.file.sheet.Len*len(cols)/triedAnswers)
	got := tried{counts: map[string]int{}, sure: map[string]float64{}}
	place := 0
	for row, err := range d.file.sheet.Rows() {
		if err != nil {
			return err
		}
		if place++; place%stride != 0 {
			continue
		}
		for _, c := range cols {
			if text := row.Cells[c]; text != "" {
				got.add(text, detect)
			}
		}
	}
	page.Guess, page.Tried, page.Unsure = r.languageBars(got.counts, got.sure), got.n, got.unsure
	for _, x := range got.doubts {
		page.Doubts = append(page.Doubts, view.LanguageDoubt{Lang: string(x.lang), Language: r.t("lang.name." + string(x.lang)),
			Sure: i18n.Percent(r.lang, x.sure), Text: clip(x.text, 120)})
	}
	return nil
}

// languageBars draws how many answers are in each language; sure is the sums of their confidences, nil where there are none.
func (r *request) languageBars(counts map[string]int, sure map[string]float64) []view.LanguageGuess {
	total, most := 0, 0
	for _, n := range counts {
		total, most = total+n, max(most, n)
	}
	var out []view.LanguageGuess
	for _, l := range []string{"fi", "sv", "en", ""} {
		if n := counts[l]; n > 0 {
			key := "lang.name." + l
			if l == "" {
				key = "lang.none"
			}
			g := view.LanguageGuess{Label: r.t(key), N: n, Share: r.share(n, total), Size: max(n*1000/most, 4)}
			if l != "" && sure != nil {
				g.Sure = r.t("wizard.language.sure", i18n.Percent(r.lang, sure[l]/float64(n)))
			}
			out = append(out, g)
		}
	}
	return out
}

// share writes a part of a whole; one that rounds to nothing is '<1 %'.
func (r *request) share(n, of int) string {
	if n > 0 && n*200 < of {
		return "<" + i18n.Percent(r.lang, 0.01)
	}
	return i18n.Percent(r.lang, float64(n)/float64(of))
}

var yearForm = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2})(?:[^0-9]|$)`)

// likelyRound is the year that the file's name, or its dates, speak of; else the year it is now.
func (d *draft) likelyRound() string {
	if m := yearForm.FindStringSubmatch(d.u.File); m != nil {
		return m[1]
	}
	years := map[string]int{}
	for _, c := range d.file.proposal.Columns {
		if c.Role == importer.RoleDate {
			for _, text := range c.Stats.Sample {
				if m := yearForm.FindStringSubmatch(text); m != nil {
					years[m[1]]++
				}
			}
		}
	}
	best := ""
	for y, n := range years {
		if best == "" || n > years[best] || n == years[best] && y > best {
			best = y
		}
	}
	return cmp.Or(best, strconv.Itoa(time.Now().Year()))
}

// language takes the language rule and the round.
func (s *Server) language(r *request, d *draft) error {
	if next := d.next(); next == "columns" || next == "versions" {
		return r.goTo(d.path(next), "")
	}
	old := d.mapping()
	cols := d.columnsOf(old)
	next := old
	next.Round = strings.Join(strings.Fields(r.PostForm("round")), " ")
	next.Language = importer.LanguageRule{}
	if kind, asked := r.GetPostForm("kind"); asked {
		next.Kind = coding.RoundKind(oneOf(kind, "", "notes", "workshop"))
	}
	chosen := -1
	d.u.Hands.OwnTongue = r.PostForm("rule") == "files" && d.aligning() != ""
	switch r.PostForm("rule") {
	case "fixed":
		next.Language.Fixed = coding.Lang(oneOf(r.PostForm("fixed"), "fi", "sv", "en"))
	case "column":
		if i, err := strconv.Atoi(r.PostForm("column")); err == nil && i >= 0 && i < len(cols) {
			chosen = i
		}
	}
	for i := range cols {
		if cols[i].role == importer.RoleLanguage && i != chosen {
			cols[i].role = importer.RoleIgnore
		}
	}
	if chosen >= 0 && cols[chosen].role != importer.RoleQuestion {
		cols[chosen] = column{role: importer.RoleLanguage}
	}
	m := d.mappingOf(cols, next)
	if clip(m.Round, maxRound) != m.Round {
		wrong, _ := r.faulty(coding.Problem{Field: "round", Key: "wizard.round_long", Args: []any{maxRound}})
		return s.showLanguage(r, d, m, wrong)
	}
	d.u.Language = true
	if err := s.keep(d, m); err != nil {
		return err
	}
	if r.PostForm("do") != "continue" {
		return r.goTo(d.path("language"), "")
	}
	return r.goTo(d.path("check"), "")
}

// roundOf is the project's round of that key, and whether there is one.
func roundOf(rounds []coding.Round, key string) (coding.Round, bool) {
	i := slices.IndexFunc(rounds, func(x coding.Round) bool { return x.Key == key })
	if i < 0 {
		return coding.Round{}, false
	}
	return rounds[i], true
}
