package index

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"avokoodi/coding"
)

// Report is what Check found. The index equals the store when OK says so.
type Report struct {
	Answers    int          `json:"answers"`            // in the store
	Indexed    int          `json:"indexed"`            // in the index
	StoreSeq   coding.Seq   `json:"store_seq"`          // the last change of the store
	IndexSeq   coding.Seq   `json:"index_seq"`          // the last change that is in the index
	Missing    int          `json:"missing"`            // answers that are not in the index
	Extra      int          `json:"extra"`              // in the index but not in the store
	Twice      int          `json:"twice"`              // more than once in the index
	Different  int          `json:"different"`          // not in the index as they are in the store
	Examples   []Difference `json:"examples,omitempty"` // the first of them, at most 100
	Forms      int          `json:"forms"`              // words as written that the lexicon knows
	Unknown    string       `json:"unknown,omitempty"`  // one that it should know and does not
	Bytes      int64        `json:"bytes"`              // on disk
	Generation string       `json:"generation"`         // folder
	Version    string       `json:"version"`            // of fields and analysers
}

// Difference is one answer that is not in the index as it is in the store. Index and Store say how it is there: "" where
// it is not at all.
type Difference struct {
	Answer coding.AnswerID `json:"answer"`
	Index  string          `json:"index"`
	Store  string          `json:"store"`
}

// OK tells whether index and store are equal.
func (r Report) OK() bool {
	return r.Missing+r.Extra+r.Twice+r.Different == 0 && r.Unknown == "" && r.StoreSeq == r.IndexSeq && r.Answers == r.Indexed
}

const mostDifferences = 100

// Check brings the index up to date and compares it with the store: that every answer is there once, made from its present
// text, question, round and language, that nothing else is there, that the meaning of every word is known, and that the last
// change is in.
func (x *Index) Check(ctx context.Context, p coding.ProjectID) (Report, error) {
	const tries = 5 // while the project is being changed
	var rep Report
	for range tries {
		if err := x.Sync(ctx, p); err != nil {
			return Report{}, err
		}
		err := x.read(ctx, p, func(g *generation) error {
			return g.look(ctx, func(l *looking) (err error) {
				rep, err = l.check(x.store, p)
				return err
			})
		})
		if err != nil {
			return Report{}, fmt.Errorf("check: %w", err)
		}
		if rep.StoreSeq == rep.IndexSeq {
			break
		}
	}
	return rep, nil
}

// entry is one document of the index.
type entry struct {
	part int
	doc  uint32
	sum  uint64
}

func (l *looking) check(store coding.Store, p coding.ProjectID) (Report, error) {
	rep := Report{Generation: filepath.Base(l.gen.dir), Version: l.gen.version(), Bytes: folderBytes(l.gen.dir)}
	seq, err := storedNumber(l.view.snapshot, keySeq)
	if err != nil {
		return rep, err
	}
	rep.IndexSeq = coding.Seq(max(seq, l.gen.seq.Load())) // the log may have gone on without anything for the index
	rep.Forms = l.gen.lexicon.size()
	if rep.Unknown, err = l.view.unknownForm(l.gen.lexicon); err != nil {
		return rep, damaged("dictionary", err)
	}
	entries, err := l.entries(&rep)
	if err != nil {
		return rep, err
	}
	err = store.View(l.ctx, func(r coding.Reader) error {
		var err error
		if rep.StoreSeq, err = r.LastSeq(l.ctx, p); err != nil {
			return err
		}
		for a, err := range r.EachAnswer(l.ctx, p, 0, 0) {
			if err != nil {
				return err
			}
			rep.Answers++
			e, ok := entries[uint32(a.ID)]
			delete(entries, uint32(a.ID))
			switch {
			case !ok:
				rep.Missing++
				rep.note(Difference{Answer: a.ID, Store: describe(a)})
			case e.sum != checksum(a):
				rep.Different++
				rep.note(Difference{Answer: a.ID, Index: l.describe(e), Store: describe(a)})
			}
		}
		return nil
	})
	if err != nil {
		return rep, fmt.Errorf("answers: %w", err)
	}
	for id, e := range entries {
		rep.Extra++
		rep.note(Difference{Answer: coding.AnswerID(id), Index: l.describe(e)})
	}
	return rep, nil
}

func (r *Report) note(d Difference) {
	if len(r.Examples) < mostDifferences {
		r.Examples = append(r.Examples, d)
	}
}

// entries is all documents of the index by answer id, with their checksums.
func (l *looking) entries(rep *Report) (map[uint32]entry, error) {
	out := make(map[uint32]entry, l.view.count())
	for i, p := range l.view.segments {
		sums, err := p.sums()
		if err != nil {
			return nil, damaged("checksums", err)
		}
		for doc, id := range p.ids {
			if p.deleted != nil && p.deleted.Contains(uint32(doc)) {
				continue
			}
			rep.Indexed++
			e := entry{i, uint32(doc), sums[doc]}
			if _, twice := out[id]; twice {
				rep.Twice++
				rep.note(Difference{Answer: coding.AnswerID(id), Index: l.describe(e)})
			}
			out[id] = e
		}
	}
	return out, nil
}

// sums is the checksum of each document.
func (p part) sums() ([]uint64, error) {
	out := make([]uint64, len(p.ids))
	dict, err := p.Dictionary(fieldSum)
	if err != nil {
		return nil, err
	}
	list, err := dict.PostingsList([]byte(fieldSum), nil, nil)
	if err != nil {
		return nil, err
	}
	for it := list.Iterator(true, true, false, nil); ; {
		post, err := it.Next()
		if err != nil {
			return nil, err
		}
		if post == nil {
			return out, nil
		}
		out[post.Number()] = post.Frequency()
	}
}

// describe says how an answer is in the store.
func describe(a coding.Answer) string {
	s := fmt.Sprintf("question %d, round %d, language %s", a.Question, a.Round, languageTerm(a.Language))
	if a.Mixed {
		s += ", mixed"
	}
	return s
}

// describe says how an answer is in the index, from its doc values.
func (l *looking) describe(e entry) string {
	fields := []string{fieldQuestion, fieldRound, fieldLanguage}
	values := map[string]string{}
	if v, ok := l.view.segments[e.part].Segment.(segment.DocValueVisitable); ok {
		_, _ = v.VisitDocValues(uint64(e.doc), fields, func(field string, term []byte) { values[field] = string(term) }, nil)
	}
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = f + " " + values[f]
	}
	return strings.Join(parts, ", ")
}

// folderBytes is the size of the files in a folder.
func folderBytes(dir string) int64 {
	entries, _ := os.ReadDir(dir)
	sum := int64(0)
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			sum += info.Size()
		}
	}
	return sum
}
