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

// Saved is a table as a small file that can be kept beside a report and run again: the same state of the project gives the
// same table. Fields are named as on the command line; one that is left out does not restrict.
type Saved struct {
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
}

// Save is a request as a file. What a filter picks beyond questions, rounds and languages is not part of it.
func Save(w io.Writer, q Request) error {
	s := Saved{Questions: q.Questions, Rounds: q.Rounds, Languages: q.Languages, By: q.By, And: q.Second, None: q.None, Unit: q.Unit, Net: q.Net,
		Order: q.Order, Threshold: q.Threshold, Weight: q.Weight}
	if s.Unit == "" {
		s.Unit = Respondents
	}
	enc := yaml.NewEncoder(w)
	enc.SetIndent(2)
	if err := enc.Encode(s); err != nil {
		return err
	}
	return enc.Close()
}

// ReadSaved reads a saved table; a field that is unknown or wrong is a coding.Problem. The project is the caller's to set.
func ReadSaved(raw []byte) (Request, error) {
	var s Saved
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&s); err != nil && !errors.Is(err, io.EOF) {
		return Request{}, problem("table", "report.saved_bad", err.Error())
	}
	unit, ok := ParseUnit(string(s.Unit))
	if !ok {
		return Request{}, problem("unit", "report.unit_unknown", string(s.Unit))
	}
	for _, l := range s.Languages {
		if !slices.Contains(themes.Langs[:], l) && l != "" {
			return Request{}, problem("language", "report.language_unknown", string(l))
		}
	}
	if s.Order != ByCodebook && s.Order != ByNumber {
		return Request{}, problem("order", "report.saved_bad", "order: "+string(s.Order))
	}
	if s.Threshold < 0 {
		return Request{}, problem("threshold", "report.saved_bad", "threshold < 0")
	}
	return Request{Questions: s.Questions, Rounds: s.Rounds, Languages: s.Languages, By: s.By, Second: s.And, None: s.None, Unit: unit, Net: s.Net,
		Order: s.Order, Threshold: s.Threshold, Weight: s.Weight}, nil
}
