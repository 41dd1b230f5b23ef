package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/privacy"
)

// flagged is the answers of each project in which somebody is identified, as far as the finder can tell. The finder reads every
// answer once, a second for forty thousand, and then what changes.
type flagged struct {
	mu       sync.Mutex
	projects map[coding.ProjectID]*flags
}

// flags is the answers of one project. Until all of them are read, set is nil.
type flags struct {
	mu      sync.Mutex
	seq     coding.Seq // the change up to which texts are read
	set     *roaring.Bitmap
	reading chan struct{} // closed at the end of reading; nil when nobody reads
}

// errReread says that what changed is too much to be followed.
var errReread = errors.New("answers have come or gone")

// flagPatience is how long the page that begins the first reading waits for it; where it takes longer, pages go on without it.
const flagPatience = 250 * time.Millisecond

// identifies tells whether a text has something that points at one person by itself.
func identifies(f *privacy.Finder, text string) bool {
	return slices.ContainsFunc(f.Find(text), func(x privacy.Found) bool { return x.Kind.Direct() })
}

// flaggedIn is the answers of the project in which somebody is identified; nil while they are still being read. The set is the
// caller's own.
func (s *Server) flaggedIn(ctx context.Context, p coding.ProjectID) *roaring.Bitmap {
	s.flagged.mu.Lock()
	f := s.flagged.projects[p]
	if f == nil {
		f = &flags{}
		s.flagged.projects[p] = f
	}
	s.flagged.mu.Unlock()
	for range 2 {
		set, err := s.flagsOf(ctx, p, f)
		if !errors.Is(err, errReread) {
			return set
		}
	}
	return nil
}

// flagsOf brings the flags of a project up to date; errReread when they must be read anew.
func (s *Server) flagsOf(ctx context.Context, p coding.ProjectID, f *flags) (*roaring.Bitmap, error) {
	f.mu.Lock()
	first := f.set == nil && f.reading == nil
	if first {
		done := make(chan struct{})
		f.reading = done
		go s.readFlags(context.WithoutCancel(ctx), p, f, done)
	}
	reading := f.reading
	f.mu.Unlock()
	if reading != nil && !first {
		return nil, nil // a page that comes meanwhile does not wait as well
	}
	if reading != nil {
		select {
		case <-reading:
		case <-time.After(flagPatience):
			return nil, nil
		case <-ctx.Done():
			return nil, nil
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.set == nil {
		return nil, nil
	}
	if err := s.followFlags(ctx, p, f); err != nil {
		f.set = nil // read again, now or at the next page
		return nil, err
	}
	return f.set.Clone(), nil
}

// readFlags reads all answers of a project.
func (s *Server) readFlags(ctx context.Context, p coding.ProjectID, f *flags, done chan struct{}) {
	finder := privacy.New()
	set := roaring.New()
	var seq coding.Seq
	err := s.Service.Store().View(ctx, func(r coding.Reader) error {
		var err error
		if seq, err = r.LastSeq(ctx, p); err != nil {
			return err
		}
		for a, err := range r.EachAnswer(ctx, p, 0, 0) {
			if err != nil {
				return err
			}
			if identifies(finder, a.Text) {
				set.Add(uint32(a.ID))
			}
		}
		return nil
	})
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reading = nil
	if err == nil {
		f.set, f.seq = set, seq
	}
	close(done)
}

// followFlags reads the texts that have changed since. What came with an import, or went, is read with everything else.
func (s *Server) followFlags(ctx context.Context, p coding.ProjectID, f *flags) error {
	finder := privacy.New()
	return s.Service.Store().View(ctx, func(r coding.Reader) error {
		for {
			changes, err := r.Changes(ctx, p, f.seq, 2000)
			if err != nil || len(changes) == 0 {
				return err
			}
			var texts []coding.AnswerID
			for _, c := range changes {
				switch {
				case c.Kind == coding.KindImport:
					return errReread
				case c.Kind == coding.KindText:
					texts = append(texts, coding.AnswerID(c.ID))
				}
			}
			answers, err := r.Answers(ctx, p, texts)
			if err != nil {
				return err
			}
			for _, id := range texts {
				f.set.Remove(uint32(id))
			}
			for _, a := range answers {
				if identifies(finder, a.Text) {
					f.set.Add(uint32(a.ID))
				}
			}
			f.seq = changes[len(changes)-1].Seq
		}
	})
}

// kindsIn is what identifies in a text, in words: 'e-mail address, name'; "" for nothing.
func (r *request) kindsIn(f *privacy.Finder, text string) string {
	var kinds []string
	for _, x := range f.Find(text) {
		if kind := r.t("privacy.kind." + string(x.Kind)); x.Kind.Direct() && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return strings.Join(kinds, ", ")
}
