package attack

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
	"pgregory.net/rapid"
)

// gonum is the least of sign times an unknown, by another hand's simplex method.
func gonum(v, n int, rows []row, sign float64) (float64, error) {
	slack := 0
	for _, r := range rows {
		if !r.equal {
			slack++
		}
	}
	a, b, c := mat.NewDense(len(rows), n+slack, nil), make([]float64, len(rows)), make([]float64, n+slack)
	c[v] = sign
	next := n
	for i, r := range rows {
		for j, f := range r.coef {
			a.Set(i, j, f)
		}
		if b[i] = r.bound; !r.equal {
			a.Set(i, next, 1)
			next++
		}
	}
	opt, _, err := lp.Simplex(c, a, b, 1e-10, nil)
	return opt, err
}

// TestSameAsGonum draws conditions that a drawn point fulfils and compares the ranges of all unknowns.
func TestSameAsGonum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "unknowns")
		point := rapid.SliceOfN(rapid.IntRange(0, 9), n, n).Draw(t, "point")
		k := New()
		for i := range n {
			name := string(rune('a' + i))
			k.Number(name)
			if err := k.Between(name, 0, float64(point[i]+rapid.IntRange(0, 5).Draw(t, "room"))); err != nil {
				t.Fatal(err)
			}
		}
		for c := range rapid.IntRange(0, 4).Draw(t, "conditions") {
			// One equation only: some that follow from others are beyond gonum.
			r := row{coef: map[int]float64{}, equal: c == 0 && rapid.Bool().Draw(t, "equal")}
			for i := range n {
				if f := float64(rapid.IntRange(-1, 1).Draw(t, "coefficient")); f != 0 {
					r.coef[i] = f
					r.bound += f * float64(point[i])
				}
			}
			if !r.equal {
				r.bound += float64(rapid.IntRange(0, 3).Draw(t, "slack"))
			}
			if len(r.coef) > 0 {
				k.rows = append(k.rows, r)
			}
		}
		for i := range n {
			name := string(rune('a' + i))
			least, most, err := k.Range(name, math.Inf(1))
			if err != nil {
				t.Fatal(err)
			}
			if k.Known(name) {
				continue
			}
			vars, rows := k.around(i)
			lo, errLo := gonum(vars[i], len(vars), rows, 1)
			hi, errHi := gonum(vars[i], len(vars), rows, -1)
			if errLo != nil || errHi != nil {
				t.Fatalf("gonum: %v", errors.Join(errLo, errHi))
			}
			if math.Abs(lo-least) > 1e-6 || math.Abs(-hi-most) > 1e-6 {
				t.Fatalf("%s: %v to %v, gonum says %v to %v", name, least, most, lo, -hi)
			}
		}
	})
}

func TestRangeByExample(t *testing.T) {
	k := New()
	for _, c := range []struct {
		name   string
		lo, hi float64
	}{{"all", 20, 20}, {"a", 9, 9}, {"b", 0, 9}, {"c", 1, 4}, {"net", 0, 30}} {
		if err := k.Between(c.name, c.lo, c.hi); err != nil {
			t.Fatal(err)
		}
	}
	k.Sum("all", []string{"a", "b", "c"})
	k.Union("net", []string{"a", "c"})
	for _, c := range []struct {
		name   string
		lo, hi float64
	}{{"all", 20, 20}, {"b", 7, 9}, {"c", 2, 4}, {"net", 9, 13}} {
		lo, hi, err := k.Range(c.name, math.Inf(1))
		if err != nil || math.Abs(lo-c.lo) > 1e-6 || math.Abs(hi-c.hi) > 1e-6 {
			t.Errorf("%s: %v to %v, %v; want %v to %v", c.name, lo, hi, err, c.lo, c.hi)
		}
	}
	if err := k.Between("a", 10, 10); err == nil {
		t.Error("two tables may contradict each other")
	}
	k = New()
	k.Sum("all", []string{"a", "b"})
	for name, n := range map[string]float64{"all": 5, "a": 6} {
		if err := k.Between(name, n, n); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := k.Range("b", math.Inf(1)); err == nil {
		t.Error("a part larger than its whole is believed")
	}
}
