package coding_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding"
	"avokoodi/themes"
)

func (d *desk) variable(key string) coding.Variable {
	d.t.Helper()
	var out coding.Variable
	d.view(func(r coding.Reader) {
		list, err := r.Variables(d.ctx, d.p)
		d.ok(err)
		for _, v := range list {
			if v.Key == key {
				out = v
			}
		}
	})
	return out
}

func classes(keys ...string) []coding.Category {
	var out []coding.Category
	for _, k := range keys {
		out = append(out, coding.Category{Key: k, Label: themes.Same("Class " + k)})
	}
	return out
}

func TestDerivedVariable(t *testing.T) {
	d := newDesk(t)
	org := d.variable("org")
	v, err := d.svc.AddVariable(d.ctx, d.p, d.lead, coding.Variable{Label: coding.Text{FI: "Ryhmä", EN: "Group"}, Categories: classes("x", "y"),
		Recode: &coding.Recode{From: org.ID, Values: map[string]string{" A ": "x"}, Rest: "y"}})
	d.ok(err)
	if v.Key != "group" || v.ID == 0 || v.Order != 1 || len(v.Categories) != 2 || v.Categories[1].ID == 0 {
		t.Errorf("made %+v", v)
	}
	got := d.variable("group")
	follow := coding.Follow([]coding.Variable{got, org})
	want := []coding.Derivation{{Variable: v.ID, From: org.ID, Members: map[coding.CategoryID][]coding.CategoryID{
		got.Categories[0].ID: {org.Categories[0].ID}, got.Categories[1].ID: {org.Categories[1].ID}}}}
	if diff := cmp.Diff(want, follow); diff != "" {
		t.Error(diff)
	}
	// A class of classes, population and order, in one step that undo takes back.
	got.Categories = []coding.Category{got.Categories[1], got.Categories[0], {Label: themes.Same("Third")}}
	got.Categories[0].Population = 123
	got.Recode.Rest = "third"
	if _, err := d.svc.ChangeVariable(d.ctx, d.p, d.lead, got); err != nil {
		t.Fatal(err)
	}
	after := d.variable("group")
	if len(after.Categories) != 3 || after.Categories[0].Key != "y" || after.Categories[0].Population != 123 || after.Categories[2].Key != "third" {
		t.Errorf("changed to %+v", after.Categories)
	}
	if _, err := d.svc.Undo(d.ctx, d.p, d.lead); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(v, d.variable("group")); diff != "" {
		t.Error("undo:", diff)
	}
	if _, err := d.svc.RemoveVariable(d.ctx, d.p, d.lead, v.ID); err != nil {
		t.Fatal(err)
	}
	if left := d.variable("group"); left.ID != 0 {
		t.Errorf("still there: %+v", left)
	}
	if _, err := d.svc.Undo(d.ctx, d.p, d.lead); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(v, d.variable("group")); diff != "" {
		t.Error("undo of deleting:", diff)
	}
}

