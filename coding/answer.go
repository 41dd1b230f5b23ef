package coding

import "time"

// Respondent is one who answered in one round.
type Respondent struct {
	ID       RespondentID `json:"id"`
	Round    RoundID      `json:"round"`
	Import   ImportID     `json:"import"`
	External string       `json:"external"` // the id in the survey file; unique in the round
	Number   int          `json:"number"`   // 1, 2, … in the order of import over the project; what pages show as #0147
}

// Value puts a respondent into a category.
type Value struct {
	Respondent RespondentID
	Category   CategoryID
}

// RespondentValues is all categories of a respondent, in order of id.
type RespondentValues struct {
	Respondent RespondentID `json:"respondent"`
	Categories []CategoryID `json:"categories"`
}

// Answer is the free text of one respondent to one question. Its text changes only with a corrected file (Service.Revise).
// A blank is not an answer.
type Answer struct {
	ID         AnswerID     `json:"id"`
	Question   QuestionID   `json:"question"`
	Round      RoundID      `json:"round"`
	Respondent RespondentID `json:"respondent"`
	Import     ImportID     `json:"import"`
	Language   Lang         `json:"language"`             // "" where it could not be told
	Mixed      bool         `json:"mixed,omitempty"`      // has parts in another language
	Confidence int          `json:"confidence,omitempty"` // in Language, in percent: 100 where a column or a person says so, 0 where nobody knows
	Length     int          `json:"-"`                    // of Text in code points; set by the store
	Same       SameKey      `json:"-"`                    // SameKeyOf(Text); set by the store
	Text       string       `json:"text"`
}

// MaxAnswer is the longest answer, in bytes, that an import takes.
const MaxAnswer = 1 << 20

// AnswerLanguage is the part of an answer that a person may correct.
type AnswerLanguage struct {
	ID         AnswerID `json:"id"`
	Language   Lang     `json:"language"`
	Mixed      bool     `json:"mixed,omitempty"`
	Confidence int      `json:"confidence,omitempty"`
}

// SureLanguage is the confidence, in percent, from which the language of an answer counts as certain. Of guesses just above
// it about three in four are right.
const SureLanguage = 75

// Unsure says that the language is a guess that a person had better look at.
func (l AnswerLanguage) Unsure() bool {
	return l.Language != "" && l.Confidence > 0 && l.Confidence < SureLanguage
}

// Spoken is the answer's language, as it may be corrected.
func (a Answer) Spoken() AnswerLanguage {
	return AnswerLanguage{ID: a.ID, Language: a.Language, Mixed: a.Mixed, Confidence: a.Confidence}
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
	Erased      int            `json:"erased,omitempty"`    // rows left out, of those who were erased before
	Changed     int            `json:"changed,omitempty"`   // answers whose text a corrected file changed
	Languages   map[string]int `json:"languages,omitempty"` // answers by language; "" for cannot tell
}
