package profile_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"avokoodi/cmd/avokoodi/needed"
	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/coding/importer/profile"
)

// again writes the mapping of a file as '--write-mapping' does, and plans the file by what is read back.
func again(t *testing.T, i imported) {
	t.Helper()
	var text bytes.Buffer
	if err := importer.WriteMapping(&text, i.proposal.Mapping); err != nil {
		t.Fatal(err)
	}
	m, err := importer.ReadMapping("mapping.yaml", bytes.NewReader(text.Bytes()))
	if err != nil {
		t.Fatalf("%v\n%s", err, text.String())
	}
	same := cmp.Options{cmpopts.IgnoreUnexported(importer.Mapping{}, importer.ColumnRef{}, importer.QuestionMap{}, importer.VariableMap{}, importer.ValueMap{}),
		cmpopts.EquateEmpty()}
	if diff := cmp.Diff(i.proposal.Mapping, m, same); diff != "" {
		t.Errorf("the mapping comes back otherwise (-written +read):\n%s", diff)
	}
	plan, err := importer.NewPlan(t.Context(), i.sheet, m, byLetters)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(i.outline(t), (imported{i.sheet, i.proposal, plan}).outline(t)); diff != "" {
		t.Errorf("the plan is another (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff(rowsOf(t, i.plan.Batch), rowsOf(t, plan.Batch)); diff != "" {
		t.Errorf("other rows come in (-before +after):\n%s", diff)
	}
	var second bytes.Buffer
	if err := importer.WriteMapping(&second, m); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(text.String(), second.String()); diff != "" {
		t.Errorf("written again it differs (-first +second):\n%s", diff)
	}
}

func rowsOf(t *testing.T, b coding.Batch) (out []coding.BatchRow) {
	t.Helper()
	for row, err := range b.Rows {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, row)
	}
	return out
}

// TestMappingsComeBack: what is written of the mapping of every real file, of every layout and of every workbook is read back to the
// same plan.
func TestMappingsComeBack(t *testing.T) {
	for _, g := range goldens {
		t.Run(g.file+" "+g.dictionary, func(t *testing.T) {
			opts := importer.Options{}
			if g.dictionary != "" {
				needed.File(t, formats+g.dictionary)
				d, _, err := profile.ReadDictionary(t.Context(), reader(), formats+g.dictionary, g.dictionary, importer.Options{})
				if err != nil {
					t.Fatal(err)
				}
				opts.Dictionaries = []importer.Dictionary{d}
			}
			again(t, bring(t, opts, formats+g.file))
		})
	}
	for _, l := range layouts {
		t.Run(l.name, func(t *testing.T) { again(t, text(t, importer.Options{}, l.content)) })
	}
	for _, w := range workbooks {
		t.Run(w.name+" workbook", func(t *testing.T) { again(t, bring(t, importer.Options{}, workbook(t, "kysely.xlsx", w.rows))) })
	}
}
