package importer

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding"
)

// TestJoin brings a later round to what the project has: the same wording, a changed one, a new number; another question under an
// old number is not taken for it.
func TestJoin(t *testing.T) {
	known := Known{
		Questions: []coding.Question{
			{Key: "q1", Label: coding.Text{FI: "1. Missä asioissa tarvitaan enemmän yhteistyötä paikallisella tasolla?"}},
			{Key: "q2", Label: coding.Text{FI: "2. Mikä on ollut suurin hyöty?"}},
			{Key: "q3", Label: coding.Text{FI: "3. Mistä haluatte lisää tietoa ensi vuonna?"}},
		},
		Variables: []coding.Variable{
			{Key: "koko", Label: coding.Text{FI: "Kunnan koko"}, Categories: []coding.Category{
				{Key: "pieni,-alle-10-000", Label: coding.Text{FI: "Alle 10 000 asukasta"}}, {Key: "suuri", Label: coding.Text{FI: "10 000 asukasta"}}}},
			{Key: "luokka", Label: coding.Text{FI: "Luokka"}, Recode: &coding.Recode{From: 1}},
		},
	}
	f := version(t, "fi", 40, "Tunnus;1. Missä asioissa tarvitaan enemmän yhteistyötä paikallisella tasolla tänään?;"+
		"2. Mistä haluatte lisää tietoa ensi vuonna?;3. Kertokaa onnistumisesta omin sanoin.;Kunnan koko;Luokka", func(i int) string {
		return fmt.Sprintf("F%d;vastaus yksi %d yhteistyöstä tässä;toinen vastaus %d tiedosta tässä;kolmas vastaus %d onnistumisesta;%s;%s", i, i*7919, i*104729, i*1299709,
			[]string{"Alle 10 000 as.", "10 000 as."}[i%2], []string{"a", "b"}[i%2])
	})
	m, joined, problems, err := Join(f, f.Proposal.Mapping, "fi", known)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, q := range m.Questions {
		got[q.Key] = q.Column.Name[:2]
	}
	if diff := cmp.Diff(map[string]string{"q1": "1.", "q3": "2.", "q3-2": "3."}, got); diff != "" {
		t.Errorf("questions (-want +got):\n%s", diff)
	}
	by := map[string]By{}
	for _, j := range joined {
		if j.Kind != "category" {
			by[j.Key] = j.By
		}
	}
	if diff := cmp.Diff(map[string]By{"q1": ByWords, "q3": ByWords, "koko": ByWording}, by); diff != "" {
		t.Errorf("joined by (-want +got):\n%s", diff)
	}
	if len(problems) != 1 || problems[0].Key != "import.join_doubt" || problems[0].Args[0] != "q3" {
		t.Errorf("listed: %v", problems)
	}
	for _, v := range m.Variables {
		switch v.Key {
		case "koko":
			if len(v.Values) != 2 || v.Values[0].Key != "pieni,-alle-10-000" {
				t.Errorf("values: %+v", v.Values)
			}
		case "luokka":
			t.Errorf("a column joins a derived variable")
		}
	}
	if ps := Check(f.Sheet, m); len(ps) > 0 {
		t.Errorf("the mapping does not fit: %v", ps)
	}
}

// TestJoinUnanswered: in a language version that comes later, an empty column is the project's question whose number it has, or that
// says more of the same variable's 'other'; other empty columns are left out.
func TestJoinUnanswered(t *testing.T) {
	known := Known{
		Questions: []coding.Question{
			{Key: "q1", Label: coding.Text{FI: "1. Missä asioissa tarvitaan yhteistyötä?"}},
			{Key: "q2", Label: coding.Text{FI: "2. Mikä on ollut suurin hyöty?"}},
			{Key: "org-other", Label: coding.Text{FI: "Taustaorganisaatio: muu, mikä?"}},
			{Key: "q4", Label: coding.Text{FI: "4. Mitä muuta?"}},
		},
		Variables: []coding.Variable{{Key: "org", Label: coding.Text{FI: "3. Taustaorganisaatio"}, Categories: []coding.Category{
			{Key: "a", Label: coding.Text{FI: "Kunta"}}, {Key: "b", Label: coding.Text{FI: "Järjestö"}}}}},
	}
	f := version(t, "sv", 40, "Id;1. I vilka frågor behövs samarbete?;2. Vilken har nyttan varit?;3. Organisation;Annan, vilken?;Anteckning;5. Nytt", func(i int) string {
		return fmt.Sprintf("S%d;ett svar om samarbete %d här;;%s;;;", i, i*7919, []string{"Kommun", "Förening"}[i%2])
	})
	f.Proposal.Columns[4].Hint.Group = "3. Organisation"
	joins := func(known Known) map[string]string {
		m, _, problems, err := Join(f, f.Proposal.Mapping, "sv", known)
		if err != nil || len(problems) > 0 {
			t.Fatal(problems, err)
		}
		got := map[string]string{}
		for i, q := range m.Questions {
			got[q.Key] = fmt.Sprint(i, " ", q.Column.Name, " ", q.Label.SV == q.Column.Name, " ", q.OtherOf)
		}
		for _, ref := range m.Ignore {
			got[ref.Name] = "left out"
		}
		if ps := Check(f.Sheet, m); len(ps) > 0 {
			t.Errorf("the mapping does not fit: %v", ps)
		}
		return got
	}
	want := map[string]string{"q1": "0 1. I vilka frågor behövs samarbete? true ", "q2": "1 2. Vilken har nyttan varit? true ",
		"org-other": "2 Annan, vilken? true org", "Anteckning": "left out", "5. Nytt": "left out"}
	if diff := cmp.Diff(want, joins(known)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	known.Questions[1].Label = coding.Text{FI: "2. Mikä on ollut suurin hyöty?", SV: "2. Berätta om en helt annan sak"}
	delete(want, "q2")
	want["org-other"], want["2. Vilken har nyttan varit?"] = "1 Annan, vilken? true org", "left out"
	if diff := cmp.Diff(want, joins(known)); diff != "" {
		t.Errorf("another question under the number (-want +got):\n%s", diff)
	}
}
