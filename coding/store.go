package coding

import (
	"context"
	"iter"
	"time"
)

// Store is the store of record. View and Update hold one consistent state for the whole of fn. Update commits before it
// returns; several Updates may share one commit, but each stands or falls alone. A fn must not use its Tx after returning.
type Store interface {
	View(ctx context.Context, fn func(Reader) error) error
	Update(ctx context.Context, fn func(Tx) error) error
	// Watch calls fn after every commit that may have changed something, by this process or another. fn must be quick.
	Watch(fn func()) (stop func())
	Close() error
}

// Reader reads. A single thing that is not there is ErrNotFound; lists leave missing things out.
type Reader interface {
	Project(ctx context.Context, slug string) (Project, error)
	ProjectByID(ctx context.Context, p ProjectID) (Project, error)
	Projects(ctx context.Context) ([]Project, error)

	Rounds(ctx context.Context, p ProjectID) ([]Round, error)
	Questions(ctx context.Context, p ProjectID) ([]Question, error)
	Variables(ctx context.Context, p ProjectID) ([]Variable, error) // with categories, all in order
	Themes(ctx context.Context, p ProjectID) ([]Theme, error)
	Theme(ctx context.Context, p ProjectID, id ThemeID) (Theme, error)
	Imports(ctx context.Context, p ProjectID) ([]Import, error)

	Answer(ctx context.Context, p ProjectID, id AnswerID) (Answer, error)
	Answers(ctx context.Context, p ProjectID, ids []AnswerID) ([]Answer, error) // in the order of ids
	AnswerOf(ctx context.Context, p ProjectID, r RespondentID, q QuestionID) (Answer, error)
	Respondents(ctx context.Context, p ProjectID, ids []RespondentID) ([]Respondent, error)   // by id
	RespondentsNamed(ctx context.Context, p ProjectID, external string) ([]Respondent, error) // one a round at most
	ValuesOf(ctx context.Context, p ProjectID, ids []RespondentID) ([]Value, error)
	CodingsOf(ctx context.Context, p ProjectID, ids []AnswerID) ([]Coding, error)  // by answer, then id
	CodingsWith(ctx context.Context, p ProjectID, theme ThemeID) ([]Coding, error) // by answer, then id
	MarksOf(ctx context.Context, p ProjectID, ids []AnswerID) ([]Mark, error)
	MemosOf(ctx context.Context, p ProjectID, on MemoOn, targets []int64) ([]Memo, error)
	DecisionsOf(ctx context.Context, p ProjectID, ids []AnswerID) ([]Decision, error) // by answer, then id
	Decisions(ctx context.Context, p ProjectID) ([]Decision, error)                   // by answer, then id
	QuotesOf(ctx context.Context, p ProjectID, ids []AnswerID) ([]Quote, error)
	Quotes(ctx context.Context, p ProjectID) ([]Quote, error) // by order, then id
	Views(ctx context.Context, p ProjectID, owner PersonID) ([]View, error)
	Assignments(ctx context.Context, p ProjectID) ([]Assignment, error) // by id
	Packs(ctx context.Context, p ProjectID) ([]Pack, error)             // by id
	Workshops(ctx context.Context, p ProjectID) ([]Workshop, error)     // by id
	Coding(ctx context.Context, p ProjectID, id CodingID) (Coding, error)
	// RecheckCodings and RecheckMarks are those whose Recheck is set, by answer, then id.
	RecheckCodings(ctx context.Context, p ProjectID) ([]Coding, error)
	RecheckMarks(ctx context.Context, p ProjectID) ([]Mark, error)
	Quote(ctx context.Context, p ProjectID, id QuoteID) (Quote, error)

	// The streams read the whole project in order of id (EachAnswer: from after, exclusive; imp 0 means any import). An
	// error ends the stream as its last pair.
	EachAnswer(ctx context.Context, p ProjectID, after AnswerID, imp ImportID) iter.Seq2[Answer, error]
	EachAnswerHead(ctx context.Context, p ProjectID, after AnswerID) iter.Seq2[Answer, error] // Text is ""
	EachRespondent(ctx context.Context, p ProjectID, after RespondentID) iter.Seq2[Respondent, error]
	EachValue(ctx context.Context, p ProjectID, after RespondentID) iter.Seq2[Value, error]
	EachCoding(ctx context.Context, p ProjectID) iter.Seq2[Coding, error]
	EachCodingHead(ctx context.Context, p ProjectID) iter.Seq2[Coding, error]   // by answer; Answer, Theme and Coder, nothing else
	EachCodingMoment(ctx context.Context, p ProjectID) iter.Seq2[Coding, error] // Answer and At, nothing else
	EachMark(ctx context.Context, p ProjectID) iter.Seq2[Mark, error]
	EachMemo(ctx context.Context, p ProjectID, on MemoOn) iter.Seq2[Memo, error]

	Erased(ctx context.Context, p ProjectID) ([]string, error) // the sums that Tx.Erase noted
	LastSeq(ctx context.Context, p ProjectID) (Seq, error)
	Changes(ctx context.Context, p ProjectID, after Seq, limit int) ([]Change, error)
	ChangesOf(ctx context.Context, p ProjectID, step StepID) ([]Change, error)
	// ChangeIn is the newest change that a step made of one entity; ErrNotFound when it made none.
	ChangeIn(ctx context.Context, p ProjectID, step StepID, kind Kind, id int64) (Change, error)
	// LastChange is the newest change of one entity; ErrNotFound when it has none.
	LastChange(ctx context.Context, p ProjectID, kind Kind, id int64) (Change, error)
	Step(ctx context.Context, p ProjectID, id StepID) (Step, error)
	Steps(ctx context.Context, p ProjectID, f StepFilter) ([]Step, error) // newest first

	Person(ctx context.Context, id PersonID) (Person, error)
	PersonNamed(ctx context.Context, name string) (Person, error)
	People(ctx context.Context) ([]Person, error)
	Members(ctx context.Context, p ProjectID) ([]Member, error)
	Setting(ctx context.Context, key string) (string, error) // "" when not set
}

