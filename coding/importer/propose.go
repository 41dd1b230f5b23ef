package importer

import (
	"math"

	"avokoodi/coding"
	"avokoodi/themes"
)

// Role is what a column is proposed to be.
type Role string

// Roles. Columns that are RoleDate, RolePersonal or RoleIgnore are not imported.
const (
	RoleID       Role = "id"
	RoleLanguage Role = "language"
	RoleQuestion Role = "question"
	RoleVariable Role = "variable"
	RoleDate     Role = "date"
	RolePersonal Role = "personal" // names, addresses, numbers of people: not imported, in line with data minimisation
	RoleIgnore   Role = "ignore"
)

// Reason tells why a column is proposed to be what it is. The keys, with their arguments:
//
//	import.reason.empty
//	import.reason.header_id
//	import.reason.id_values         (a first column of numbers or codes, all different)
//	import.reason.id_repeats        different ids, rows (it looks like an id, but repeats or has gaps)
//	import.reason.language
//	import.reason.dates
//	import.reason.personal_header
//	import.reason.personal_values
//	import.reason.numbers           different numbers
//	import.reason.scale             different numbers
//	import.reason.constant          the value
//	import.reason.codes             different codes
//	import.reason.free_text         mean number of words, percentage of different texts
//	import.reason.most_text         (no column is surely an open question, this is the likeliest)
//	import.reason.few_values        different texts
//	import.reason.many_values       different texts
type Reason struct {
	Key  string
	Args []any
}

// ColumnProposal is what one column is proposed to be, and what it looks like.
type ColumnProposal struct {
	Column
	Role   Role
	Reason Reason
	Stats  ColumnStats
}

// Proposal is a mapping for a sheet that has none, with the reasons by column.
type Proposal struct {
	Mapping Mapping
	Columns []ColumnProposal
}

// Propose looks at headers and contents and suggests a mapping. detect, which may be nil, tells the language of labels.
func Propose(s *Sheet, detect Detect) (Proposal, error) {
	stats, err := columnStats(s)
	if err != nil {
		return Proposal{}, err
	}
	p := Proposal{Columns: make([]ColumnProposal, len(s.Columns))}
	for i, c := range s.Columns {
		p.Columns[i] = ColumnProposal{Column: c, Stats: stats[i]}
		p.Columns[i].decide()
	}
	if err := p.findIDAndLanguage(s); err != nil {
		return Proposal{}, err
	}
	p.needQuestion()
	p.Mapping = p.mapping(p.language(detect))
	return p, nil
}

func (c *ColumnProposal) is(r Role, reason string, args ...any) {
	c.Role, c.Reason = r, Reason{"import.reason." + reason, args}
}

// Shares from which a kind of value counts as the column's kind.
const (
	mostDates    = 0.8
	mostPersonal = 0.6
	scaleValues  = 20
	codeShare    = 0.9
)

// decide goes by this column alone; id and language are found later among all.
func (c *ColumnProposal) decide() {
	st, header := &c.Stats, c.Name
	switch {
	case st.Filled == 0:
		c.is(RoleIgnore, "empty")
	case st.share(st.dates) >= mostDates:
		c.is(RoleDate, "dates")
	case st.share(st.personal) >= mostPersonal:
		c.is(RolePersonal, "personal_values")
	case personalHeader(header) && (st.Words <= 6 || st.Words <= 12 && len(headerWords(header)) <= 2):
		c.is(RolePersonal, "personal_header")
	case st.numbers == st.Filled && st.Distinct <= scaleValues:
		c.is(RoleVariable, "scale", st.Distinct)
	case st.numbers == st.Filled:
		c.is(RoleIgnore, "numbers", st.Distinct)
	case c.isQuestion():
		c.is(RoleQuestion, "free_text", int(math.Round(st.Words)), int(math.Round(100*st.share(st.Distinct))))
	case st.Distinct == 1 && st.Filled == st.Rows && st.Filled >= scaleValues:
		c.is(RoleIgnore, "constant", shorten(st.Top[0].Text))
	case c.isVariable():
		c.is(RoleVariable, "few_values", st.Distinct)
	case st.share(st.codes) >= codeShare:
		c.is(RoleIgnore, "codes", st.Distinct)
	default:
		c.is(RoleIgnore, "many_values", st.Distinct)
	}
}

// isQuestion tells free text by how different and how long the cells are, the sooner if the header asks something.
func (c *ColumnProposal) isQuestion() bool {
	st := &c.Stats
	different := st.share(st.Distinct)
	asks := questionHeader(c.Name)
	class := categoryHeader(c.Name) && st.Distinct <= 12 && st.Words < 5
	ranked := st.share(st.ranked) >= 0.8
	switch {
	case class || ranked && st.Words < 6:
		return false
	case different >= 0.5 && st.Words >= 3 && (st.Distinct >= 10 || st.Words >= 5 || asks):
		return true
	case different >= 0.5 && asks && !categoryHeader(c.Name) && (st.Words >= 1.5 || st.Filled < 20):
		return true
	case different >= 0.2 && st.Words >= 8 && st.Distinct >= 20:
		return true
	}
	return different >= 0.3 && st.Words >= 1.5 && (asks && st.Distinct >= 30 || st.Distinct >= 60 && !categoryHeader(c.Name))
}

func (c *ColumnProposal) isVariable() bool {
	st := &c.Stats
	different := st.share(st.Distinct)
	return st.Distinct <= 12 || st.Distinct <= 60 && different <= 0.5 || st.Distinct <= manyValues && different <= 0.34 && st.Words <= 4
}

