package ui

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/privacy"
	"avokoodi/coding/sets"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// frame is what cards share: the project's structure and the people.
type frame struct {
	tree      themes.Tree
	questions map[coding.QuestionID]coding.Question
	variables []coding.Variable
	keys      map[string]string            // as Card.KeyOf
	named     *roaring.Bitmap              // answers in which somebody is identified; nil where that is not known
	class     map[coding.CategoryID]string // labels of the first variable's categories
	people    map[coding.PersonID]coding.Person
	mixed     bool // several questions are shown together
	filter    string
	hits      map[coding.AnswerID][]coding.Span
	now       coding.AnswerID
	groups    map[coding.AnswerID]together
	judged    map[coding.AnswerID]judgements
	veiled    *roaring.Bitmap // answers that the reader codes blind
}

func (r *request) frame(b *sets.Board, people []coding.Person) frame {
	f := frame{tree: b.Tree(), variables: b.Variables(), keys: r.deskKeys(), questions: map[coding.QuestionID]coding.Question{}, class: map[coding.CategoryID]string{},
		veiled: b.Veiled(r.person.ID), people: map[coding.PersonID]coding.Person{}}
	for _, q := range b.Questions() {
		f.questions[q.ID] = q
	}
	if vs := b.Variables(); len(vs) > 0 {
		for _, c := range vs[0].Categories {
			f.class[c.ID] = c.Label.In(r.labels())
		}
	}
	for _, p := range people {
		f.people[p.ID] = p
	}
	return f
}

// cards reads answers with all that stands on them, in the order of ids.
func (s *Server) cards(r *request, ids []coding.AnswerID, f frame) ([]view.Card, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	ctx, p := r.ctx(), r.projectID()
	var out []view.Card
	err := s.Service.Store().View(ctx, func(rd coding.Reader) error {
		answers, err := rd.Answers(ctx, p, ids)
		if err != nil {
			return err
		}
		on, err := readOn(ctx, rd, p, ids, answers, f.variables)
		if err != nil {
			return err
		}
		out = make([]view.Card, 0, len(answers))
		for _, a := range answers {
			out = append(out, r.card(a, on, f))
		}
		return nil
	})
	return out, err
}

// on is everything on a handful of answers.
type on struct {
	codings     map[coding.AnswerID][]coding.Coding
	marks       map[coding.AnswerID][]coding.Mark
	memos       map[coding.AnswerID][]coding.Memo
	onCodings   map[coding.CodingID][]coding.Memo
	quoted      map[coding.AnswerID]bool
	decisions   map[coding.AnswerID][]coding.Decision
	respondents map[coding.RespondentID]coding.Respondent
	categories  map[coding.RespondentID][]coding.CategoryID
}

func readOn(ctx context.Context, rd coding.Reader, p coding.ProjectID, ids []coding.AnswerID, answers []coding.Answer, vars []coding.Variable) (on, error) {
	o := on{codings: map[coding.AnswerID][]coding.Coding{}, marks: map[coding.AnswerID][]coding.Mark{},
		memos: map[coding.AnswerID][]coding.Memo{}, quoted: map[coding.AnswerID]bool{}, decisions: map[coding.AnswerID][]coding.Decision{},
		respondents: map[coding.RespondentID]coding.Respondent{}, categories: map[coding.RespondentID][]coding.CategoryID{}}
	codings, err := rd.CodingsOf(ctx, p, ids)
	if err != nil {
		return o, err
	}
	for _, c := range codings {
		o.codings[c.Answer] = append(o.codings[c.Answer], c)
	}
	if o.onCodings, err = memosOnCodings(ctx, rd, p, codings); err != nil {
		return o, err
	}
	marks, err := rd.MarksOf(ctx, p, ids)
	if err != nil {
		return o, err
	}
	for _, m := range marks {
		o.marks[m.Answer] = append(o.marks[m.Answer], m)
	}
	decisions, err := rd.DecisionsOf(ctx, p, ids)
	if err != nil {
		return o, err
	}
	for _, d := range decisions {
		o.decisions[d.Answer] = append(o.decisions[d.Answer], d)
	}
	targets := make([]int64, len(ids))
	for i, id := range ids {
		targets[i] = int64(id)
	}
	memos, err := rd.MemosOf(ctx, p, coding.MemoAnswer, targets)
	if err != nil {
		return o, err
	}
	for _, m := range memos {
		o.memos[coding.AnswerID(m.Target)] = append(o.memos[coding.AnswerID(m.Target)], m)
	}
	quotes, err := rd.QuotesOf(ctx, p, ids)
	if err != nil {
		return o, err
	}
	for _, q := range quotes {
		o.quoted[q.Answer] = true
	}
	people := make([]coding.RespondentID, 0, len(answers))
	for _, a := range answers {
		people = append(people, a.Respondent)
	}
	respondents, err := rd.Respondents(ctx, p, people)
	if err != nil {
		return o, err
	}
	for _, x := range respondents {
		o.respondents[x.ID] = x
	}
	vals, err := rd.ValuesOf(ctx, p, people)
	if err != nil {
		return o, err
	}
	for _, v := range coding.WithDerived(vars, vals) {
		o.categories[v.Respondent] = append(o.categories[v.Respondent], v.Category)
	}
	return o, nil
}

