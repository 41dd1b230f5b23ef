package coding

import (
	"slices"
	"time"
)

// Quote is an answer's own words chosen to be shown: operations on its text, never a copy that somebody could have changed.
// What the operations mean, and whether a quote follows from its answer, is told by coding/quotes.
type Quote struct {
	ID       QuoteID      `json:"id"`
	Answer   AnswerID     `json:"answer"`
	Theme    ThemeID      `json:"theme,omitempty"`   // the theme under which it stands; 0 for none
	Section  string       `json:"section,omitempty"` // of the report, in people's own words
	Long     Version      `json:"long,omitzero"`
	Short    *Version     `json:"short,omitempty"`  // the shorter version, where one has been made
	Source   string       `json:"source,omitempty"` // SHA-256 of the answer's text when Long and Short were made, hex; "" for a candidate
	State    QuoteState   `json:"state,omitempty"`
	Edited   Signature    `json:"edited,omitzero"`
	Checked  Signature    `json:"checked,omitzero"`
	Approved Signature    `json:"approved,omitzero"`
	Kept     []string     `json:"kept,omitempty"`  // identifiers that the one who approved chose to leave
	Shown    []VariableID `json:"shown,omitempty"` // background variables whose class stands with the quote
	// Override says who let an attribution through that fewer than k people share.
	Override     *Override      `json:"override,omitempty"`
	Translations []Translation  `json:"translations,omitempty"` // one a language at most
	Comments     []QuoteComment `json:"comments,omitempty"`
	UsedIn       []string       `json:"used_in,omitempty"` // reports, in people's own words
	Note         string         `json:"note,omitempty"`
	Order        int            `json:"order"`
	Version      int            `json:"version,omitempty"` // grows with every change, so that two people do not write over each other
	By           PersonID       `json:"by"`
	At           time.Time      `json:"at"`
}

// QuoteState is how far a quote is.
type QuoteState string

// States of a quote, in order. A candidate has no state of its own in the store.
const (
	QuoteCandidate QuoteState = ""
	QuoteEdited    QuoteState = "edited"
	QuoteChecked   QuoteState = "checked"  // by a second person
	QuoteApproved  QuoteState = "approved" // verified against its answer
	QuoteUsed      QuoteState = "used"
)

// QuoteStates lists the states in order.
var QuoteStates = [5]QuoteState{QuoteCandidate, QuoteEdited, QuoteChecked, QuoteApproved, QuoteUsed}

// Ready tells whether a quote in the state may leave the house.
func (s QuoteState) Ready() bool { return s == QuoteApproved || s == QuoteUsed }

// Version is how a quote is made from its answer. The zero Version is the whole answer.
type Version struct {
	Keep  []Span      `json:"keep,omitempty"`  // the stretches kept, in order, apart; none means the whole answer
	Edits []QuoteEdit `json:"edits,omitempty"` // inside the stretches kept, in order, apart
	Mark  string      `json:"mark,omitempty"`  // what stands where something between was cut; "" for '[…]'
	Said  string      `json:"said,omitempty"`  // what it makes, when it was last saved; what a changed answer is compared with
}

// QuoteEdit is one change to words that are kept.
type QuoteEdit struct {
	Span
	Do   EditKind `json:"do"`
	Text string   `json:"text,omitempty"` // what stands in brackets: for EditMask and EditFix
}

// EditKind names what an edit does.
type EditKind string

// Kinds of edits. Each shows in the quote.
const (
	EditMask    EditKind = "mask"    // words that identify become '[kunta]'
	EditFix     EditKind = "fix"     // an obvious typing error becomes the right word in brackets
	EditSic     EditKind = "sic"     // '[sic]' behind the words
	EditCapital EditKind = "capital" // the first letter becomes a bracketed capital: '[T]ieto'
)

// Signature is who did something, and when.
type Signature struct {
	By PersonID  `json:"by"`
	At time.Time `json:"at"`
}

// Override records a decision against the rule of k.
type Override struct {
	Signature
	Reason     string `json:"reason"`
	Sample     int    `json:"sample"` // respondents who shared the combination then
	Population int    `json:"population"`
}

// Translation is a person's translation of the long version.
type Translation struct {
	Lang Lang   `json:"lang"`
	Text string `json:"text"`
	Of   string `json:"of"` // the quote's words that were translated
	Signature
}

// QuoteComment is a remark on a quote.
type QuoteComment struct {
	Text string `json:"text"`
	Signature
}

// QuoteRules are how a project quotes.
type QuoteRules struct {
	Mark   string `json:"mark,omitempty"`   // '[…]', '(…)' or '[--]'; "" for the first
	K      int    `json:"k,omitempty"`      // people who must share an attribution; 0 for the default
	Second bool   `json:"second,omitempty"` // a second person checks before a quote is approved
	// Template is the attribution in each language, such as '{organisation}, {region}'; "" lists the classes between commas.
	Template Text `json:"template,omitzero"`
	// Names are organisations and people that respondents name and that are offered for masking.
	Names []string `json:"names,omitempty"`
}

// CutMarks are the house styles for what was cut, the default first.
var CutMarks = []string{"[…]", "(…)", "[--]"}

// CutMark is the mark of the rules.
func (r QuoteRules) CutMark() string {
	if r.Mark == "" {
		return CutMarks[0]
	}
	return r.Mark
}

// Ready tells whether the quote may leave the house, as far as its state tells.
func (q Quote) Ready() bool { return q.State.Ready() }

// In is the translation into l.
func (q Quote) In(l Lang) (Translation, bool) {
	i := slices.IndexFunc(q.Translations, func(t Translation) bool { return t.Lang == l })
	if i < 0 {
		return Translation{}, false
	}
	return q.Translations[i], true
}
