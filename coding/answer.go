package coding

import "time"

// Respondent is one who answered in one round.
type Respondent struct {
	ID       RespondentID
	Round    RoundID
	Import   ImportID
	External string // the id in the survey file; unique in the round
	Number   int    // 1, 2, … in the order of import over the project; what pages show as #0147
}

// Value puts a respondent into a category.
type Value struct {
	Respondent RespondentID
	Category   CategoryID
}

// Answer is the free text of one respondent to one question. Its text never changes after import. A blank is not an answer.
type Answer struct {
	ID         AnswerID
	Question   QuestionID
	Round      RoundID
	Respondent RespondentID
	Import     ImportID
	Language   Lang    // "" where it could not be told
	Mixed      bool    // has parts in another language
	Length     int     // of Text in code points; set by the store
	Same       SameKey // SameKeyOf(Text); set by the store
	Text       string
}

// MaxAnswer is the longest answer, in bytes, that an import takes.
const MaxAnswer = 1 << 20

// AnswerLanguage is the part of an answer that a person may correct.
type AnswerLanguage struct {
	ID       AnswerID `json:"id"`
	Language Lang     `json:"language"`
	Mixed    bool     `json:"mixed,omitempty"`
}

// Import is one file that became answers. SHA256 (hex) guards against bringing the same file in twice.
type Import struct {
	ID          ImportID       `json:"id"`
	Round       RoundID        `json:"round"`
	File        string         `json:"file"` // base name only
	SHA256      string         `json:"sha256"`
	Profile     string         `json:"profile"`
	At          time.Time      `json:"at"`
	Respondents int            `json:"respondents"`
	Answers     int            `json:"answers"`
	Blank       int            `json:"blank"`
	Duplicates  int            `json:"duplicates"`
	Languages   map[string]int `json:"languages,omitempty"` // answers by language; "" for cannot tell
}