// unsure is how certain the answer's language is, where that is little.
func (r *request) unsure(a coding.Answer) string {
	if !a.Spoken().Unsure() {
		return ""
	}
	return i18n.Percent(r.lang, float64(a.Confidence)/100)
}

// memosOnCodings reads the memos on codings, of which there mostly are none.
func memosOnCodings(ctx context.Context, rd coding.Reader, p coding.ProjectID, codings []coding.Coding) (map[coding.CodingID][]coding.Memo, error) {
	out := map[coding.CodingID][]coding.Memo{}
	if len(codings) == 0 {
		return out, nil
	}
	ids := make([]int64, len(codings))
	for i, c := range codings {
		ids[i] = int64(c.ID)
	}
	memos, err := rd.MemosOf(ctx, p, coding.MemoCoding, ids)
	for _, m := range memos {
		out[coding.CodingID(m.Target)] = append(out[coding.CodingID(m.Target)], m)
	}
	return out, err
}

func (r *request) card(a coding.Answer, o on, f frame) view.Card {
	codings, marks, decisions := r.forEyes(a.ID, o, f)
	_, state := coding.Settle(codings, marks, decisions)
	mine := func(c coding.Coding) bool { return c.Coder == r.person.ID }
	c := view.Card{ID: int64(a.ID), Number: fmt.Sprintf("#%04d", o.respondents[a.Respondent].Number), Lang: string(a.Language),
		Language: r.language(a.Language), Mixed: a.Mixed, Unsure: r.unsure(a), State: string(state), Quoted: o.quoted[a.ID],
		Project: r.slug(), CanCode: r.access.Role.AtLeast(coding.RoleAnalyst), Now: a.ID == f.now}
	if f.named == nil || f.named.Contains(uint32(a.ID)) { // the finder takes as long as reading the card
		c.Identifies = r.kindsIn(privacy.New(), a.Text)
	}
	if c.CanCode && r.changed(codings, marks) {
		c.Changed = r.path("/recheck?after=" + strconv.FormatInt(int64(a.ID)-1, 10))
	}
	c.Mine = string(coding.StateOf(
		slices.DeleteFunc(slices.Clone(codings), func(x coding.Coding) bool { return !mine(x) }),
		slices.DeleteFunc(slices.Clone(marks), func(m coding.Mark) bool { return m.Coder != r.person.ID })))
	if f.mixed {
		c.Question = f.questions[a.Question].Name(coding.Lang(r.lang))
	}
	for _, cat := range o.categories[a.Respondent] {
		if label, ok := f.class[cat]; ok {
			c.Class = label
			break
		}
	}
	var marked []evidence
	c.Chips, marked = r.chips(codings, decisions, f)
	c.Segments = segments(a.Text, marked, f.hits[a.ID])
	c.Blind = f.veiled.Contains(uint32(a.ID))
	for _, m := range o.memos[a.ID] {
		if m.Author == r.person.ID {
			c.MyMemo = m.Text
			continue
		}
		if c.Blind {
			continue
		}
		c.Memos = append(c.Memos, view.Memo{By: f.people[m.Author].Shown(), Text: m.Text, When: i18n.Date(r.lang, m.At)})
	}
	for _, one := range codings {
		for _, m := range o.onCodings[one.ID] {
			th, _ := f.tree.Get(one.Theme)
			c.Memos = append(c.Memos, view.Memo{By: f.people[m.Author].Shown(), Text: m.Text, When: i18n.Date(r.lang, m.At), Theme: th.Label.In(r.labels())})
		}
	}
	c.On = together{a.ID}.String()
	if t, ok := f.groups[a.ID]; ok && len(t) > 1 {
		j := f.judged[a.ID]
		c.Alike, c.On, c.State, c.Mine = len(t), t.String(), string(j.state), string(j.mine)
		c.Chips = r.groupChips(j, c.Chips, f)
		c.AlikeOf = r.path("/code?question=*&same=" + idText(a.ID))
	}
	for _, chip := range c.Chips {
		th, _ := f.tree.Get(coding.ThemeID(chip.Theme))
		c.Examples = append(c.Examples, view.CardExample{Theme: chip.Theme, Label: chip.Label, Hue: chip.Hue,
			Chosen: slices.Contains(th.Examples, c.ID), Coding: chip.Coding})
	}
	switch coding.State(c.State) {
	case coding.StateNoTheme, coding.StateUnusable:
		c.Judged = r.t("state." + c.State)
	}
	c.NoTheme, c.Unusable = c.Mine == string(coding.StateNoTheme), c.Mine == string(coding.StateUnusable)
	c.KeyOf = f.keys
	c.Href = deskHref(r.slug(), f.filter, a.ID)
	c.Back = c.Href
	return c
}

