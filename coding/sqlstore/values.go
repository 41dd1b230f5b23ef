package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"avokoodi/coding"
)

// The categories of a respondent are one row, which holds their ids in order with a space before and behind each: ' 3 17 '.

func joinCategories(ids []coding.CategoryID) string {
	b := make([]byte, 0, 8*len(ids)+1)
	for _, id := range ids {
		b = strconv.AppendInt(append(b, ' '), int64(id), 10)
	}
	return string(append(b, ' '))
}

func scanValues(rows *sql.Rows) (v coding.RespondentValues, err error) {
	var joined sql.RawBytes
	if err := rows.Scan((*int64)(&v.Respondent), &joined); err != nil {
		return v, err
	}
	for id := range strings.FieldsSeq(string(joined)) {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return v, fmt.Errorf("categories of respondent %d: %w", v.Respondent, err)
		}
		v.Categories = append(v.Categories, coding.CategoryID(n))
	}
	return v, nil
}

// ValuesOf lists the values by respondent, then category.
func (r *reader) ValuesOf(ctx context.Context, p coding.ProjectID, ids []coding.RespondentID) ([]coding.Value, error) {
	all, err := byIDs(ctx, r, "values", scanValues, ids, `SELECT respondent_id, categories FROM respondent_values
		WHERE project_id = $1 AND respondent_id IN ({ids}) ORDER BY respondent_id`, int64(p))
	var out []coding.Value
	for _, v := range all {
		for _, c := range v.Categories {
			out = append(out, coding.Value{Respondent: v.Respondent, Category: c})
		}
	}
	return out, err
}

func (r *reader) EachValue(ctx context.Context, p coding.ProjectID, after coding.RespondentID) iter.Seq2[coding.Value, error] {
	all := stream(ctx, r, "values", scanValues, func(v coding.RespondentValues) []any { return []any{int64(v.Respondent)} }, nil,
		`SELECT respondent_id, categories FROM respondent_values
		WHERE project_id = $1 AND respondent_id > $2 ORDER BY respondent_id LIMIT 1000`, []any{int64(after)}, int64(p))
	return func(yield func(coding.Value, error) bool) {
		for v, err := range all {
			if err != nil {
				yield(coding.Value{}, err)
				return
			}
			for _, c := range v.Categories {
				if !yield(coding.Value{Respondent: v.Respondent, Category: c}, nil) {
					return
				}
			}
		}
	}
}

func (t *tx) AddValues(ctx context.Context, p coding.ProjectID, vs []coding.Value) error {
	all, err := t.joined(ctx, p, vs)
	if err == nil {
		b := bulk{tx: t, table: "respondent_values", columns: []string{"project_id", "respondent_id", "categories"}}
		err = b.insert(ctx, len(all), func(to []any, i int) []any {
			return append(to, int64(p), int64(all[i].Respondent), joinCategories(all[i].Categories))
		})
	}
	if err != nil {
		return fmt.Errorf("add values: %w", err)
	}
	return nil
}

// joined is the values by respondent. A value twice is coding.ErrConflict, and a category that the project does not have is
// coding.ErrNotFound.
func (t *tx) joined(ctx context.Context, p coding.ProjectID, vs []coding.Value) ([]coding.RespondentValues, error) {
	vs = slices.Clone(vs)
	slices.SortFunc(vs, func(a, b coding.Value) int {
		return cmp.Or(cmp.Compare(a.Respondent, b.Respondent), cmp.Compare(a.Category, b.Category))
	})
	categories := make([]coding.CategoryID, len(vs))
	var out []coding.RespondentValues
	for i, v := range vs {
		categories[i] = v.Category
		switch {
		case i > 0 && v == vs[i-1]:
			return nil, fmt.Errorf("%w: category %d of respondent %d twice", coding.ErrConflict, v.Category, v.Respondent)
		case i > 0 && v.Respondent == vs[i-1].Respondent:
			last := &out[len(out)-1]
			last.Categories = categories[i-len(last.Categories) : i+1]
		default:
			out = append(out, coding.RespondentValues{Respondent: v.Respondent, Categories: categories[i : i+1]})
		}
	}
	return out, t.haveCategories(ctx, p, categories)
}

// haveCategories is coding.ErrNotFound unless the project has all the categories.
func (t *tx) haveCategories(ctx context.Context, p coding.ProjectID, ids []coding.CategoryID) error {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	have, err := byIDs(ctx, &t.reader, "categories", scanInt, ids, "SELECT id FROM categories WHERE project_id = $1 AND id IN ({ids})", int64(p))
	if err == nil && len(have) < len(ids) {
		err = fmt.Errorf("%w: %d of %d categories", coding.ErrNotFound, len(ids)-len(have), len(ids))
	}
	return err
}

// setValues puts a respondent into exactly the categories.
func (t *tx) setValues(ctx context.Context, p coding.ProjectID, after any) error {
	v := after.(coding.RespondentValues)
	there, err := list(ctx, &t.reader, "respondent", scanInt,
		"SELECT 1 FROM respondents WHERE project_id = $1 AND id = $2", int64(p), int64(v.Respondent))
	if err == nil && len(there) == 0 {
		err = coding.ErrNotFound
	}
	if err != nil {
		return err
	}
	if len(v.Categories) == 0 {
		_, err := t.remove(ctx, "DELETE FROM respondent_values WHERE project_id = $1 AND respondent_id = $2", int64(p), int64(v.Respondent))
		return err
	}
	vs := make([]coding.Value, len(v.Categories))
	for i, c := range v.Categories {
		vs[i] = coding.Value{Respondent: v.Respondent, Category: c}
	}
	all, err := t.joined(ctx, p, vs)
	if err != nil {
		return err
	}
	_, err = t.write(ctx, `INSERT INTO respondent_values (project_id, respondent_id, categories) VALUES ($1, $2, $3)
		ON CONFLICT (project_id, respondent_id) DO UPDATE SET categories = excluded.categories`,
		int64(p), int64(v.Respondent), joinCategories(all[0].Categories))
	return err
}

// unused is coding.ErrConflict when a respondent has the category.
func (t *tx) unused(ctx context.Context, p coding.ProjectID, id int64) error {
	found, err := list(ctx, &t.reader, "respondents in the category", scanInt,
		"SELECT 1 FROM respondent_values WHERE project_id = $1 AND categories LIKE $2 LIMIT 1",
		int64(p), "%"+joinCategories([]coding.CategoryID{coding.CategoryID(id)})+"%")
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("%w: respondents are in the category", coding.ErrConflict)
	}
	return err
}
