package importer

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// How much of a sheet is looked at to propose roles: every so-manieth row, so that the whole length is covered.
const (
	statRows  = 5000
	statCells = 400_000
	statTop   = 30
)

// ColumnStats is what the cells of a column look like, in the rows that were looked at.
type ColumnStats struct {
	Rows     int          // looked at
	Filled   int          // not blank
	Distinct int          // different texts
	Words    float64      // mean of the cells that are not blank
	Longest  int          // most words in a cell
	Choices  int          // different choices, of a column whose cells list several
	Top      []ValueCount // commonest texts, or choices
	Sample   []string     // the first answers

	chars, numbers, ranked, dates, personal, languages, codes int
}

// ValueCount is a text and how many of the rows looked at have it.
type ValueCount struct {
	Text string
	N    int
}

var (
	dateForm  = regexp.MustCompile(`^(?:[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2})(?:[ T,]+(?:klo |kl\. )?[0-9]{1,2}[.:][0-9]{2}.*)?$`)
	emailForm = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[a-zA-Z]{2,}$`)
	phoneForm = regexp.MustCompile(`^(?:\+|00|0|\()[0-9][0-9 ()\-]{5,16}[0-9]$`)
	ipForm    = regexp.MustCompile(`^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$`)
	hetuForm  = regexp.MustCompile(`^[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y]$`)
	codeValue = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,79}$`)
)

func (s *ColumnStats) see(cell string) {
	s.Rows++
	if cell == "" {
		return
	}
	s.Filled++
	words := len(strings.Fields(cell))
	s.Words += float64(words)
	s.Longest = max(s.Longest, words)
	s.chars += len(cell)
	if len(cell) > 80 || words > 8 {
		return
	}
	if _, ok := ParseLanguage(cell); ok {
		s.languages++
	}
	if strings.Contains(cell, "@") && emailForm.MatchString(cell) {
		s.personal++
		return
	}
	if strings.ContainsAny(cell, "0123456789") {
		s.seeDigits(cell)
	}
}

func (s *ColumnStats) seeDigits(cell string) {
	date := dateForm.MatchString(cell)
	if date {
		s.dates++
	}
	if numberValue.MatchString(cell) {
		s.numbers++
	}
	if _, ok := rank(cell); ok {
		s.ranked++
	}
	if codeValue.MatchString(cell) {
		s.codes++
	}
	if ipForm.MatchString(cell) || hetuForm.MatchString(cell) || !date && phoneForm.MatchString(cell) {
		s.personal++
	}
}

// share is n as a part of the cells that are not blank.
func (s *ColumnStats) share(n int) float64 {
	if s.Filled == 0 {
		return 0
	}
	return float64(n) / float64(s.Filled)
}

// columnStats looks at a sample of the rows.
func columnStats(s *Sheet) ([]ColumnStats, error) {
	stats := make([]ColumnStats, len(s.Columns))
	counts := make([]map[string]int, len(s.Columns))
	for i := range counts {
		counts[i] = map[string]int{}
	}
	items, known := make([]map[string]int, len(s.Columns)), make([][]string, len(s.Columns)) // of cells that list choices
	for i := range s.hints {
		if s.hints[i].Split != "" {
			items[i], known[i] = map[string]int{}, s.hints[i].holding()
		}
	}
	rows := max(50, min(statRows, statCells/len(s.Columns)))
	stride := (s.Len + rows - 1) / rows
	place := 0
	for row, err := range s.Rows() {
		if err != nil {
			return nil, err
		}
		if place++; (place-1)%stride != 0 {
			continue
		}
		for i, cell := range row.Cells {
			stats[i].see(cell)
			if cell != "" {
				if _, ok := counts[i][cell]; !ok {
					cell = s.spool.keep(cell)
				}
				counts[i][cell]++
				if items[i] != nil {
					for item := range cut(cell, s.hints[i].Split, known[i]) {
						items[i][item]++
					}
				}
				if len(stats[i].Sample) < sampleAnswers {
					stats[i].Sample = append(stats[i].Sample, clip(cell))
				}
			}
		}
	}
	for i := range stats {
		st := &stats[i]
		st.Distinct = len(counts[i])
		if st.Filled > 0 {
			st.Words /= float64(st.Filled)
		}
		if items[i] != nil {
			counts[i], st.Choices = items[i], len(items[i])
		}
		st.Top = top(counts[i])
	}
	return stats, nil
}

func top(counts map[string]int) []ValueCount {
	out := make([]ValueCount, 0, len(counts))
	for text, n := range counts {
		out = append(out, ValueCount{text, n})
	}
	slices.SortFunc(out, func(a, b ValueCount) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Text, b.Text)) })
	out = out[:min(len(out), statTop)]
	for i := range out {
		out[i].Text = clip(out[i].Text)
	}
	return slices.Clip(out)
}

// headerWords are the words of a header in lower case; '_' and changes of case separate words too.
func headerWords(header string) []string {
	var b strings.Builder
	var last rune
	for _, r := range header {
		if unicode.IsUpper(r) && unicode.IsLower(last) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return strings.FieldsFunc(strings.ToLower(b.String()), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}
