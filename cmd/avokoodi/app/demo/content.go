// Package demo makes the demonstration project: 375 synthetic respondents with answers that we wrote, a trilingual codebook,
// and the work of two coders. Nothing in it comes from a real survey but the sizes of its groups.
package demo

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"avokoodi/coding"
	"avokoodi/themes"
)

//go:embed content/*.tsv
var files embed.FS

// table reads a file of tab-separated columns below one header row. Quotes have no meaning in it.
func table(name string, columns int) ([][]string, error) {
	raw, err := files.ReadFile("content/" + name)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimRight(string(raw), "\n"), "\n")
	var rows [][]string
	for i, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		if len(cells) != columns {
			return nil, fmt.Errorf("%s line %d: %d columns, not %d", name, i+2, len(cells), columns)
		}
		rows = append(rows, cells)
	}
	return rows, nil
}

// written is one answer as we wrote it, with the themes that we see in it.
type written struct {
	question string // key, or "*" for any
	text     string
	themes   []string
	state    coding.State           // StateCoded, StateNoTheme or StateUnusable
	evidence map[string]coding.Span // by theme
	quote    *quotable              // the theme under which it makes a good quote; nil for none
}

// readAnswers reads answers_LANG.tsv. ⟦theme|words⟧ in a text marks the words as the theme's evidence.
func readAnswers(lang coding.Lang) ([]written, error) {
	rows, err := table("answers_"+string(lang)+".tsv", 3)
	if err != nil {
		return nil, err
	}
	out := make([]written, 0, len(rows))
	for _, row := range rows {
		w := written{question: row[0], state: coding.StateCoded}
		switch row[1] {
		case "-":
			w.state = coding.StateNoTheme
		case "!":
			w.state = coding.StateUnusable
		default:
			w.themes = strings.Split(row[1], ";")
		}
		if w.text, w.evidence, err = unmark(strings.ReplaceAll(row[2], `\n`, "\n")); err != nil {
			return nil, fmt.Errorf("%s: %q: %w", lang, row[2], err)
		}
		out = append(out, w)
	}
	return out, nil
}

// quotable is what is done with an answer at the quote desk.
type quotable struct {
	theme        string
	candidate    bool // nobody has decided on it yet
	late         bool // one of those that were chosen for the workshop
	translations map[coding.Lang]string
}

// early orders the quotes that were there from the first; 0 is for those that came later, and for no quote.
func (q *quotable) early() int {
	if q == nil || q.late {
		return 0
	}
	return len(q.theme)
}

func unmark(marked string) (string, map[string]coding.Span, error) {
	var text strings.Builder
	var evidence map[string]coding.Span
	at := 0
	for {
		before, rest, found := strings.Cut(marked, "⟦")
		text.WriteString(before)
		at += utf8.RuneCountInString(before)
		if !found {
			return text.String(), evidence, nil
		}
		inside, after, closed := strings.Cut(rest, "⟧")
		key, words, split := strings.Cut(inside, "|")
		if !closed || !split {
			return "", nil, fmt.Errorf("evidence mark is not closed")
		}
		n := utf8.RuneCountInString(words)
		if evidence == nil {
			evidence = map[string]coding.Span{}
		}
		evidence[key] = coding.Span{Start: at, End: at + n}
		text.WriteString(words)
		at += n
		marked = after
	}
}

// firstQuotes is how many quotes stood in quotes.tsv before those that were chosen for the workshop. These change nothing in the work of
// the coders, whose luck would fall otherwise.
const firstQuotes = 14

// content is everything that the files hold.
type content struct {
	questions []coding.Question
	variables []coding.Variable
	counts    [][]int // respondents by variable and category
	themes    []themeRow
	answers   map[coding.Lang][]written
}

type themeRow struct {
	theme  coding.Theme
	parent string
}

func readContent() (content, error) {
	c := content{answers: map[coding.Lang][]written{}}
	rows, err := table("questions.tsv", 7)
	if err != nil {
		return c, err
	}
	for _, r := range rows {
		c.questions = append(c.questions, coding.Question{Key: r[0], Label: coding.Text{FI: r[1], SV: r[2], EN: r[3]}, Short: coding.Text{FI: r[4], SV: r[5], EN: r[6]}})
	}
	if err := c.readVariables(); err != nil {
		return c, err
	}
	if err := c.readThemes(); err != nil {
		return c, err
	}
	for _, l := range themes.Langs {
		if c.answers[l], err = readAnswers(l); err != nil {
			return c, err
		}
	}
	rows, err = table("quotes.tsv", 7)
	if err != nil {
		return c, err
	}
	for i, r := range rows {
		line, err := strconv.Atoi(r[1])
		list := c.answers[coding.Lang(r[0])]
		if err != nil || line < 1 || line > len(list) {
			return c, fmt.Errorf("quotes.tsv: no line %q in %q", r[1], r[0])
		}
		q := &quotable{theme: r[2], candidate: r[3] == "candidate", late: i >= firstQuotes, translations: map[coding.Lang]string{}}
		for k, l := range themes.Langs {
			if r[4+k] != "" {
				q.translations[l] = r[4+k]
			}
		}
		list[line-1].quote = q
	}
	return c, nil
}

func (c *content) readVariables() error {
	rows, err := table("variables.tsv", 9)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if n := len(c.variables); n == 0 || c.variables[n-1].Key != r[0] {
			c.variables = append(c.variables, coding.Variable{Key: r[0], Label: coding.Text{FI: r[1], SV: r[2], EN: r[3]}})
			c.counts = append(c.counts, nil)
		}
		n, err := strconv.Atoi(r[8])
		if err != nil {
			return fmt.Errorf("variables.tsv: %w", err)
		}
		v := &c.variables[len(c.variables)-1]
		v.Categories = append(v.Categories, coding.Category{Key: r[4], Label: coding.Text{FI: r[5], SV: r[6], EN: r[7]}})
		c.counts[len(c.counts)-1] = append(c.counts[len(c.counts)-1], n)
	}
	return nil
}

func (c *content) readThemes() error {
	rows, err := table("themes.tsv", 15)
	if err != nil {
		return err
	}
	for _, r := range rows {
		hue, err := strconv.Atoi(r[13])
		if err != nil {
			return fmt.Errorf("themes.tsv: %w", err)
		}
		th := coding.Theme{Key: r[0], Label: coding.Text{FI: r[2], SV: r[3], EN: r[4]}, Definition: coding.Text{FI: r[5], SV: r[6], EN: r[7]},
			Include: coding.Text{FI: r[8]}, Exclude: coding.Text{FI: r[9]}, Hue: hue, Shortcut: r[14]}
		th.Keywords = themes.Keywords{FI: themes.SplitWords(r[10]), SV: themes.SplitWords(r[11]), EN: themes.SplitWords(r[12])}
		c.themes = append(c.themes, themeRow{th, r[1]})
	}
	return nil
}
