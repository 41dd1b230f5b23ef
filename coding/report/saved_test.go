package report_test

import (
	"bytes"
	"errors"
	"reflect"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/report"
)

func TestSavedTable(t *testing.T) {
	for _, k := range []report.Kept{
		{Part: report.Part{Request: report.Request{Unit: report.Respondents}}},
		{Part: report.Part{Request: report.Request{Unit: report.Respondents, Languages: []coding.Lang{"sv"}, Search: "palvelu OR tjänst"}, Find: report.FindPairs},
			Filter: map[string][]string{"state": {"coded"}, "v1": {"a", "b"}}},
		{Part: report.Part{Request: report.Request{Unit: report.Respondents, Weight: "w"}, Find: report.FindRounds, Compare: [2]string{"2022", "2026"}, Paired: true}},
		{Part: report.Part{Request: report.Request{Questions: []string{"q1", "kysymys: 2"}, Rounds: []string{"2022"}, Languages: []coding.Lang{"fi", ""}, By: "v1", Second: "v2", None: true,
			Unit: report.Answers, Net: true, Order: report.ByNumber, Threshold: 10}}},
	} {
		var b, again bytes.Buffer
		if err := errors.Join(report.Save(&b, k), report.Save(&again, k)); err != nil || b.String() != again.String() {
			t.Fatal(err, b.String())
		}
		got, err := report.ReadSaved(b.Bytes())
		if err != nil || !reflect.DeepEqual(got, k) {
			t.Errorf("%s\n%+v, %v\nwant %+v", b.String(), got, err, k)
		}
	}
	for raw, key := range map[string]string{"by: v1\nbye: v2": "report.saved_bad", "unit: heads": "report.unit_unknown", "language: [de]": "report.language_unknown",
		"threshold: -1": "report.saved_bad", "- a\n- b": "report.saved_bad", "order: up": "report.saved_bad",
		"find: love": "report.saved_bad", "compare: [a]": "report.saved_bad"} {
		_, err := report.ReadSaved([]byte(raw))
		var p coding.Problem
		if !errors.As(err, &p) || p.Key != key {
			t.Errorf("%q: %v, want %s", raw, err, key)
		}
	}
}
