package privacy

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Kind names what was found.
type Kind string

// Kinds of identifiers. The first group is direct: it points at one person by itself.
const (
	KindHetu    Kind = "hetu"              // Finnish personal identity code, temporary ones too
	KindPerson  Kind = "personnummer"      // Swedish personal identity number
	KindCoord   Kind = "samordningsnummer" // Swedish coordination number
	KindInterim Kind = "interimsnummer"    // Swedish interim number: a letter in the serial
	KindPhone   Kind = "phone"
	KindEmail   Kind = "email"
	KindIBAN    Kind = "iban"
	KindAddress Kind = "address"
	KindURL     Kind = "url"
	KindPlate   Kind = "plate" // registration plate of a vehicle
	KindName    Kind = "name"
	KindSuspect Kind = "suspect" // the shape of an identity code or an e-mail address, but its check fails

	KindMunicipality Kind = "municipality"
	KindOrganisation Kind = "organisation"
)

// Kinds lists all kinds.
var Kinds = []Kind{KindHetu, KindPerson, KindCoord, KindInterim, KindPhone, KindEmail, KindIBAN, KindAddress, KindURL, KindPlate, KindName,
	KindSuspect, KindMunicipality, KindOrganisation}

// Direct tells whether the kind points at a person by itself. A municipality or an organisation does so only with more.
func (k Kind) Direct() bool { return k != KindMunicipality && k != KindOrganisation }

// Found is one identifier: its place in code points, end exclusive, and its text.
type Found struct {
	Kind       Kind
	Start, End int
	Text       string
}

// Finder finds identifiers. It may be used by several goroutines at once.
type Finder struct {
	single map[string]bool // extra organisations of one word, in all forms, lower case
	first  map[string]bool // first words of the others
	names  [][]string      // the others as lower-case words
}

// New makes a finder that also knows organisations by name: those that respondents of the survey named.
func New(organisations ...string) *Finder {
	f := &Finder{map[string]bool{}, map[string]bool{}, nil}
	for _, name := range organisations {
		words := strings.FieldsFunc(strings.ToLower(name), notWord)
		switch {
		case len(words) == 1 && len(words[0]) >= 3:
			for _, form := range forms(words[0]) {
				f.single[form] = true
			}
		case len(words) > 1:
			f.first[words[0]] = true
			f.names = append(f.names, words)
		}
	}
	return f
}

func notWord(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '-' && c != '&' }

// text is an answer as code points, with what the detectors ask of it.
type text []rune

func (t text) at(i int) rune {
	if i < 0 || i >= len(t) {
		return 0
	}
	return t[i]
}

func digit(c rune) bool  { return c >= '0' && c <= '9' }
func alnum(c rune) bool  { return digit(c) || unicode.IsLetter(c) || unicode.IsDigit(c) }
func spaced(c rune) bool { return c == ' ' || c == '\u00a0' || c == '\u202f' }
func dash(c rune) bool   { return c == '-' || c == '‑' || c == '–' || c == '−' }

// detector looks for one kind of thing that begins at i; end 0 means that nothing does. No detector looks further than a few
// dozen code points, so that a text is read in linear time.
type detector func(t text, i int) (end int, kind Kind)

// Find finds the identifiers of a text in order. They do not overlap: what is checked goes before what merely looks like it.
func (f *Finder) Find(s string) []Found {
	if !worth(s) {
		return nil
	}
	t := text(s)
	var out []Found
	for i := 0; i < len(t); {
		end, kind := t.begin(i)
		if end <= i {
			i++
			continue
		}
		out = append(out, Found{kind, i, end, string(t[i:end])})
		i = end
	}
	return f.words(t, out)
}

// worth tells whether a text can hold an identifier at all: most answers have neither a digit, an @, a capital nor a stop.
func worth(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool { return digit(c) || c == '@' || c == '.' || unicode.IsUpper(c) })
}

// begin tries what can begin at i outside the word lists.
func (t text) begin(i int) (int, Kind) {
	c, before := t[i], t.at(i-1)
	if alnum(before) && c != '@' {
		return 0, ""
	}
	var tries []detector
	switch {
	case digit(c):
		tries = numbers
	case c == '+', c == '(':
		tries = signed
	case c == '"':
		tries = quoted
	case unicode.IsLetter(c):
		tries = letters
	case emailOnly(c):
		tries = signs
	default:
		return 0, ""
	}
	for _, try := range tries {
		if end, kind := try(t, i); end > i {
			return end, kind
		}
	}
	return 0, ""
}

var (
	numbers = []detector{email, hetu, personnummer, phone, postcode, numberedStreet, property, suspectCode}
	signed  = []detector{phone}
	quoted  = []detector{quotedEmail}
	letters = []detector{iban, email, url, plate, postbox, countryPostcode}
	signs   = []detector{email}
)

// merge adds b to a where nothing of a is in the way. A post code goes into the address that it ends.
func merge(a, b []Found) []Found {
	out := slices.DeleteFunc(slices.Clone(a), func(x Found) bool {
		return x.Kind == KindAddress && slices.ContainsFunc(b, func(y Found) bool { return y.Kind == KindAddress && y.Start < x.Start && x.End <= y.End })
	})
	a = slices.Clone(out)
	for _, x := range b {
		if !slices.ContainsFunc(a, func(y Found) bool { return x.Start < y.End && y.Start < x.End }) {
			out = append(out, x)
		}
	}
	slices.SortFunc(out, func(x, y Found) int { return cmp.Compare(x.Start, y.Start) })
	return out
}
