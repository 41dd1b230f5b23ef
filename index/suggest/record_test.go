package suggest

import (
	"testing"

	"avokoodi/coding"
)

// TestRecord: a theme that follows from a word is nearly always right, one dealt at random is not worth suggesting.
func TestRecord(t *testing.T) {
	answers, codebook := planted(600, 6, 4)
	const random = 99
	codebook = append(codebook, coding.Theme{ID: random})
	for i := range answers {
		if answers[i].fold(7, 5) == 0 {
			answers[i].Themes = append(answers[i].Themes, random)
		}
	}
	m, err := TrainAside(t.Context(), answers, codebook, plainly)
	if err != nil {
		t.Fatal(err)
	}
	total := Record{}
	for _, th := range codebook {
		r := m.Record(th.ID)
		total.Said, total.Right = total.Said+r.Said, total.Right+r.Right
		if r.Right > r.Said {
			t.Errorf("theme %d: %+v", th.ID, r)
		}
		if th.ID == random {
			if r.Worth() {
				t.Errorf("dealt at random: %+v", r)
			}
		} else if !r.Worth() || r.Right*10 < r.Said*9 {
			t.Errorf("theme %d: %+v", th.ID, r)
		}
	}
	if total != m.Total() || total.Said == 0 {
		t.Errorf("%+v, %+v", total, m.Total())
	}
	if r := train(t, nil, codebook, plainly).Record(1); r != (Record{}) {
		t.Errorf("nothing was held out: %+v", r)
	}
}
