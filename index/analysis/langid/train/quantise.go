package main

import (
	"math"

	"avokoodi/index/analysis/langid"
)

// encode rounds the weights to eight bits, all on one scale. Before that it
// shifts the four weights of each feature to a sum of zero, which changes no
// probability and makes the fourth needless in the file.
func encode(w weights, hashes []uint32) []byte {
	top := 0.0
	for i := range w {
		top = max(top, centre(&w[i]))
	}
	scale := top / math.MaxInt8
	features := make([]langid.Feature, len(w))
	for i := range w {
		features[i].Hash = hashes[i]
		for k := range features[i].Weights {
			features[i].Weights[k] = int8(math.Round(w[i][k] / scale))
		}
	}
	return langid.EncodeModel(float32(scale), features)
}

// centre shifts v to a sum of zero and gives its greatest absolute value.
func centre(v *[classes]float64) float64 {
	mean := (v[0] + v[1] + v[2] + v[3]) / classes
	top := 0.0
	for k := range v {
		v[k] -= mean
		top = max(top, math.Abs(v[k]))
	}
	return top
}
