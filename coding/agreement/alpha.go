package agreement

// alpha is Krippendorff's alpha (Content Analysis, 3rd edition 2013, chapter 12): 1 less the ratio of observed to expected
// disagreement over the paired units. weight is 1 less the distance of two unlike values, and the same both ways; nil is 0,
// which makes values the same or not.
func alpha(rated []unit, values int, weight func(k, l int) float64) Estimate {
	units := paired(rated)
	if len(units) == 0 {
		return Undefined(NoPairs)
	}
	n, ratings := float64(len(units)), 0.0
	pi := make([]float64, values)
	for _, u := range units {
		ratings += float64(u.n)
		for _, c := range u.counts {
			pi[c.value] += float64(c.n)
		}
	}
	mean := ratings / n // ratings of a unit
	for v := range pi {
		pi[v] /= ratings
	}
	near := expected(pi, weight)
	pe := 0.0
	for v, p := range pi {
		pe += p * near[v]
	}
	if used(pi) < 2 || 1-pe < 1e-12 {
		return Undefined(OneValue)
	}
	each, po := make([]float64, len(units)), 0.0
	for i, u := range units {
		each[i] = u.same(weight) / (mean * float64(u.n-1))
		po += each[i] / n
	}
	corrected := (1-1/ratings)*po + 1/ratings
	value := (corrected - pe) / (1 - pe)
	plain := (po - pe) / (1 - pe) // without the correction for few ratings
	for i, u := range units {
		over := (float64(u.n) - mean) / mean
		chance := -pe * over
		for _, c := range u.counts {
			chance += float64(c.n) * near[c.value] / mean
		}
		each[i] = (each[i]-corrected*over-pe)/(1-pe) - 2*(1-plain)*(chance-pe)/(1-pe)
		each[i] += value - plain // the interval stands around the corrected value
	}
	return byUnits(value, each)
}

// expected is, for each value, the weight of a rating drawn at random beside it.
func expected(pi []float64, weight func(k, l int) float64) []float64 {
	near := make([]float64, len(pi))
	copy(near, pi)
	if weight == nil {
		return near
	}
	for k := range pi {
		for l := range k {
			w := weight(k, l)
			near[k] += w * pi[l]
			near[l] += w * pi[k]
		}
	}
	return near
}
