package coding

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"

	"avokoodi/themes"
)

// Batch is what an import brings into a project: the round, the questions and variables by key, and the rows. Rounds,
// questions, variables and categories that the project has by the same key are used as they are; labels in a language that
// the project lacks are added to them.
type Batch struct {
	File      string // base name
	SHA256    string // hex, of the file's bytes
	Profile   string
	Round     Round      // Key, Label, Kind
	Questions []Question // Key, Label, Short
	Variables []Variable // Key, Label, Multi, Categories (Key, Label)
	Blank     int        // blank cells in question columns
	Duplicate int        // rows left out because their respondent id came before
	Numbered  bool       // rows have no id of their own: External is the row's number
	Rows      iter.Seq2[BatchRow, error]
}

// BatchRow is one respondent. Blank answers are left out.
type BatchRow struct {
	External string
	Answers  []BatchAnswer
	Values   []BatchValue
}

// BatchAnswer is one answer; Question indexes Batch.Questions.
type BatchAnswer struct {
	Question   int
	Language   Lang
	Mixed      bool
	Confidence int // in percent, as Answer.Confidence
	Text       string
}

// BatchValue is one value; Variable indexes Batch.Variables and Category that variable's Categories.
type BatchValue struct{ Variable, Category int }

// Progress hears how many rows an import has stored. It may be nil.
type Progress func(rows int)

// Import brings a batch in: all of it in one transaction, or nothing. A file that the project has is a Problem
// 'import.same_file'; a respondent id that the round has is a Problem 'import.respondent_exists'.
func (s *Service) Import(ctx context.Context, p ProjectID, actor PersonID, b Batch, progress Progress) (Import, error) {
	imps, err := s.ImportAll(ctx, p, actor, []Batch{b}, func(_, rows int) {
		if progress != nil {
			progress(rows)
		}
	})
	if err != nil {
		return Import{}, err
	}
	return imps[0], nil
}

// ImportAll brings batches in, in one transaction with a step for each: all of them, or nothing. progress hears the place of
// the batch and how many of its rows are stored. What is wrong with a batch is a FileError.
func (s *Service) ImportAll(ctx context.Context, p ProjectID, actor PersonID, batches []Batch, progress func(batch, rows int)) ([]Import, error) {
	var imps []Import
	err := s.store.Update(ctx, func(tx Tx) error {
		if err := need(ctx, tx, p, actor, RoleLead); err != nil {
			return err
		}
		for i, b := range batches {
			st, err := s.begin(ctx, tx, p, actor, OpImport, b.File, 0)
			if err != nil {
				return err
			}
			in := &incoming{tx: tx, st: st, p: p, progress: func(rows int) { progress(i, rows) }}
			if in.batch, err = without(ctx, tx, p, b, func(n int) { in.erased = n }); err != nil {
				return err
			}
			if err := in.all(ctx); err != nil {
				return FileError{b.File, err}
			}
			imps = append(imps, *in.imp)
		}
		return nil
	})
	return imps, err
}

// FileError is what went wrong with one file of several.
type FileError struct {
	File string // base name
	Err  error
}

func (e FileError) Error() string { return e.File + ": " + e.Err.Error() }
func (e FileError) Unwrap() error { return e.Err }

// all brings the batch in, unless the project has its file.
func (in *incoming) all(ctx context.Context) error {
	if err := newFile(ctx, in.tx, in.p, in.batch); err != nil {
		return err
	}
	if err := in.structure(ctx); err != nil {
		return err
	}
	if err := in.open(ctx); err != nil {
		return err
	}
	if err := in.rows(ctx); err != nil {
		return err
	}
	return in.close(ctx)
}

// newFile refuses a file that the project has.
func newFile(ctx context.Context, r Reader, p ProjectID, b Batch) error {
	imports, err := r.Imports(ctx, p)
	if err != nil {
		return err
	}
	for _, old := range imports {
		if old.SHA256 == b.SHA256 {
			return problem("file", "import.same_file", b.File, old.File, old.At.Format("2006-01-02"))
		}
	}
	return nil
}

type incoming struct {
	tx         Tx
	st         *Step
	p          ProjectID
	batch      Batch
	progress   Progress
	imp        *Import
	empty      Import // as it was put first
	round      RoundID
	questions  []QuestionID
	categories [][]CategoryID
	wordings   []said
	corrects   bool // the file corrects the round
	erased     int  // rows of those who were erased, left out
}

