package chart

import (
	"fmt"
	"math"
	"testing"
)

// luminance is the relative luminance of a colour as #rrggbb, by WCAG 2.2.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	var r, g, b int
	if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &r, &g, &b); err != nil {
		t.Fatal(err)
	}
	linear := func(c int) float64 {
		if s := float64(c) / 255; s <= 0.04045 {
			return s / 12.92
		} else {
			return math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// TestNumbersOnShadesAreReadable: on every shade of a heat map its number has the contrast that WCAG 2.2 asks of small text.
func TestNumbersOnShadesAreReadable(t *testing.T) {
	for i := range 1001 {
		x := float64(i) / 1000
		a, b := luminance(t, shadeOf(x)), luminance(t, letterOn(x))
		if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < 4.5 {
			t.Errorf("shade %.3f, %s on %s: %.2f", x, letterOn(x), shadeOf(x), ratio)
		}
	}
}
