package index

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"avokoodi/coding"
)

// errOtherStore says that the change log is not the one that the index has followed: the store was put back to an older
// state.
var errOtherStore = errors.New("the change log has become another")

// errOutgrown says that the project has grown so much that its words should be learnt again.
var errOutgrown = errors.New("the project has outgrown the words learnt from it")

// errErased says that somebody was erased, whose words must not stay in the files: a segment keeps what is deleted until it is
// merged, and the lexicon keeps every word.
var errErased = errors.New("a respondent was erased")

// changesAtOnce is how many changes are read and brought in together.
const changesAtOnce = 5000

// follow brings the index up to the last change of the store.
func (g *generation) follow(ctx context.Context, store coding.Store, p coding.ProjectID) error {
	for {
		seq := coding.Seq(g.seq.Load())
		var last coding.Seq
		var changes []coding.Change
		var imports []coding.Import
		err := store.View(ctx, func(r coding.Reader) error {
			var err error
			if last, err = r.LastSeq(ctx, p); err != nil || last <= seq {
				return err
			}
			if changes, err = r.Changes(ctx, p, seq, changesAtOnce); err == nil {
				imports, err = r.Imports(ctx, p)
			}
			return err
		})
		switch {
		case err != nil:
			return fmt.Errorf("change log: %w", err)
		case last < seq:
			return fmt.Errorf("%w: its last change is %d, the index has %d", errOtherStore, last, seq)
		case last == seq:
			return nil
		case len(changes) == 0 || changes[0].Seq != seq+1:
			return fmt.Errorf("%w: no change %d", errOtherStore, seq+1)
		case outgrown(g.learnt, countAnswers(imports)):
			return errOutgrown
		}
		n, err := readNews(changes)
		if err != nil {
			return err
		}
		if n.erased {
			// Searches find nothing of it from here on; the number of the last change stays, so that after a crash it is done again.
			if err := g.take(ctx, store, p, n, seq); err != nil {
				return err
			}
			return errErased
		}
		if n.none() { // codings and the like: nothing to write, and after a restart they are passed over again
			g.seq.Store(int64(changes[len(changes)-1].Seq))
			continue
		}
		if err := g.take(ctx, store, p, n, changes[len(changes)-1].Seq); err != nil {
			return err
		}
	}
}

// countAnswers is how many answers the imports brought.
func countAnswers(imports []coding.Import) int {
	n := 0
	for _, imp := range imports {
		n += imp.Answers
	}
	return n
}

// news is what a stretch of the change log means to the index, in the end: whatever else happened to an answer in between
// has no bearing, since answers are read as they are now.
type news struct {
	gone    []coding.ImportID // taken back
	come    []coding.ImportID // there
	answers []coding.AnswerID // changed
	erased  bool
}

// none tells that nothing of it concerns the index.
func (n news) none() bool { return len(n.gone)+len(n.come)+len(n.answers) == 0 }

func readNews(changes []coding.Change) (news, error) {
	var n news
	for _, c := range changes {
		n.erased = n.erased || c.Emptied()
		switch c.Kind {
		case coding.KindImport:
			after, err := coding.Decode(c.Kind, c.After)
			if err != nil {
				return news{}, err
			}
			before, err := coding.Decode(c.Kind, c.Before)
			if err != nil {
				return news{}, err
			}
			if was, ok := before.(coding.Import); ok {
				if is, ok := after.(coding.Import); ok && is.Answers <= was.Answers {
					continue // answers that are gone have changes of their own
				}
			}
			imp := coding.ImportID(c.ID)
			n.come = slices.DeleteFunc(n.come, func(id coding.ImportID) bool { return id == imp })
			if after != nil {
				n.come = append(n.come, imp)
			} else {
				n.gone = append(n.gone, imp)
			}
		case coding.KindAnswer, coding.KindText:
			n.answers = append(n.answers, coding.AnswerID(c.ID))
		}
	}
	slices.Sort(n.answers)
	n.answers = slices.Compact(n.answers)
	return n, nil
}

// take brings news into the index. Only the last batch notes seq: after a crash in between all is done again, to the same
// end.
func (g *generation) take(ctx context.Context, store coding.Store, p coding.ProjectID, n news, seq coding.Seq) error {
	for _, imp := range n.gone {
		ids, err := g.ofImport(imp)
		if err != nil {
			return err
		}
		if err := g.commit(change{drop: ids}, coding.Seq(g.seq.Load())); err != nil {
			return err
		}
	}
	for _, imp := range n.come {
		if err := g.feed(ctx, store, p, imp, nil); err != nil {
			return err
		}
	}
	for ids := range slices.Chunk(n.answers, batchAnswers) {
		c, err := g.reread(ctx, store, p, ids)
		if err != nil {
			return err
		}
		if err := g.commit(c, coding.Seq(g.seq.Load())); err != nil {
			return err
		}
	}
	return g.commit(change{}, seq)
}

// reread is the change that brings answers to their present state.
func (g *generation) reread(ctx context.Context, store coding.Store, p coding.ProjectID, ids []coding.AnswerID) (change, error) {
	var answers []coding.Answer
	err := store.View(ctx, func(r coding.Reader) error {
		var err error
		answers, err = r.Answers(ctx, p, ids)
		return err
	})
	if err != nil {
		return change{}, fmt.Errorf("changed answers: %w", err)
	}
	var c change
	there := make(map[coding.AnswerID]bool, len(answers))
	for _, a := range answers {
		there[a.ID] = true
	}
	for _, id := range ids {
		if !there[id] {
			c.drop = append(c.drop, id)
		}
	}
	c.put = g.documents(answers)
	return c, nil
}

// ofImport is the answers in the index that came by an import.
func (g *generation) ofImport(imp coding.ImportID) ([]coding.AnswerID, error) {
	var out []coding.AnswerID
	err := g.look(context.Background(), func(l *looking) error {
		set, err := l.keyword(fieldImport, importTerm(imp))
		if err != nil {
			return err
		}
		for it := set.Iterator(); it.HasNext(); {
			out = append(out, coding.AnswerID(it.Next()))
		}
		return nil
	})
	return out, err
}
