package stat_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"avokoodi/cmd/avokoodi/needed"
	"avokoodi/coding/report/stat"
)

// shared is the folder of public data beside the project.
var shared = filepath.Join("..", "..", "..", "..", "shared", "data", "crosstab")

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
		t.Errorf("%s is %.15g, want %.15g", what, got, want)
	}
}

// TestAgainstR compares with tables computed in R 4.2.2.
func TestAgainstR(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared, "*.json"))
	if len(files) == 0 {
		needed.Missing(t, "no tables in %s", shared)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var c struct {
			Name                string
			Table               [][]int
			Chi2, P             float64
			DF                  int
			V                   float64  `json:"cramers_v"`
			Few                 int      `json:"cells_expected_lt5"`
			Least               float64  `json:"min_expected"`
			Fisher              *float64 `json:"fisher_p"`
			FisherFreemanHalton *float64 `json:"fisher_freeman_halton_p"`
			Holm, BH            []float64
			Cases               []struct {
				X, N     int
				Wilson95 [2]float64
			}
		}
		var p struct{ P json.RawMessage }
		if json.Unmarshal(raw, &p) == nil && len(p.P) > 0 && p.P[0] == '[' {
			var adjust struct{ P, Holm, BH []float64 }
			if err := json.Unmarshal(raw, &adjust); err != nil {
				t.Fatal(err)
			}
			holm, bh := stat.Holm(adjust.P), stat.BenjaminiHochberg(adjust.P)
			for i := range adjust.P {
				near(t, file+" Holm", holm[i], adjust.Holm[i], 1e-12)
				near(t, file+" BH", bh[i], adjust.BH[i], 1e-12)
			}
			continue
		}
		if err := json.Unmarshal(raw, &c); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, one := range c.Cases {
			lo, hi := stat.Wilson(one.X, one.N, 0.95)
			near(t, "Wilson, least", lo, one.Wilson95[0], 1e-9)
			near(t, "Wilson, most", hi, one.Wilson95[1], 1e-9)
		}
		if c.Table == nil {
			continue
		}
		got := stat.Independence(c.Table)
		near(t, c.Name+" chi-square", got.Statistic, c.Chi2, 1e-9)
		near(t, c.Name+" p", got.P, c.P, 1e-9)
		if c.P > 0 {
			near(t, c.Name+" p, relative", got.P/c.P, 1, 1e-6)
		}
		near(t, c.Name+" V", got.V, c.V, 1e-9)
		near(t, c.Name+" least expected", got.LeastExpect, c.Least, 1e-9)
		if got.DF != c.DF || got.FewExpected != c.Few {
			t.Errorf("%s: %d degrees of freedom, %d small; want %d, %d", c.Name, got.DF, got.FewExpected, c.DF, c.Few)
		}
		if c.Fisher != nil {
			p := stat.Fisher(c.Table[0][0], c.Table[0][1], c.Table[1][0], c.Table[1][1])
			near(t, c.Name+" Fisher", p, *c.Fisher, 1e-9)
			near(t, c.Name+" Fisher, relative", p / *c.Fisher, 1, 1e-6)
		}
	}
}

// TestMonteCarlo is near the exact p of Fisher's test, and the same for the same seed. For 2×2 tables whose margins are
// equal chi-square orders tables as their probability does.
func TestMonteCarlo(t *testing.T) {
	tea := [][]int{{3, 1}, {1, 3}}
	p, drew := stat.MonteCarlo(tea, 20_000, 1)
	near(t, "tea tasting", p, 0.485714285714286, 0.05)
	if drew < 600 || drew > 1200 {
		t.Errorf("stopped after %d tables; 400 of about 824 are as extreme", drew)
	}
	if again, _ := stat.MonteCarlo(tea, 20_000, 1); again != p {
		t.Errorf("another p from the same seed: %v, %v", again, p)
	}
	// The mean over many seeds is the exact p, whether the drawing stops early or not.
	for most, tolerance := range map[int]float64{5_000: 0.006, 300: 0.01} {
		sum := 0.0
		for seed := range uint64(200) {
			one, _ := stat.MonteCarlo(tea, most, seed)
			sum += one
		}
		near(t, "mean", sum/200, 0.485714285714286, tolerance)
	}
	p, drew = stat.MonteCarlo([][]int{{34, 41, 12, 55, 28}, {166, 109, 88, 145, 172}}, 20_000, 7)
	if near(t, "theme by region: Fisher, Freeman and Halton", p, 0.000252052775566819, 0.0003); drew != 20_000 {
		t.Errorf("a small p comes from %d tables", drew)
	}
	if p, _ := stat.MonteCarlo([][]int{{1, 2}, {0, 0}}, 100, 1); !math.IsNaN(p) {
		t.Errorf("a table of one row: %v", p)
	}
}