// open puts the Import before anything that came by it, so that undo takes it away last.
func (in *incoming) open(ctx context.Context) error {
	b := in.batch
	imp := Import{Round: in.round, File: b.File, SHA256: b.SHA256, Profile: b.Profile, At: in.st.At,
		Blank: b.Blank, Duplicates: b.Duplicate, Languages: map[string]int{}}
	id, err := in.tx.Put(ctx, in.st, nil, imp)
	if err != nil {
		return err
	}
	imp.ID = ImportID(id)
	in.imp, in.empty = &imp, imp
	in.empty.Languages = map[string]int{}
	return nil
}

// close puts the numbers.
func (in *incoming) close(ctx context.Context) error {
	in.imp.Erased = in.erased
	_, err := in.tx.Put(ctx, in.st, in.empty, *in.imp)
	return err
}

// structure finds or makes the round, the questions, the variables and their categories.
func (in *incoming) structure(ctx context.Context) error {
	if err := in.makeQuestions(ctx); err != nil {
		return err
	}
	if err := in.makeVariables(ctx); err != nil {
		return err
	}
	return in.makeRound(ctx)
}

func (in *incoming) makeRound(ctx context.Context) error {
	rounds, err := in.tx.Rounds(ctx, in.p)
	if err != nil {
		return err
	}
	want := in.batch.Round
	for _, r := range rounds {
		if r.Key == want.Key {
			if r.Holds() != want.Holds() {
				return problem("round", "import.round_kind", r.Label)
			}
			in.round = r.ID
			if after := r.word(in.wordings, in.corrects); !slices.Equal(after.Wordings, r.Wordings) {
				_, err := in.tx.Put(ctx, in.st, r, after)
				return err
			}
			return nil
		}
	}
	want.Order = len(rounds)
	want = want.word(in.wordings, false)
	id, err := in.tx.Put(ctx, in.st, nil, want)
	in.round = RoundID(id)
	return err
}

func (in *incoming) makeQuestions(ctx context.Context) error {
	have, err := in.tx.Questions(ctx, in.p)
	if err != nil {
		return err
	}
	for _, q := range in.batch.Questions {
		var found *Question
		for i := range have {
			if have[i].Key == q.Key {
				found = &have[i]
			}
		}
		if found == nil {
			q.ID, q.Order = 0, len(have)
			id, err := in.tx.Put(ctx, in.st, nil, q)
			if err != nil {
				return err
			}
			q.ID = QuestionID(id)
			have = append(have, q)
			in.questions = append(in.questions, q.ID)
			in.wordings = append(in.wordings, said{Wording: Wording{Question: q.ID, Label: q.Label}})
			continue
		}
		in.wordings = append(in.wordings, said{Wording: Wording{Question: found.ID, Label: q.Label}})
		after := *found
		after.Label, after.Short = fill(found.Label, q.Label), fill(found.Short, q.Short)
		after.Headers = slices.Clone(after.Headers)
		for _, h := range q.Headers {
			after.called(h)
		}
		if !reflect.DeepEqual(after, *found) {
			if _, err := in.tx.Put(ctx, in.st, *found, after); err != nil {
				return err
			}
			*found = after
		}
		in.questions = append(in.questions, found.ID)
	}
	return nil
}

func (in *incoming) makeVariables(ctx context.Context) error {
	have, err := in.tx.Variables(ctx, in.p)
	if err != nil {
		return err
	}
	for _, v := range in.batch.Variables {
		var old *Variable
		for i := range have {
			if have[i].Key == v.Key {
				old = &have[i]
			}
		}
		bare := Variable{Key: v.Key, Label: v.Label, Multi: v.Multi, Order: len(have)}
		var cats []Category
		if old == nil {
			id, err := in.tx.Put(ctx, in.st, nil, bare)
			if err != nil {
				return err
			}
			bare.ID = VariableID(id)
			have = append(have, bare)
		} else {
			if old.Derived() {
				return problem("variables", "import.variable_derived", old.Label, v.Key)
			}
			cats = old.Categories
			bare = *old
			bare.Categories = nil
			in.wordings = append(in.wordings, said{Wording{Variable: bare.ID, Label: v.Label}, agrees(bare.Label, v.Label)})
			after := bare
			after.Label = fill(bare.Label, v.Label)
			if after.Label != bare.Label {
				if _, err := in.tx.Put(ctx, in.st, bare, after); err != nil {
					return err
				}
			}
		}
		ids, err := in.makeCategories(ctx, bare.ID, cats, v.Categories)
		if err != nil {
			return err
		}
		in.categories = append(in.categories, ids)
	}
	return nil
}

