package demo

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"avokoodi/coding"
	"avokoodi/themes"
)

// Survey is what the three files below hold, for tests to compare with.
type Survey struct {
	Files     []string // fi, sv, en
	Questions []coding.Question
	Variables []coding.Variable
	Texts     map[string]map[string]string // by respondent and question
	Values    map[string]map[string]string // category by respondent and variable
}

// Exported writes the demonstration's survey as SurveyMonkey exports three language versions of a questionnaire: a file for
// each, two header rows, the collector's columns first. spread writes each choice of a variable in a column of its own;
// otherwise the words of the choice stand in the cell.
func Exported(t testing.TB, dir string, spread bool) Survey {
	t.Helper()
	c, err := readContent()
	if err != nil {
		t.Fatal(err)
	}
	people := survey(c)
	out := Survey{Questions: c.questions, Variables: c.variables, Texts: map[string]map[string]string{}, Values: map[string]map[string]string{}}
	for _, l := range themes.Langs {
		head := []string{"Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address"}
		sub := make([]string, len(head))
		for _, v := range c.variables {
			head = append(head, v.Label.Exact(l))
			if !spread {
				sub = append(sub, "Response")
				continue
			}
			for i, cat := range v.Categories {
				if i > 0 {
					head = append(head, "")
				}
				sub = append(sub, cat.Label.Exact(l))
			}
		}
		for _, q := range c.questions {
			head, sub = append(head, q.Label.Exact(l)), append(sub, "Open-Ended Response")
		}
		rows := [][]string{head, sub}
		for i, p := range people {
			if p.lang != l {
				continue
			}
			id := strconv.Itoa(11450000000 + i)
			row := []string{id, "402611" + strconv.Itoa(slices.Index(themes.Langs[:], l)), "11/0" + strconv.Itoa(1+i%9) + "/2022 10:15:00 AM", "11/0" + strconv.Itoa(1+i%9) + "/2022 10:31:00 AM", "192.0.2." + strconv.Itoa(i%250)}
			out.Texts[id], out.Values[id] = map[string]string{}, map[string]string{}
			for v, x := range c.variables {
				cells := make([]string, len(x.Categories))
				word := ""
				if at := p.values[v]; at >= 0 {
					word = x.Categories[at].Label.Exact(l)
					cells[at] = word
					out.Values[id][x.Key] = x.Categories[at].Key
				}
				if spread {
					row = append(row, cells...)
				} else {
					row = append(row, word)
				}
			}
			for _, q := range c.questions {
				text := p.answers[q.Key].text
				row = append(row, text)
				if text != "" {
					out.Texts[id][q.Key] = text
				}
			}
			rows = append(rows, row)
		}
		path := filepath.Join(dir, "barometer-"+string(l)+".csv")
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		w := csv.NewWriter(f)
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		out.Files = append(out.Files, path)
	}
	return out
}
