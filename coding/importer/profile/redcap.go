package profile

import (
	"regexp"
	"strings"

	"avokoodi/coding/importer"
)

// redcap exports one header row of variable names: 'race___2' is the second box of race, '…_complete' the state of a form. The
// data dictionary, given as a further file, has the questions and what codes mean.
type redcap struct{}

func (redcap) Profile() string { return "redcap" }

var redcapOwn = join(
	names(metaTool, "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "event name", "repeat instrument", "repeat instance"),
	names(metaPerson, "redcap_survey_identifier", "survey identifier"))

var (
	redcapBox   = regexp.MustCompile(`^(.+)___(.+)$`)
	redcapState = regexp.MustCompile(`^[a-z0-9_]+_complete$`)
	redcapStamp = regexp.MustCompile(`^[a-z0-9_]+_timestamp$`)
)

// Fits: the dictionary names the columns; or forms have their state, or boxes their '___', behind a record's id.
func (redcap) Fits(t *importer.Table) bool {
	if known(t, "redcap") {
		return true
	}
	state, box, lower := 0, 0, true
	for i := range t.Columns {
		h := t.Raw(i)
		switch {
		case redcapState.MatchString(h) && stateCells(t, i):
			state++
		case redcapBox.MatchString(h):
			box++
		}
		lower = lower && h != "" && !strings.ContainsAny(h, " ?")
	}
	return lower && (state > 0 || box > 1 && t.Raw(0) == "record_id" || strings.HasPrefix(t.Raw(1), "redcap_"))
}

// known tells that a dictionary of the profile has most of the columns.
func known(t *importer.Table, profile string) bool {
	n := 0
	for _, d := range t.Dictionary {
		if d.Profile != profile {
			continue
		}
		for i := range t.Columns {
			if _, ok := t.Field(fieldName(t.Raw(i))); ok {
				n++
			}
		}
	}
	return n > 0 && n*2 >= len(t.Columns)
}

// fieldName is the variable of a column: 'race' of 'race___2', 'colour' of 'group/colour'.
func fieldName(header string) string {
	if m := redcapBox.FindStringSubmatch(header); m != nil {
		return m[1]
	}
	return header[strings.LastIndexByte(header, '/')+1:]
}

func stateCells(t *importer.Table, col int) bool {
	for row := range t.Head {
		switch fold(t.Cell(row, col)) {
		case "", "0", "1", "2", "incomplete", "unverified", "complete":
		default:
			return false
		}
	}
	return true
}

func (redcap) Arrange(t *importer.Table) error {
	for i := range t.Columns {
		h, c := t.Raw(i), at(t, i)
		f, described := t.Field(fieldName(h))
		m, mine := own(redcapOwn, h)
		box := redcapBox.FindStringSubmatch(h)
		switch {
		case i == 0:
			c.is(importer.RoleID, "tool_id")
		case mine:
			c.add(m)
		case redcapState.MatchString(h) && !described && stateCells(t, i):
			c.is(importer.RoleIgnore, "tool")
		case redcapStamp.MatchString(h) && !described:
			c.is(importer.RoleDate, "tool_date")
		case f.Private:
			c.is(importer.RolePersonal, "tool_person")
		case box != nil:
			label := importer.Plain(box[1])
			if described {
				label = f.Label
			}
			c.Key = h
			c.choice(box[1], label, choiceOf(f, box[2]))
		default:
			c.Key, c.Label = h, f.Label
			redcapField(c, f)
		}
	}
	return nil
}

// choiceOf is the choice with that code, which columns write with '_' for every other sign.
func choiceOf(f importer.Field, code string) importer.Choice {
	for _, c := range f.Choices {
		if c.Code == code || strings.NewReplacer("-", "_", ".", "_").Replace(strings.ToLower(c.Code)) == code {
			return importer.Choice{Code: c.Code, Label: c.Label}
		}
	}
	return importer.Choice{Code: code, Label: importer.Plain(code)}
}

// redcapField takes the field's type over. What a text field holds is left to its contents.
func redcapField(c column, f importer.Field) {
	kind, check, _ := strings.Cut(f.Type, ":")
	switch kind {
	case "notes":
		c.is(importer.RoleQuestion, "tool_text")
	case "radio", "dropdown", "select":
		c.Values = booleans(f.Choices)
	case "yesno":
		c.Values = []importer.Choice{{Code: "1", Label: yes, Match: []string{"TRUE", "Yes"}}, {Code: "0", Label: no, Match: []string{"FALSE", "No"}}}
	case "truefalse":
		c.Values = []importer.Choice{{Code: "1", Label: yes, Match: []string{"TRUE", "True"}}, {Code: "0", Label: no, Match: []string{"FALSE", "False"}}}
	case "file", "signature", "descriptive":
		c.is(importer.RoleIgnore, "tool")
	case "text":
		switch {
		case strings.HasPrefix(check, "date"):
			c.is(importer.RoleDate, "tool_date")
		case check == "email" || strings.HasPrefix(check, "phone"):
			c.is(importer.RolePersonal, "tool_person")
		}
	}
}

// booleans lets the codes 0 and 1 also be written TRUE and FALSE, as statistical programs do.
func booleans(choices []importer.Choice) []importer.Choice {
	out := append([]importer.Choice(nil), choices...)
	if len(out) != 2 || out[0].Code+out[1].Code != "01" && out[0].Code+out[1].Code != "10" {
		return out
	}
	for i := range out {
		out[i].Match = []string{map[string]string{"0": "FALSE", "1": "TRUE"}[out[i].Code]}
	}
	return out
}
