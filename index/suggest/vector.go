package suggest

import (
	"math"

	"avokoodi/coding"
)

// questionWeight is the weight of the question beside the words, whose vector has length 1.
const questionWeight = 0.3

// space is how answers become vectors: what is seen by rarity among the examples of one training, and then the questions.
type space struct {
	rarity    []float32 // by feature; 0 for those that do not count
	questions map[coding.QuestionID]uint32
}

// newSpace counts among the chosen bags. Features of fewer than least of them do not count.
func newSpace(bags [][]feature, examples []Example, chosen []int, features, least int) space {
	s := space{rarity: make([]float32, features), questions: map[coding.QuestionID]uint32{}}
	for _, i := range chosen {
		for _, f := range bags[i] {
			s.rarity[f.id]++
		}
		if q := examples[i].Question; q != 0 {
			if _, known := s.questions[q]; !known {
				s.questions[q] = uint32(features + len(s.questions))
			}
		}
	}
	for id, n := range s.rarity {
		if int(n) < least {
			s.rarity[id] = 0
		} else {
			s.rarity[id] = float32(math.Log(float64(len(chosen)+1)/float64(n+1)) + 1)
		}
	}
	return s
}

// size is the number of dimensions.
func (s space) size() int { return len(s.rarity) + len(s.questions) }

// vector is the bag in the space: its features by amount (dampened) and rarity, of length 1 together, and the question.
func (s space) vector(bag []feature, q coding.QuestionID) []feature {
	out := make([]feature, 0, len(bag)+1)
	sum := 0.0
	for _, f := range bag {
		if int(f.id) >= len(s.rarity) || s.rarity[f.id] == 0 {
			continue
		}
		amount := f.amount
		if amount > 1 {
			amount = 1 + float32(math.Log(float64(amount)))
		}
		amount *= s.rarity[f.id]
		out = append(out, feature{f.id, amount})
		sum += float64(amount) * float64(amount)
	}
	if sum > 0 {
		k := float32(1 / math.Sqrt(sum))
		for i := range out {
			out[i].amount *= k
		}
	}
	if id, ok := s.questions[q]; ok {
		out = append(out, feature{id, questionWeight})
	}
	return out
}
