package agreement

import (
	"math"
	"testing"
)

// TestWords holds the bands to the tables of Landis and Koch (1977) and the limits of Krippendorff (2013).
func TestWords(t *testing.T) {
	for value, want := range map[float64][2]Band{-0.1: {"poor", "low"}, 0: {"slight", "low"}, 0.20: {"slight", "low"}, 0.21: {"fair", "low"}, 0.40: {"fair", "low"},
		0.41: {"moderate", "low"}, 0.60: {"moderate", "low"}, 0.61: {"substantial", "low"}, 0.666: {"substantial", "low"}, 0.667: {"substantial", "tentative"},
		0.80: {"substantial", "reliable"}, 0.799: {"substantial", "tentative"}, 0.81: {"perfect", "reliable"}, 1: {"perfect", "reliable"}} {
		if got := [2]Band{BandOf(Estimate{Value: value}), RelianceOf(Estimate{Value: value})}; got != want {
			t.Errorf("%v is %v, want %v", value, got, want)
		}
	}
	if e := Undefined(NoPairs); BandOf(e) != "" || RelianceOf(e) != "" || !math.IsNaN(e.Value) {
		t.Error("a word for nothing")
	}
}
