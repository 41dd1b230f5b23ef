package report

import (
	"context"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

// Progress is how many answers there are and what was judged of them. It is for those who do the work: no number is
// hidden.
type Progress struct {
	Answers  int
	Open     int
	Coded    int
	NoTheme  int
	Unusable int
}

// Done is the answers that are coded or marked.
func (p Progress) Done() int { return p.Answers - p.Open }

// Share is Done over all answers; 0 when there is none.
func (p Progress) Share() float64 {
	if p.Answers == 0 {
		return 0
	}
	return float64(p.Done()) / float64(p.Answers)
}

// Overview is the progress of a project in parts.
type Overview struct {
	Progress
	Respondents int
	Codings     int
	Questions   []QuestionProgress
	Languages   []LanguageProgress
	Rounds      []RoundProgress
	Coders      []CoderProgress // what each judged of all answers, by id
}

// QuestionProgress is the progress of one question.
type QuestionProgress struct {
	Question coding.Question
	Progress
}

// LanguageProgress is the progress of the answers in one language; "" where it could not be told.
type LanguageProgress struct {
	Language coding.Lang
	Progress
}

// RoundProgress is the progress of one round.
type RoundProgress struct {
	Round coding.Round
	Progress
}

// CoderProgress is what one person judged.
type CoderProgress struct {
	Coder coding.PersonID
	Progress
}

// Progress counts the answers that the filter picks by state.
func (r *Reports) Progress(ctx context.Context, p coding.ProjectID, f sets.Filter) (Overview, error) {
	var o Overview
	err := r.boards.Read(ctx, p, func(b *sets.Board) error {
		o = ProgressOn(b, f)
		return nil
	})
	if err != nil {
		return Overview{}, fmt.Errorf("progress: %w", err)
	}
	return o, nil
}

// ProgressOn is Progress on a board that is being read.
func ProgressOn(b *sets.Board, f sets.Filter) Overview {
	set := b.Answers(f)
	by := states(b, 0)
	o := Overview{Progress: progress(by, set), Respondents: int(b.RespondentsOf(set).GetCardinality())}
	for _, th := range b.Tree().All() {
		o.Codings += b.CodingsIn(th.ID, set)
	}
	for _, q := range b.Questions() {
		o.Questions = append(o.Questions, QuestionProgress{q, progress(by, roaring.And(set, b.Question(q.ID)))})
	}
	for _, l := range b.Languages() {
		o.Languages = append(o.Languages, LanguageProgress{l, progress(by, roaring.And(set, b.Language(l)))})
	}
	for _, r := range b.Rounds() {
		o.Rounds = append(o.Rounds, RoundProgress{r, progress(by, roaring.And(set, b.Round(r.ID)))})
	}
	for _, who := range b.Coders() {
		o.Coders = append(o.Coders, CoderProgress{who, progress(states(b, who), set)})
	}
	return o
}

// states is the answers that are coded, without a theme and unusable; by one coder, or by all for 0.
func states(b *sets.Board, who coding.PersonID) [3]*roaring.Bitmap {
	var out [3]*roaring.Bitmap
	for i, s := range coding.States[1:] {
		if who == 0 {
			out[i] = b.State(s)
		} else {
			out[i] = b.StateBy(s, who)
		}
	}
	return out
}

func progress(by [3]*roaring.Bitmap, set *roaring.Bitmap) Progress {
	p := Progress{Answers: int(set.GetCardinality()), Coded: int(by[0].AndCardinality(set)), NoTheme: int(by[1].AndCardinality(set)),
		Unusable: int(by[2].AndCardinality(set))}
	p.Open = p.Answers - p.Coded - p.NoTheme - p.Unusable
	return p
}

// QueueProgress is what one person judged of the answers that the person was given, in all and by question and language.
type QueueProgress struct {
	Coder coding.PersonID
	Progress
	Questions []QuestionProgress
	Languages []LanguageProgress
}

// QueuesOn is the progress of everybody who was given answers, by id.
func QueuesOn(b *sets.Board) []QueueProgress {
	var out []QueueProgress
	for _, who := range b.Queues() {
		queue, by := roaring.And(b.Queue(who), b.All()), states(b, who)
		one := QueueProgress{Coder: who, Progress: progress(by, queue)}
		for _, q := range b.Questions() {
			one.Questions = append(one.Questions, QuestionProgress{q, progress(by, roaring.And(queue, b.Question(q.ID)))})
		}
		for _, l := range b.Languages() {
			one.Languages = append(one.Languages, LanguageProgress{l, progress(by, roaring.And(queue, b.Language(l)))})
		}
		out = append(out, one)
	}
	return out
}