// chips unites the codings of all coders, and what was decided, by theme, in the order of the codebook.
func (r *request) chips(codings []coding.Coding, decisions []coding.Decision, f frame) ([]view.Chip, []evidence) {
	by := map[coding.ThemeID][]coding.Coding{}
	for _, c := range codings {
		by[c.Theme] = append(by[c.Theme], c)
	}
	decided := map[coding.ThemeID]coding.Decision{}
	for _, d := range decisions {
		if decided[d.Theme] = d; d.Applies && by[d.Theme] == nil {
			by[d.Theme] = []coding.Coding{}
		}
	}
	if len(by) == 0 {
		return nil, nil
	}
	var chips []view.Chip
	var marked []evidence
	for _, th := range f.tree.All() {
		group, ok := by[th.ID]
		if !ok {
			continue
		}
		chip := view.Chip{Theme: int64(th.ID), Label: th.Label.In(r.labels()), Hue: r.hue(th)}
		if d, ok := decided[th.ID]; ok {
			chip.Decided, chip.DecidedBy = decidedWord(d.Applies), f.people[d.By].Shown()
		}
		ev := evidence{by: view.MarkedBy{Hue: chip.Hue, Label: chip.Label}}
		for _, c := range group {
			ev.spans = append(ev.spans, c.Evidence...)
			chip.Stale = chip.Stale || c.Version < th.Version
			if c.Coder == r.person.ID {
				chip.Mine, chip.Own, chip.Evidence, chip.Coding = true, true, spanText(c.Evidence), int64(c.ID)
				continue
			}
			if p, ok := f.people[c.Coder]; ok {
				chip.Others = append(chip.Others, *person(p))
			}
		}
		chip.CanDrop = chip.Mine || len(group) > 0 && r.access.Role.AtLeast(coding.RoleLead)
		chips = append(chips, chip)
		if chip.Decided == "no" {
			continue // no evidence of what does not apply
		}
		if ev.spans = coding.MergeSpans(ev.spans); len(ev.spans) > 0 {
			marked = append(marked, ev)
		}
	}
	return chips, marked
}

func decidedWord(applies bool) string {
	if applies {
		return "yes"
	}
	return "no"
}

func (r *request) language(l coding.Lang) string {
	if l == "" {
		return r.t("lang.none")
	}
	return r.t("lang.name." + string(l))
}

// spanText writes spans as "3-17,20-25".
func spanText(spans []coding.Span) string {
	var b strings.Builder
	for i, sp := range spans {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%d-%d", sp.Start, sp.End)
	}
	return b.String()
}

// deskHref is the desk with a filter (a query string) and an answer as the current one.
func deskHref(slug, filter string, at coding.AnswerID) string {
	u := "/p/" + slug + "/code?"
	if filter != "" {
		u += filter + "&"
	}
	return fmt.Sprintf("%sat=%d#a%d", u, at, at)
}
