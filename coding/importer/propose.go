package importer

import (
	"math"
	"strings"

	"avokoodi/coding"
)

// Propose looks at headers and contents and suggests a mapping. detect, which may be nil, tells the language of labels.
func Propose(s *Sheet, detect Detect) (Proposal, error) {
	stats, err := columnStats(s)
	if err != nil {
		return Proposal{}, err
	}
	p := Proposal{Columns: make([]ColumnProposal, len(s.Columns))}
	for i, c := range s.Columns {
		p.Columns[i] = ColumnProposal{Column: c, Stats: stats[i], Hint: s.Hint(i)}
		p.Columns[i].decide()
	}
	if err := p.findIDAndLanguage(s); err != nil {
		return Proposal{}, err
	}
	p.closeParents()
	p.needQuestion()
	p.Mapping = p.mapping(s.Profile, p.Language(detect))
	p.Mapping.Kind = s.Kind
	for _, c := range p.Columns {
		if c.Reason.Key == "import.reason.most_text" || c.Reason.Key == "import.reason.id_repeats" && p.Mapping.RespondentID.IsZero() {
			p.Warnings = append(p.Warnings, Problem{File: s.File, Column: c.Name, Key: c.Reason.Key, Args: c.Reason.Args, Severity: Warning})
		}
	}
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

	mostTowns       = 400 // different values of a variable such as the municipality
	repeatedNumbers = 60  // different numbers of a column that may be put into classes
)

// decide goes by this column alone; id and language are found later among all.
func (c *ColumnProposal) decide() {
	st, header := &c.Stats, c.Name
	switch {
	case c.Hint.Role != "" && (st.Filled > 0 || c.Hint.Role == RoleChoice):
		c.Role, c.Reason = c.Hint.Role, c.Hint.Reason
	case st.Filled == 0:
		c.is(RoleIgnore, "empty")
	case st.share(st.dates) >= mostDates:
		c.is(RoleDate, "dates")
	case st.share(st.personal) >= mostPersonal:
		c.is(RolePersonal, "personal_values")
	case personalHeader(header) && (st.Words <= 6 || st.Words <= 12 && len(headerWords(header)) <= 2):
		c.is(RolePersonal, "personal_header")
	case len(c.Hint.Values) > 0 && c.Hint.Split == "":
		c.is(RoleVariable, "labelled", len(c.Hint.Values))
	case st.numbers == st.Filled && st.Distinct <= scaleValues:
		c.is(RoleVariable, "scale", st.Distinct)
	case c.Hint.Split != "":
		c.is(RoleVariable, "choices")
	case st.numbers == st.Filled && st.Distinct <= repeatedNumbers && st.share(st.Distinct) <= 0.5:
		c.is(RoleVariable, "numbers_repeat", st.Distinct)
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
	case class || ranked && st.Words < 6 || c.Hint.Closed || st.share(st.codes) >= codeShare:
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
	towns := st.Distinct <= mostTowns && st.Words <= 2 && categoryHeader(c.Name)
	return towns && different <= 0.34 || st.Distinct <= 12 || st.Distinct <= 60 && different <= 0.5 || st.Distinct <= manyValues && different <= 0.34 && st.Words <= 4
}

// closeParents makes a variable of each column whose 'other' another column specifies: it was chosen from a list.
func (p *Proposal) closeParents() {
	parents := map[string]bool{}
	for _, c := range p.Columns {
		if c.Role == RoleQuestion && c.Hint.Group != "" {
			parents[c.Hint.Group] = true
		}
	}
	for i := range p.Columns {
		c := &p.Columns[i]
		if (parents[c.Header] || parents[c.Name] || c.Hint.Key != "" && parents[c.Hint.Key]) && c.Hint.Role == "" && c.Stats.Distinct <= mostTowns &&
			(c.Role == RoleQuestion || c.Role == RoleIgnore) && c.Stats.Filled > 0 {
			c.is(RoleVariable, "few_values", c.Stats.Distinct)
		}
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
		if c.Role != RoleVariable && c.Role != RoleIgnore || c.Hint.Role != "" || c.Hint.Split != "" || len(c.Hint.Values) > 0 || st.Words < 1.5 || st.Distinct < 2 ||
			st.numbers == st.Filled || st.Distinct <= 12 && st.share(st.Distinct) <= 0.5 || c.Role == RoleVariable && st.share(st.Distinct) < 0.3 {
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

// Language is the one that headers are taken to be in: the commonest of the language column or of the answers.
func (p *Proposal) Language(detect Detect) (l coding.Lang) {
	var counts [len(byNumber)]int
	for _, c := range p.Columns {
		if c.Role == RoleLanguage {
			for _, v := range c.Stats.Top {
				l, _ := ParseLanguage(v.Text)
				counts[tell(l, false, 0)] += v.N
			}
			return dominant(counts)
		}
	}
	if detect == nil {
		return dominant(counts)
	}
	defer func() {
		if counts[1]+counts[2]+counts[3] == 0 {
			l = p.headerLanguage(detect)
		}
	}()
	for _, c := range p.Columns {
		if c.Role == RoleQuestion {
			for _, text := range c.Stats.Sample {
				l, _, _ := detect(text)
				counts[tell(l, false, 0)]++
			}
			for _, v := range c.Stats.Top {
				l, _, _ := detect(v.Text)
				counts[tell(l, false, 0)]++
			}
		}
	}
	return dominant(counts)
}

// headerLanguage is the language of the questions themselves, where no answer tells one.
func (p *Proposal) headerLanguage(detect Detect) coding.Lang {
	var counts [len(byNumber)]int
	for _, c := range p.Columns {
		for _, text := range []string{c.Name, c.Hint.Label.Plain, c.Hint.GroupLabel.Plain} {
			if l, _, _ := detect(text); len(strings.Fields(text)) > 2 {
				counts[tell(l, false, 0)]++
			}
		}
	}
	return dominant(counts)
}