// StepFilter picks steps of the history. Zero fields do not restrict. Before is a StepID, exclusive, for paging.
type StepFilter struct {
	Actor  PersonID
	Ops    []Op
	From   time.Time
	To     time.Time // exclusive
	Before StepID
	Limit  int // 0 means 100
}

// Tx reads and writes. Writes to a project go through a Step.
type Tx interface {
	Reader

	// Begin opens a step. It is kept when its first change is put; a step without a change leaves no trace.
	Begin(ctx context.Context, p ProjectID, actor PersonID, op Op, detail string, undoes StepID) (*Step, error)
	// Put writes one entity and its change row. before nil creates and gives the entity its id, unless it has one (undo of a
	// deletion); after nil deletes. It returns the id. A second entity where the rules allow one is ErrConflict.
	Put(ctx context.Context, st *Step, before, after any) (int64, error)
	// Erase empties the changes of the respondents and answers, and of the codings, marks, memos, quotes and decisions on them, those removed
	// long ago too: Before and After become null, while number, step, kind and id stay. It notes Sums. It comes last in its Update,
	// behind the deletions, and returns how many changes it emptied. What it takes away is overwritten on the disk.
	Erase(ctx context.Context, p ProjectID, e Erased) (int, error)
	// MarkUndone notes on step that by undid it; by 0 takes the note away.
	MarkUndone(ctx context.Context, p ProjectID, step, by StepID) error

	CreateProject(ctx context.Context, p Project) (Project, error)
	DeleteProject(ctx context.Context, p ProjectID) error // with everything in it

	// The bulk writers serve an import: they set the ids (and what Answer.Describe sets) in place and write no change rows of their own; the Import entity
	// put in the same step stands for all of them.
	AddRespondents(ctx context.Context, p ProjectID, rs []Respondent) error
	AddAnswers(ctx context.Context, p ProjectID, as []Answer) error
	AddValues(ctx context.Context, p ProjectID, vs []Value) error // all of a respondent's at once; a respondent who has some is ErrConflict

	SavePerson(ctx context.Context, p Person) (Person, error) // creates when the id is 0
	SetMember(ctx context.Context, m Member) error            // Role "" removes the row
	SetSetting(ctx context.Context, key, value string) error
}
