package report

import (
	"bytes"
	"errors"
	"io"
	"slices"

	"go.yaml.in/yaml/v3"

	"avokoodi/coding"
	"avokoodi/themes"
)

// Saved is a table or finding as a small file that can be kept beside a report and run again: the same state of the project gives
// the same numbers. Fields are named as on the command line; one that is left out does not restrict.
type Saved struct {
	Find      Finding       `yaml:"find,omitempty"` // "" is a table of counts
	Questions []string      `yaml:"question,omitempty,flow"`
	Rounds    []string      `yaml:"round,omitempty,flow"`
	Languages []coding.Lang `yaml:"language,omitempty,flow"`
	By        string        `yaml:"by,omitempty"`
	And       string        `yaml:"and,omitempty"`
	None      bool          `yaml:"none,omitempty"`
	Unit      Unit          `yaml:"unit"`
	Net       bool          `yaml:"net"`
	Order     Order         `yaml:"order,omitempty"` // "n" for the most frequent first
	Threshold int           `yaml:"threshold,omitempty"`
	Weight    string        `yaml:"weight,omitempty"`
	Compare   []string      `yaml:"compare,omitempty,flow"` // two rounds
	Paired    bool          `yaml:"paired,omitempty"`
	Search    string        `yaml:"search,omitempty"`
	// Filter is what else narrows the answers, named as in the address of the analysis page: keys of themes, variables and
	// categories.
	Filter map[string][]string `yaml:"filter,omitempty"`
}

// Kept is what a saved file asks for. The hits of its search and the ids of its filter are the caller's to find.
type Kept struct {
	Part
	Filter map[string][]string // hides the request's, which a file has no ids for
}

// Save is a request as a file. Of its filter only what k.Filter names is part of it.
func Save(w io.Writer, k Kept) error {
	q := k.Request
	s := Saved{Find: k.Find, Questions: q.Questions, Rounds: q.Rounds, Languages: q.Languages, By: q.By, And: q.Second, None: q.None, Unit: q.Unit, Net: q.Net,
		Order: q.Order, Threshold: q.Threshold, Weight: q.Weight, Paired: k.Paired, Search: q.Search, Filter: k.Filter}
	if s.Unit == "" {
		s.Unit = Respondents
	}
	if k.Compare != [2]string{} {
		s.Compare = k.Compare[:]
	}
	enc := yaml.NewEncoder(w)
	enc.SetIndent(2)
	if err := enc.Encode(s); err != nil {
		return err
	}
	return enc.Close()
}

// ReadSaved reads a saved table or finding; a field that is unknown or wrong is a coding.Problem. The project is the caller's to
// set.
func ReadSaved(raw []byte) (Kept, error) {
	var s Saved
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&s); err != nil && !errors.Is(err, io.EOF) {
		return Kept{}, problem("table", "report.saved_bad", err.Error())
	}
	unit, ok := ParseUnit(string(s.Unit))
	if !ok {
		return Kept{}, problem("unit", "report.unit_unknown", string(s.Unit))
	}
	for _, l := range s.Languages {
		if !slices.Contains(themes.Langs[:], l) && l != "" {
			return Kept{}, problem("language", "report.language_unknown", string(l))
		}
	}
	bad := ""
	switch {
	case s.Order != ByCodebook && s.Order != ByNumber:
		bad = "order: " + string(s.Order)
	case s.Threshold < 0:
		bad = "threshold < 0"
	case s.Find != FindCounts && !slices.Contains(Findings, s.Find):
		bad = "find: " + string(s.Find)
	case len(s.Compare) != 0 && len(s.Compare) != 2:
		bad = "compare: [A, B]"
	}
	if bad != "" {
		return Kept{}, problem("table", "report.saved_bad", bad)
	}
	k := Kept{Filter: s.Filter, Part: Part{Find: s.Find, Paired: s.Paired, Request: Request{Questions: s.Questions, Rounds: s.Rounds, Languages: s.Languages, By: s.By,
		Second: s.And, None: s.None, Unit: unit, Net: s.Net, Order: s.Order, Threshold: s.Threshold, Weight: s.Weight, Search: s.Search}}}
	copy(k.Compare[:], s.Compare)
	return k, nil
}
