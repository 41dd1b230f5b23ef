package sqlstore

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOldValues: rows of one category each become one row a respondent, and the way back restores them.
func TestOldValues(t *testing.T) {
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "old.db"))
	must(t, err)
	defer db.Close()
	exec := func(query string) {
		t.Helper()
		if _, err := db.Exec(query); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	rows := func(query string) (out []string) {
		t.Helper()
		r, err := db.Query(query)
		must(t, err)
		defer r.Close()
		for r.Next() {
			var a, b, c string
			must(t, r.Scan(&a, &b, &c))
			out = append(out, a+"|"+b+"|"+c)
		}
		must(t, r.Err())
		return out
	}
	start, err := migrations.ReadFile("migrations/00001_start.sql")
	must(t, err)
	up, _, _ := strings.Cut(string(start), "-- +goose Down")
	exec(up)
	exec("INSERT INTO respondent_values VALUES (1, 5, 10), (1, 5, 9), (1, 5, 100), (1, 6, 9), (2, 7, 11)")
	raw, err := migrations.ReadFile("migrations/00015_values.sql")
	must(t, err)
	up, down, _ := strings.Cut(string(raw), "-- +goose Down")
	exec(up)
	want := []string{"1|5| 9 10 100 ", "1|6| 9 ", "2|7| 11 "}
	if d := cmp.Diff(want, rows("SELECT project_id, respondent_id, categories FROM respondent_values ORDER BY 1, 2")); d != "" {
		t.Errorf("joined: %s", d)
	}
	exec(down)
	want = []string{"1|5|9", "1|5|10", "1|5|100", "1|6|9", "2|7|11"}
	if d := cmp.Diff(want, rows("SELECT project_id, respondent_id, category_id FROM respondent_values ORDER BY 1, 2, 3")); d != "" {
		t.Errorf("single again: %s", d)
	}
}
