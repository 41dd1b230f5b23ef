package app

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"avokoodi/cmd/avokoodi/needed"
)

// planted is two rounds of generated surveys with what the generator says of every answer.
type planted struct {
	*shell
	t      *testing.T
	rounds []string
	themes []string // in the order of the codebook, as labels
	parent map[string]string
	people []person
}

// person is one respondent of one round: the answers by question in the order of the file, and who coded them.
type person struct {
	round, coder string
	background   map[string]string
	answers      []plantedAnswer
}

type plantedAnswer struct {
	question string
	themes   []string
}

// plantedSurveys generates two surveys, gives half of the themes a parent, and brings everything in by the command line.
func plantedSurveys(t *testing.T) *planted {
	t.Helper()
	generator := needed.File(t, filepath.Join("..", "..", "..", "..", "shared", "tools", "gen_survey.py"))
	python := needed.Program(t, "python3")
	p := &planted{shell: newShell(t), t: t, rounds: []string{"2023", "2025"}, parent: map[string]string{}}
	columns := []string{"q1_cooperation", "q2_challenges", "q3_support", "q4_feedback"}
	codings := make([][][]string, 2)
	for k, round := range p.rounds {
		file, truthFile := "s"+round+".csv", "t"+round+".csv"
		gen := exec.CommandContext(t.Context(), python, generator, "-n", fmt.Sprint(450-100*k), "--seed", fmt.Sprint(31+k), "-o", filepath.Join(p.dir, file), "--truth", filepath.Join(p.dir, truthFile))
		if out, err := gen.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		gold := map[string][]string{}
		for _, row := range records(t, filepath.Join(p.dir, truthFile)) {
			gold[row["respondent_id"]+" "+row["question"]] = strings.FieldsFunc(row["themes"], func(r rune) bool { return r == '|' })
		}
		for i, row := range records(t, filepath.Join(p.dir, file)) {
			one := person{round: round, coder: []string{"anna", "bo"}[(i/7)%2], background: row}
			for q, column := range columns {
				if strings.TrimSpace(row[column]) == "" {
					continue
				}
				a := plantedAnswer{fmt.Sprint("q", q+1), gold[fmt.Sprint(row["respondent_id"], " q", q+1)]}
				one.answers = append(one.answers, a)
				for _, th := range a.themes {
					if !slices.Contains(p.themes, th) {
						p.themes = append(p.themes, th)
					}
					codings[k] = append(codings[k], []string{row["respondent_id"], a.question, th, round, one.coder})
				}
			}
			p.people = append(p.people, one)
		}
	}
	p.write("codebook.csv", p.codebook())
	p.must("import @s2023.csv --project gen --round 2023")
	p.must("import @s2025.csv --project gen --round 2025")
	p.must("themes import @codebook.csv --project gen")
	for k, rows := range codings {
		var b strings.Builder
		w := csv.NewWriter(&b)
		_ = w.WriteAll(append([][]string{{"respondent", "question", "theme", "round", "coder"}}, rows...)) // to a string
		p.write(fmt.Sprint("c", k, ".csv"), b.String())
		p.must(fmt.Sprintf("codings import @c%d.csv --project gen", k))
	}
	return p
}

// codebook puts the first half of the themes below two others that nobody planted.
func (p *planted) codebook() string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	rows := [][]string{{"key", "parent", "label_fi"}, {"upper-1", "", "Ylempi 1"}, {"upper-2", "", "Ylempi 2"}}
	for i, th := range p.themes {
		parent := ""
		if i < len(p.themes)/2 {
			parent = fmt.Sprint("upper-", i%2+1)
			p.parent[th] = fmt.Sprint("Ylempi ", i%2+1)
		}
		rows = append(rows, []string{fmt.Sprint("t", i+1), parent, th})
	}
	_ = w.WriteAll(rows) // to a string
	return b.String()
}

// named counts the people who pass a test and named one of some themes; with none, those who answered.
func (p *planted) named(in func(person) bool, question string, themes ...string) int {
	n := 0
	for _, one := range p.people {
		if !in(one) {
			continue
		}
		if slices.ContainsFunc(one.answers, func(a plantedAnswer) bool {
			return (question == "" || a.question == question) && (len(themes) == 0 || slices.ContainsFunc(a.themes, func(th string) bool { return slices.Contains(themes, th) }))
		}) {
			n++
		}
	}
	return n
}

