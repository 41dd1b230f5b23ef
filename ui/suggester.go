package ui

import (
	"context"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/index/analysis"
	"avokoodi/index/suggest"
)

// When and from how much the desk's suggestions are learned.
const (
	suggestFrom  = 30    // answers that people have read, before anything is suggested
	suggestMost  = 6_000 // answers to learn from; of more, an even choice
	suggestRest  = 10 * time.Second
	suggestPause = 3 // rests so many times as long as it works, so that pages do not wait
	suggestShare = 5 // learning takes at most one part in so many of the time
	suggestIdle  = 30 * time.Minute
)

// suggesters is the models of the projects that people are coding. They live in memory: whatever they know is in the codings.
type suggesters struct {
	mu       sync.Mutex
	projects map[coding.ProjectID]*suggester
}

// suggester is what is known for one project.
type suggester struct {
	mu       sync.Mutex
	know     knowledge
	learning bool
	tried    coding.Seq // the change at which it last began to learn
	ended    time.Time
	took     time.Duration
	forget   *time.Timer // when nobody has asked for long
}

// knowledge is one model with what it was made from. It does not change.
type knowledge struct {
	model  *suggest.Model                     // nil before the first
	read   *roaring.Bitmap                    // the answers that it has learned from
	from   int                                // answers
	likely map[coding.ThemeID]*roaring.Bitmap // the answers for which a theme is suggested, of those that nobody had judged
}

// knows is the project's model as it is, which is a little behind the coders; it begins to learn again where that is worth it.
// judged is how many answers people have read, and seq the change up to which. learning tells that there is no model yet, but will be.
func (s *Server) knows(ctx context.Context, p coding.ProjectID, judged int, seq coding.Seq) (k knowledge, learning bool) {
	if judged < suggestFrom {
		return knowledge{}, false
	}
	s.suggesters.mu.Lock()
	one := s.suggesters.projects[p]
	if one == nil {
		one = &suggester{}
		s.suggesters.projects[p] = one
	}
	s.suggesters.mu.Unlock()
	one.mu.Lock()
	defer one.mu.Unlock()
	if one.forget == nil {
		one.forget = time.AfterFunc(suggestIdle, func() { s.suggesters.drop(p) })
	} else {
		one.forget.Reset(suggestIdle)
	}
	if one.due(judged, seq) {
		one.learning, one.tried = true, seq
		go s.learn(context.WithoutCancel(ctx), p, one)
	}
	return one.know, one.learning && one.know.model == nil
}

// due tells whether so much has changed, and so much time gone by, that learning again is worth it.
func (x *suggester) due(judged int, seq coding.Seq) bool {
	switch {
	case x.learning:
		return false
	case x.know.model == nil && x.ended.IsZero():
		return true
	}
	return seq >= x.tried+coding.Seq(max(10, judged/50)) && time.Since(x.ended) >= max(suggestRest, suggestShare*x.took)
}

func (all *suggesters) drop(p coding.ProjectID) {
	all.mu.Lock()
	defer all.mu.Unlock()
	delete(all.projects, p)
}

// learn makes a model of what people have coded.
func (s *Server) learn(ctx context.Context, p coding.ProjectID, one *suggester) {
	began := time.Now()
	k, err := s.studied(ctx, p)
	if err != nil {
		s.Log.Warn("suggestions: learning failed", "project", p, "error", err)
	}
	one.mu.Lock()
	defer one.mu.Unlock()
	one.learning, one.ended, one.took = false, time.Now(), time.Since(began)
	if err == nil {
		one.know = k
	}
}

func (s *Server) studied(ctx context.Context, p coding.ProjectID) (knowledge, error) {
	var got suggest.Project
	err := s.Service.Store().View(ctx, func(r coding.Reader) (err error) {
		got, err = suggest.Read(ctx, r, p)
		return err
	})
	if err != nil {
		return knowledge{}, err
	}
	wording, err := s.wording(ctx, p)
	if err != nil {
		return knowledge{}, err
	}
	examples := evenly(got.Judged, suggestMost)
	k := knowledge{read: roaring.New(), from: len(examples)}
	for _, x := range got.Judged {
		k.read.Add(uint32(x.Answer))
	}
	k.model, err = suggest.TrainAside(ctx, examples, got.Codebook, func(l coding.Lang, text string) []analysis.Token { return wording.Index(l, text) })
	if err == nil {
		err = s.foresee(ctx, p, &k, got.Open)
	}
	return k, err
}

