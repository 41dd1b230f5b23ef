package exporter

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding"
	"avokoodi/coding/report"
)

// TestJoined: of many blocks those without a new theme are one where they follow one another; nothing is lost or moved.
func TestJoined(t *testing.T) {
	one := []coding.Theme{{Key: "a"}}
	blocks := func(n int, with ...int) []report.ReadBlock {
		var out []report.ReadBlock
		known := 0
		for i := range n {
			b := report.ReadBlock{From: 50*i + 1, To: 50*i + 50}
			for _, w := range with {
				if w == i {
					b.New = one
					known++
				}
			}
			b.Known = known
			out = append(out, b)
		}
		return out
	}
	if few := blocks(manyBlocks, 0); !cmp.Equal(joined(few), few) {
		t.Error("few blocks were joined")
	}
	want := []report.ReadBlock{{From: 1, To: 50, New: one, Known: 1}, {From: 51, To: 100, New: one, Known: 2}, {From: 101, To: 500, Known: 2}, {From: 501, To: 550, New: one, Known: 3}, {From: 551, To: 50_000, Known: 3}}
	if diff := cmp.Diff(want, joined(blocks(1000, 0, 1, 10))); diff != "" {
		t.Error(diff)
	}
}
