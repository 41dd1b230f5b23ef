package coding

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Assignment is the answers that a lead asked one coder to judge: the coder's share of one distribution of work. A coder may
// have several, and what they have together is the coder's queue. It says who should, never who may: everybody who codes
// may code every answer. Answers that an undone import took away stay in it and count for nothing.
type Assignment struct {
	ID      AssignmentID `json:"id"`
	Coder   PersonID     `json:"coder"`
	Answers AnswerSet    `json:"answers"`
	Note    string       `json:"note,omitempty"` // what the lead called it
	By      PersonID     `json:"by"`
	At      time.Time    `json:"at"`
	// Trial is the same for the shares of one double coding, whose coders all get the same answers to be compared; "" for a
	// share of ordinary work.
	Trial string `json:"trial,omitempty"`
	// Blind hides from the coder what others gave these answers, until Opened.
	Blind  bool      `json:"blind,omitempty"`
	Opened time.Time `json:"opened,omitzero"`
}

// Veiled tells that the coder still works blind.
func (a Assignment) Veiled() bool { return a.Blind && a.Opened.IsZero() }

// MaxAssignmentNote is the longest note on an assignment in code points.
const MaxAssignmentNote = 200

// AnswerSet is ids in ascending order, none twice. Its JSON is a string of ranges: "3-17,20".
type AnswerSet []AnswerID

// NewAnswerSet sorts ids and leaves out what is there twice.
func NewAnswerSet(ids []AnswerID) AnswerSet {
	out := slices.Clone(ids)
	slices.Sort(out)
	return AnswerSet(slices.Compact(out))
}

// Split parts the set into the ids that are in other and those that are not.
func (s AnswerSet) Split(other AnswerSet) (in, out AnswerSet) {
	for _, id := range s {
		if _, found := slices.BinarySearch(other, id); found {
			in = append(in, id)
		} else {
			out = append(out, id)
		}
	}
	return in, out
}

// MarshalJSON writes the ranges.
func (s AnswerSet) MarshalJSON() ([]byte, error) {
	b := []byte{'"'}
	for i := 0; i < len(s); {
		last := i
		for last+1 < len(s) && s[last+1] == s[last]+1 {
			last++
		}
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(s[i]), 10)
		if last > i {
			b = strconv.AppendInt(append(b, '-'), int64(s[last]), 10)
		}
		i = last + 1
	}
	return append(b, '"'), nil
}

// UnmarshalJSON reads the ranges.
func (s *AnswerSet) UnmarshalJSON(raw []byte) error {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return err
	}
	*s = nil
	if text == "" {
		return nil
	}
	var before AnswerID
	for part := range strings.SplitSeq(text, ",") {
		a, b, isRange := strings.Cut(part, "-")
		first, err := strconv.ParseInt(a, 10, 64)
		last := first
		if err == nil && isRange {
			last, err = strconv.ParseInt(b, 10, 64)
		}
		if err != nil || AnswerID(first) <= before || last < first || last >= 1<<32 {
			return fmt.Errorf("answer set: %q is not a range behind %d", part, before)
		}
		for id := first; id <= last; id++ {
			*s = append(*s, AnswerID(id))
		}
		before = AnswerID(last)
	}
	return nil
}