// worthy is what is suggested for an answer. What has been wrong more often than right is left out.
func (k knowledge) worthy(a coding.Answer) []suggest.Suggestion {
	var out []suggest.Suggestion
	for _, x := range k.model.Suggest(a.Language, a.Question, a.Text, 0) {
		if x.Likely && k.model.Record(x.Theme).Worth() && len(out) < suggestThemes {
			out = append(out, x)
		}
	}
	return out
}

// foresee finds the answers for which each theme is suggested.
func (s *Server) foresee(ctx context.Context, p coding.ProjectID, k *knowledge, open []coding.AnswerID) error {
	k.likely = map[coding.ThemeID]*roaring.Bitmap{}
	for some := range slices.Chunk(open, 200) {
		began := time.Now()
		var answers []coding.Answer
		err := s.Service.Store().View(ctx, func(r coding.Reader) (err error) {
			answers, err = r.Answers(ctx, p, some)
			return err
		})
		if err != nil {
			return err
		}
		for _, a := range answers {
			for _, x := range k.worthy(a) {
				if k.likely[x.Theme] == nil {
					k.likely[x.Theme] = roaring.New()
				}
				k.likely[x.Theme].Add(uint32(a.ID))
			}
		}
		time.Sleep(suggestPause * time.Since(began))
	}
	return nil
}

// suggestedIn narrows a filter of the desk to the answers for which the themes ?suggested= are suggested, and counts for how many
// answers each theme is, under the rest of the filter. What somebody has judged since is left out.
func (s *Server) suggestedIn(r *request, b *sets.Board, f *sets.Filter, q url.Values) []sets.Count[coding.ThemeID] {
	wanted := values(q, "suggested")
	if !r.wantsSuggestions() {
		if len(wanted) > 0 {
			f.Within = roaring.New()
		}
		return nil
	}
	judged := b.State(coding.StateCoded)
	judged.Or(b.State(coding.StateNoTheme))
	k, _ := s.knows(r.ctx(), b.Project().ID, int(judged.GetCardinality()), b.Seq())
	if len(k.likely) == 0 && len(wanted) == 0 {
		return nil
	}
	open := b.State(coding.StateOpen)
	open.AndNot(independent(b))
	under, chosen := b.Answers(*f), roaring.New()
	under.And(open)
	var out []sets.Count[coding.ThemeID]
	for _, th := range b.Tree().All() {
		set := k.likely[th.ID]
		if th.Retired || set == nil {
			continue
		}
		if slices.Contains(wanted, th.Key) {
			chosen.Or(set)
		}
		out = append(out, sets.Count[coding.ThemeID]{Of: th.ID, N: int(set.AndCardinality(under))})
	}
	if len(wanted) > 0 {
		chosen.And(open)
		if f.Within != nil {
			chosen.And(f.Within)
		}
		f.Within = chosen
	}
	return out
}

// evenly chooses at most n, as far apart as can be.
func evenly(list []suggest.Example, n int) []suggest.Example {
	if len(list) <= n {
		return list
	}
	out := make([]suggest.Example, 0, n)
	for i := range n {
		out = append(out, list[i*len(list)/n])
	}
	return out
}

// independent is the answers that several people were asked to judge: each is to judge alone, without a machine's advice either.
func independent(b *sets.Board) *roaring.Bitmap {
	once, twice := roaring.New(), roaring.New()
	for _, who := range b.Queues() {
		queue := b.Queue(who)
		twice.Or(roaring.And(once, queue))
		once.Or(queue)
	}
	return twice
}

// wantsSuggestions tells whether the project has suggestions, and the person wants them.
func (r *request) wantsSuggestions() bool {
	return !r.access.Project.NoSuggestions && !r.person.Desk.NoSuggest && r.access.Role.AtLeast(coding.RoleAnalyst)
}

// spansOf writes where the words stand, each once and in order.
func spansOf(list []suggest.Evidence) string {
	var spans []coding.Span
	for _, e := range list {
		spans = append(spans, coding.Span{Start: e.Start, End: e.End})
	}
	slices.SortFunc(spans, func(a, b coding.Span) int { return a.Start - b.Start })
	return spanText(spans)
}
