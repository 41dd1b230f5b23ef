package exporter_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/csvfile"
	"avokoodi/coding/exporter/docxfile"
	"avokoodi/coding/exporter/xlsxfile"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
)

func rounds() *setstest.Survey {
	return setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 200, Questions: 2, Rounds: 2, Themes: 6, Coders: 2, Codings: 500, Categories: []int{4}, Seed: 9})
}

// TestFindingsStateWhatTheyAre: every file of a finding says project, time, filter, codebook version and threshold, in three
// languages, and goes into every format.
func TestFindingsStateWhatTheyAre(t *testing.T) {
	sv := rounds()
	for _, kind := range exporter.Findings {
		for _, l := range []coding.Lang{"fi", "sv", "en"} {
			o := options(l)
			d := makeDoc(t, sv, kind, report.Request{Languages: []coding.Lang{"fi"}}, l)
			for _, key := range []string{"export.note_project", "export.note_time", "export.note_state", "pack.codebook", "export.note_threshold", "export.scope_languages"} {
				if !slices.ContainsFunc(d.Notes, func(n exporter.Note) bool { return n.Label == o.T(key) && n.Text != "" }) {
					t.Errorf("%s in %s does not say %s", kind, l, o.T(key))
				}
			}
		}
		d := makeDoc(t, sv, kind, report.Request{}, "fi")
		for _, f := range []exporter.Format{csvfile.Format{}, xlsxfile.Format{}, docxfile.Format{}} {
			if len(write(t, f, d)) == 0 {
				t.Errorf("%s.%s is empty", kind, f.Ending())
			}
		}
		var b bytes.Buffer
		if err := exporter.DocumentJSON(&b, d); err != nil || !strings.Contains(b.String(), `"label"`) {
			t.Errorf("%s.json: %v", kind, err)
		}
	}
}

// TestFindingsAreReproducible: the same state gives the same CSV to the byte, whenever it is made.
func TestFindingsAreReproducible(t *testing.T) {
	sv := rounds()
	for _, kind := range exporter.Findings {
		var was []byte
		for i := range 3 {
			e := exporter.New(sv.Store, report.New(sets.New(sv.Store)), func() time.Time { return setstest.At.Add(time.Duration(i) * 25 * time.Hour) })
			d, err := e.Make(t.Context(), kind, report.Request{Project: sv.Project.ID}, options("sv"))
			if err != nil {
				t.Fatal(err)
			}
			got := write(t, csvfile.Format{}, d)
			if i > 0 && !bytes.Equal(got, was) {
				t.Errorf("%s differs:\n%s\n%s", kind, was, got)
			}
			was = got
		}
	}
}

// TestSmallProbabilities are said to be small, and never 0.
func TestSmallProbabilities(t *testing.T) {
	for _, c := range []struct {
		cell   exporter.Cell
		fi, en string
	}{{exporter.Probability(0.00002), "<0,001", "<0.001"}, {exporter.Probability(0.0123), "0,012", "0.012"}, {exporter.Points(-0.1234), "−12,3", "−12.3"}, {exporter.Decimal(1.505), "1,50", "1.50"}} {
		if c.cell.Decimals("fi") != c.fi || c.cell.Decimals("en") != c.en {
			t.Errorf("%v: %s, %s", c.cell.Number, c.cell.Decimals("fi"), c.cell.Decimals("en"))
		}
	}
}
