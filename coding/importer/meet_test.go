package importer

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding"
)

// TestBefore: whose ids are whose, of a file beside a round.
func TestBefore(t *testing.T) {
	round := func(ids ...string) func(string) bool {
		return func(id string) bool { return slices.Contains(ids, id) }
	}
	f := readVersion(t, "sv.csv", "Id;1. Vad vill du säga?\n1;ett\n2;två\n3;tre\n")
	id := Mapping{RespondentID: ColumnRef{Name: "Id"}}
	for _, c := range []struct {
		name          string
		m             Mapping
		foreign, same bool
		have          func(string) bool
		prefix        string
		problems      int
	}{
		{"nobody of the round", id, true, false, round("8", "9"), "", 0},
		{"others with the same ids in another language", id, true, false, round("1", "2", "9"), "sv-", 1},
		{"the same people, a person says", id, true, true, round("1", "2", "9"), "", 0},
		{"a corrected file of a language that the round has", id, false, false, round("1", "2"), "", 0},
		{"a corrected file of a version whose ids were changed", id, false, false, round("1", "2", "sv-1", "sv-2"), "sv-", 0},
		{"row numbers in another language", Mapping{}, true, false, round("2", "3"), "sv-", 0},
		{"row numbers in the language of the round", Mapping{}, false, false, round("2", "3"), "", 0},
		{"files that share ids, of which the round has this one without", Mapping{RespondentID: id.RespondentID, prefix: "sv-"}, false, false, round("1", "2", "3"), "", 0},
		{"files that share ids, new to the round", Mapping{RespondentID: id.RespondentID, prefix: "sv-"}, false, false, round("7"), "sv-", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, problems, err := c.m.Before(f.Sheet, "sv", c.foreign, c.same, c.have)
			if err != nil || m.prefix != c.prefix || len(problems) != c.problems {
				t.Errorf("prefix %q, %v, %v", m.prefix, problems, err)
			}
		})
	}
}

// TestMeet: what the project calls by other keys gets them; what a person decided stands over the rules, and one category of the
// project never has two of the file's.
func TestMeet(t *testing.T) {
	known := Known{
		Questions: []coding.Question{{ID: 1, Key: "a", Label: coding.Text{FI: "1. Mitä kuuluu sinulle tänään?"}}, {ID: 2, Key: "b", Label: coding.Text{FI: "2. Entä muille?"}}},
		Variables: []coding.Variable{{ID: 1, Key: "colour", Label: coding.Text{FI: "Väri"}, Categories: []coding.Category{{ID: 1, Key: "falu", Label: coding.Text{FI: "falu"}},
			{ID: 2, Key: "sammal", Label: coding.Text{FI: "sammal"}}}}},
		Rounds: []coding.Round{{Wordings: []coding.Wording{{Category: 2, Label: coding.Text{FI: "tiili"}}}}},
	}
	f := version(t, "fi", 40, "Tunnus;1. Mitä kuuluu sinulle tänään?;Väri", func(i int) string {
		return fmt.Sprintf("F%d;kaikki hyvin täällä %d kiitos;%s", i, i*7919, []string{"ruoste", "tiili"}[i%2])
	})
	m, joined, _, err := Join(f, f.Proposal.Mapping, "fi", known)
	if err != nil {
		t.Fatal(err)
	}
	f.Proposal.Mapping = m
	v, err := AlignVersions([]Version{f}, nil, ByHands{First: true})
	if err != nil {
		t.Fatal(err)
	}
	lines := func(hand MeetHands) (out []string) {
		met := Meet([]Version{f}, v, known, joined, hand, true)
		for _, r := range met.Rows {
			out = append(out, fmt.Sprint(r.Kind, " ", r.Known, " = ", r.Texts[0], " ", r.How))
		}
		for _, val := range met.Mappings[0].Variables[0].Values {
			out = append(out, val.Key+" "+fmt.Sprint(val.Match))
		}
		if ps := Check(f.Sheet, met.Mappings[0]); len(ps) > 0 {
			t.Errorf("the mapping does not fit: %v", ps)
		}
		return out
	}
	base := []string{"id  = Tunnus ", "question a = 1. Mitä kuuluu sinulle tänään? wording", "question b =  ", "variable colour = Väri wording"}
	want := append(slices.Clone(base), "category falu =  ", "category sammal = tiili wording", "category  = ruoste ", "sammal [tiili]", "ruoste [ruoste]")
	if diff := cmp.Diff(want, lines(nil)); diff != "" {
		t.Errorf("by the rules, which know what a round called it (-want +got):\n%s", diff)
	}
	want = append(slices.Clone(base), "category falu =  ", "category sammal = ruoste hand", "category  = tiili ", "sammal-2 [tiili]", "sammal [ruoste]")
	if diff := cmp.Diff(want, lines(MeetHands{"colour": {"ruoste": "sammal"}})); diff != "" {
		t.Errorf("by hand (-want +got):\n%s", diff)
	}
}
