package coding

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// Apply asks that a theme be put on answers in the actor's name.
type Apply struct {
	Answers  []AnswerID
	Theme    ThemeID
	Evidence []Span   // in code points of the first answer's text; with several answers all must say the same
	Instead  []Span   // evidence of the coder's own that Evidence takes the place of; where it is gone meanwhile, nothing goes
	Source   Source   // "" means ByPerson
	Rule     string   // for ByRule
	Coder    PersonID // whose coding; 0 means the actor's own. Only a lead may code in another's name
}

// ApplyTheme puts a theme on answers. On an answer that the coder gave the theme before, new evidence is united with the
// old; without new evidence nothing changes. Of answers that say the same, those of the very same text get the evidence.
// The coder's mark on the answer, if any, is taken away in the same step. It returns the step, 0 when nothing changed.
func (s *Service) ApplyTheme(ctx context.Context, p ProjectID, actor PersonID, a Apply) (StepID, error) {
	op := OpApply
	if a.Source == "" {
		a.Source = ByPerson
	}
	if a.Source == ByRule {
		op = OpRule
	}
	return s.stepOnTheme(ctx, p, actor, op, a.Theme, a.Rule, func(tx Tx, st *Step, th Theme) error {
		if th.Retired {
			return problem("theme", "theme.is_retired", th.Label.In("fi"))
		}
		coder, err := coderFor(ctx, tx, p, actor, a.Coder)
		if err != nil {
			return err
		}
		answers, err := mustAnswers(ctx, tx, p, a.Answers)
		if err != nil {
			return err
		}
		first := answers[slices.IndexFunc(answers, func(x Answer) bool { return x.ID == a.Answers[0] })]
		if len(a.Evidence) > 0 {
			if err := checkEvidence(first, answers, a.Evidence); err != nil {
				return err
			}
		}
		for _, chunk := range chunks(answers) {
			if err := s.applyChunk(ctx, tx, st, p, chunk, th, coder, a, first.Text); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) applyChunk(ctx context.Context, tx Tx, st *Step, p ProjectID, answers []Answer, th Theme, coder PersonID, a Apply, evidenceOf string) error {
	ids := answerIDs(answers)
	codings, err := tx.CodingsOf(ctx, p, ids)
	if err != nil {
		return err
	}
	have := map[AnswerID]Coding{}
	for _, c := range codings {
		if c.Coder == coder && c.Theme == th.ID {
			have[c.Answer] = c
		}
	}
	for _, ans := range answers {
		evidence := a.Evidence
		if ans.Text != evidenceOf {
			evidence = nil
		}
		old, ok := have[ans.ID]
		if !ok {
			c := Coding{Answer: ans.ID, Theme: th.ID, Coder: coder, Evidence: MergeSpans(evidence), Source: a.Source,
				Rule: a.Rule, Version: th.Version, At: st.At}
			if _, err := tx.Put(ctx, st, nil, c); err != nil {
				return err
			}
			continue
		}
		c := old
		kept := slices.DeleteFunc(slices.Clone(old.Evidence), func(sp Span) bool { return ans.Text == evidenceOf && slices.Contains(a.Instead, sp) })
		c.Evidence, c.Recheck = MergeSpans(append(kept, evidence...)), 0
		if !slices.Equal(c.Evidence, old.Evidence) || old.Recheck != 0 {
			if _, err := tx.Put(ctx, st, old, c); err != nil {
				return err
			}
		}
	}
	return dropMarks(ctx, tx, st, p, ids, coder)
}

// RemoveTheme takes a theme off answers: the actor's own codings, or everybody's when all is set (for a lead). It returns
// the step, 0 when there was nothing to remove.
func (s *Service) RemoveTheme(ctx context.Context, p ProjectID, actor PersonID, theme ThemeID, answers []AnswerID, all bool) (StepID, error) {
	return s.stepOnTheme(ctx, p, actor, OpRemove, theme, "", func(tx Tx, st *Step, _ Theme) error {
		if all {
			if err := need(ctx, tx, p, actor, RoleLead); err != nil {
				return err
			}
		}
		codings, err := tx.CodingsOf(ctx, p, answers)
		if err != nil {
			return err
		}
		for _, c := range codings {
			if c.Theme == theme && (all || c.Coder == actor) {
				if err := deleteCoding(ctx, tx, st, p, c); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// SetEvidence replaces the evidence of the actor's coding; nil leaves the theme on the whole answer.
func (s *Service) SetEvidence(ctx context.Context, p ProjectID, actor PersonID, id CodingID, evidence []Span) (StepID, error) {
	return s.step(ctx, p, actor, RoleAnalyst, OpApply, "", func(tx Tx, st *Step) error {
		old, err := tx.Coding(ctx, p, id)
		if err != nil {
			return err
		}
		if old.Coder != actor {
			if err := need(ctx, tx, p, actor, RoleLead); err != nil {
				return err
			}
		}
		ans, err := tx.Answer(ctx, p, old.Answer)
		if err != nil {
			return err
		}
		if err := checkSpans(ans.Text, evidence); err != nil {
			return err
		}
		c := old
		c.Evidence, c.Recheck = MergeSpans(evidence), 0
		if slices.Equal(c.Evidence, old.Evidence) && old.Recheck == 0 {
			return nil
		}
		_, err = tx.Put(ctx, st, old, c)
		return err
	})
}

// MarkAnswers sets the actor's judgement on answers: StateNoTheme or StateUnusable, which takes the actor's own codings off
// them in the same step, or StateOpen, which takes a mark away.
func (s *Service) MarkAnswers(ctx context.Context, p ProjectID, actor PersonID, ids []AnswerID, state State) (StepID, error) {
	op := OpMark
	switch state {
	case StateOpen:
		op = OpUnmark
	case StateNoTheme, StateUnusable:
	default:
		return 0, problem("state", "coding.state_bad", string(state))
	}
	return s.step(ctx, p, actor, RoleAnalyst, op, string(state), func(tx Tx, st *Step) error {
		answers, err := mustAnswers(ctx, tx, p, ids)
		if err != nil {
			return err
		}
		if state == StateOpen {
			return dropMarks(ctx, tx, st, p, answerIDs(answers), actor)
		}
		for _, chunk := range chunks(answers) {
			if err := markChunk(ctx, tx, st, p, answerIDs(chunk), actor, state); err != nil {
				return err
			}
		}
		return nil
	})
}

func markChunk(ctx context.Context, tx Tx, st *Step, p ProjectID, ids []AnswerID, coder PersonID, state State) error {
	codings, err := tx.CodingsOf(ctx, p, ids)
	if err != nil {
		return err
	}
	for _, c := range codings {
		if c.Coder == coder {
			if err := deleteCoding(ctx, tx, st, p, c); err != nil {
				return err
			}
		}
	}
	marks, err := tx.MarksOf(ctx, p, ids)
	if err != nil {
		return err
	}
	old := map[AnswerID]Mark{}
	for _, m := range marks {
		if m.Coder == coder {
			old[m.Answer] = m
		}
	}
	for _, id := range ids {
		m, ok := old[id]
		switch {
		case ok && m.State == state && m.Recheck == 0:
			continue
		case ok:
			after := m
			after.State, after.At, after.Recheck = state, st.At, 0
			_, err = tx.Put(ctx, st, m, after)
		default:
			_, err = tx.Put(ctx, st, nil, Mark{Answer: id, Coder: coder, State: state, At: st.At})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// deleteCoding removes a coding and the memos on it.
func deleteCoding(ctx context.Context, tx Tx, st *Step, p ProjectID, c Coding) error {
	memos, err := tx.MemosOf(ctx, p, MemoCoding, []int64{int64(c.ID)})
	if err != nil {
		return err
	}
	for _, m := range memos {
		if _, err := tx.Put(ctx, st, m, nil); err != nil {
			return err
		}
	}
	_, err = tx.Put(ctx, st, c, nil)
	return err
}

func dropMarks(ctx context.Context, tx Tx, st *Step, p ProjectID, ids []AnswerID, coder PersonID) error {
	marks, err := tx.MarksOf(ctx, p, ids)
	if err != nil {
		return err
	}
	for _, m := range marks {
		if m.Coder == coder {
			if _, err := tx.Put(ctx, st, m, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) stepOnTheme(ctx context.Context, p ProjectID, actor PersonID, op Op, id ThemeID, rule string, fn func(Tx, *Step, Theme) error) (StepID, error) {
	var step StepID
	err := s.store.Update(ctx, func(tx Tx) error {
		if err := need(ctx, tx, p, actor, RoleAnalyst); err != nil {
			return err
		}
		th, err := tx.Theme(ctx, p, id)
		if errors.Is(err, ErrNotFound) {
			return problem("theme", "theme.gone")
		}
		if err != nil {
			return fmt.Errorf("theme %d: %w", id, err)
		}
		detail := th.Key
		if rule != "" {
			detail += ": " + rule
		}
		st, err := s.begin(ctx, tx, p, actor, op, detail, 0)
		if err != nil {
			return err
		}
		if err := fn(tx, st, th); err != nil {
			return err
		}
		step = st.ID
		return nil
	})
	return step, err
}

func coderFor(ctx context.Context, r Reader, p ProjectID, actor, coder PersonID) (PersonID, error) {
	if coder == 0 || coder == actor {
		if actor == Operator {
			return 0, problem("coder", "coding.coder_missing")
		}
		return actor, nil
	}
	if err := need(ctx, r, p, actor, RoleLead); err != nil {
		return 0, err
	}
	if _, err := r.Person(ctx, coder); err != nil {
		return 0, err
	}
	return coder, nil
}

// mustAnswers reads answers and returns ErrNotFound when one of them is not in the project.
func mustAnswers(ctx context.Context, r Reader, p ProjectID, ids []AnswerID) ([]Answer, error) {
	if len(ids) == 0 {
		return nil, problem("answers", "coding.no_answer")
	}
	sorted := slices.Clone(ids)
	slices.Sort(sorted)
	sorted = slices.Compact(sorted)
	answers, err := r.Answers(ctx, p, sorted)
	if err != nil {
		return nil, err
	}
	if len(answers) != len(sorted) {
		return nil, fmt.Errorf("%d of %d answers: %w", len(sorted)-len(answers), len(sorted), ErrNotFound)
	}
	return answers, nil
}

// checkEvidence checks spans of the first answer's text that are to stand for all the answers.
func checkEvidence(first Answer, answers []Answer, spans []Span) error {
	if len(answers) > 1 {
		folded := Folded(first.Text)
		for _, a := range answers {
			if a.Same != first.Same || Folded(a.Text) != folded {
				return problem("evidence", "coding.evidence_many")
			}
		}
	}
	return checkSpans(first.Text, spans)
}

func checkSpans(text string, spans []Span) error {
	if len(spans) == 0 {
		return nil
	}
	n := utf8.RuneCountInString(text)
	for _, sp := range spans {
		if sp.Start < 0 || sp.End <= sp.Start || sp.End > n {
			return problem("evidence", "coding.span_bad", sp.Start, sp.End, n)
		}
	}
	return nil
}

func answerIDs(answers []Answer) []AnswerID {
	ids := make([]AnswerID, len(answers))
	for i, a := range answers {
		ids[i] = a.ID
	}
	return ids
}

// chunks cuts a long list of answers so that the reads for each piece stay small.
func chunks(answers []Answer) [][]Answer {
	return slices.Collect(slices.Chunk(answers, 512))
}
