package importer_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"avokoodi/coding"
	"avokoodi/coding/importer"
)

const example = `profile: table
round: "2022"
respondent_id: "Respondent ID"
language: {column: "Kieli"}
questions:
  - {key: q11a, column: "Paikallisella tasolla:", label: {fi: Paikallisesti, sv: Lokalt, en: Locally}}
  - {key: q11b, column: 4}
variables:
  - key: organisation
    column: "Taustaorganisaatio"
    label: {fi: Taustaorganisaatio, sv: Bakgrundsorganisation, en: Organisation}
    values:
      - {key: association, label: {fi: Järjestö, sv: Organisation, en: Association}, match: ["Järjestö", "Förening", "Association"]}
ignore: ["IP Address", 7]
`

var sameMapping = cmp.Options{cmpopts.IgnoreUnexported(importer.Mapping{}, importer.ColumnRef{}, importer.QuestionMap{}, importer.VariableMap{},
	importer.ValueMap{}), cmpopts.EquateEmpty()}

func TestReadMapping(t *testing.T) {
	want := importer.Mapping{
		Profile: "table", Round: "2022", RespondentID: importer.ColumnRef{Name: "Respondent ID"},
		Language: importer.LanguageRule{Column: importer.ColumnRef{Name: "Kieli"}},
		Questions: []importer.QuestionMap{
			{Key: "q11a", Column: importer.ColumnRef{Name: "Paikallisella tasolla:"}, Label: coding.Text{FI: "Paikallisesti", SV: "Lokalt", EN: "Locally"}},
			{Key: "q11b", Column: importer.ColumnRef{Number: 4}},
		},
		Variables: []importer.VariableMap{{Key: "organisation", Column: importer.ColumnRef{Name: "Taustaorganisaatio"},
			Label: coding.Text{FI: "Taustaorganisaatio", SV: "Bakgrundsorganisation", EN: "Organisation"},
			Values: []importer.ValueMap{{Key: "association", Label: coding.Text{FI: "Järjestö", SV: "Organisation", EN: "Association"},
				Match: []string{"Järjestö", "Förening", "Association"}}}}},
		Ignore: []importer.ColumnRef{{Name: "IP Address"}, {Number: 7}},
	}
	if diff := cmp.Diff(want, mapping(t, example), sameMapping); diff != "" {
		t.Error(diff)
	}
	for yaml, want := range map[string]importer.LanguageRule{
		"language: auto":            {},
		"language:":                 {},
		"language: {fixed: SV}":     {Fixed: "sv"},
		"language: {column: 3}":     {Column: importer.ColumnRef{Number: 3}},
		"language: {column: \"3\"}": {Column: importer.ColumnRef{Name: "3"}},
	} {
		if diff := cmp.Diff(want, mapping(t, yaml).Language, sameMapping); diff != "" {
			t.Error(yaml, diff)
		}
	}
}

