package quotes

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"avokoodi/coding"
	"avokoodi/coding/privacy"
)

// Limits of what people write, in code points.
const (
	MaxNote    = 10_000
	MaxComment = 4_000
	MaxSection = 200
)

// Desk is the use cases of the quote desk.
type Desk struct {
	service *coding.Service
	count   Count
}

// New works on the service's store and counts people by count.
func New(service *coding.Service, count Count) *Desk { return &Desk{service, count} }

// Change is which quote somebody changes: version is the one that they saw, 0 for whatever it is.
type Change struct {
	Project coding.ProjectID
	Actor   coding.PersonID
	Quote   coding.QuoteID
	Version int
}

// FinderOf knows the identifiers that the project has named besides those that everybody knows.
func FinderOf(p coding.Project) *privacy.Finder { return privacy.New(p.Quoting.Names...) }

func bad(field, key string, args ...any) error {
	return coding.Problem{Field: field, Key: key, Args: args}
}

type changing struct {
	context.Context
	coding.Tx
	project coding.Project
	quote   *coding.Quote
	answer  coding.Answer
	now     coding.Signature
}

func (d *Desk) change(ctx context.Context, c Change, fn func(*changing) error) (coding.Quote, error) {
	return d.service.ChangeQuote(ctx, c.Project, c.Actor, coding.RoleAnalyst, c.Quote, c.Version,
		func(tx coding.Tx, q *coding.Quote, a coding.Answer, st *coding.Step) error {
			p, err := tx.ProjectByID(ctx, c.Project)
			if err != nil {
				return err
			}
			return fn(&changing{ctx, tx, p, q, a, coding.Signature{By: c.Actor, At: st.At}})
		})
}

// Edit changes one version of a quote by fn, which is given the answer's text. The quote is edited after that, whatever it was.
func (d *Desk) Edit(ctx context.Context, c Change, short bool, fn func(text string, v coding.Version) (coding.Version, error)) (coding.Quote, error) {
	return d.change(ctx, c, func(ch *changing) error {
		q := ch.quote
		if q.Source != "" && q.Source != Fingerprint(ch.answer.Text) {
			return bad("quote", "quotes.answer_changed")
		}
		v := q.Long
		if short && q.Short != nil {
			v = *q.Short
		}
		v, err := fn(ch.answer.Text, v)
		if err != nil {
			return err
		}
		if short {
			q.Short = &v
		} else {
			q.Long = v
		}
		return ch.remake()
	})
}

// DropShort takes the short version away.
func (d *Desk) DropShort(ctx context.Context, c Change) (coding.Quote, error) {
	return d.change(ctx, c, func(ch *changing) error {
		if ch.quote.Short == nil {
			return nil
		}
		ch.quote.Short = nil
		return ch.remake()
	})
}

// remake makes the words of both versions anew and takes back what was decided about the old ones.
func (ch *changing) remake() error {
	q := ch.quote
	remade := func(v coding.Version) (coding.Version, error) {
		v.Mark = ""
		if len(v.Keep) > 1 {
			v.Mark = ch.project.Quoting.CutMark()
		}
		var err error
		v.Said, err = Said(ch.answer.Text, v, v.Mark)
		return v, err
	}
	var err error
	if q.Long, err = remade(q.Long); err != nil {
		return err
	}
	if q.Short != nil {
		v, err := remade(*q.Short)
		if err != nil {
			return err
		}
		q.Short = &v
	}
	q.Source, q.State, q.Edited = Fingerprint(ch.answer.Text), coding.QuoteEdited, ch.now
	q.Checked, q.Approved, q.Kept = coding.Signature{}, coding.Signature{}, nil
	return VerifyQuote(*q, ch.answer.Text)
}

// Refresh takes a corrected answer in: where the operations make the same words of it as before the quote is edited again, and
// otherwise it is a candidate of the whole answer. kept tells which.
func (d *Desk) Refresh(ctx context.Context, c Change) (q coding.Quote, kept bool, err error) {
	q, err = d.change(ctx, c, func(ch *changing) error {
		said, err := Said(ch.answer.Text, ch.quote.Long, ch.project.Quoting.CutMark())
		if kept = err == nil && said == ch.quote.Long.Said; kept {
			if s := ch.quote.Short; s != nil && Verify(ch.answer.Text, *s) != nil {
				ch.quote.Short = nil
			}
			return ch.remake()
		}
		q := ch.quote
		q.Long, q.Short, q.Source, q.State, q.Kept = coding.Version{}, nil, "", coding.QuoteCandidate, nil
		q.Edited, q.Checked, q.Approved = coding.Signature{}, coding.Signature{}, coding.Signature{}
		return nil
	})
	return q, kept, err
}

// ready makes the words of a candidate and refuses what does not follow from its answer.
func (ch *changing) ready() error {
	if ch.quote.Source == "" {
		if err := ch.remake(); err != nil {
			return err
		}
	}
	return VerifyQuote(*ch.quote, ch.answer.Text)
}

