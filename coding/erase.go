package coding

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// Erased is what Tx.Erase makes the change log forget.
type Erased struct {
	Respondents []RespondentID
	Answers     []AnswerID
	Sums        []string // ErasedSum of each respondent
}

// Erasure is what goes, or has gone, with respondents.
type Erasure struct {
	Respondents []Respondent
	Rounds      []Round // of them, in the same order
	Answers     int
	Values      int
	Codings     int
	Marks       int
	Memos       int
	Quotes      int
	Decisions   int
	Ready       int      // quotes that are approved or used
	UsedIn      []string // reports in which a quote was marked as used
	Changes     int      // rows of the history emptied; only after the fact
	Step        StepID   // what the history keeps; only after the fact
}

// ErasedSum is a fingerprint of a respondent's id in the survey file: enough to know the row again when a corrected file has it,
// and nothing that could be read. It is 128 bits of SHA-256.
func ErasedSum(p Project, r RoundID, external string) string {
	sum := sha256.Sum256([]byte(fmt.Sprintf("erased %d %d %d %s", p.ID, p.Created.UnixMicro(), r, external)))
	return hex.EncodeToString(sum[:16])
}

// Erasure tells what goes with respondents, for a lead. Nobody under the ids is ErrNotFound.
func (s *Service) Erasure(ctx context.Context, p ProjectID, actor PersonID, ids []RespondentID) (Erasure, error) {
	var out Erasure
	err := s.store.View(ctx, func(r Reader) error {
		if err := need(ctx, r, p, actor, RoleLead); err != nil {
			return err
		}
		e, err := newEraser(ctx, r, p, ids)
		out = e.out
		return err
	})
	return out, err
}

// Erase takes respondents out of the project for good, as one step that can't be undone: their answers and background values, the
// codings, marks, memos, quotes and decisions on them, their place among a theme's examples, and everything that the history tells of
// any of it. The history keeps that somebody was erased, by whom and when. A later file does not bring them back.
func (s *Service) Erase(ctx context.Context, p ProjectID, actor PersonID, ids []RespondentID) (Erasure, error) {
	var out Erasure
	step, err := s.step(ctx, p, actor, RoleLead, OpErase, strconv.Itoa(len(ids)), func(tx Tx, st *Step) error {
		e, err := newEraser(ctx, tx, p, ids)
		if err != nil {
			return err
		}
		gone := newRemover(tx, st, p)
		if err := gone.answers(ctx, e.answers); err != nil {
			return err
		}
		for _, one := range e.out.Respondents {
			if err := gone.respondent(ctx, one); err != nil {
				return err
			}
		}
		if err := gone.recount(ctx); err != nil {
			return err
		}
		if err := e.examples(ctx, tx, st); err != nil {
			return err
		}
		project, err := tx.ProjectByID(ctx, p)
		if err != nil {
			return err
		}
		erased := Erased{Respondents: ids, Answers: answerIDs(e.answers)}
		for _, one := range e.out.Respondents {
			erased.Sums = append(erased.Sums, ErasedSum(project, one.Round, one.External))
		}
		e.out.Changes, err = tx.Erase(ctx, p, erased)
		out = e.out
		return err
	})
	out.Step = step
	return out, err
}

// eraser finds what hangs on respondents.
type eraser struct {
	p       ProjectID
	answers []Answer
	out     Erasure
}

func newEraser(ctx context.Context, r Reader, p ProjectID, ids []RespondentID) (*eraser, error) {
	e := &eraser{p: p}
	var err error
	if e.out.Respondents, err = r.Respondents(ctx, p, ids); err != nil {
		return e, err
	}
	if len(ids) == 0 || len(e.out.Respondents) != len(ids) {
		return e, ErrNotFound
	}
	rounds, err := r.Rounds(ctx, p)
	if err != nil {
		return e, err
	}
	for _, one := range e.out.Respondents {
		if i := slices.IndexFunc(rounds, func(x Round) bool { return x.ID == one.Round }); i >= 0 {
			e.out.Rounds = append(e.out.Rounds, rounds[i])
		}
	}
	questions, err := r.Questions(ctx, p)
	if err != nil {
		return e, err
	}
	values, err := r.ValuesOf(ctx, p, ids)
	if err != nil {
		return e, err
	}
	e.out.Values = len(values)
	for _, one := range e.out.Respondents {
		for _, q := range questions {
			a, err := r.AnswerOf(ctx, p, one.ID, q.ID)
			if err == nil {
				e.answers = append(e.answers, a)
			} else if !errors.Is(err, ErrNotFound) {
				return e, err
			}
		}
	}
	return e, e.count(ctx, r)
}

