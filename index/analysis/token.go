package analysis

// Language is one of the languages that have an analyser of their own.
type Language string

// The three languages of the product.
const (
	Finnish Language = "fi"
	Swedish Language = "sv"
	English Language = "en"
)

// Languages lists them in the order in which the product shows them.
var Languages = []Language{Finnish, Swedish, English}

// Kind says how a term relates to its word.
type Kind uint8

const (
	// Base is a base form (or stem) of the whole word.
	Base Kind = iota
	// Part is a part of a compound, in its own base form. Parts are indexed,
	// so that 'palvelu' finds 'maahanmuuttajapalvelu', but never searched for.
	Part
)

// String gives the name of the kind as `avokoodi tokens` prints it.
func (k Kind) String() string {
	if k == Part {
		return "part"
	}
	return "base"
}

// Source says what produced the terms of a token.
type Source uint8

const (
	// FromRules: endings were cut by rules; the base form is a guess.
	FromRules Source = iota
	// FromDictionary: the system's dictionary knows the word.
	FromDictionary
	// FromList: an irregular or function word of our own lists.
	FromList
	// FromText: the word as it stands (numbers, codes, the exact analyser).
	FromText
)

// String names the source for explanations.
func (s Source) String() string {
	return [...]string{"rules", "dictionary", "list", "text"}[s]
}

// Term is one form under which a word is found.
type Term struct {
	Text string // lower case, NFC
	Kind Kind
}

// Token is one word of a text with everything it is found by.
type Token struct {
	Start, End int    // byte offsets of the whole word in the text, End exclusive
	Position   int    // 1 for the first word of the text
	Terms      []Term // distinct; the likeliest base form first; shared, do not change
	Source     Source
}

// Analyzer turns texts and queries of one language into tokens. It is safe
// for concurrent use.
type Analyzer interface {
	// Index gives the tokens of a text with base forms and compound parts.
	Index(text string) []Token
	// Query gives the tokens of a query. Each token stands for one typed word;
	// a document has the word when it has any of the token's terms. There are
	// no compound parts, and a word typed in its base form has that form only.
	Query(text string) []Token
}