// editor is who made the words as they are.
func editor(q coding.Quote) coding.PersonID {
	if q.Edited.By != 0 {
		return q.Edited.By
	}
	return q.By
}

// Check says that the actor, who is not the one who edited, has compared the quote with its answer.
func (d *Desk) Check(ctx context.Context, c Change) (coding.Quote, error) {
	return d.change(ctx, c, func(ch *changing) error {
		if ch.quote.State != coding.QuoteCandidate && ch.quote.State != coding.QuoteEdited {
			return nil
		}
		who := editor(*ch.quote)
		if who == c.Actor {
			return bad("quote", "quotes.own_check")
		}
		before := ch.quote.Edited
		if err := ch.ready(); err != nil {
			return err
		}
		if before.By == 0 { // a candidate that was taken as it is: its chooser answers for it
			ch.quote.Edited = coding.Signature{By: who, At: ch.quote.At}
		}
		ch.quote.State, ch.quote.Checked = coding.QuoteChecked, ch.now
		return nil
	})
}

// Approve lets a quote out: it is verified against its answer, its identifiers are masked or named in keep, its attribution is
// shared by enough people, and where the project wants that a second person has checked it.
func (d *Desk) Approve(ctx context.Context, c Change, keep []string) (coding.Quote, error) {
	if err := d.allowed(ctx, c); err != nil {
		return coding.Quote{}, err
	}
	return d.change(ctx, c, func(ch *changing) error {
		q := ch.quote
		if q.State.Ready() {
			return nil
		}
		if ch.project.Quoting.Second && q.State != coding.QuoteChecked {
			return bad("quote", "quotes.not_checked")
		}
		if err := ch.ready(); err != nil {
			return err
		}
		finder := FinderOf(ch.project)
		var left []string
		versions := []coding.Version{q.Long}
		if q.Short != nil {
			versions = append(versions, *q.Short)
		}
		for _, v := range versions {
			for _, x := range Unmasked(finder, ch.answer.Text, v) {
				if !x.Kind.Direct() {
					continue
				}
				if !slices.Contains(keep, x.Text) {
					return bad("quote", "quotes.identifiers", x.Text)
				}
				if !slices.Contains(left, x.Text) {
					left = append(left, x.Text)
				}
			}
		}
		q.State, q.Approved, q.Kept = coding.QuoteApproved, ch.now, left
		return nil
	})
}

// allowed refuses an attribution that too few share.
func (d *Desk) allowed(ctx context.Context, c Change) error {
	var list map[coding.QuoteID]Attribution
	err := d.service.Store().View(ctx, func(r coding.Reader) error {
		var err error
		list, err = Attributions(ctx, r, d.count, c.Project, c.Quote)
		return err
	})
	if err != nil {
		return err
	}
	if a := list[c.Quote]; a.Refused {
		return bad("shown", "quotes.attribution_refused", a.Verdict.Sample)
	}
	return nil
}

// Show puts the classes of background variables with a quote. Fewer than k people who share them is a problem, unless a reason
// is given to override that; the reason is kept with who gave it. An approved quote goes back to be approved with what it shows.
func (d *Desk) Show(ctx context.Context, c Change, variables []coding.VariableID, reason string) (coding.Quote, error) {
	var f *frame
	err := d.service.Store().View(ctx, func(r coding.Reader) error {
		var err error
		f, err = readFrame(ctx, r, c.Project)
		return err
	})
	if err != nil {
		return coding.Quote{}, err
	}
	i := slices.IndexFunc(f.quotes, func(q coding.Quote) bool { return q.ID == c.Quote })
	if i < 0 {
		return coding.Quote{}, coding.ErrNotFound
	}
	want := f.quotes[i]
	want.Override, want.Shown = nil, nil
	for _, v := range f.variables { // in the project's order, each once
		if slices.Contains(variables, v.ID) {
			want.Shown = append(want.Shown, v.ID)
		}
	}
	a, err := f.judge(ctx, c.Project, want, d.count)
	if err != nil {
		return coding.Quote{}, err
	}
	if reason = strings.TrimSpace(reason); a.Refused && reason == "" {
		key := "quotes.too_few"
		if a.Verdict.Linked {
			key = "quotes.too_few_linked"
		}
		return coding.Quote{}, bad("shown", key, a.Verdict.Sample, K(f.rules))
	}
	if utf8.RuneCountInString(reason) > MaxComment {
		return coding.Quote{}, bad("reason", "quotes.long", MaxComment)
	}
	return d.change(ctx, c, func(ch *changing) error {
		q := ch.quote
		if slices.Equal(q.Shown, want.Shown) && !a.Refused {
			return nil
		}
		q.Shown, q.Override = want.Shown, nil
		if a.Refused {
			q.Override = &coding.Override{Signature: ch.now, Reason: reason, Sample: a.Verdict.Sample, Population: a.Verdict.Population}
		}
		if q.State.Ready() {
			q.State, q.Approved = coding.QuoteEdited, coding.Signature{}
			if q.Checked.By != 0 {
				q.State = coding.QuoteChecked
			}
		}
		return nil
	})
}

