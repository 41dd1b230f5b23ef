package sqlstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"avokoodi/coding"
)

// table knows how the entities of one kind are kept.
type table struct {
	name    string
	insert  string // the id is left to the database
	restore string // with an id
	update  string
	delete  string
}

// newTable makes the statements for a table with the columns beside id and project_id.
func newTable(name string, columns ...string) table {
	var holders, sets []string
	for i, c := range columns {
		holders = append(holders, fmt.Sprint("$", i+3))
		sets = append(sets, fmt.Sprint(c, " = $", i+3))
	}
	list, values := strings.Join(columns, ", "), strings.Join(holders, ", ")
	var shifted []string // without the id before them
	for i := range columns {
		shifted = append(shifted, fmt.Sprint("$", i+2))
	}
	return table{
		name:    name,
		insert:  "INSERT INTO " + name + " (project_id, " + list + ") VALUES ($1, " + strings.Join(shifted, ", ") + ")",
		restore: "INSERT INTO " + name + " (id, project_id, " + list + ") VALUES ($1, $2, " + values + ")",
		update:  "UPDATE " + name + " SET " + strings.Join(sets, ", ") + " WHERE id = $1 AND project_id = $2",
		delete:  "DELETE FROM " + name + " WHERE id = $1 AND project_id = $2",
	}
}

var tables = map[coding.Kind]table{
	coding.KindProject:    {name: "projects", update: "UPDATE projects SET slug = $3, doc = $4 WHERE id = $1 AND id = $2"},
	coding.KindRound:      newTable("rounds", "key", "ord", "doc"),
	coding.KindQuestion:   newTable("questions", "key", "ord", "doc"),
	coding.KindVariable:   newTable("variables", "key", "ord", "doc"),
	coding.KindCategory:   newTable("categories", "variable_id", "key", "ord", "doc"),
	coding.KindImport:     newTable("imports", "round_id", "sha256", "doc"),
	coding.KindAnswer:     {name: "answers", update: "UPDATE answers SET language = $3, mixed = $4, confidence = $5 WHERE id = $1 AND project_id = $2"},
	coding.KindText:       newTable("answers", "question_id", "round_id", "respondent_id", "import_id", "language", "mixed", "confidence", "length", "same", "body"),
	coding.KindRespondent: newTable("respondents", "round_id", "import_id", "external", "number"),
	coding.KindTheme:      newTable("themes", "parent_id", "key", "doc"),
	coding.KindCoding:     newTable("codings", "answer_id", "theme_id", "coder_id", "source", "rule", "version", "evidence", "at", "recheck"),
	coding.KindMark:       newTable("marks", "answer_id", "coder_id", "state", "at", "recheck"),
	coding.KindMemo:       newTable("memos", "target_kind", "target_id", "author_id", "doc"),
	coding.KindQuote:      newTable("quotes", "answer_id", "theme_id", "ord", "doc"),
	coding.KindView:       newTable("views", "owner_id", "doc"),
	coding.KindAssignment: newTable("assignments", "coder_id", "doc"),
	coding.KindPack:       newTable("packs", "doc"),
	coding.KindWorkshop:   newTable("workshops", "doc"),
	coding.KindDecision:   newTable("decisions", "answer_id", "theme_id", "doc"),
}

// columns are the values of the entity in the order in which its table names the columns.
func columns(entity any) ([]any, error) {
	switch e := entity.(type) {
	case coding.Coding:
		evidence, err := putEvidence(e.Evidence)
		return []any{int64(e.Answer), int64(e.Theme), int64(e.Coder), string(e.Source), e.Rule, e.Version, evidence, micros(e.At),
			int64(e.Recheck)}, err
	case coding.Mark:
		return []any{int64(e.Answer), int64(e.Coder), string(e.State), micros(e.At), int64(e.Recheck)}, nil
	case coding.AnswerLanguage:
		return []any{string(e.Language), flag(e.Mixed), e.Confidence}, nil
	case coding.Answer:
		return []any{int64(e.Question), int64(e.Round), int64(e.Respondent), int64(e.Import), string(e.Language), flag(e.Mixed),
			e.Confidence, e.Length, int64(e.Same), e.Text}, nil
	case coding.Respondent:
		return []any{int64(e.Round), int64(e.Import), e.External, e.Number}, nil
	}
	raw, err := json.Marshal(entity)
	doc := string(raw)
	switch e := entity.(type) {
	case coding.Project:
		return []any{e.Slug, doc}, err
	case coding.Round:
		return []any{e.Key, e.Order, doc}, err
	case coding.Question:
		return []any{e.Key, e.Order, doc}, err
	case coding.Variable:
		return []any{e.Key, e.Order, doc}, err
	case coding.Category:
		return []any{int64(e.Variable), e.Key, e.Order, doc}, err
	case coding.Import:
		return []any{int64(e.Round), e.SHA256, doc}, err
	case coding.Theme:
		return []any{null(e.Parent), e.Key, doc}, err
	case coding.Memo:
		return []any{string(e.On), e.Target, int64(e.Author), doc}, err
	case coding.Quote:
		return []any{int64(e.Answer), null(e.Theme), e.Order, doc}, err
	case coding.View:
		return []any{int64(e.Owner), doc}, err
	case coding.Pack:
		return []any{doc}, err
	case coding.Workshop:
		return []any{doc}, err
	case coding.Assignment:
		return []any{int64(e.Coder), doc}, err
	case coding.Decision:
		return []any{int64(e.Answer), int64(e.Theme), doc}, err
	}
	return nil, fmt.Errorf("%T is not kept", entity)
}