func (in *incoming) makeCategories(ctx context.Context, v VariableID, have, want []Category) ([]CategoryID, error) {
	byKey := make(map[string]Category, len(have))
	for _, c := range have {
		byKey[c.Key] = c
	}
	ids := make([]CategoryID, 0, len(want))
	next := len(have)
	for _, c := range want {
		old, ok := byKey[c.Key]
		if !ok {
			c.ID, c.Variable, c.Order = 0, v, next
			next++
			id, err := in.tx.Put(ctx, in.st, nil, c)
			if err != nil {
				return nil, err
			}
			ids = append(ids, CategoryID(id))
			continue
		}
		in.wordings = append(in.wordings, said{Wording{Category: old.ID, Label: c.Label}, isCode(c) || alike(old.Label, c.Label)})
		after := old
		after.Label = fill(old.Label, c.Label)
		if after != old {
			if _, err := in.tx.Put(ctx, in.st, old, after); err != nil {
				return nil, err
			}
		}
		ids = append(ids, old.ID)
	}
	return ids, nil
}

// fill takes wordings from extra in the languages that have lacks.
func fill(have, extra Text) Text {
	for _, l := range themes.Langs {
		if have.Exact(l) == "" {
			have.Set(l, extra.Exact(l))
		}
	}
	return have
}

// isCode tells that the category is called nothing but its key: a code that the file does not explain.
func isCode(c Category) bool {
	return !slices.ContainsFunc(c.Label.All(), func(s string) bool { return FoldValue(s) != FoldValue(c.Key) })
}

// alike tells that two names of a category are the same in the languages that both have, but for case and white space.
func alike(a, b Text) bool {
	for _, l := range themes.Langs {
		if x, y := FoldValue(a.Exact(l)), FoldValue(b.Exact(l)); x != "" && y != "" && x != y {
			return false
		}
	}
	return true
}

// agrees tells that two texts are the same in the languages that both have.
func agrees(a, b Text) bool {
	for _, l := range themes.Langs {
		if x, y := a.Exact(l), b.Exact(l); x != "" && y != "" && x != y {
			return false
		}
	}
	return true
}

// bulk is the number of respondents that are written at a time.
const bulk = 2000

func (in *incoming) rows(ctx context.Context) error {
	batch := make([]BatchRow, 0, bulk)
	for row, err := range in.batch.Rows {
		if err != nil {
			return err
		}
		if batch = append(batch, row); len(batch) == bulk {
			if err := in.write(ctx, batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	return in.write(ctx, batch)
}

func (in *incoming) write(ctx context.Context, rows []BatchRow) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	people := make([]Respondent, len(rows))
	for i, row := range rows {
		people[i] = Respondent{Round: in.round, Import: in.imp.ID, External: row.External}
	}
	if err := in.tx.AddRespondents(ctx, in.p, people); err != nil {
		if errors.Is(err, ErrConflict) {
			return in.conflict(ctx, rows)
		}
		return err
	}
	var answers []Answer
	var values []Value
	for i, row := range rows {
		for _, a := range row.Answers {
			if strings.TrimSpace(a.Text) == "" {
				return fmt.Errorf("import: blank answer of %q", row.External)
			}
			answers = append(answers, Answer{Question: in.questions[a.Question], Round: in.round, Respondent: people[i].ID,
				Import: in.imp.ID, Language: a.Language, Mixed: a.Mixed, Confidence: a.Confidence, Text: a.Text})
			in.imp.Languages[string(a.Language)]++
		}
		for _, v := range row.Values {
			values = append(values, Value{Respondent: people[i].ID, Category: in.categories[v.Variable][v.Category]})
		}
	}
	if err := in.tx.AddAnswers(ctx, in.p, answers); err != nil {
		return err
	}
	if err := in.tx.AddValues(ctx, in.p, values); err != nil {
		return err
	}
	in.imp.Respondents += len(rows)
	in.imp.Answers += len(answers)
	if in.progress != nil {
		in.progress(in.imp.Respondents)
	}
	return nil
}

// conflict finds which respondent the round has already.
func (in *incoming) conflict(ctx context.Context, rows []BatchRow) error {
	for _, row := range rows {
		have, err := in.tx.RespondentsNamed(ctx, in.p, row.External)
		if err != nil {
			return err
		}
		for _, r := range have {
			if r.Round == in.round {
				return problem("respondent", "import.respondent_exists", row.External)
			}
		}
	}
	return ErrConflict
}
