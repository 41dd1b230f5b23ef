package coding

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Decision says whether a theme applies to an answer in the project's result, whatever its coders gave: somebody looked at
// what they gave and settled it. At most one for each answer and theme. The coders' own codings stay as they are, for
// agreement and for the history.
type Decision struct {
	ID      DecisionID `json:"id"`
	Answer  AnswerID   `json:"answer"`
	Theme   ThemeID    `json:"theme"`
	Applies bool       `json:"applies"`
	Why     string     `json:"why,omitempty"`
	By      PersonID   `json:"by"`
	At      time.Time  `json:"at"`
}

// MaxWhy is the longest reason of a decision in code points.
const MaxWhy = 2000

// Settle is what codings, marks and decisions of one answer come to: its themes by id, and its state. A decision goes before
// what coders gave. An answer of which it was decided that none of its themes applies has no theme, unless a mark says more.
func Settle(codings []Coding, marks []Mark, decisions []Decision) ([]ThemeID, State) {
	var out []ThemeID
	for _, c := range codings {
		if !slices.ContainsFunc(decisions, func(d Decision) bool { return d.Theme == c.Theme }) {
			out = append(out, c.Theme)
		}
	}
	refused := false
	for _, d := range decisions {
		if d.Applies {
			out = append(out, d.Theme)
		}
		refused = refused || !d.Applies
	}
	slices.Sort(out)
	out = slices.Compact(out)
	state := StateOf(nil, marks)
	switch {
	case len(out) > 0:
		state = StateCoded
	case state == StateOpen && refused:
		state = StateNoTheme
	}
	return out, state
}

// Verdict is what Decide is asked to settle.
type Verdict struct {
	Answer  AnswerID
	Theme   ThemeID
	Applies bool
}

// Decide settles whether themes apply to answers, as one step; what was decided otherwise before is decided anew. An answer
// that somebody still codes blind is refused with a Problem. It returns the step, 0 when all was decided so already.
func (s *Service) Decide(ctx context.Context, p ProjectID, actor PersonID, verdicts []Verdict, why string) (StepID, error) {
	why = strings.TrimSpace(strings.ReplaceAll(why, "\r\n", "\n"))
	if utf8.RuneCountInString(why) > MaxWhy {
		return 0, problem("why", "decide.why_long", MaxWhy)
	}
	if len(verdicts) == 0 {
		return 0, problem("theme", "decide.nothing")
	}
	return s.onDecisions(ctx, p, actor, OpDecide, verdicts, func(tx Tx, st *Step, have map[[2]int64]Decision) error {
		for _, v := range verdicts {
			old, ok := have[[2]int64{int64(v.Answer), int64(v.Theme)}]
			after := Decision{ID: old.ID, Answer: v.Answer, Theme: v.Theme, Applies: v.Applies, Why: why, By: actor, At: st.At}
			var err error
			switch {
			case !ok:
				_, err = tx.Put(ctx, st, nil, after)
			case old.Applies != v.Applies || why != "" && old.Why != why:
				_, err = tx.Put(ctx, st, old, after)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Undecide takes decisions back: the answers count as their coders gave them. It returns the step, 0 when there were none.
func (s *Service) Undecide(ctx context.Context, p ProjectID, actor PersonID, of []Verdict) (StepID, error) {
	return s.onDecisions(ctx, p, actor, OpUndecide, of, func(tx Tx, st *Step, have map[[2]int64]Decision) error {
		for _, v := range of {
			if old, ok := have[[2]int64{int64(v.Answer), int64(v.Theme)}]; ok {
				if _, err := tx.Put(ctx, st, old, nil); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (s *Service) onDecisions(ctx context.Context, p ProjectID, actor PersonID, op Op, of []Verdict,
	fn func(Tx, *Step, map[[2]int64]Decision) error) (StepID, error) {
	return s.step(ctx, p, actor, RoleAnalyst, op, "", func(tx Tx, st *Step) error {
		var ids []AnswerID
		named := map[ThemeID]Theme{}
		for _, v := range of {
			ids = append(ids, v.Answer)
			if _, ok := named[v.Theme]; ok {
				continue
			}
			th, err := tx.Theme(ctx, p, v.Theme)
			if errors.Is(err, ErrNotFound) {
				return problem("theme", "theme.gone")
			}
			if err != nil {
				return fmt.Errorf("theme %d: %w", v.Theme, err)
			}
			named[v.Theme] = th
		}
		if len(named) == 1 { // what the history says
			for _, th := range named {
				st.Detail = th.Key
			}
		}
		if _, err := mustAnswers(ctx, tx, p, ids); err != nil {
			return err
		}
		given, err := tx.Assignments(ctx, p)
		if err != nil {
			return err
		}
		for _, a := range given {
			if in, _ := a.Answers.Split(NewAnswerSet(ids)); a.Veiled() && len(in) > 0 {
				return problem("answer", "decide.blind")
			}
		}
		list, err := tx.DecisionsOf(ctx, p, ids)
		if err != nil {
			return err
		}
		have := map[[2]int64]Decision{}
		for _, d := range list {
			have[[2]int64{int64(d.Answer), int64(d.Theme)}] = d
		}
		return fn(tx, st, have)
	})
}

// uniteDecisions makes decisions on theme a such on theme b; where both were decided, b's stays.
func uniteDecisions(ctx context.Context, tx Tx, st *Step, p ProjectID, a, b ThemeID) error {
	list, err := tx.Decisions(ctx, p)
	if err != nil {
		return err
	}
	return moveDecisions(ctx, tx, st, list, a, b)
}

// moveDecisions makes those of a list that are on theme a such on theme b, as uniteDecisions does.
func moveDecisions(ctx context.Context, tx Tx, st *Step, list []Decision, a, b ThemeID) error {
	has := map[AnswerID]bool{}
	for _, d := range list {
		has[d.Answer] = has[d.Answer] || d.Theme == b
	}
	for _, d := range list {
		if d.Theme != a {
			continue
		}
		var after any
		if d := d; !has[d.Answer] {
			d.Theme = b
			after = d
		}
		if _, err := tx.Put(ctx, st, d, after); err != nil {
			return err
		}
	}
	return nil
}

// dropDecisions takes away the decisions that drop names.
func dropDecisions(ctx context.Context, tx Tx, st *Step, list []Decision, drop func(Decision) bool) error {
	for _, d := range list {
		if drop(d) {
			if _, err := tx.Put(ctx, st, d, nil); err != nil {
				return err
			}
		}
	}
	return nil
}