func TestMappingProblems(t *testing.T) {
	tests := []struct{ name, yaml, want string }{
		{"unknown key", "profile: table\nrespondent: x\n", "map.yaml:2 [] mapping_key [respondent profile, round, kind, respondent_id, id_prefix, language, questions, variables, ignore]"},
		{"unknown key of a question", "questions:\n  - {key: q1, colum: x}\n", "map.yaml:2 [] mapping_key [colum key, column, label, short, other_of]\nmap.yaml:2 [] mapping_missing [column]"},
		{"unknown language of a label", "questions:\n  - {key: q1, column: x, label: {se: X}}\n", "map.yaml:2 [] mapping_key [se fi, sv, en]"},
		{"unknown key of a value", "variables:\n- key: v\n  column: x\n  values:\n  - {key: a, matches: [x]}\n", "map.yaml:5 [] mapping_key [matches key, column, label, match]"},
		{"two columns for one id", "respondent_id: A\nlanguage: auto\nrespondent_id: B\n", "map.yaml:3 [] mapping_key_twice [respondent_id]"},
		{"list of ids", "respondent_id: [A, B]\n", "map.yaml:1 [] mapping_type [respondent_id “…” | 1, 2, 3 …]"},
		{"column zero", "respondent_id: 0\n", "map.yaml:1 [] mapping_type [respondent_id “…” | 1, 2, 3 …]"},
		{"bad language", "language: suomi\n", "map.yaml:1 [] mapping_type [language auto | {column: …} | {fixed: fi|sv|en}]"},
		{"bad fixed language", "language: {fixed: de}\n", "map.yaml:1 [] mapping_type [fixed fi | sv | en]"},
		{"two rules", "language: {fixed: fi, column: x}\n", "map.yaml:1 [] mapping_type [language auto | {column: …} | {fixed: fi|sv|en}]"},
		{"unknown profile", "profile: excel\n", "map.yaml:1 [] profile_unknown [excel " + strings.Join(importer.Profiles, ", ") + "]"},
		{"missing key", "variables:\n  - {column: x}\n", "map.yaml:2 [] mapping_missing [key]"},
		{"question is a word", "questions: [q1]\n", "map.yaml:1 [] mapping_type [questions {…: …}]"},
		{"questions are a word", "questions: q1\n", "map.yaml:1 [] mapping_type [questions […]]"},
		{"not a mapping", "- a\n", "map.yaml:1 [] mapping_type [mapping {…: …}]"},
		{"empty", "# nothing\n", "map.yaml:0 [] mapping_empty []"},
		{"broken", "profile: table\nround: \"2022\nlanguage: auto\n", "map.yaml:2 [] mapping_syntax [found unexpected end of stream]"},
		{"large", strings.Repeat("# x\n", 300_000), "map.yaml:0 [] mapping_large [1]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := importer.ReadMapping("dir/map.yaml", strings.NewReader(tt.yaml))
			var ps importer.Problems
			if !errors.As(err, &ps) {
				t.Fatal(err)
			}
			got := places(ps)
			if tt.name == "broken" { // the YAML reader's words are its own
				got, tt.want = strings.Split(got, " [")[0], strings.Split(tt.want, " [")[0]
				if !strings.Contains(places(ps), "mapping_syntax") || ps[0].Row == 0 {
					t.Error(places(ps))
				}
				return
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A mapping whose aliases unfold to millions of values is refused before it fills the memory.
func TestMappingAliases(t *testing.T) {
	var b strings.Builder
	b.WriteString("variables:\n- key: a\n  column: 1\n  values: &v\n")
	for i := range 1000 {
		fmt.Fprintf(&b, "  - {key: k%d}\n", i)
	}
	for range 10_000 {
		b.WriteString("- {key: a, column: 1, values: *v}\n")
	}
	_, err := importer.ReadMapping("map.yaml", strings.NewReader(b.String()))
	var ps importer.Problems
	if !errors.As(err, &ps) || ps[0].Key != "import.mapping_large" {
		t.Error(err)
	}
}

func TestWriteMapping(t *testing.T) {
	for _, m := range []importer.Mapping{
		mapping(t, example),
		mapping(t, "language: {fixed: sv}\nquestions: [{key: \"1\", column: \"3\", short: {en: \"yes\"}}]\n"),
		mapping(t, "questions: [{key: \"null\", column: \"# \\\"x\\\": - y\\n\"}]\n"),
		{Questions: []importer.QuestionMap{{Key: "q1", Column: importer.ColumnRef{Name: "ääkköset 😀, 'a' & \"b\""}}}},
	} {
		var out bytes.Buffer
		if err := importer.WriteMapping(&out, m); err != nil {
			t.Fatal(err)
		}
		if m.Profile == "" {
			m.Profile = "table"
		}
		if diff := cmp.Diff(m, mapping(t, out.String()), sameMapping); diff != "" {
			t.Error(out.String(), diff)
		}
	}
	var out bytes.Buffer
	_ = importer.WriteMapping(&out, mapping(t, example))
	for _, line := range []string{"profile: table\n", "language: {column: \"Kieli\"}\n", "  - key: q11a\n    column: \"Paikallisella tasolla:\"\n", "    column: 4\n"} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("no %q in\n%s", line, out.String())
		}
	}
}

// Any text gives a mapping or Problems, and a mapping that is written reads back the same.
func FuzzReadMapping(f *testing.F) {
	for _, s := range []string{example, "language: {fixed: sv}", "questions: [{key: q, column: 1}]", "a: &x [*x]", "respondent_id: ~\nignore: [1, \"1\", 01, 1.0]",
		"variables: [{key: v, column: c, values: [{key: a, match: [1, x, yes]}]}]", "\xff", "? {a: b}\n: c", "round: !!binary aGk=", "<<: {profile: table}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := importer.ReadMapping("a.yaml", bytes.NewReader(text))
		if err != nil {
			if ps := (importer.Problems{}); !errors.As(err, &ps) {
				t.Fatal(err)
			}
			return
		}
		var out bytes.Buffer
		if err := importer.WriteMapping(&out, m); err != nil {
			t.Fatal(err)
		}
		again, err := importer.ReadMapping("b.yaml", &out)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if m.Profile == "" {
			m.Profile = importer.ProfileTable
		}
		if diff := cmp.Diff(m, again, sameMapping); diff != "" {
			t.Fatalf("%q: %s", text, diff)
		}
	})
}
