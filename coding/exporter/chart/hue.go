package chart

import "avokoodi/themes"

// tone is a theme's colours on paper, as sRGB: the tokens --theme-ink, --theme-soft and --theme-line of the light theme. The
// tokens are given in OKLCH, which programs outside browsers don't know; what lies outside sRGB is clipped as browsers do.
type tone struct{ ink, soft, line string }

var tones = [themes.Hues + 1]tone{
	{"#1d2126", "#e4dfd6", "#565d66"}, // no hue
	{"#7d2e3f", "#ffe3e7", "#ca6477"},
	{"#7d3317", "#ffe5da", "#ca6b49"},
	{"#723f00", "#fee9d2", "#ba7917"},
	{"#574f00", "#f0efd2", "#958d0f"},
	{"#305a12", "#e2f3da", "#659a45"},
	{"#005e37", "#d8f5e4", "#28a16d"},
	{"#005f5a", "#d1f6f2", "#00a19b"},
	{"#00587a", "#d3f3ff", "#0098c4"},
	{"#1d4d87", "#dcefff", "#4f8bd6"},
	{"#4d4084", "#ece9ff", "#897ad2"},
	{"#673672", "#f9e5fd", "#ab6dba"},
	{"#772f55", "#ffe3f0", "#c26594"},
}

func toneOf(hue int) tone {
	if hue < 1 || hue > themes.Hues {
		hue = 0
	}
	return tones[hue]
}

// Ink, Soft and Line are a theme hue's three colours (1–12; others are grey) as '#rrggbb'.
func Ink(hue int) string  { return toneOf(hue).ink }
func Soft(hue int) string { return toneOf(hue).soft }
func Line(hue int) string { return toneOf(hue).line }