func TestVariableRefusals(t *testing.T) {
	d := newDesk(t)
	org := d.variable("org")
	add := func(v coding.Variable) (coding.Variable, error) { return d.svc.AddVariable(d.ctx, d.p, d.lead, v) }
	recode := func(from coding.VariableID, r coding.Recode) coding.Variable {
		r.From = from
		return coding.Variable{Label: themes.Same("New"), Categories: classes("x", "y"), Recode: &r}
	}
	f := func(n float64) *float64 { return &n }
	first, err := add(recode(org.ID, coding.Recode{Rest: "x"}))
	d.ok(err)
	second, err := add(recode(first.ID, coding.Recode{Rest: "x"}))
	d.ok(err)
	loop := first
	loop.Recode = &coding.Recode{From: second.ID, Rest: "x"}
	self := first
	self.Recode = &coding.Recode{From: first.ID, Rest: "x"}
	weight := org
	weight.Weight = true
	fewer := org
	fewer.Categories = org.Categories[:1]
	negative := org
	negative.Categories = []coding.Category{org.Categories[0], org.Categories[1]}
	negative.Categories[1].Population = -1
	noLabel := recode(org.ID, coding.Recode{Rest: "x"})
	noLabel.Label = themes.Text{}
	change := func(v coding.Variable) error { _, err := d.svc.ChangeVariable(d.ctx, d.p, d.lead, v); return err }
	for _, c := range []struct {
		want string
		got  error
	}{
		{"variable.label_missing", errOf(add(noLabel))},
		{"variable.not_derived", errOf(add(coding.Variable{Label: themes.Same("x")}))},
		{"variable.source_missing", errOf(add(recode(999, coding.Recode{Rest: "x"})))},
		{"variable.class_unknown", errOf(add(recode(org.ID, coding.Recode{Rest: "z"})))},
		{"variable.class_unknown", errOf(add(recode(org.ID, coding.Recode{Values: map[string]string{"a": "z"}})))},
		{"variable.range_empty", errOf(add(recode(org.ID, coding.Recode{Ranges: []coding.Range{{Class: "x", Least: f(5), Below: f(5)}}})))},
		{"variable.range_overlap", errOf(add(recode(org.ID, coding.Recode{Ranges: []coding.Range{{Class: "x", Below: f(10)}, {Class: "y", Least: f(9)}}})))},
		{"variable.recode_loop", change(loop)},
		{"variable.recode_loop", change(self)},
		{"variable.weight_not_number", change(weight)},
		{"variable.population_bad", change(negative)},
		{"variable.imported", errOf(d.svc.RemoveVariable(d.ctx, d.p, d.lead, org.ID))},
		{"variable.followed", errOf(d.svc.RemoveVariable(d.ctx, d.p, d.lead, first.ID))},
	} {
		var many coding.Problems
		got := problemKey(c.got)
		if errors.As(c.got, &many) {
			got = many[0].Key
		}
		if got != c.want {
			t.Errorf("got %v, want %s", c.got, c.want)
		}
	}
	if err := change(fewer); !errors.Is(err, coding.ErrConflict) {
		t.Errorf("a category left out: %v", err)
	}
	if _, err := d.svc.AddVariable(d.ctx, d.p, d.ann, recode(org.ID, coding.Recode{Rest: "x"})); !errors.Is(err, coding.ErrForbidden) {
		t.Errorf("an analyst: %v", err)
	}
	in := batch("again.csv", "2", "a")
	in.Variables[0].Key = first.Key
	if _, err := d.svc.Import(d.ctx, d.p, d.lead, in, nil); problemKey(err) != "import.variable_derived" {
		t.Errorf("import into a derived variable: %v", err)
	}
}

func errOf[T any](_ T, err error) error { return err }

func TestRanges(t *testing.T) {
	f := func(n float64) *float64 { return &n }
	r := coding.Recode{Values: map[string]string{"ei tietoa": "dk", "7": "special"}, Rest: "rest",
		Ranges: []coding.Range{{Class: "small", Below: f(10_000)}, {Class: "middle", Least: f(10_000), Below: f(50_000)}, {Class: "large", Least: f(50_000)}}}
	for _, c := range []struct{ label, want string }{
		{"9 999", "small"}, {"10000", "middle"}, {"10 000,0", "middle"}, {"49,999.5", "middle"}, {"50000", "large"}, {"−3", "small"},
		{"Ei  tietoa", "dk"}, {"7", "special"}, {"muu", "rest"}, {"1,2.3,4", "rest"},
	} {
		if got := r.ClassOf(coding.Category{Key: "k", Label: coding.Text{SV: c.label}}); got != c.want {
			t.Errorf("%q is in %q, want %q", c.label, got, c.want)
		}
	}
}

func TestDerivedOfDerivedAndLoops(t *testing.T) {
	source := coding.Variable{ID: 1, Key: "s", Multi: true}
	for i := range 4 {
		source.Categories = append(source.Categories, coding.Category{ID: coding.CategoryID(i + 1), Key: fmt.Sprint("k", i)})
	}
	mid := coding.Variable{ID: 2, Categories: []coding.Category{{ID: 11, Key: "odd"}, {ID: 12, Key: "even"}},
		Recode: &coding.Recode{From: 1, Values: map[string]string{"k0": "even", "k2": "even"}, Rest: "odd"}}
	top := coding.Variable{ID: 3, Categories: []coding.Category{{ID: 21, Key: "all"}}, Recode: &coding.Recode{From: 2, Rest: "all"}}
	vs := []coding.Value{{Respondent: 1, Category: 1}, {Respondent: 1, Category: 3}, {Respondent: 2, Category: 2}, {Respondent: 9, Category: 99}}
	got := coding.WithDerived([]coding.Variable{top, mid, source}, vs)
	want := []coding.Value{{Respondent: 1, Category: 1}, {Respondent: 1, Category: 3}, {Respondent: 1, Category: 12}, {Respondent: 1, Category: 21},
		{Respondent: 2, Category: 2}, {Respondent: 2, Category: 11}, {Respondent: 2, Category: 21}, {Respondent: 9, Category: 99}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	mid.Recode = &coding.Recode{From: 3, Rest: "odd"} // a loop that the log may hold after an undo: nobody is in it
	if diff := cmp.Diff(vs, coding.WithDerived([]coding.Variable{top, mid, source}, vs)); diff != "" {
		t.Error("loop:", diff)
	}
}
