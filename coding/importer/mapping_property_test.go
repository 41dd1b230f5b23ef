package importer

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"avokoodi/coding"
)

// TestEveryFieldOfAMappingComesBack draws mappings with all that a mapping can say, in texts that YAML may take for something else.
func TestEveryFieldOfAMappingComesBack(t *testing.T) {
	odd := rapid.OneOf(rapid.SampledFrom([]string{"null", "~", "yes", "no", "1", "1.0", "0x1F", "2024-01-02", "- a", "a: b", "# no", "'", `"`, "{x}", "[y]", "*a", "&a", "!!str x", "%", "@x",
		"a\nb", "a\tb", "å ä ö", "👩‍👩‍👧", "=", "<<", "|", ">", "\u00a0x", "\u2028y", "?"}), rapid.StringN(1, 20, 60))
	printable := rapid.Custom(func(t *rapid.T) string { // what a cell or a label can hold: no outer white space
		s := string(trim([]byte(odd.Draw(t, "text"))))
		return fmt.Sprintf("%s%s", s, rapid.SampledFrom([]string{"", "x"}).Draw(t, "end"))
	}).Filter(func(s string) bool { return s != "" && s == string(trim([]byte(s))) })
	text := rapid.Custom(func(t *rapid.T) coding.Text {
		return coding.Text{FI: printable.Draw(t, "fi"), SV: rapid.SampledFrom([]string{"", "sv"}).Draw(t, "sv"), EN: rapid.SampledFrom([]string{"", "null"}).Draw(t, "en")}.Trim()
	})
	column := rapid.Custom(func(t *rapid.T) ColumnRef {
		if rapid.Bool().Draw(t, "by number") {
			return ColumnRef{Number: rapid.IntRange(1, MaxColumns).Draw(t, "number")}
		}
		return ColumnRef{Name: printable.Draw(t, "name")}
	})
	key := rapid.StringMatching(`[a-z0-9åäö][a-z0-9åäö_.-]{0,20}`)
	rapid.Check(t, func(rt *rapid.T) {
		m := Mapping{Profile: rapid.SampledFrom(Profiles).Draw(rt, "profile"), Round: rapid.SampledFrom([]string{"", "2022", "null", "kevät 2024"}).Draw(rt, "round"),
			Kind: rapid.SampledFrom(append([]coding.RoundKind{""}, coding.RoundKinds...)).Draw(rt, "kind"), RespondentID: column.Draw(rt, "id"),
			prefix: rapid.SampledFrom([]string{"", "sv-"}).Draw(rt, "prefix")}
		switch rapid.IntRange(0, 2).Draw(rt, "language") {
		case 1:
			m.Language.Fixed = "sv"
		case 2:
			m.Language.Column = column.Draw(rt, "language column")
		}
		for range rapid.IntRange(0, 3).Draw(rt, "questions") {
			m.Questions = append(m.Questions, QuestionMap{Key: key.Draw(rt, "key"), Column: column.Draw(rt, "column"), Label: text.Draw(rt, "label"), Short: text.Draw(rt, "short"),
				OtherOf: rapid.SampledFrom([]string{"", "v"}).Draw(rt, "other")})
		}
		for range rapid.IntRange(0, 3).Draw(rt, "variables") {
			v := VariableMap{Key: key.Draw(rt, "key"), Label: text.Draw(rt, "label"), Split: rapid.SampledFrom([]string{"", ";", ", ", " "}).Draw(rt, "split")}
			spread := rapid.Bool().Draw(rt, "spread")
			for range rapid.IntRange(1, 3).Draw(rt, "values") {
				one := ValueMap{Key: key.Draw(rt, "value"), Label: text.Draw(rt, "value label"), Match: rapid.SliceOfN(printable, 0, 3).Draw(rt, "match")}
				if spread {
					one.Column = column.Draw(rt, "value column")
				}
				v.Values = append(v.Values, one)
			}
			if !spread {
				v.Column = column.Draw(rt, "column")
			}
			m.Variables = append(m.Variables, v)
		}
		m.Ignore = rapid.SliceOfN(column, 0, 3).Draw(rt, "ignore")
		var file bytes.Buffer
		if err := WriteMapping(&file, m); err != nil {
			rt.Fatal(err)
		}
		got, err := ReadMapping("m.yaml", bytes.NewReader(file.Bytes()))
		if err != nil {
			rt.Fatalf("%v\n%s", err, file.String())
		}
		got.file = ""
		forget(&got)
		if diff := cmp.Diff(m, got, cmp.AllowUnexported(Mapping{}, ColumnRef{}, QuestionMap{}, VariableMap{}, ValueMap{}), cmp.Comparer(func(a, b []string) bool {
			return len(a) == len(b) && (len(a) == 0 || cmp.Equal(a, b))
		}), cmp.Comparer(func(a, b []ColumnRef) bool { return len(a) == len(b) && fmt.Sprint(a) == fmt.Sprint(b) })); diff != "" {
			rt.Fatalf("(-written +read):\n%s\n%s", diff, file.String())
		}
	})
}

// forget takes away the lines at which things stand.
func forget(m *Mapping) {
	m.RespondentID.line, m.Language.Column.line = 0, 0
	for i := range m.Questions {
		m.Questions[i].line, m.Questions[i].Column.line = 0, 0
	}
	for i := range m.Variables {
		v := &m.Variables[i]
		v.line, v.Column.line = 0, 0
		for k := range v.Values {
			v.Values[k].line, v.Values[k].Column.line = 0, 0
		}
	}
	for i := range m.Ignore {
		m.Ignore[i].line = 0
	}
}