func (e *eraser) count(ctx context.Context, r Reader) error {
	e.out.Answers = len(e.answers)
	on, err := workOn(ctx, r, e.p, answerIDs(e.answers))
	if err != nil {
		return err
	}
	for _, a := range e.answers {
		e.out.Codings += len(on.codings[a.ID])
		e.out.Marks += len(on.marks[a.ID])
		e.out.Memos += len(on.memos[a.ID])
		e.out.Quotes += len(on.quotes[a.ID])
		e.out.Decisions += len(on.settled[a.ID])
		var codings []int64
		for _, c := range on.codings[a.ID] {
			codings = append(codings, int64(c.ID))
		}
		if len(codings) > 0 {
			memos, err := r.MemosOf(ctx, e.p, MemoCoding, codings)
			if err != nil {
				return err
			}
			e.out.Memos += len(memos)
		}
		for _, q := range on.quotes[a.ID] {
			if q.Ready() {
				e.out.Ready++
			}
			for _, report := range q.UsedIn {
				if !slices.Contains(e.out.UsedIn, report) {
					e.out.UsedIn = append(e.out.UsedIn, report)
				}
			}
		}
	}
	return nil
}

// examples takes the answers from the themes that have them as examples.
func (e *eraser) examples(ctx context.Context, tx Tx, st *Step) error {
	list, err := tx.Themes(ctx, e.p)
	if err != nil {
		return err
	}
	gone := answerIDs(e.answers)
	for _, th := range list {
		after := th
		after.Examples = slices.DeleteFunc(slices.Clone(th.Examples), func(id int64) bool { return slices.Contains(gone, AnswerID(id)) })
		if len(after.Examples) == len(th.Examples) {
			continue
		}
		if _, err := tx.Put(ctx, st, th, after); err != nil {
			return err
		}
	}
	return nil
}

// FindRespondents lists whom a person means by what stands on a card ('#147' or '147') or by the id in the survey file, which the
// same person may have in several rounds.
func (s *Service) FindRespondents(ctx context.Context, p ProjectID, actor PersonID, said string) ([]Respondent, error) {
	var out []Respondent
	said = strings.TrimSpace(said)
	err := s.store.View(ctx, func(r Reader) error {
		if err := need(ctx, r, p, actor, RoleLead); err != nil {
			return err
		}
		var err error
		if out, err = r.RespondentsNamed(ctx, p, said); err != nil {
			return err
		}
		n, bad := strconv.Atoi(strings.TrimPrefix(said, "#"))
		if bad != nil || n <= 0 || len(out) > 0 && !strings.HasPrefix(said, "#") {
			return nil
		}
		for one, err := range r.EachRespondent(ctx, p, 0) {
			if err != nil {
				return err
			}
			if one.Number == n && !slices.Contains(out, one) {
				out = append(out, one)
				break
			}
		}
		return nil
	})
	return out, err
}

// without is a batch without the rows of those who were erased; left hears how many there were, each time the rows are read.
func without(ctx context.Context, r Reader, p ProjectID, b Batch, left func(int)) (Batch, error) {
	sums, err := r.Erased(ctx, p)
	if err != nil || len(sums) == 0 || b.Numbered {
		return b, err
	}
	project, err := r.ProjectByID(ctx, p)
	if err != nil {
		return b, err
	}
	rounds, err := r.Rounds(ctx, p)
	if err != nil {
		return b, err
	}
	i := slices.IndexFunc(rounds, func(one Round) bool { return one.Key == b.Round.Key })
	if i < 0 {
		return b, nil
	}
	known := make(map[string]bool, len(sums))
	for _, sum := range sums {
		known[sum] = true
	}
	rows, round := b.Rows, rounds[i].ID
	b.Rows = iter.Seq2[BatchRow, error](func(yield func(BatchRow, error) bool) {
		n := 0
		defer func() { left(n) }()
		for row, err := range rows {
			if err == nil && known[ErasedSum(project, round, row.External)] {
				n++
				continue
			}
			if !yield(row, err) {
				return
			}
		}
	})
	return b, nil
}
