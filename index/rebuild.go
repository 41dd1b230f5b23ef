package index

import (
	"context"
	"errors"
	"fmt"
	"os"

	"avokoodi/coding"
)

// rebuild builds a new generation and puts it in the place of the present one.
func (p *project) rebuild(ctx context.Context, progress Progress) error {
	head, err := p.head(ctx)
	if err != nil {
		return err
	}
	root := p.x.root(p.id)
	all, err := generations(root)
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	n := 1
	if len(all) > 0 {
		n = all[len(all)-1] + 1
	}
	dir := generationDir(root, n)
	g, err := p.build(ctx, dir, progress)
	if err == nil {
		if err = writeMarker(dir, p.marker(head, g.learnt)); err != nil {
			g.close()
		}
	}
	if err != nil {
		_ = os.RemoveAll(dir)
		return fmt.Errorf("build: %w", err)
	}
	p.swap(g)
	sweep(root, n)
	return nil
}

// build makes a generation in dir that has all answers of the project and all changes of the log.
func (p *project) build(ctx context.Context, dir string, progress Progress) (*generation, error) {
	var seq coding.Seq
	var imports []coding.Import
	err := p.x.store.View(ctx, func(r coding.Reader) error {
		var err error
		if seq, err = r.LastSeq(ctx, p.id); err == nil {
			imports, err = r.Imports(ctx, p.id)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	g, err := p.begin(ctx, dir, imports)
	if err != nil {
		return nil, err
	}
	done, total := 0, countAnswers(imports)
	err = g.feed(ctx, p.x.store, p.id, 0, func(answers int) {
		done += answers
		if progress != nil {
			progress(done, max(done, total))
		}
	})
	if err == nil {
		// What changed since seq may be in already; taking it in once more does no harm.
		err = g.commit(change{}, seq)
	}
	if err == nil {
		err = g.follow(ctx, p.x.store, p.id)
	}
	if errors.Is(err, errOutgrown) { // it has grown meanwhile
		p.wake()
		err = nil
	}
	if err != nil {
		g.close()
		return nil, err
	}
	return g, nil
}

// begin learns the project's words and makes an empty generation that knows them.
func (p *project) begin(ctx context.Context, dir string, imports []coding.Import) (*generation, error) {
	known, err := learn(ctx, p.x.store, p.id, p.x.engine(), imports)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if err := known.save(dir); err != nil {
		return nil, err
	}
	g, err := createGeneration(dir, newWords(p.x.engine(), known))
	if err != nil {
		return nil, err
	}
	g.learnt = countAnswers(imports)
	return g, nil
}
