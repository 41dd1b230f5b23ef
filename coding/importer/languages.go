package importer

import (
	"runtime"
	"sync"

	"avokoodi/coding"
)

// detectBatch is how many answers a worker takes at a time.
const detectBatch = 512

// languages holds what is known of the language of each answer of a plan, in order. Detection runs beside the reading, on every core.
type languages struct {
	fn     Detect
	blocks [][]told
	block  []told
	texts  []string // of block, "" where the language is known
	jobs   chan detectJob
	work   sync.WaitGroup
	once   sync.Once
}

type detectJob struct {
	texts []string
	out   []told
}

func startLanguages(fn Detect) *languages {
	l := &languages{fn: fn}
	if fn == nil {
		return l
	}
	l.jobs = make(chan detectJob, 2)
	for range runtime.GOMAXPROCS(0) {
		l.work.Go(func() {
			for j := range l.jobs {
				for i, text := range j.texts {
					if text != "" {
						lang, sure, mixed := fn(text)
						j.out[i] = tell(lang, mixed, int(100*sure))
					}
				}
			}
		})
	}
	return l
}

func (l *languages) known(lang coding.Lang) { l.add(tell(lang, false, 100), "") }

func (l *languages) detect(text string) { l.add(0, text) }

func (l *languages) add(b told, text string) {
	if l.block == nil {
		l.block = make([]told, 0, detectBatch)
	}
	l.block = append(l.block, b)
	if l.fn != nil {
		if l.texts == nil {
			l.texts = make([]string, 0, detectBatch)
		}
		l.texts = append(l.texts, text)
	}
	if len(l.block) == detectBatch {
		l.flush()
	}
}

func (l *languages) flush() {
	if len(l.block) == 0 {
		return
	}
	l.blocks = append(l.blocks, l.block)
	if l.fn != nil {
		l.jobs <- detectJob{l.texts, l.block}
	}
	l.block, l.texts = nil, nil
}

// stop waits for the workers; then they may be read.
func (l *languages) stop() {
	l.once.Do(func() {
		l.flush()
		if l.jobs != nil {
			close(l.jobs)
		}
		l.work.Wait()
	})
}

func (l *languages) counts() [len(byNumber)]int {
	var n [len(byNumber)]int
	for _, block := range l.blocks {
		for _, b := range block {
			n[b.number()]++
		}
	}
	return n
}

// unsure counts the answers whose language is an uncertain guess.
func (l *languages) unsure() (n int) {
	for _, block := range l.blocks {
		for _, b := range block {
			if b.unsure() {
				n++
			}
		}
	}
	return n
}

// reader gives them one after another, from the first.
func (l *languages) reader() func() told {
	block, at := 0, 0
	return func() told {
		for at == len(l.blocks[block]) {
			block, at = block+1, 0
		}
		at++
		return l.blocks[block][at-1]
	}
}
