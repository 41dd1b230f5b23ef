package suggest

import (
	"avokoodi/coding"
	"avokoodi/index/analysis"
)

// Words gives the words of a text with base forms and compound parts, as the index does.
type Words func(l coding.Lang, text string) []analysis.Token

// Example is an answer and the themes that it has, in any coder's judgement; none where it was read and no theme applies.
type Example struct {
	Answer   coding.AnswerID
	Question coding.QuestionID
	Round    coding.RoundID
	Lang     coding.Lang
	Text     string
	Same     coding.SameKey // of Text
	Themes   []coding.ThemeID
}

// has tells whether the example has the theme.
func (x *Example) has(t coding.ThemeID) bool {
	for _, id := range x.Themes {
		if id == t {
			return true
		}
	}
	return false
}

// fold deals answers into folds so that answers that say the same are in one fold; salt makes another deal.
func (x *Example) fold(folds int, salt uint64) int {
	z := uint64(x.Same) + salt*0x9e3779b97f4a7c15 // splitmix64
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(folds))
}
