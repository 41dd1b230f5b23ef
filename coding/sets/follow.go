package sets

import (
	"context"
	"errors"

	"avokoodi/coding"
)

// errRebuild says that a change can't be followed.
var errRebuild = errors.New("sets: the board must be built anew")

const (
	followBatch = 2000
	// followMost is the number of changes above which building anew is the quicker way to catch up.
	followMost = 200_000
)

// follow applies the changes since the board's own. After an error the board is of no use.
func (b *Board) follow(ctx context.Context, r coding.Reader) error {
	p := b.project.ID
	last, err := r.LastSeq(ctx, p)
	if err != nil {
		return err
	}
	if last < b.seq || last-b.seq > followMost {
		return errRebuild
	}
	var stale, grown, said bool // the structure must be read again, there are new respondents, texts have changed
	for b.seq < last {
		changes, err := r.Changes(ctx, p, b.seq, followBatch)
		if err != nil {
			return err
		}
		if len(changes) == 0 {
			return errRebuild
		}
		for _, c := range changes {
			if c.Seq != b.seq+1 {
				return errRebuild
			}
			structural, err := b.apply(ctx, r, c)
			if err != nil {
				return err
			}
			stale = stale || structural
			grown = grown || c.Kind == coding.KindImport
			said = said || c.Kind == coding.KindText
			b.seq = c.Seq
		}
	}
	if stale {
		if err := b.readStructure(ctx, r, p); err != nil {
			return err
		}
	}
	if stale || grown {
		b.followVariables()
	}
	if said {
		return b.readAlike(ctx, r)
	}
	return nil
}

// apply makes one change. It tells whether the change is one of the project's structure.
func (b *Board) apply(ctx context.Context, r coding.Reader, c coding.Change) (structural bool, err error) {
	if c.Emptied() {
		return false, errRebuild // somebody was erased
	}
	before, err := coding.Decode(c.Kind, c.Before)
	if err != nil {
		return false, errors.Join(errRebuild, err)
	}
	after, err := coding.Decode(c.Kind, c.After)
	if err != nil {
		return false, errors.Join(errRebuild, err)
	}
	switch c.Kind {
	case coding.KindCoding:
		return false, b.applyCoding(before, after)
	case coding.KindMark:
		return false, b.applyMark(before, after)
	case coding.KindMemo:
		b.applyMemo(before, after)
		return false, nil
	case coding.KindQuote:
		return false, b.applyQuote(before, after)
	case coding.KindAnswer:
		return false, b.applyLanguage(after)
	case coding.KindText:
		return false, b.applyText(before, after)
	case coding.KindRespondent, coding.KindValues:
		return false, errRebuild
	case coding.KindAssignment:
		b.applyAssignment(before, after)
		return false, nil
	case coding.KindDecision:
		return false, b.applyDecision(before, after)
	case coding.KindView, coding.KindPack, coding.KindWorkshop:
		return false, nil
	case coding.KindImport:
		return false, b.applyImport(ctx, r, before, after)
	case coding.KindProject, coding.KindRound, coding.KindQuestion, coding.KindVariable, coding.KindCategory, coding.KindTheme:
		if after == nil && c.Kind != coding.KindTheme {
			return true, errRebuild // what hung on it is gone with it
		}
		return true, nil
	}
	return false, errRebuild
}

// applyText follows a text that a corrected file changed. What came or went changes too much to be followed.
func (b *Board) applyText(before, after any) error {
	a, ok := after.(coding.Answer)
	if before == nil || !ok {
		return errRebuild
	}
	b.setText(a)
	return b.applyLanguage(a.Spoken())
}

func (b *Board) applyImport(ctx context.Context, r coding.Reader, before, after any) error {
	imp, ok := after.(coding.Import)
	if !ok {
		return errRebuild
	}
	if before == nil && imp.ID <= b.lastImport {
		// Read already, together with a later import; or put back with its old ids.
		return b.checkImports(ctx, r)
	}
	if err := b.readAnswers(ctx, r, b.project.ID, func(coding.Answer) {}); err != nil {
		return err
	}
	return b.readAlike(ctx, r)
}

// checkImports asks for a rebuild unless the board has all answers of all imports.
func (b *Board) checkImports(ctx context.Context, r coding.Reader) error {
	imports, err := r.Imports(ctx, b.project.ID)
	if err != nil {
		return err
	}
	answers, respondents := 0, 0
	for _, imp := range imports {
		answers += imp.Answers
		respondents += imp.Respondents
	}
	if uint64(answers) != b.all.GetCardinality() || uint64(respondents) != b.respondents.GetCardinality() {
		return errRebuild
	}
	return nil
}

func (b *Board) applyLanguage(after any) error {
	a, ok := after.(coding.AnswerLanguage)
	if !ok || !b.all.Contains(uint32(a.ID)) {
		return errRebuild
	}
	b.setLanguage(a)
	return nil
}
