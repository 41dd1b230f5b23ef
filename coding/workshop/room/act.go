package room

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"avokoodi/coding"
	"avokoodi/coding/privacy"
)

// Deed is what an act does.
type Deed string

// Deeds of participants.
const (
	Vote     Deed = "vote"
	Unvote   Deed = "unvote"
	Comment  Deed = "comment"
	OwnTheme Deed = "theme"
	Agree    Deed = "agree"
	Disagree Deed = "unagree" // takes the agreement back
	Sit      Deed = "group"   // chooses a group
)

// Act is one thing that a participant does.
type Act struct {
	Key    string // names the act: the same key again is the same act
	Do     Deed
	Kind   Kind     // of a vote
	Card   string   // of a vote or comment
	Remark RemarkID // that is agreed with
	Group  string
	Words  Words // of a comment or own theme
	At     time.Time
}

// Words are those of a comment or own theme, and what was found in them.
type Words struct {
	Text   string      `json:"text"`
	Lang   coding.Lang `json:"lang,omitempty"`   // of the page on which it was written
	Masked string      `json:"masked,omitempty"` // with identifiers masked; "" where none was found
	Found  []string    `json:"found,omitempty"`  // kinds of identifiers, each once
}

// Clean is a text as it is kept: NFC, without control characters, with at most one blank line in a row.
func Clean(s string) string {
	s = strings.Map(func(c rune) rune {
		if c != '\n' && (unicode.IsControl(c) || c == '\u2028' || c == '\u2029' || c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069') {
			return -1 // also what turns the direction of the text around it
		}
		return c
	}, strings.ReplaceAll(s, "\r\n", "\n"))
	var lines []string
	blank := false
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if line == "" && (blank || len(lines) == 0) {
			continue
		}
		blank = line == ""
		lines = append(lines, line)
	}
	return norm.NFC.String(strings.TrimSpace(strings.Join(lines, "\n")))
}

// Look looks through a text for what points at a person. mask is what stands in place of a kind of identifier.
func Look(f *privacy.Finder, text string, lang coding.Lang, mask func(privacy.Kind) string) Words {
	w := Words{Text: text, Lang: lang}
	runes := []rune(text)
	var b strings.Builder
	at := 0
	for _, x := range f.Find(text) {
		if !x.Kind.Direct() {
			continue
		}
		b.WriteString(string(runes[at:x.Start]))
		b.WriteString("[" + mask(x.Kind) + "]")
		at = x.End
		if !slices.Contains(w.Found, string(x.Kind)) {
			w.Found = append(w.Found, string(x.Kind))
		}
	}
	if at > 0 {
		b.WriteString(string(runes[at:]))
		w.Masked = b.String()
	}
	return w
}

// Person is a participant as the store knows one.
type Person struct {
	ID     int64
	Group  string
	Joined time.Time
}

// Have is what the store holds that an act depends on, at the moment of the act.
type Have struct {
	People  int  // participants of the room, when this one is new; else 0
	Votes   int  // of the participant, of the act's kind
	Voted   bool // for the act's card, in that kind
	Remarks int  // of the participant
	Other   *Remark
	Agreed  bool // with Other
}

// Judge tells whether an act may be done, by what is there. It is a Problem, ErrPaused, ErrClosed or coding.ErrNotFound where it
// may not. cards has the key of every card.
func (r Room) Judge(a Act, me Person, have Have, cards []string) error {
	if err := r.Taking(); err != nil {
		return err
	}
	if a.Key == "" || len(a.Key) > MaxKey {
		return coding.ErrNotFound
	}
	if have.People >= MaxPeople {
		return problem("", "room.full", MaxPeople)
	}
	switch a.Do {
	case Vote, Unvote:
		limit := r.Votes[a.Kind]
		switch {
		case limit == 0 || !slices.Contains(cards, a.Card):
			return coding.ErrNotFound
		case a.Do == Vote && !have.Voted && have.Votes >= limit:
			return problem("vote", "room.votes_used", limit)
		}
		return nil
	case Comment, OwnTheme:
		return r.judgeWords(a, have, cards)
	case Agree, Disagree:
		switch o := have.Other; {
		case o == nil || o.State != Shown:
			return coding.ErrNotFound
		case o.Person == me.ID:
			return problem("agree", "room.own_agree")
		}
		return nil
	case Sit:
		if a.Group != "" && !slices.Contains(r.Groups, a.Group) {
			return coding.ErrNotFound
		}
		return nil
	}
	return coding.ErrNotFound
}

func (r Room) judgeWords(a Act, have Have, cards []string) error {
	most, field := MaxText, "text"
	if a.Do == OwnTheme {
		most, field = MaxOwn, "own"
	}
	if (a.Do == OwnTheme) != (a.Card == "") || a.Card != "" && !slices.Contains(cards, a.Card) {
		return coding.ErrNotFound
	}
	switch n := utf8.RuneCountInString(a.Words.Text); {
	case n == 0:
		return problem(field, "room.text_missing")
	case n > most:
		return problem(field, "room.text_long", most)
	case have.Remarks >= MaxRemarks:
		return problem(field, "room.remarks_many", MaxRemarks)
	}
	return nil
}

// First is the state in which a new remark begins: held where an identifier was found or the organiser screens everything.
func (r Room) First(w Words) RemarkState {
	if r.Screen || w.Masked != "" {
		return Held
	}
	return Shown
}