// TestMcNemar is the approval ratings of Agresti (1990, table 10.1), as R's mcnemar.test(correct = FALSE) has them, and
// binom.test(3, 13) for the exact one.
func TestMcNemar(t *testing.T) {
	statistic, p := stat.McNemar(150, 86)
	near(t, "statistic", statistic, 17.35593220338983, 1e-9)
	near(t, "p", p, 3.099293e-05, 1e-9)
	if _, p = stat.McNemar(3, 10); math.Abs(p-0.09228515625) > 1e-12 {
		t.Errorf("exact p %v", p)
	}
	if _, p = stat.McNemar(0, 0); p != 1 {
		t.Errorf("no change: %v", p)
	}
}

func TestTwoSharesIsChiSquare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n1, n2 := rapid.IntRange(1, 200).Draw(t, "n1"), rapid.IntRange(1, 200).Draw(t, "n2")
		x1, x2 := rapid.IntRange(0, n1).Draw(t, "x1"), rapid.IntRange(0, n2).Draw(t, "x2")
		z, p := stat.TwoShares(x1, n1, x2, n2)
		c := stat.Independence([][]int{{x1, x2}, {n1 - x1, n2 - x2}})
		if math.IsNaN(p) != math.IsNaN(c.P) || !math.IsNaN(p) && (math.Abs(z*z-c.Statistic) > 1e-8*max(1, c.Statistic) || math.Abs(p-c.P) > 1e-9) {
			t.Fatalf("z %v, p %v; chi-square %+v", z, p, c)
		}
	})
}

func TestFisherByAllTables(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.IntRange(0, 12)
		a, b, c, d := draw.Draw(t, "a"), draw.Draw(t, "b"), draw.Draw(t, "c"), draw.Draw(t, "d")
		weight := func(x int) float64 { return binomial(a+c, x) * binomial(b+d, a+b-x) }
		sum, all := 0.0, 0.0
		for x := 0; x <= a+b; x++ {
			if w := weight(x); true {
				if all += w; w <= weight(a)*(1+1e-7) {
					sum += w
				}
			}
		}
		if got := stat.Fisher(a, b, c, d); math.Abs(got-sum/all) > 1e-9 {
			t.Fatalf("%v, by hand %v", got, sum/all)
		}
	})
}

func binomial(n, k int) float64 {
	if k < 0 || k > n {
		return 0
	}
	out := 1.0
	for i := range k {
		out = out * float64(n-i) / float64(i+1)
	}
	return out
}

func TestUndefined(t *testing.T) {
	if c := stat.Independence([][]int{{0, 0}, {3, 4}}); !math.IsNaN(c.P) || !math.IsNaN(c.V) {
		t.Errorf("%+v", c)
	}
	if got := stat.Holm([]float64{math.NaN(), 0.02, 0.01}); !math.IsNaN(got[0]) || got[1] != 0.02 || got[2] != 0.02 {
		t.Errorf("%v", got)
	}
	if n := stat.EffectiveN([]float64{1, 1, 1, 1}); n != 4 {
		t.Errorf("%v", n)
	}
	near(t, "effective n", stat.EffectiveN([]float64{1, 2, 3}), 36.0/14, 1e-12)
	if stat.EffectiveN(nil) != 0 {
		t.Error("nobody has an effective n")
	}
}

// TestNewcombe is the first examples of Newcombe (1998), table II, to the four digits that are printed.
func TestNewcombe(t *testing.T) {
	for _, c := range []struct {
		x1, n1, x2, n2 int
		lo, hi         float64
	}{{56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090}, {10, 10, 0, 20, 0.6791, 1.0000}} {
		lo, hi := stat.Newcombe(c.x1, c.n1, c.x2, c.n2, 0.95)
		near(t, "low", lo, c.lo, 5e-5)
		near(t, "high", hi, c.hi, 5e-5)
	}
	if lo, _ := stat.Newcombe(1, 0, 1, 2, 0.95); !math.IsNaN(lo) {
		t.Error("an interval of nobody")
	}
}
