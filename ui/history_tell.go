package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"avokoodi/coding"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// teller puts steps and changes into words.
type teller struct {
	s      *Server
	r      *request
	people map[coding.PersonID]coding.Person
	tree   themes.Tree
	lead   bool
	blind  bool                            // the reader codes blind: see hidden
	gone   map[coding.ThemeID]coding.Theme // themes that only the changes still know
}

func (s *Server) teller(r *request, people map[coding.PersonID]coding.Person) (*teller, error) {
	veil, err := s.veil(r)
	if err != nil {
		return nil, err
	}
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	return &teller{s: s, r: r, people: people, tree: tree, lead: r.access.Role.AtLeast(coding.RoleLead), blind: !veil.IsEmpty(),
		gone: map[coding.ThemeID]coding.Theme{}}, err
}

// steps puts each step into one line. Small steps say which answers they are about.
func (t *teller) steps(steps []coding.Step) ([]view.HistoryStep, error) {
	rows := make([]view.HistoryStep, len(steps))
	about := make([][]coding.AnswerID, len(steps))
	r := t.r
	err := t.s.Service.Store().View(r.ctx(), func(rd coding.Reader) error {
		var all []coding.AnswerID
		for i, st := range steps {
			rows[i] = t.step(st)
			if t.hidden(st) {
				rows[i].Chip, rows[i].Detail = nil, r.t("blind.hidden")
				continue
			}
			if st.Changes <= historyLook {
				changes, err := rd.ChangesOf(r.ctx(), r.projectID(), st.ID)
				if err != nil {
					return err
				}
				about[i] = answersOf(changes)
				all = append(all, about[i][:min(len(about[i]), historyAnswer)]...)
				switch {
				case st.Op == coding.OpTheme:
					t.theme(&rows[i], changes)
				case st.Op == coding.OpQuote && len(changes) > 0:
					rows[i].Detail = t.quote(changes[0])
				}
			}
			if err := t.around(rd, st, &rows[i]); err != nil {
				return err
			}
		}
		links, err := answerLinks(r, rd, all)
		if err != nil {
			return err
		}
		for i := range rows {
			for _, id := range about[i][:min(len(about[i]), historyAnswer)] {
				if link, ok := links[id]; ok {
					rows[i].Answers = append(rows[i].Answers, link)
				}
			}
			rows[i].More = len(about[i]) - len(rows[i].Answers)
		}
		return nil
	})
	return rows, err
}

func (t *teller) step(st coding.Step) view.HistoryStep {
	r := t.r
	row := view.HistoryStep{ID: int64(st.ID), At: st.At, Time: clock(r.lang, st), Who: t.person(st.Actor), What: r.t("op." + string(st.Op)),
		Changes: st.Changes, Reverses: st.Op == coding.OpUndo || st.Op == coding.OpRedo, Href: r.path(fmt.Sprintf("/history/%d", st.ID)),
		Here: r.Request.URL.RequestURI()}
	lead := slices.Contains([]coding.Op{coding.OpImport, coding.OpProject, coding.OpVariable, coding.OpAssign, coding.OpReassign, coding.OpWithdraw, coding.OpUnveil}, st.Op)
	row.CanRevert = st.UndoneBy == 0 && st.Op != coding.OpRedo && st.Op != coding.OpView && st.Op != coding.OpErase && st.Op != coding.OpLook &&
		(t.lead || st.Actor == r.person.ID && !lead)
	row.Ask = st.Changes > 10 || lead
	row.Chip, row.Detail = t.detail(st.Op, st.Detail)
	return row
}

// detail is what a step's Detail says, by its operation.
func (t *teller) detail(op coding.Op, detail string) (*view.ThemeChip, string) {
	r := t.r
	switch op {
	case coding.OpMerge:
		from, into, _ := strings.Cut(detail, " → ")
		if th, ok := t.key(into); ok {
			return t.chip(th), "← " + from
		}
		return nil, detail
	case coding.OpApply, coding.OpRemove, coding.OpTheme, coding.OpSplit, coding.OpDecide, coding.OpUndecide:
		if th, ok := t.key(detail); ok {
			return t.chip(th), ""
		}
		return nil, detail
	case coding.OpRule:
		key, query, _ := strings.Cut(detail, ": ")
		if th, ok := t.key(key); ok {
			return t.chip(th), query
		}
		return nil, detail
	case coding.OpErase:
		n, _ := strconv.Atoi(detail)
		return nil, r.t("history.erased_n", n)
	case coding.OpMark:
		return nil, r.t("state." + detail)
	case coding.OpUnmark:
		return nil, ""
	case coding.OpMemo:
		return nil, r.t("history.memo_on." + detail)
	case coding.OpLanguage:
		return nil, r.language(coding.Lang(detail))
	case coding.OpUndo, coding.OpRedo:
		if th, ok := t.key(detail); ok {
			return t.chip(th), ""
		}
		if i18n.Has(r.lang, "state."+detail) || detail == string(coding.MemoAnswer) {
			return nil, ""
		}
	}
	return nil, detail
}