// findIDAndLanguage picks at most one column for each, after a look at every row.
func (p *Proposal) findIDAndLanguage(s *Sheet) error {
	var look []int
	for i, c := range p.Columns {
		if p.idCandidate(i) > 0 || c.Stats.Filled > 0 && c.Stats.languages == c.Stats.Filled {
			look = append(look, i)
		}
	}
	all, err := takeCensus(s, look)
	if err != nil {
		return err
	}
	best, most := -1, 0
	for i := range p.Columns {
		sure := p.idCandidate(i)
		if sure == 0 {
			if c := &p.Columns[i]; c.Role == RoleVariable && idHeader(c.Name) > 0 && c.Stats.Distinct > scaleValues {
				c.is(RoleIgnore, "id_repeats", c.Stats.Distinct, c.Stats.Filled)
			}
			continue
		}
		c := all[i]
		filled := s.Len - c.blank
		if !goodID(sure, s.Len, c.blank, len(c.distinct)) {
			p.Columns[i].is(RoleIgnore, "id_repeats", len(c.distinct), filled)
			continue
		}
		if sure > most {
			best, most = i, sure
		}
	}
	if best >= 0 {
		reason := "header_id"
		if most == 1 {
			reason = "id_values"
		}
		p.Columns[best].is(RoleID, reason)
	}
	p.findLanguage(s, look, all)
	return nil
}

// idCandidate is how surely a column is the respondent's id by header and sample: 3 and 2 by header, 1 for a first column of
// numbers or codes that are all different, 0 not at all.
func (p *Proposal) idCandidate(i int) int {
	c := &p.Columns[i]
	st := &c.Stats
	if st.Filled == 0 || st.Longest > 2 || c.Role == RoleDate || c.Role == RoleQuestion && st.Words > 1.5 {
		return 0
	}
	header := idHeader(c.Name)
	switch {
	case header == 2:
		return 3
	case bareIDs[fold(c.Name)] && st.share(st.codes) >= codeShare:
		return 3
	case header == 1 && !bareIDs[fold(c.Name)] && st.share(st.Distinct) >= 0.5:
		return 2
	case i == 0 && len(p.Columns) > 1 && st.Filled == st.Rows && st.Distinct == st.Filled && st.Rows >= 3 &&
		st.share(st.codes) >= codeShare && st.personal == 0 && !questionHeader(c.Name):
		return 1
	}
	return 0
}

// goodID allows a few repeated and blank ids where the header is clear: the plan will name their rows.
func goodID(sure, rows, blank, distinct int) bool {
	filled := rows - blank
	if filled == 0 {
		return false
	}
	different := float64(distinct) / float64(filled)
	gaps := float64(blank) / float64(rows)
	switch sure {
	case 3:
		return different >= 0.5 && gaps <= 0.05
	case 2:
		return different >= 0.9 && gaps <= 0.01
	}
	return distinct == rows
}

// findLanguage picks the column in which every cell names one of the three languages.
func (p *Proposal) findLanguage(s *Sheet, look []int, all map[int]*census) {
	best := -1
	for _, i := range look {
		c := &p.Columns[i]
		if c.Role == RoleID || all[i].languages != s.Len-all[i].blank || all[i].blank*2 > s.Len {
			continue
		}
		if languageHeader(c.Name) {
			best = i
			break
		}
	}
	if best >= 0 {
		p.Columns[best].is(RoleLanguage, "language")
	}
}

// needQuestion makes the likeliest column a question where none is for sure, so that the person has something to correct.
func (p *Proposal) needQuestion() {
	best, most := -1, 0.0
	for i, c := range p.Columns {
		if c.Role == RoleQuestion {
			return
		}
		st := &c.Stats
		if c.Role != RoleVariable && c.Role != RoleIgnore || st.Words < 1.5 || st.Distinct < 2 || st.numbers == st.Filled {
			continue
		}
		if score := st.Words * float64(min(st.Distinct, manyValues)); score > most {
			best, most = i, score
		}
	}
	if best >= 0 {
		p.Columns[best].is(RoleQuestion, "most_text")
	}
}

// language is the one that headers are taken to be in: the commonest of the language column or of the answers.
func (p *Proposal) language(detect Detect) coding.Lang {
	var counts [len(byNumber)]int
	for _, c := range p.Columns {
		if c.Role == RoleLanguage {
			for _, v := range c.Stats.Top {
				l, _ := ParseLanguage(v.Text)
				counts[langByte(l, false)] += v.N
			}
			return dominant(counts)
		}
	}
	if detect == nil {
		return dominant(counts)
	}
	for _, c := range p.Columns {
		if c.Role == RoleQuestion {
			for _, text := range c.Stats.Sample {
				l, _, _ := detect(text)
				counts[langByte(l, false)]++
			}
			for _, v := range c.Stats.Top {
				l, _, _ := detect(v.Text)
				counts[langByte(l, false)]++
			}
		}
	}
	return dominant(counts)
}

func (p *Proposal) mapping(l coding.Lang) Mapping {
	m := Mapping{Profile: ProfileTable}
	var headers []string
	for _, c := range p.Columns {
		headers = append(headers, c.Name)
	}
	keys := keysOf(headers)
	for i, c := range p.Columns {
		ref := ColumnRef{Name: c.Name}
		switch c.Role {
		case RoleID:
			m.RespondentID = ref
		case RoleLanguage:
			m.Language.Column = ref
		case RoleQuestion:
			m.Questions = append(m.Questions, QuestionMap{Key: keys[i], Column: ref, Label: themes.Only(l, c.Name)})
		case RoleVariable:
			m.Variables = append(m.Variables, VariableMap{Key: keys[i], Column: ref, Label: themes.Only(l, c.Name)})
		default:
			m.Ignore = append(m.Ignore, ref)
		}
	}
	return m
}