// asKept is the entity as it will be read back: moments in microseconds, a variable without its categories.
func asKept(entity any) any {
	switch e := entity.(type) {
	case coding.Project:
		e.Created = kept(e.Created)
		return e
	case coding.Variable:
		e.Categories = nil
		return e
	case coding.Import:
		e.At = kept(e.At)
		return e
	case coding.Coding:
		e.At = kept(e.At)
		return e
	case coding.Answer:
		e.Describe()
		return e
	case coding.Mark:
		e.At = kept(e.At)
		return e
	case coding.Memo:
		e.At = kept(e.At)
		return e
	case coding.Quote:
		e.At = kept(e.At)
		return e
	case coding.Assignment:
		e.At = kept(e.At)
		if !e.Opened.IsZero() {
			e.Opened = kept(e.Opened)
		}
		return e
	case coding.Decision:
		e.At = kept(e.At)
		return e
	}
	return entity
}

func (t *tx) Put(ctx context.Context, st *coding.Step, before, after any) (int64, error) {
	kind, id, err := t.putKind(st, before, after)
	if err != nil {
		return 0, fmt.Errorf("put: %w", err)
	}
	if before != nil {
		before = asKept(before)
	}
	if after != nil {
		after = asKept(after)
	}
	switch {
	case kind == coding.KindValues:
		err = t.setValues(ctx, st.Project, after)
	case before == nil:
		if id, err = t.create(ctx, st.Project, kind, id, after); err == nil {
			after = coding.WithID(after, id)
		}
	case after == nil:
		err = t.delete(ctx, st.Project, kind, id)
	default:
		err = t.change(ctx, st.Project, kind, id, after)
	}
	if err == nil {
		err = t.log(ctx, st, kind, id, before, after)
	}
	if err != nil {
		return 0, fmt.Errorf("put %s %d: %w", kind, id, err)
	}
	return id, nil
}

// putKind checks what Put was given.
func (t *tx) putKind(st *coding.Step, before, after any) (coding.Kind, int64, error) {
	if err := t.usable(); err != nil {
		return "", 0, err
	}
	if _, ok := t.ledger.steps[st]; !ok {
		return "", 0, errors.New("the step was not begun in this transaction")
	}
	if before == nil && after == nil {
		return "", 0, errors.New("neither before nor after")
	}
	if before == nil {
		kind, id := coding.KindOf(after)
		if kind == coding.KindProject || kind == coding.KindAnswer || kind == coding.KindValues {
			return "", 0, fmt.Errorf("a change cannot create a %s", kind)
		}
		return kind, id, nil
	}
	kind, id := coding.KindOf(before)
	if after == nil {
		if kind == coding.KindProject || kind == coding.KindAnswer || kind == coding.KindValues {
			return "", 0, fmt.Errorf("a change cannot delete a %s", kind)
		}
		return kind, id, nil
	}
	if k, i := coding.KindOf(after); k != kind || i != id {
		return "", 0, fmt.Errorf("before is %s %d and after is %s %d", kind, id, k, i)
	}
	return kind, id, nil
}

func (t *tx) create(ctx context.Context, p coding.ProjectID, kind coding.Kind, id int64, entity any) (int64, error) {
	values, err := columns(entity)
	if err != nil {
		return 0, err
	}
	if id == 0 {
		return t.insertID(ctx, tables[kind].insert, append([]any{int64(p)}, values...)...)
	}
	if kind == coding.KindImport {
		return id, fmt.Errorf("%w: what came by a deleted import is gone", coding.ErrConflict)
	}
	_, err = t.write(ctx, tables[kind].restore, append([]any{id, int64(p)}, values...)...)
	return id, err
}

func (t *tx) change(ctx context.Context, p coding.ProjectID, kind coding.Kind, id int64, entity any) error {
	values, err := columns(entity)
	if err != nil {
		return err
	}
	n, err := t.write(ctx, tables[kind].update, append([]any{id, int64(p)}, values...)...)
	if err == nil && n == 0 {
		err = coding.ErrNotFound
	}
	return err
}

func (t *tx) delete(ctx context.Context, p coding.ProjectID, kind coding.Kind, id int64) error {
	if kind == coding.KindImport {
		if err := t.emptyImport(ctx, p, coding.ImportID(id)); err != nil {
			return err
		}
	}
	if kind == coding.KindCategory {
		if err := t.unused(ctx, p, id); err != nil {
			return err
		}
	}
	n, err := t.remove(ctx, tables[kind].delete, id, int64(p))
	if err == nil && n == 0 {
		err = coding.ErrNotFound
	}
	return err
}

// log records the change. An error here comes behind the entity's own write, so nothing may follow it.
func (t *tx) log(ctx context.Context, st *coding.Step, kind coding.Kind, id int64, before, after any) error {
	b, err := logged(before)
	if err != nil {
		return t.kill(err)
	}
	a, err := logged(after)
	if err != nil {
		return t.kill(err)
	}
	return t.kill(t.ledger.record(ctx, st, kind, id, b, a))
}

func logged(entity any) (any, error) {
	if entity == nil {
		return nil, nil
	}
	raw, err := json.Marshal(entity)
	return string(raw), err
}
