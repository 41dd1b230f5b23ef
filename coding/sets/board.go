package sets

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/themes"
)

// Board is one project in bitmaps: sets of answer ids, and of respondent ids where a name says so. Its methods may be
// called from many goroutines inside Boards.Read. A bitmap that a method returns belongs to the Board and must not be
// changed, unless the method says that it is the caller's own.
type Board struct {
	seq coding.Seq
	structure

	all         *roaring.Bitmap
	respondents *roaring.Bitmap
	number      column[uint32] // respondent → Number
	respondent  column[uint32] // answer → respondent
	question    column[uint32] // answer → question
	length      column[uint32] // answer → code points of its text
	count       column[uint16] // answer → codings
	alike       alike
	empty       *roaring.Bitmap // answers known to be empty talk
	codings     int

	byQuestion group[coding.QuestionID]
	byRound    group[coding.RoundID]
	languages  group[coding.Lang]
	mixed      *roaring.Bitmap
	unsure     *roaring.Bitmap
	members    group[coding.CategoryID] // respondents
	categories group[coding.CategoryID] // answers
	states     group[coding.State]      // all but StateOpen
	themes     group[coding.ThemeID]
	coders     map[coding.PersonID]*coder
	memos      group[coding.PersonID] // answers with a memo of the author
	memo       *roaring.Bitmap
	quotes     map[coding.AnswerID]int
	flags      map[coding.AnswerID]int // codings and marks to look at again
	recheck    *roaring.Bitmap
	quote      *roaring.Bitmap
	given      map[coding.AssignmentID]given
	queues     group[coding.PersonID] // answers that the person was given
	applies    group[coding.ThemeID]  // answers of which it was decided that the theme applies
	refused    group[coding.ThemeID]  // and that it does not

	lastAnswer     coding.AnswerID
	lastRespondent coding.RespondentID
	lastImport     coding.ImportID

	moments moments
	kept    kept
}

// structure is what the project consists of, as of the Board's change.
type structure struct {
	project   coding.Project
	rounds    []coding.Round
	questions []coding.Question
	variables []coding.Variable
	tree      themes.Tree
}

// coder is what one person judged.
type coder struct {
	themes group[coding.ThemeID]
	marks  group[coding.State] // StateNoTheme and StateUnusable, as they were set
	states group[coding.State] // all but StateOpen: what follows from codings and marks
}

// Seq is the change at which the Board stands.
func (b *Board) Seq() coding.Seq { return b.seq }

// Project is the project as of the Board's change.
func (b *Board) Project() coding.Project { return b.project }

// Rounds lists the project's rounds in order.
func (b *Board) Rounds() []coding.Round { return b.rounds }

// Questions lists the project's questions in order.
func (b *Board) Questions() []coding.Question { return b.questions }

// Variables lists the project's variables with their categories, all in order.
func (b *Board) Variables() []coding.Variable { return b.variables }

// Tree is the codebook.
func (b *Board) Tree() themes.Tree { return b.tree }

// All is every answer.
func (b *Board) All() *roaring.Bitmap { return b.all }

// Respondents is every respondent, also those without an answer.
func (b *Board) Respondents() *roaring.Bitmap { return b.respondents }

// Codings is the number of codings of the project.
func (b *Board) Codings() int { return b.codings }

// Question is the answers to q.
func (b *Board) Question(q coding.QuestionID) *roaring.Bitmap { return b.byQuestion.get(q) }

// Round is the answers of a round.
func (b *Board) Round(r coding.RoundID) *roaring.Bitmap { return b.byRound.get(r) }

// Language is the answers in l; of "", those whose language could not be told.
func (b *Board) Language(l coding.Lang) *roaring.Bitmap { return b.languages.get(l) }

// Mixed is the answers that have parts in another language.
func (b *Board) Mixed() *roaring.Bitmap { return b.mixed }

// Unsure is the answers whose language is an uncertain guess.
func (b *Board) Unsure() *roaring.Bitmap { return b.unsure }

// Category is the answers of the respondents in c.
func (b *Board) Category(c coding.CategoryID) *roaring.Bitmap { return b.categories.get(c) }

// Members is the respondents in c.
func (b *Board) Members(c coding.CategoryID) *roaring.Bitmap { return b.members.get(c) }

