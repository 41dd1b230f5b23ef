package importer

import (
	"slices"
	"strconv"
	"strings"

	"avokoodi/coding"
	"avokoodi/themes"
)

// RoundOf is the round of that name; without a name the first.
func RoundOf(name string) coding.Round {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return coding.Round{Key: "1", Label: coding.Text{FI: "Kierros 1", SV: "Omgång 1", EN: "Round 1"}, Kind: coding.RoundSurvey}
	}
	key := name
	if !goodKey(key) {
		key = valueKey(name)
	}
	return coding.Round{Key: key, Label: themes.Same(name), Kind: coding.RoundSurvey}
}

// unnamed are the rounds of other kinds than surveys that nobody has named.
var unnamed = map[coding.RoundKind]coding.Round{
	coding.RoundNotes:    {Key: "notes", Label: coding.Text{FI: "Muistiinpanot", SV: "Anteckningar", EN: "Notes"}, Kind: coding.RoundNotes},
	coding.RoundWorkshop: {Key: "workshop", Label: coding.Text{FI: "Työpaja", SV: "Workshop", EN: "Workshop"}, Kind: coding.RoundWorkshop},
}

// RoundFor is the round that a mapping speaks of.
func RoundFor(m Mapping) coding.Round {
	if r, ok := unnamed[m.Kind]; ok && strings.TrimSpace(m.Round) == "" {
		return r
	}
	r := RoundOf(m.Round)
	if m.Kind != "" {
		r.Kind = m.Kind
	}
	return r
}

// batch is what goes to coding.Service.Import.
func (p *planner) batch() coding.Batch {
	s, m := p.b.sheet, p.b.m
	lang := p.labelLanguage(p.languages.counts())
	b := coding.Batch{File: s.File, SHA256: s.SHA256, Profile: s.Profile, Round: RoundFor(m), Blank: p.plan.Blank,
		Duplicate: p.plan.Duplicates, Rows: p.rows, Numbered: p.b.id < 0}
	for i, q := range m.Questions {
		label := q.Label
		if label.IsZero() {
			label = themes.Only(lang, s.Columns[p.b.questions[i]].Name)
		}
		b.Questions = append(b.Questions, coding.Question{Key: q.Key, Label: label, Short: q.Short}.CalledIn(s.Columns[p.b.questions[i]].Name))
	}
	for i, v := range m.Variables {
		label := v.Label
		if label.IsZero() {
			label = themes.Only(lang, p.b.columnName(i))
		}
		b.Variables = append(b.Variables, coding.Variable{Key: v.Key, Label: label, Multi: v.Multi(), Categories: p.categories[i].all(lang)})
	}
	return b
}

// roomRows is for how many rows room is made at a time.
const roomRows = 256

// rows goes through the sheet again for coding.Batch.Rows.
func (p *planner) rows(yield func(coding.BatchRow, error) bool) {
	at := p.languages.reader()
	place := -1
	var answers []coding.BatchAnswer // room for those of the next rows
	var values []coding.BatchValue
	for row, err := range p.b.sheet.Rows() {
		if err != nil {
			yield(coding.BatchRow{}, err)
			return
		}
		if place++; p.skip[place] {
			continue
		}
		out := coding.BatchRow{External: p.b.m.prefix + strconv.Itoa(row.Number)}
		if p.b.id >= 0 {
			out.External = p.b.m.prefix + row.Cells[p.b.id]
		}
		if cap(answers)-len(answers) < len(p.b.questions) || cap(values)-len(values) < len(p.b.variables) {
			answers = make([]coding.BatchAnswer, 0, roomRows*len(p.b.questions))
			values = make([]coding.BatchValue, 0, roomRows*len(p.b.variables))
		}
		fromA, fromV := len(answers), len(values)
		for i, col := range p.b.questions {
			if text := row.Cells[col]; text != "" {
				l := at()
				answers = append(answers, coding.BatchAnswer{Question: i, Language: l.language(), Mixed: l.mixed(), Confidence: l.confidence(), Text: text})
			}
		}
		for i, col := range p.b.variables {
			cats := p.categories[i]
			if p.b.parts[i] != nil {
				cats.ticks(row.Cells, p.b.parts[i], func(c int) { values = append(values, coding.BatchValue{Variable: i, Category: cats.place[c]}) })
				continue
			}
			for choice := range cats.choices(row.Cells[col]) {
				if c := cats.placed(choice); c >= 0 && !slices.Contains(values[fromV:], coding.BatchValue{Variable: i, Category: c}) {
					values = append(values, coding.BatchValue{Variable: i, Category: c})
				}
			}
		}
		out.Answers, out.Values = answers[fromA:len(answers):len(answers)], values[fromV:len(values):len(values)]
		if !yield(out, nil) {
			return
		}
	}
}
