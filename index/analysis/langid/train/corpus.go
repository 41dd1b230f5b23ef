package main

import (
	"bufio"
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"avokoodi/index/analysis/langid"
)

//go:embed words/*.txt
var lists embed.FS

// classes of a word, in the order that the detector has them in.
const (
	fi = iota
	sv
	en
	other
	classes
)

// source is one file of answers: its class and the columns that hold text.
type source struct {
	file    string
	class   int
	columns []int
}

var sources = []source{
	{"answers/course_feedback_fi.tsv", fi, []int{4}},
	{"answers/arguments_sv.tsv", sv, []int{3}},
	{"answers/r_survey_en.tsv", en, []int{1, 2, 3, 4, 5, 6, 7}},
}

// corpus is what is known of the words of each class: how often they were seen
// in answers, and which are in our lists.
type corpus struct {
	counts [classes]map[string]float64
	totals [classes]float64
	listed [classes]map[string]bool
}

func newCorpus() *corpus {
	c := &corpus{}
	for k := range classes {
		c.counts[k] = map[string]float64{}
		c.listed[k] = map[string]bool{}
	}
	return c
}

// readCorpus counts the words of the answers below dir and of the lists.
func readCorpus(dir string) (*corpus, error) {
	c := newCorpus()
	for _, s := range sources {
		if err := c.readAnswers(filepath.Join(dir, s.file), s); err != nil {
			return nil, err
		}
	}
	for k, name := range []string{"fi", "sv", "en", "other"} {
		text, err := lists.ReadFile("words/" + name + ".txt")
		if err != nil {
			return nil, err
		}
		c.readList(string(text), k)
	}
	return c, nil
}

// readAnswers counts the words of one file of tab-separated columns below a
// header row.
func (c *corpus) readAnswers(path string, s source) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for row := 0; lines.Scan(); row++ {
		cells := strings.Split(lines.Text(), "\t")
		if row == 0 {
			continue
		}
		for _, col := range s.columns {
			if col >= len(cells) {
				return fmt.Errorf("%s: row %d has %d columns", path, row+1, len(cells))
			}
			if cells[col] != "NA" { // how R writes 'no answer'
				langid.EachWord(cells[col], func(w []rune) {
					c.counts[s.class][string(w)]++
					c.totals[s.class]++
				})
			}
		}
	}
	return lines.Err()
}

// readList notes the words of a list; lines that begin with # are comments.
func (c *corpus) readList(text string, class int) {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		langid.EachWord(line, func(w []rune) { c.listed[class][string(w)] = true })
	}
}
