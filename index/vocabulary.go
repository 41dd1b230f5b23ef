package index

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/index/analysis"
)

// The analysers know compounds and rare words better when they know which words the project's own texts use. A generation
// learns them before its first answer is indexed and keeps the list beside its segments, since all its texts and all its
// queries must be analysed alike. What is imported later is learnt when the project has grown so much that the index is
// built anew.

// learnt is the words of some answers. The number is 2 for a word that occurs more than once: nobody asks further.
type learnt map[string]int

const (
	learnAnswers = 10_000 // at most, or somewhat more; others hardly add words
	learnWords   = 200_000
)

// outgrown tells whether a project of so many answers should have its words learnt again.
func outgrown(learntFrom, answers int) bool {
	return answers > 2*learntFrom+100 && learntFrom < learnAnswers
}

// learn reads words from the first answers of each import.
func learn(ctx context.Context, store coding.Store, p coding.ProjectID, e *analysis.Engine, imports []coding.Import) (learnt, error) {
	words := learnt{}
	enough := errors.New("enough")
	for _, imp := range imports {
		left := learnAnswers/len(imports) + 1
		err := read(ctx, store, p, imp.ID, func(batch []coding.Answer) error {
			for _, a := range batch[:min(left, len(batch))] {
				words.add(e.Exact().Index(a.Text))
			}
			if left -= len(batch); left <= 0 {
				return enough
			}
			return nil
		})
		if err != nil && err != enough {
			return nil, err
		}
	}
	return words, nil
}

func (w learnt) add(tokens []analysis.Token) {
	for _, t := range tokens {
		for _, term := range t.Terms {
			if n := w[term.Text]; n < 2 && (n > 0 || len(w) < learnWords) {
				w[term.Text] = n + 1
			}
		}
	}
}

// vocabulary is the words as the analysers take them.
func (w learnt) vocabulary() *analysis.Vocabulary {
	v := analysis.NewVocabulary()
	var b strings.Builder
	for _, word := range slices.Sorted(maps.Keys(w)) {
		for range w[word] {
			b.WriteString(word)
			b.WriteByte(' ')
		}
		if b.Len() > 1<<16 {
			v.Learn(b.String())
			b.Reset()
		}
	}
	v.Learn(b.String())
	return v
}

const vocabularyFile = "words.txt"

// save writes the words into a generation's folder, one a line, a word that occurs more than once with a '+' behind.
func (w learnt) save(dir string) error {
	f, err := os.Create(filepath.Join(dir, vocabularyFile))
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	for _, word := range slices.Sorted(maps.Keys(w)) {
		b.WriteString(word)
		if w[word] > 1 {
			b.WriteByte('+')
		}
		b.WriteByte('\n')
	}
	return errors.Join(b.Flush(), f.Sync(), f.Close())
}

// loadLearnt reads what save has written.
func loadLearnt(dir string) (learnt, error) {
	f, err := os.Open(filepath.Join(dir, vocabularyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, damaged("words", err)
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	words := learnt{}
	r := bufio.NewReader(f)
	for {
		line, err := r.ReadString('\n')
		if err == io.EOF && line == "" {
			return words, nil
		}
		if err != nil {
			return nil, damaged("words", fmt.Errorf("%q: %w", line, err))
		}
		word, again := strings.CutSuffix(strings.TrimSuffix(line, "\n"), "+")
		words[word] = 1
		if again {
			words[word] = 2
		}
	}
}