// Reopen takes an approval or a check back.
func (d *Desk) Reopen(ctx context.Context, c Change) (coding.Quote, error) {
	return d.change(ctx, c, func(ch *changing) error {
		if ch.quote.State == coding.QuoteCandidate {
			return nil
		}
		ch.quote.State, ch.quote.Checked, ch.quote.Approved, ch.quote.Kept = coding.QuoteEdited, coding.Signature{}, coding.Signature{}, nil
		return nil
	})
}

// Use notes that an approved quote stands in a report; off takes the note away.
func (d *Desk) Use(ctx context.Context, c Change, report string, off bool) (coding.Quote, error) {
	report = strings.TrimSpace(report)
	if n := utf8.RuneCountInString(report); n == 0 || n > MaxSection {
		return coding.Quote{}, bad("report", "quotes.report_bad", MaxSection)
	}
	return d.change(ctx, c, func(ch *changing) error {
		q := ch.quote
		if !q.State.Ready() {
			return bad("report", "quotes.not_approved")
		}
		q.UsedIn = slices.DeleteFunc(slices.Clone(q.UsedIn), func(s string) bool { return s == report })
		if !off {
			q.UsedIn = append(q.UsedIn, report)
		}
		q.State = coding.QuoteUsed
		if len(q.UsedIn) == 0 {
			q.State, q.UsedIn = coding.QuoteApproved, nil
		}
		return nil
	})
}

// Translate sets a person's translation; an empty text takes it away.
func (d *Desk) Translate(ctx context.Context, c Change, l coding.Lang, text string) (coding.Quote, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if utf8.RuneCountInString(text) > coding.MaxMemo {
		return coding.Quote{}, bad("translation", "quotes.long", coding.MaxMemo)
	}
	return d.change(ctx, c, func(ch *changing) error {
		if !slices.Contains([]coding.Lang{"fi", "sv", "en"}, l) || l == ch.answer.Language {
			return bad("translation", "quotes.translation_language")
		}
		said, err := Said(ch.answer.Text, ch.quote.Long, ch.project.Quoting.CutMark())
		if err != nil {
			return err
		}
		old, had := ch.quote.In(l)
		if had && old.Text == text && old.Of == said || !had && text == "" {
			return nil
		}
		list := slices.DeleteFunc(slices.Clone(ch.quote.Translations), func(t coding.Translation) bool { return t.Lang == l })
		if text != "" {
			list = append(list, coding.Translation{Lang: l, Text: text, Of: said, Signature: ch.now})
		}
		ch.quote.Translations = slices.Clip(list)
		if len(list) == 0 {
			ch.quote.Translations = nil
		}
		return nil
	})
}

// Comment adds a remark.
func (d *Desk) Comment(ctx context.Context, c Change, text string) (coding.Quote, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if n := utf8.RuneCountInString(text); n == 0 || n > MaxComment {
		return coding.Quote{}, bad("comment", "quotes.long", MaxComment)
	}
	return d.change(ctx, c, func(ch *changing) error {
		ch.quote.Comments = append(slices.Clone(ch.quote.Comments), coding.QuoteComment{Text: text, Signature: ch.now})
		return nil
	})
}

// Place sets theme, section and note; what is nil stays.
func (d *Desk) Place(ctx context.Context, c Change, theme *coding.ThemeID, section, note *string) (coding.Quote, error) {
	return d.change(ctx, c, func(ch *changing) error {
		if theme != nil {
			ch.quote.Theme = *theme
		}
		if section != nil {
			if ch.quote.Section = strings.Join(strings.Fields(*section), " "); utf8.RuneCountInString(ch.quote.Section) > MaxSection {
				return bad("section", "quotes.long", MaxSection)
			}
		}
		if note != nil {
			if ch.quote.Note = strings.TrimSpace(strings.ReplaceAll(*note, "\r\n", "\n")); utf8.RuneCountInString(ch.quote.Note) > MaxNote {
				return bad("note", "quotes.long", MaxNote)
			}
		}
		return nil
	})
}

// Would judges an attribution that somebody thinks of: that of q, which is not stored.
func (d *Desk) Would(ctx context.Context, p coding.ProjectID, q coding.Quote) (Attribution, error) {
	var a Attribution
	err := d.service.Store().View(ctx, func(r coding.Reader) error {
		f, err := readFrame(ctx, r, p)
		if err == nil {
			a, err = f.judge(ctx, p, q, d.count)
		}
		return err
	})
	return a, err
}
