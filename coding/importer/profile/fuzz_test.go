package profile_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"avokoodi/coding/importer"
)

// FuzzLayouts: any table, read as any tool's, gives a mapping that can be written and a plan, or a Problem; rows are neither
// invented nor read twice.
func FuzzLayouts(f *testing.F) {
	for _, l := range layouts {
		for p := range importer.Profiles {
			if p%3 == len(l.name)%3 {
				f.Add([]byte(l.content), uint8(p))
			}
		}
		f.Add([]byte(l.content), uint8(0))
	}
	f.Add([]byte("-\t\n-\t-\n1 = a\t2 = b\n"), uint8(2))
	f.Add([]byte("a - b,a - b\nb,b\n"), uint8(3))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, content []byte, profile uint8) {
		if len(content) > 20_000 {
			return
		}
		path := filepath.Join(dir, "a.csv")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		opts := importer.Options{TempDir: dir, Profile: importer.Profiles[int(profile)%len(importer.Profiles)]}
		s, err := reader().Read(t.Context(), path, "a.csv", opts)
		var p importer.Problem
		if err != nil {
			if !errors.As(err, &p) {
				t.Fatal(err)
			}
			return
		}
		defer s.Close()
		n := 0
		for row, err := range s.Rows() {
			if err != nil || len(row.Cells) != len(s.Columns) {
				t.Fatal(row, err)
			}
			n++
		}
		if n != s.Len {
			t.Fatalf("%d rows, says %d", n, s.Len)
		}
		proposal, err := importer.Propose(s, byLetters)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := importer.NewPlan(t.Context(), s, proposal.Mapping, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range plan.Problems { // what is proposed must fit the sheet
			switch p.Key {
			case "import.key_bad", "import.key_twice", "import.value_twice", "import.column_missing", "import.column_twice", "import.other_of":
				t.Fatalf("the proposal is refused: %v\n%+v", p, proposal.Mapping)
			}
		}
		if plan.Problems.Refused() {
			return
		}
		for row, err := range plan.Batch.Rows {
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range row.Values {
				if v.Category < 0 || v.Category >= len(plan.Batch.Variables[v.Variable].Categories) {
					t.Fatal(v)
				}
			}
		}
	})
}
