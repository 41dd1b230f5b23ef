package sqlstore

import (
	"path/filepath"
	"testing"

	"avokoodi/coding"
)

// TestDescribe opens a database whose answers were kept before there were keys and lengths.
func TestDescribe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.db")
	s := openAt(t, path)
	texts := make([]string, 2500) // more than a page
	for i := range texts {
		texts[i] = []string{"Ei.", "ei", "hyvää yötä 🌙", "En osaa sanoa"}[i%4]
	}
	data := fill(t, s, "old", texts)
	must(t, s.writer.do(t.Context(), true, func(c *conn) error {
		if _, err := c.ExecContext(t.Context(), "UPDATE answers SET length = 0, same = 0"); err != nil {
			return err
		}
		_, err := c.ExecContext(t.Context(), "DELETE FROM settings WHERE key = 'answers.described'")
		return err
	}))
	must(t, s.Close())
	for range 2 { // the second time there is nothing to do
		s = openAt(t, path)
		n := 0
		must(t, s.View(t.Context(), func(r coding.Reader) error {
			for a, err := range r.EachAnswerHead(t.Context(), data.project, 0) {
				must(t, err)
				full, err := r.Answer(t.Context(), data.project, a.ID)
				must(t, err)
				if a.Same != coding.SameKeyOf(full.Text) || a.Length != len([]rune(full.Text)) || full.Same != a.Same {
					t.Fatalf("answer %d (%s): length %d, key %d", a.ID, full.Text, a.Length, a.Same)
				}
				n++
			}
			rules, err := r.Setting(t.Context(), "answers.described")
			if rules != "1" {
				t.Errorf("described by %q", rules)
			}
			return err
		}))
		if n != len(texts) {
			t.Fatalf("%d answers", n)
		}
		must(t, s.Close())
	}
}
