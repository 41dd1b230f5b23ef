package index

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"sync"

	"avokoodi/coding"
)

// A batch is full with so many answers or so many bytes of text.
const (
	batchAnswers = 5000
	batchBytes   = 4 << 20
)

// feed brings the answers of an import into the index, or all answers of the project when imp is 0. While one batch is
// written the next one is read and analysed. each, if not nil, hears how many answers a batch had.
func (g *generation) feed(ctx context.Context, store coding.Store, p coding.ProjectID, imp coding.ImportID, each func(answers int)) error {
	ctx, cancel := context.WithCancel(ctx)
	ready := make(chan []*document)
	failed := make(chan error, 1)
	go func() {
		defer close(ready)
		failed <- read(ctx, store, p, imp, func(answers []coding.Answer) error {
			select {
			case ready <- g.documents(answers):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	defer func() {
		cancel()
		for range ready { // wait for the reader to be done with the store
		}
	}()
	for docs := range ready {
		if err := g.commit(change{put: docs}, coding.Seq(g.seq.Load())); err != nil {
			return err
		}
		if each != nil {
			each(len(docs))
		}
		release(docs)
	}
	return <-failed
}

// read hands out the answers in batches. Each batch is a View of its own, so that the store is not held in one state for
// as long as it takes to index a large project; what changes meanwhile comes by the change log.
func read(ctx context.Context, store coding.Store, p coding.ProjectID, imp coding.ImportID, fn func([]coding.Answer) error) error {
	after := coding.AnswerID(0)
	for {
		var batch []coding.Answer
		bytes := 0
		err := store.View(ctx, func(r coding.Reader) error {
			for a, err := range r.EachAnswer(ctx, p, after, imp) {
				if err != nil {
					return err
				}
				batch = append(batch, a)
				if bytes += len(a.Text); len(batch) == batchAnswers || bytes >= batchBytes {
					return nil
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("answers: %w", err)
		}
		if len(batch) == 0 {
			return nil
		}
		after = batch[len(batch)-1].ID
		if err := fn(batch); err != nil {
			return err
		}
	}
}

// documents reads answers on all processors.
func (g *generation) documents(answers []coding.Answer) []*document {
	docs := make([]*document, len(answers))
	workers := min(runtime.GOMAXPROCS(0), (len(answers)+63)/64)
	var group sync.WaitGroup
	for n := range workers {
		group.Go(func() {
			k := keywords{}
			for i := n; i < len(answers); i += workers {
				docs[i] = g.document(k, answers[i])
			}
		})
	}
	group.Wait()
	return docs
}

// document reads one answer. One that the analysers can't bear is indexed without its words rather than taking the program
// down each time it starts.
func (g *generation) document(k keywords, a coding.Answer) (d *document) {
	defer func() {
		if r := recover(); r != nil {
			slog.Error("index: an answer can't be analysed", "answer", a.ID, "panic", r)
			d = bareDocument(k, a)
		}
	}()
	return newDocument(g.words, g.lexicon, k, a)
}
