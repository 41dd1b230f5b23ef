package exporter

import (
	"strconv"
	"strings"

	"avokoodi/coding"
)

// Percent writes a share of 1 in whole per cents as the language does: '16 %' in Finnish and Swedish, '16%' in English.
func Percent(l coding.Lang, share float64) string {
	s := strconv.FormatFloat(100*share, 'f', 0, 64)
	if l == "en" {
		return s + "%"
	}
	return s + "\u00a0%"
}

// Decimals writes a number with so many decimals as the language does.
func Decimals(l coding.Lang, x float64, digits int) string {
	s := strconv.FormatFloat(x, 'f', digits, 64)
	if l != "en" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return strings.Replace(s, "-", "\u2212", 1)
}

// Whole writes a number with its thousands grouped as the language does.
func Whole(l coding.Lang, n int) string {
	s := strconv.Itoa(n)
	group := "\u00a0"
	if l == "en" {
		group = ","
	}
	digits := strings.TrimPrefix(s, "-")
	out := digits
	for i := len(digits) - 3; i > 0; i -= 3 {
		out = out[:i] + group + out[i:]
	}
	return s[:len(s)-len(digits)] + out
}
