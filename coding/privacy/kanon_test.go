package privacy

import (
	"math/rand/v2"
	"reflect"
	"testing"
)

// people is who belongs to which classes.
func people(rows ...[]int) Count {
	return func(classes []int) (int, int) {
		n := 0
		for _, row := range rows {
			all := true
			for _, c := range classes {
				has := false
				for _, x := range row {
					has = has || x == c
				}
				all = all && has
			}
			if all {
				n++
			}
		}
		return n, -1
	}
}

func TestJudge(t *testing.T) {
	// 1, 2: organisations; 10, 11: regions; 20: Swedish.
	data := people([]int{1, 10}, []int{1, 10}, []int{1, 10, 20}, []int{1, 11}, []int{2, 11, 20}, []int{2, 11}, []int{2, 10})
	for _, c := range []struct {
		name          string
		k             int
		classes, told []int
		want          Verdict
	}{
		{"nothing shown", 10, nil, []int{20}, Verdict{OK: true, Sample: 7, Population: -1}},
		{"enough", 3, []int{1, 10}, nil, Verdict{OK: true, Sample: 3, Population: -1}},
		{"too few", 3, []int{2, 11}, nil, Verdict{Sample: 2, Population: -1, Coarser: [][]int{{2}, {11}}}},
		{"drops two", 4, []int{1, 10, 20}, nil, Verdict{Sample: 1, Population: -1, Coarser: [][]int{{1}, {10}}}},
		{"nothing may be shown", 5, []int{2, 20}, nil, Verdict{Sample: 1, Population: -1}},
		{"only with the other quote", 3, []int{1}, []int{20}, Verdict{Sample: 1, Population: -1, Linked: true}},
		{"the same class again", 3, []int{1}, []int{1}, Verdict{OK: true, Sample: 4, Population: -1}},
	} {
		if got := Judge(c.k, c.classes, c.told, data); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, wanted %+v", c.name, got, c.want)
		}
	}
	population := func(n int) Count {
		return func(classes []int) (int, int) { return 100, n }
	}
	for n, want := range map[int]bool{-1: true, 0: true, 9: false, 10: true} {
		if got := Judge(DefaultK, []int{1}, nil, population(n)); got.OK != want {
			t.Errorf("population %d: %v", n, got.OK)
		}
	}
}

// What Judge lets through or offers is shared by k people, whatever the data.
func TestJudgeKeepsK(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 7))
	for range 500 {
		var rows [][]int
		for range 5 + rnd.IntN(60) {
			rows = append(rows, []int{rnd.IntN(3), 10 + rnd.IntN(4), 20 + rnd.IntN(2)})
		}
		who, other := rows[0], rnd.IntN(4)
		count := people(rows...)
		k := 2 + rnd.IntN(9)
		told := who[:min(other, 3)]
		v := Judge(k, who, told, count)
		if n, _ := count(union(who, told)); v.OK != (n >= k) {
			t.Fatalf("k %d: shown %v with %d people", k, v.OK, n)
		}
		for _, c := range v.Coarser {
			if n, _ := count(union(c, told)); n < k || len(c) == 0 {
				t.Fatalf("k %d: offers %v, shared by %d", k, c, n)
			}
		}
	}
}
