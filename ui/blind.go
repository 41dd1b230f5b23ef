package ui

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/sets"
)

// veil is the answers that the reader codes blind: what others gave them is shown nowhere until the lead ends the phase. The
// set is the caller's own.
func (s *Server) veil(r *request) (*roaring.Bitmap, error) {
	var out *roaring.Bitmap
	err := s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		out = b.Veiled(r.person.ID)
		return nil
	})
	return out, err
}

// throughVeil takes from a filter what would tell a blind coder what others gave: themes, states and coders are those of the
// coder's own judgement.
func (r *request) throughVeil(b *sets.Board, f *sets.Filter) {
	if b.Veiled(r.person.ID).IsEmpty() {
		return
	}
	f.By = r.person.ID
	for i := range f.Coders {
		if f.Coders[i] != r.person.ID {
			f.Coders[i] = -1
		}
	}
}

// unveiled refuses documents that tell what others gave single answers.
func (s *Server) unveiled(r *request, kind exporter.Kind) error {
	if !slices.Contains([]exporter.Kind{exporter.KindMatrix, exporter.KindCodings, exporter.KindAnswers, exporter.KindCoders}, kind) {
		return nil
	}
	set, err := s.veil(r)
	if err == nil && !set.IsEmpty() {
		err = coding.Problem{Field: "filter", Key: "blind.no_file"}
	}
	return err
}

// forEyes is what of an answer's judgements the reader may see: all of it, or the own part of an answer that is coded blind.
func (r *request) forEyes(a coding.AnswerID, o on, f frame) ([]coding.Coding, []coding.Mark, []coding.Decision) {
	codings, marks, decisions := o.codings[a], o.marks[a], o.decisions[a]
	if !f.veiled.Contains(uint32(a)) {
		return codings, marks, decisions
	}
	return slices.DeleteFunc(slices.Clone(codings), func(c coding.Coding) bool { return c.Coder != r.person.ID }),
		slices.DeleteFunc(slices.Clone(marks), func(m coding.Mark) bool { return m.Coder != r.person.ID }), nil
}

// blindOps are the steps that tell how somebody judges answers.
var blindOps = []coding.Op{coding.OpApply, coding.OpRemove, coding.OpMark, coding.OpUnmark, coding.OpRule, coding.OpMemo, coding.OpCodings, coding.OpSplit,
	coding.OpDecide, coding.OpUndecide, coding.OpUndo, coding.OpRedo, coding.OpRecheck}

// hidden tells whether a step is another's judgement that a blind coder does not see.
func (t *teller) hidden(st coding.Step) bool {
	return t.blind && st.Actor != t.r.person.ID && slices.Contains(blindOps, st.Op)
}