// names tells whether somebody named a theme in any answer.
func (one person) names(theme string) bool {
	return slices.ContainsFunc(one.answers, func(a plantedAnswer) bool { return slices.Contains(a.themes, theme) })
}

// document reads an exported finding.
func (p *planted) document(kind, options string) (tables []struct {
	Columns []string
	Rows    [][]any
}) {
	p.t.Helper()
	p.must("export " + kind + " --project gen --threshold 1 " + options + " -o @" + kind + ".json")
	raw, err := os.ReadFile(filepath.Join(p.dir, kind+".json"))
	if err != nil {
		p.t.Fatal(err)
	}
	out := struct {
		Tables []struct {
			Columns []string
			Rows    [][]any
		}
	}{}
	if err := json.Unmarshal(raw, &out); err != nil {
		p.t.Fatal(err)
	}
	return out.Tables
}

// TestFindingsEqualTheTruth compares what the findings tell of a generated survey, number by number, with counts of the generator's
// own files.
func TestFindingsEqualTheTruth(t *testing.T) {
	p := plantedSurveys(t)
	everybody := func(person) bool { return true }
	t.Run("pairs", func(t *testing.T) {
		rows, base, compared := p.document("cooccurrence", "")[0].Rows, p.named(everybody, ""), 0
		for _, row := range rows {
			a, b := row[0].(string), row[1].(string)
			both := p.named(func(one person) bool { return one.names(a) && one.names(b) }, "")
			if n := row[2].(float64); int(n) != both {
				t.Errorf("%s with %s: %v, truth %d", a, b, n, both)
			}
			x, y := p.named(everybody, "", a), p.named(everybody, "", b)
			if x > 0 && y > 0 {
				if want := float64(both) * float64(base) / (float64(x) * float64(y)); math.Abs(row[4].(float64)-want) > 1e-9 {
					t.Errorf("%s with %s: lift %v, truth %v", a, b, row[4], want)
				}
				compared++
			}
		}
		if compared < 50 {
			t.Errorf("only %d pairs", compared)
		}
	})
	t.Run("rounds", func(t *testing.T) {
		table, compared := p.document("rounds", "")[0], 0
		for _, row := range table.Rows {
			th := row[0].(string)
			var names []string
			if slices.Contains(p.themes, th) {
				names = []string{th}
			} else if strings.HasPrefix(th, "Ylempi") {
				names = []string{"nobody's"}
			}
			for k, round := range p.rounds {
				in := func(one person) bool { return one.round == round }
				n, base := p.named(in, "", names...), p.named(in, "")
				if got := row[3+2*k].(float64); int(got) != n {
					t.Errorf("%s in %s: %v, truth %d", th, round, got, n)
				}
				if names != nil && math.Abs(row[4+2*k].(float64)-float64(n)/float64(base)) > 1e-12 {
					t.Errorf("%s in %s: share %v, truth %d of %d", th, round, row[4+2*k], n, base)
				}
				compared++
			}
			if names == nil {
				continue
			}
			first, last := func(one person) bool { return one.round == "2023" }, func(one person) bool { return one.round == "2025" }
			want := 100 * (float64(p.named(last, "", names...))/float64(p.named(last, "")) - float64(p.named(first, "", names...))/float64(p.named(first, "")))
			if math.Abs(row[7].(float64)-want) > 1e-9 {
				t.Errorf("%s changed by %v, truth %v", th, row[7], want)
			}
		}
		if compared < 20 {
			t.Errorf("only %d numbers", compared)
		}
	})
	t.Run("nets and two variables", func(t *testing.T) { p.netsAndPairs(t) })
	t.Run("coverage", func(t *testing.T) {
		for _, by := range []string{"region", "municipality_size"} {
			for _, row := range p.document("coverage", "--by "+by)[0].Rows[1:] {
				want := p.named(func(one person) bool { return one.background[by] == row[0].(string) }, "")
				if int(row[1].(float64)) != want {
					t.Errorf("%s: %v, truth %d", row[0], row[1], want)
				}
			}
		}
	})
	t.Run("saturation", func(t *testing.T) { p.saturation(t) })
	t.Run("coders", func(t *testing.T) { p.coders(t) })
}

