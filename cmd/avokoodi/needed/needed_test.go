package needed

import (
	"path/filepath"
	"testing"
)

// recorder is a test that only notes how it ended.
type recorder struct {
	testing.TB
	failed, skipped bool
}

func (r *recorder) Helper()      {}
func (r *recorder) Fatal(...any) { r.failed = true }
func (r *recorder) Skip(...any)  { r.skipped = true }

func TestMissing(t *testing.T) {
	for all, failed := range map[string]bool{"": false, "1": true} {
		t.Setenv("AVOKOODI_TEST_ALL", all)
		for name, use := range map[string]func(testing.TB){
			"program": func(r testing.TB) { Program(r, "no-such-program", "nor-this-one") },
			"file":    func(r testing.TB) { File(r, filepath.Join(t.TempDir(), "nothing")) },
		} {
			r := &recorder{TB: t}
			if use(r); r.failed != failed || r.skipped == failed {
				t.Errorf("%s with AVOKOODI_TEST_ALL=%q: failed %v, skipped %v", name, all, r.failed, r.skipped)
			}
		}
		r := &recorder{TB: t}
		if p := File(r, t.TempDir()); p == "" || r.failed || r.skipped {
			t.Error("a file that is there counts as missing")
		}
	}
}
