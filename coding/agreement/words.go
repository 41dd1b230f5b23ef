package agreement

// Band names how large a coefficient is, in the words of a convention. Such words are rules of thumb of their authors, not
// properties of the data.
type Band string

// BandOf is the word of Landis and Koch (1977), The Measurement of Observer Agreement for Categorical Data, Biometrics 33, for a
// kappa or another coefficient that is corrected for chance: "poor" below 0, "slight" up to 0.20, "fair" up to 0.40,
// "moderate" up to 0.60, "substantial" up to 0.80, and "perfect" (they wrote: almost perfect). "" where it is not defined.
func BandOf(e Estimate) Band {
	switch v := e.Value; {
	case !e.Defined():
		return ""
	case v < 0:
		return "poor"
	case v <= 0.20:
		return "slight"
	case v <= 0.40:
		return "fair"
	case v <= 0.60:
		return "moderate"
	case v <= 0.80:
		return "substantial"
	}
	return "perfect"
}

// Limits of Krippendorff (2013), Content Analysis, 3rd edition, chapter 12: rely on variables with an alpha of at least Reliable,
// draw tentative conclusions from Tentative on.
const (
	Tentative = 0.667
	Reliable  = 0.800
)

// RelianceOf is what Krippendorff's limits say of an alpha: "reliable", "tentative" or "low"; "" where it is not defined.
func RelianceOf(e Estimate) Band {
	switch v := e.Value; {
	case !e.Defined():
		return ""
	case v >= Reliable:
		return "reliable"
	case v >= Tentative:
		return "tentative"
	}
	return "low"
}
