package importer

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
			if c := &p.Columns[i]; c.Role == RoleVariable && len(c.Hint.Values) == 0 && idHeader(c.Name) > 0 && c.Stats.Distinct > scaleValues {
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

// idCandidate is how surely a column is the respondent's id: 4 when the survey tool says so, 3 and 2 by header, 1 for a first column of
// numbers or codes that are all different, 0 not at all.
func (p *Proposal) idCandidate(i int) int {
	c := &p.Columns[i]
	st := &c.Stats
	switch {
	case c.Hint.Role == RoleID && st.Filled > 0:
		return 4
	case c.Hint.Role != "" || len(c.Hint.Values) > 0: // what the file gives labels is no id
		return 0
	}
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
	case 3, 4: // rows that come twice are named in the plan; ids that mostly come twice are no ids of rows
		return (different >= 0.6 || rows < 10 && different >= 0.5) && gaps <= 0.05
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
		if languageHeader(c.Name) || c.Hint.Role == RoleLanguage {
			best = i
			break
		}
	}
	for i := range p.Columns { // what the tool calls the language may name others than the three
		if c := &p.Columns[i]; c.Role == RoleLanguage && i != best {
			c.is(RoleIgnore, "language_other")
		}
	}
	if best >= 0 {
		p.Columns[best].is(RoleLanguage, "language")
	}
}
