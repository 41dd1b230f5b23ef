package themes

// colors are the line colours of the twelve hues in light, oklch(.63 .13 h), as sRGB; ui/assets/css/tokens.css has the same.
var colors = [Hues]string{"#CA6477", "#CA6B49", "#BA7917", "#958D0F", "#659A45", "#28A16D", "#00A19B", "#0098C4", "#4F8BD6", "#897AD2", "#AB6DBA", "#C26594"}

// Color is the colour of a hue (1–12) as #RRGGBB, for files and pictures; "" for any other number.
func Color(hue int) string {
	if hue < 1 || hue > Hues {
		return ""
	}
	return colors[hue-1]
}
