package sqlstore

import (
	"slices"
	"testing"
)

func TestNumbers(t *testing.T) {
	got, err := numbers(nil, []byte("0,17,-4,9223372036854775807"))
	if err != nil || !slices.Equal(got, []int64{0, 17, -4, 1<<63 - 1}) {
		t.Errorf("%v, %v", got, err)
	}
	for _, bad := range []string{"", ",", "1,", ",1", "1,,2", "1.5", "1-2", "--1", "-", "x", "1, 2"} {
		if got, err := numbers(nil, []byte(bad)); err == nil {
			t.Errorf("%q is %v", bad, got)
		}
	}
}