func (p *planted) netsAndPairs(t *testing.T) {
	var got struct {
		Themes []struct {
			Label string
			N     int
		}
		By struct {
			Categories []struct {
				Label string
				Base  int
				Cells []struct{ N int }
			}
		}
	}
	for _, question := range []string{"", "q2"} {
		line := "count --project gen --threshold 1 --format json --net --by org_type --and municipality_size"
		if question != "" {
			line += " --question " + question
		}
		got.Themes, got.By.Categories = nil, nil
		if err := json.Unmarshal([]byte(p.must(line)), &got); err != nil {
			t.Fatal(err)
		}
		within := func(label string) []string {
			out := []string{label}
			for th, up := range p.parent {
				if up == label {
					out = append(out, th)
				}
			}
			return out
		}
		for _, th := range got.Themes {
			if want := p.named(func(person) bool { return true }, question, within(th.Label)...); th.N != want {
				t.Errorf("%s: %s %d, truth %d", line, th.Label, th.N, want)
			}
		}
		both := 0
		for _, c := range got.By.Categories {
			org, size, pair := strings.Cut(c.Label, " · ")
			in := func(one person) bool {
				if pair {
					return one.background["org_type"] == org && one.background["municipality_size"] == size
				}
				return one.background["org_type"] == c.Label || one.background["municipality_size"] == c.Label
			}
			if pair {
				both++
			}
			if want := p.named(in, question); c.Base != want {
				t.Errorf("%s: %s has a base of %d, truth %d", line, c.Label, c.Base, want)
			}
			for i, cell := range c.Cells {
				if want := p.named(in, question, within(got.Themes[i].Label)...); cell.N != want {
					t.Errorf("%s: %s in %s %d, truth %d", line, got.Themes[i].Label, c.Label, cell.N, want)
				}
			}
		}
		if both < 30 {
			t.Errorf("only %d pairs of categories", both)
		}
	}
}

// saturation goes by the order of reading: the answers of the first file, person by person, then those of the second.
func (p *planted) saturation(t *testing.T) {
	known, read, at := map[string]bool{}, 0, 0
	rows := p.document("saturation", "")[0].Rows
	fresh := 0
	check := func() {
		if at >= len(rows) {
			t.Fatalf("there are %d blocks only", len(rows))
		}
		from := 50*at + 1
		if row := rows[at]; strings.ReplaceAll(row[0].(string), ",", "") != fmt.Sprintf("%d–%d", from, read) || int(row[1].(float64)) != fresh || int(row[2].(float64)) != len(known) {
			t.Errorf("block %d: %v; truth %d–%d, %d new, %d known", at, row, from, read, fresh, len(known))
		}
		at, fresh = at+1, 0
	}
	for _, one := range p.people {
		for _, a := range one.answers {
			if len(a.themes) == 0 {
				continue
			}
			for _, th := range a.themes {
				if !known[th] {
					known[th] = true
					fresh++
				}
			}
			if read++; read%50 == 0 {
				check()
			}
		}
	}
	if read%50 > 0 {
		check()
	}
	if at != len(rows) || at < 10 {
		t.Errorf("%d blocks, truth %d", len(rows), at)
	}
}

func (p *planted) coders(t *testing.T) {
	table := p.document("coders", "")[0]
	for column, name := range table.Columns {
		if name != "anna" && name != "bo" {
			continue
		}
		answers, codings, of := 0, 0, map[string]int{}
		for _, one := range p.people {
			for _, a := range one.answers {
				if one.coder != name || len(a.themes) == 0 {
					continue
				}
				answers++
				for _, th := range a.themes {
					of[th]++
					codings++
				}
			}
		}
		for i, want := range []int{answers, answers, codings} {
			if got := int(table.Rows[i][column].(float64)); got != want {
				t.Errorf("%s of %s: %d, truth %d", table.Rows[i][0], name, got, want)
			}
		}
		for _, row := range table.Rows[3:] {
			if got := int(row[column].(float64)); got != of[row[0].(string)] {
				t.Errorf("%s by %s: %d, truth %d", row[0], name, got, of[row[0].(string)])
			}
			if share := row[column+1].(float64); math.Abs(share-float64(of[row[0].(string)])/float64(answers)) > 1e-12 {
				t.Errorf("%s by %s: share %v", row[0], name, share)
			}
		}
	}
	if len(table.Columns) != 5 {
		t.Errorf("columns %v", table.Columns)
	}
}
