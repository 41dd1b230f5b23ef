package ui

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"slices"
	"sync"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/index"
	"avokoodi/index/analysis"
	"avokoodi/index/reading"
)

// mostCorpora is how many projects' words are kept in memory: about five bytes for each word of their answers.
const mostCorpora = 3

// corpora keeps the words of the projects that were read last. A corpus is good as long as the texts and languages of the
// project are the same; coding does not touch it.
type corpora struct {
	mu   sync.Mutex
	list []*corpus // the last used first
}

type corpus struct {
	project coding.ProjectID
	print   uint64
	words   index.Wording
	ready   chan struct{}
	*reading.Corpus
	err error
}

// wording is how the project's texts are analysed: as its index does, or by the rules alone where there is none.
func (s *Server) wording(ctx context.Context, p coding.ProjectID) (index.Wording, error) {
	if s.Index != nil {
		return s.Index.Wording(ctx, p)
	}
	return plainWording{s.engine()}, nil
}

// plainWording analyses without a project's own words.
type plainWording struct{ engine *analysis.Engine }

func (w plainWording) Index(l coding.Lang, text string) []analysis.Token {
	return w.engine.For(analysis.Language(l)).Index(text)
}

func (w plainWording) Query(l coding.Lang, text string) []analysis.Token {
	return w.engine.For(analysis.Language(l)).Query(text)
}

func (w plainWording) Exact(text string) []analysis.Token { return w.engine.Exact().Index(text) }
func (w plainWording) Version() string                    { return w.engine.Version() }

// corpus is the words of the project's answers as they are now. The first reader after an import waits until they are
// counted; others wait for the same.
func (s *Server) corpus(r *request) (*corpus, error) {
	words, err := s.wording(r.ctx(), r.projectID())
	if err != nil {
		return nil, err
	}
	print, err := s.corpusPrint(r.ctx(), r.projectID(), words.Version())
	if err != nil {
		return nil, err
	}
	c, build := s.corpora.take(r.projectID(), print, words)
	if build {
		go func() {
			defer close(c.ready)
			defer func() {
				if p := recover(); p != nil {
					c.err = fmt.Errorf("reading answers: %v", p)
				}
			}()
			c.Corpus, c.err = reading.Build(s.answers(context.WithoutCancel(r.ctx()), c.project), words.Index)
		}()
	}
	select {
	case <-c.ready:
	case <-r.ctx().Done():
		return nil, r.ctx().Err()
	}
	if c.err != nil {
		s.corpora.drop(c)
	}
	return c, c.err
}

// take finds a corpus or makes room for it; build tells that the caller has to fill it.
func (k *corpora) take(p coding.ProjectID, print uint64, words index.Wording) (c *corpus, build bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	rest := make([]*corpus, 0, mostCorpora)
	for _, old := range k.list {
		switch {
		case old.project == p && old.print == print:
			c = old
		case old.project != p && len(rest) < mostCorpora-1:
			rest = append(rest, old)
		}
	}
	if build = c == nil; build {
		c = &corpus{project: p, print: print, words: words, ready: make(chan struct{})}
	}
	k.list = append([]*corpus{c}, rest...)
	return c, build
}

func (k *corpora) drop(c *corpus) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for i, one := range k.list {
		if one == c {
			k.list = append(k.list[:i:i], k.list[i+1:]...)
			return
		}
	}
}

// forget drops the words of a project from memory.
func (k *corpora) forget(p coding.ProjectID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.list = slices.DeleteFunc(k.list, func(c *corpus) bool { return c.project == p })
}

// corpusPrint changes when the words of the project may have: with its answers, their languages, its imports and the
// analysers.
func (s *Server) corpusPrint(ctx context.Context, p coding.ProjectID, version string) (uint64, error) {
	h := fnv.New64a()
	io.WriteString(h, version)
	number := func(n uint64) { h.Write(binary.LittleEndian.AppendUint64(nil, n)) }
	err := s.Boards.Read(ctx, p, func(b *sets.Board) error {
		number(b.All().Checksum())
		for _, l := range []coding.Lang{"fi", "sv", "en", ""} {
			number(b.Language(l).Checksum())
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	err = s.Service.Store().View(ctx, func(rd coding.Reader) error {
		imports, err := rd.Imports(ctx, p)
		for _, i := range imports {
			number(uint64(i.ID))
			io.WriteString(h, i.SHA256)
			number(uint64(i.At.UnixMilli()))
		}
		return err
	})
	return h.Sum64(), err
}

// answers streams the answers of a project, in pieces so that the store is not held in one state all the while.
func (s *Server) answers(ctx context.Context, p coding.ProjectID) iter.Seq2[coding.Answer, error] {
	const piece = 5000
	return func(yield func(coding.Answer, error) bool) {
		after := coding.AnswerID(0)
		for {
			list := make([]coding.Answer, 0, piece)
			err := s.Service.Store().View(ctx, func(rd coding.Reader) error {
				for a, err := range rd.EachAnswer(ctx, p, after, 0) {
					if err != nil {
						return err
					}
					if list = append(list, a); len(list) == piece {
						break
					}
				}
				return nil
			})
			if err != nil {
				yield(coding.Answer{}, err)
				return
			}
			for _, a := range list {
				after = a.ID
				if !yield(a, nil) {
					return
				}
			}
			if len(list) < piece {
				return
			}
		}
	}
}