func (t *teller) key(key string) (coding.Theme, bool) {
	for _, th := range t.tree.All() {
		if th.Key == key && key != "" {
			return th, true
		}
	}
	return coding.Theme{}, false
}

func (t *teller) chip(th coding.Theme) *view.ThemeChip {
	return &view.ThemeChip{Label: th.Label.In(t.r.labels()), Hue: th.Hue}
}

// chipOf is the theme of an id, also of one that is gone.
func (t *teller) chipOf(id coding.ThemeID) *view.ThemeChip {
	if th, ok := t.tree.Get(id); ok {
		return t.chip(th)
	}
	if th, ok := t.gone[id]; ok {
		return t.chip(th)
	}
	return &view.ThemeChip{Label: t.r.t("history.gone_theme"), Hue: 1}
}

// theme names the theme of a step and says what changed of it.
func (t *teller) theme(row *view.HistoryStep, changes []coding.Change) {
	for _, c := range changes {
		th, ok := themeIn(c)
		if !ok || row.Detail != "" && th.Key != row.Detail || row.Detail == "" && row.Chip != nil && *row.Chip != *t.chip(th) {
			continue
		}
		row.Chip, row.Detail = t.chip(th), ""
		switch diff := strings.Join(t.r.themeDiff(c), ", "); {
		case missing(c.Before):
			row.What = t.r.t("history.theme_made")
		case missing(c.After):
			row.What = t.r.t("history.theme_gone")
		default:
			row.Detail = diff
		}
		return
	}
}

// quote says what changed of a quote; nothing for a new one.
func (t *teller) quote(c coding.Change) string {
	before, err1 := coding.Decode(c.Kind, c.Before)
	after, err2 := coding.Decode(c.Kind, c.After)
	if err1 != nil || err2 != nil {
		return ""
	}
	return t.r.quoteDiff(before, after)
}

func missing(raw []byte) bool { return len(raw) == 0 || string(raw) == "null" }

// themeIn is the theme that a change is about, as it was last.
func themeIn(c coding.Change) (coding.Theme, bool) {
	if c.Kind != coding.KindTheme {
		return coding.Theme{}, false
	}
	for _, raw := range [][]byte{c.After, c.Before} {
		if e, err := coding.Decode(c.Kind, raw); err == nil {
			if th, ok := e.(coding.Theme); ok {
				return th, true
			}
		}
	}
	return coding.Theme{}, false
}

// around adds what a step reversed, and who reversed it.
func (t *teller) around(rd coding.Reader, st coding.Step, row *view.HistoryStep) error {
	if st.Undoes != 0 {
		if old, err := rd.Step(t.r.ctx(), t.r.projectID(), st.Undoes); err == nil && old.Op != coding.OpUndo {
			row.What += ": " + t.r.t("op."+string(old.Op))
			row.Chip, row.Detail = t.detail(old.Op, old.Detail)
		}
	}
	if st.UndoneBy != 0 {
		by, err := rd.Step(t.r.ctx(), t.r.projectID(), st.UndoneBy)
		if err != nil {
			return err
		}
		row.Undone = &view.UndoneBy{Who: t.r.nameOf(t.people, by.Actor), At: by.At}
	}
	return nil
}

func (t *teller) person(id coding.PersonID) view.Person {
	if p, ok := t.people[id]; ok {
		return *person(p)
	}
	return view.Person{Name: t.r.nameOf(t.people, id), Initials: "›_", Hue: 7}
}

// clock is the time of day: 14.05, in English 14:05.
func clock(lang string, st coding.Step) string {
	if lang == "en" {
		return st.At.Local().Format("15:04")
	}
	return st.At.Local().Format("15.04")
}

func answersOf(changes []coding.Change) []coding.AnswerID {
	var out []coding.AnswerID
	for _, c := range changes {
		if id := answerOf(c); id != 0 && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// answerLinks is where answers stand on the desk, under the numbers of their respondents.
func answerLinks(r *request, rd coding.Reader, ids []coding.AnswerID) (map[coding.AnswerID]view.AnswerLink, error) {
	out := map[coding.AnswerID]view.AnswerLink{}
	if len(ids) == 0 {
		return out, nil
	}
	answers, err := rd.Answers(r.ctx(), r.projectID(), ids)
	if err != nil {
		return nil, err
	}
	people := make([]coding.RespondentID, len(answers))
	for i, a := range answers {
		people[i] = a.Respondent
	}
	respondents, err := rd.Respondents(r.ctx(), r.projectID(), people)
	if err != nil {
		return nil, err
	}
	number := map[coding.RespondentID]int{}
	for _, x := range respondents {
		number[x.ID] = x.Number
	}
	for _, a := range answers {
		out[a.ID] = view.AnswerLink{Number: fmt.Sprintf("#%04d", number[a.Respondent]), Href: deskHref(r.slug(), "question=*", a.ID)}
	}
	return out, nil
}
