package sqlstore

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"avokoodi/coding"
)

// TestOldQuotes: quotes of one stretch become quotes that keep one stretch, and so do their change rows.
func TestOldQuotes(t *testing.T) {
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "old.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	exec := func(query string, args ...any) {
		t.Helper()
		if _, err := db.Exec(query, args...); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	exec("CREATE TABLE quotes (id INTEGER PRIMARY KEY, doc TEXT)")
	exec("CREATE TABLE changes (kind TEXT, before TEXT, after TEXT)")
	old := `{"id":1,"answer":7,"theme":2,"span":{"s":3,"e":9},"note":"ä","order":4,"by":1,"at":"2026-01-02T03:04:05Z"}`
	whole := `{"id":2,"answer":8,"order":5,"by":1,"at":"2026-01-02T03:04:05Z"}`
	exec("INSERT INTO quotes VALUES (1, $1), (2, $2)", old, whole)
	exec("INSERT INTO changes VALUES ('quote', NULL, $1), ('quote', $1, $2), ('quote', $2, NULL), ('memo', $3, NULL)", old, whole, `{"span":1}`)
	raw, err := migrations.ReadFile("migrations/00006_quotes.sql")
	if err != nil {
		t.Fatal(err)
	}
	up, down, _ := strings.Cut(string(raw), "-- +goose Down")
	exec(up)
	var doc string
	for _, query := range []string{"SELECT doc FROM quotes WHERE id = 1", "SELECT after FROM changes WHERE kind = 'quote' AND before IS NULL", "SELECT before FROM changes WHERE kind = 'quote' AND before IS NOT NULL AND after IS NOT NULL"} {
		if err := db.QueryRow(query).Scan(&doc); err != nil {
			t.Fatal(err)
		}
		var q coding.Quote
		if err := json.Unmarshal([]byte(doc), &q); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(q.Long.Keep, []coding.Span{{Start: 3, End: 9}}) || q.Version != 1 || q.Note != "ä" || q.Theme != 2 || strings.Contains(doc, "span") {
			t.Errorf("%s: %s", query, doc)
		}
	}
	if err := db.QueryRow("SELECT doc FROM quotes WHERE id = 2").Scan(&doc); err != nil || strings.Contains(doc, "long") {
		t.Errorf("the whole answer became %s (%v)", doc, err)
	}
	if err := db.QueryRow("SELECT before FROM changes WHERE kind = 'memo'").Scan(&doc); err != nil || doc != `{"span":1}` {
		t.Errorf("a memo became %s (%v)", doc, err)
	}
	exec(down)
	if err := db.QueryRow("SELECT doc FROM quotes WHERE id = 1").Scan(&doc); err != nil || !strings.Contains(doc, `"span":{"s":3,"e":9}`) || strings.Contains(doc, "keep") {
		t.Errorf("back: %s (%v)", doc, err)
	}
}
