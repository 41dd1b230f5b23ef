package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"

	"avokoodi/coding"
)

// generation is one open Bleve index. Its project's follower is the only one who writes; many may read.
type generation struct {
	dir     string
	words   wording
	learnt  int // number of answers that the project had when its words were learnt
	lexicon *lexicon
	lexFile lexiconStore
	bleve   *scorch.Scorch
	queue   *bleve.AnalysisQueue

	readers sync.WaitGroup
	seq     atomic.Int64  // the last change that is in the index
	content atomic.Uint64 // grows with every batch
	failed  chan struct{} // closed when Bleve's own goroutines have failed; nothing works after that
	failure error         // read after failed is closed
	failing sync.Once

	ids  segmentIDs
	sets setCache
}

// Keys of the index's internal storage.
var (
	keySeq     = []byte("avokoodi.seq")
	keyVersion = []byte("avokoodi.version")
	keyLexicon = []byte("avokoodi.lexicon") // length of its file
)

// scorchConfig is the same for every index. Batches are on disk before they return; with unsafe_batch a clean close lost
// documents.
func scorchConfig(dir string) map[string]any {
	return map[string]any{
		"path":                   dir,
		"unsafe_batch":           false,
		"numSnapshotsToKeep":     1,
		"bolt_timeout":           "1s",
		"asyncErrorCallbackName": asyncErrors,
		"scorchPersisterOptions": map[string]any{"PersisterNapTimeMSec": 0},
	}
}

// createGeneration makes an empty index in dir.
func createGeneration(dir string, w wording) (*generation, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	return newGeneration(dir, w, func(g *generation) error {
		if err := g.bleve.Open(); err != nil {
			return err
		}
		return g.commit(change{}, 0)
	})
}

// openGeneration opens the index in dir and looks whether it is whole.
func openGeneration(dir string, w wording) (*generation, error) {
	if err := verifyBolt(filepath.Join(dir, "root.bolt")); err != nil {
		return nil, err
	}
	return newGeneration(dir, w, func(g *generation) error {
		if err := g.bleve.OpenMeta(); err != nil { // before the goroutines that merge segments start
			return damaged("open", err)
		}
		if err := verifySegments(dir); err != nil {
			return err
		}
		if err := g.readState(); err != nil {
			return err
		}
		return g.bleve.Open()
	})
}

func newGeneration(dir string, w wording, open func(*generation) error) (*generation, error) {
	g := &generation{dir: dir, words: w, queue: bleve.NewAnalysisQueue(1), failed: make(chan struct{})}
	err := guard("open", func() error {
		ix, err := scorch.NewScorch(scorch.Name, scorchConfig(dir), g.queue)
		if err != nil {
			return err
		}
		g.bleve = ix.(*scorch.Scorch)
		listenTo(dir, g)
		if g.lexicon, g.lexFile, err = openLexicon(dir); err != nil {
			return err
		}
		return open(g)
	})
	if err != nil {
		g.close()
		return nil, err
	}
	return g, nil
}

// readState reads what the index says of itself. Scorch opens an index whose segments it can't load as an empty one, which
// this notices.
func (g *generation) readState() error {
	r, err := g.reader()
	if err != nil {
		return damaged("reader", err)
	}
	defer func() { _ = r.Close() }()
	version, err := r.GetInternal(keyVersion)
	if err != nil || string(version) != g.version() {
		return damaged("version", fmt.Errorf("%q: %w", version, err))
	}
	lexicon, err := storedNumber(r, keyLexicon)
	if err == nil && lexicon > g.lexFile.size {
		err = damaged("lexicon", fmt.Errorf("%d of %d bytes", g.lexFile.size, lexicon))
	}
	if err != nil {
		return err
	}
	seq, err := storedNumber(r, keySeq)
	g.seq.Store(seq)
	return err
}

// storedNumber is a number in the internal storage of a state of the index.
func storedNumber(r *scorch.IndexSnapshot, key []byte) (int64, error) {
	v, err := r.GetInternal(key)
	if err != nil || len(v) != 8 {
		return 0, damaged(string(key), fmt.Errorf("%x: %w", v, err))
	}
	return int64(binary.BigEndian.Uint64(v)), nil
}

func number(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

func (g *generation) version() string { return mappingVersion + "/" + g.words.Version() }

// change is what one batch does to the index.
type change struct {
	put  []*document
	drop []coding.AnswerID
}

// commit brings a change into the index, together with seq, the last change of the log that the index then has. It is on
// disk when commit returns.
func (g *generation) commit(c change, seq coding.Seq) error {
	if err := g.lexFile.flush(g.lexicon); err != nil {
		return damaged("lexicon", err)
	}
	b := bleve.NewBatch()
	for _, d := range c.put {
		b.Update(d)
	}
	for _, id := range c.drop {
		b.Delete(docID(id))
	}
	b.SetInternal(keySeq, number(int64(seq)))
	b.SetInternal(keyLexicon, number(g.lexFile.size))
	b.SetInternal(keyVersion, []byte(g.version()))
	done := make(chan error, 1)
	go func() { done <- guard("batch", func() error { return g.bleve.Batch(b) }) }()
	select {
	case err := <-done:
		if err != nil {
			return damaged("batch", err)
		}
	case <-g.failed: // then the batch may never return
		return g.failure
	}
	g.seq.Store(int64(seq))
	g.content.Add(1)
	return nil
}

// reader is a state of the index that does not change. The caller closes it.
func (g *generation) reader() (*scorch.IndexSnapshot, error) {
	r, err := g.bleve.Reader()
	if err != nil {
		return nil, err
	}
	s, ok := r.(*scorch.IndexSnapshot)
	if !ok || s == nil {
		return nil, errors.New("no snapshot")
	}
	return s, nil
}

func (g *generation) close() {
	if g.bleve != nil {
		_ = guard("close", g.bleve.Close)
	}
	g.queue.Close()
	g.lexFile.close()
	forget(g.dir)
}