// Memo is the answers with a memo, whoever wrote it.
func (b *Board) Memo() *roaring.Bitmap { return b.memo }

// Recheck is the answers with a coding or mark to look at again, since the text has changed.
func (b *Board) Recheck() *roaring.Bitmap { return b.recheck }

// Quote is the answers that have a quote.
func (b *Board) Quote() *roaring.Bitmap { return b.quote }

// Theme is the answers that have the theme: by a decision, or, where there is none, since any coder gave it.
func (b *Board) Theme(t coding.ThemeID) *roaring.Bitmap { return b.themes.get(t) }

// ThemeBy is the answers that the coder gave the theme.
func (b *Board) ThemeBy(t coding.ThemeID, who coding.PersonID) *roaring.Bitmap {
	if c := b.coders[who]; c != nil {
		return c.themes.get(t)
	}
	return none
}

// Themes is the answers that have any of the themes, as Theme says. The set is the caller's own.
func (b *Board) Themes(ids []coding.ThemeID) *roaring.Bitmap { return b.themes.union(ids) }

// ThemesBy is Themes by one coder.
func (b *Board) ThemesBy(ids []coding.ThemeID, who coding.PersonID) *roaring.Bitmap {
	return b.themesBy(who).union(ids)
}

// ThemesIn is how often each theme occurs in the set of answers, as Theme says; themes without an answer there are left
// out.
func (b *Board) ThemesIn(set *roaring.Bitmap) map[coding.ThemeID]int {
	out := map[coding.ThemeID]int{}
	for id, with := range b.themes {
		if n := with.AndCardinality(set); n > 0 {
			out[id] = int(n)
		}
	}
	return out
}

// State is the answers whose codings and marks by all coders together, and the decisions on them, make s, as coding.Settle
// says. The set is the caller's own.
func (b *Board) State(s coding.State) *roaring.Bitmap { return b.state(b.states, s) }

// StateBy is State for what one coder judged.
func (b *Board) StateBy(s coding.State, who coding.PersonID) *roaring.Bitmap {
	if c := b.coders[who]; c != nil {
		return b.state(c.states, s)
	}
	return b.state(nil, s)
}

func (b *Board) state(states group[coding.State], s coding.State) *roaring.Bitmap {
	if s != coding.StateOpen {
		return states.get(s).Clone()
	}
	return roaring.AndNot(b.all, states.union(judged))
}

var judged = []coding.State{coding.StateCoded, coding.StateNoTheme, coding.StateUnusable}

// Coders lists who has a coding or a mark, by id.
func (b *Board) Coders() []coding.PersonID {
	var out []coding.PersonID
	for id, c := range b.coders {
		if !c.states.union(judged).IsEmpty() {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// Coder is the answers that the person has coded or marked. The set is the caller's own.
func (b *Board) Coder(who coding.PersonID) *roaring.Bitmap {
	if c := b.coders[who]; c != nil {
		return c.states.union(judged)
	}
	return roaring.New()
}

// CodingsOn is the number of codings on an answer, by all coders.
func (b *Board) CodingsOn(a coding.AnswerID) int { return int(b.count.get(uint32(a))) }

// CodingsIn is the number of codings of a theme, by all coders, on the answers of the set, as CodingSets has them.
func (b *Board) CodingsIn(t coding.ThemeID, set *roaring.Bitmap) int { return b.CodingsBy(t, 0, set) }

// CodingsBy is CodingsIn by one coder; by all for 0.
func (b *Board) CodingsBy(t coding.ThemeID, who coding.PersonID, set *roaring.Bitmap) int {
	n := uint64(0)
	for _, with := range b.CodingSets(t, who) {
		n += with.AndCardinality(set)
	}
	return int(n)
}

// RespondentOf is who gave the answer; 0 when there is no such answer.
func (b *Board) RespondentOf(a coding.AnswerID) coding.RespondentID {
	return coding.RespondentID(b.respondent.get(uint32(a)))
}

// QuestionOf is the question that the answer answers; 0 when there is no such answer.
func (b *Board) QuestionOf(a coding.AnswerID) coding.QuestionID {
	return coding.QuestionID(b.question.get(uint32(a)))
}

// Number is the respondent's number over the project; 0 when there is no such respondent.
func (b *Board) Number(r coding.RespondentID) int { return int(b.number.get(uint32(r))) }
