package profile

import (
	"regexp"
	"strings"

	"avokoodi/coding/importer"
)

// surveymonkey exports two header rows, the question over the first of its columns and 'Response', 'Open-Ended Response' or
// the choice below; or one condensed row 'question - choice'. In both a choice's cell holds the choice's words.
type surveymonkey struct{}

func (surveymonkey) Profile() string { return "surveymonkey" }

var surveymonkeyOwn = join(
	names(metaID, "respondent id", "respondentid", "respondent_id", "vastaajan tunnus", "vastaajatunnus", "respondent-id", "svarande-id"),
	names(metaTool, "collector id", "collectorid", "collector_id", "kerääjän tunnus", "insamlar-id", "custom data 1", "custom data", "custom_1", "custom_value", "status", "collector"),
	names(metaDate, "start date", "startdate", "end date", "enddate", "date_created", "date_modified", "aloituspäivä", "lopetuspäivä", "startdatum", "slutdatum", "date created", "date modified"),
	names(metaPerson, "ip address", "ipaddress", "ip_address", "email address", "emailaddress", "email_address", "first name", "firstname", "first_name",
		"last name", "lastname", "last_name", "ip-osoite", "sähköpostiosoite", "etunimi", "sukunimi", "ip-adress", "e-postadress", "förnamn", "efternamn"))

// What stands below a question with one column: in general, and where the answer is free text.
var (
	openResponse = map[string]bool{"open-ended response": true, "avoin vastaus": true, "öppet svar": true, "fritextsvar": true}
	subResponse  = map[string]bool{"response": true, "vastaus": true, "svar": true, "open-ended response": true, "avoin vastaus": true, "öppet svar": true,
		"fritextsvar": true}
)

// Fits: the respondent's id first, as SurveyMonkey writes it, with its other columns, 'Response' below, or condensed choices.
func (surveymonkey) Fits(t *importer.Table) bool {
	if m, ok := own(surveymonkeyOwn, t.Raw(0)); !ok || m != metaID {
		return false
	}
	if twoRows(t) {
		return true
	}
	mine, condensed := 0, 0
	for i := range t.Columns {
		if _, ok := own(surveymonkeyOwn, t.Raw(i)); ok {
			mine++
		} else if _, _, ok := condensedHeader(t.Raw(i)); ok {
			condensed++
		}
	}
	id := t.Raw(0)
	return mine >= 3 || condensed > 0 && mine >= 1 || id == "RespondentID" && longNumbers(t)
}

// longNumbers tells that the ids are the ten or more digits that SurveyMonkey gives.
func longNumbers(t *importer.Table) bool {
	for row := range t.Head {
		if id := t.Cell(row, 0); len(id) < 9 || !isNumber(id) {
			return false
		}
	}
	return true
}

func twoRows(t *importer.Table) bool {
	if len(t.Head) == 0 || t.Cell(0, 0) != "" {
		return false
	}
	said := 0
	for i := range t.Columns {
		if subResponse[fold(t.Cell(0, i))] {
			return true
		}
		if _, mine := own(surveymonkeyOwn, t.Raw(i)); !mine && t.Cell(0, i) != "" {
			said++
		}
	}
	return said > 0 && headerGaps(t) > 0
}

func (s surveymonkey) Arrange(t *importer.Table) error {
	if !twoRows(t) {
		return s.condensed(t)
	}
	subs := t.Head[0].Cells
	t.Drop(t.Head[0].Number)
	ticks, err := holdsOnly(t, subs)
	if err != nil {
		return err
	}
	headers := make([]string, len(t.Columns))
	for _, q := range runs(t) {
		for i := q.from; i < q.to; i++ {
			if m, ok := own(surveymonkeyOwn, q.title); ok && subs[i] == "" {
				at(t, i).add(m)
				continue
			}
			s.column(t, i, q.title, subs[i], q.to-q.from > 1, ticks, headers)
		}
	}
	t.Rename(headers)
	return nil
}

// column is one column of a question of the two-row layout; several tells that the question has more.
func (surveymonkey) column(t *importer.Table, i int, title, sub string, several bool, ticks []bool, headers []string) {
	c := at(t, i)
	headers[i] = title
	switch {
	case openResponse[fold(sub)]:
		c.is(importer.RoleQuestion, "tool_text")
		return
	case subResponse[fold(sub)]:
		c.Closed = true
		return
	case sub == "":
		return
	}
	headers[i] = title + " - " + sub
	switch {
	case specifies(sub) && !ticks[i]:
		c.other(title, importer.Plain(headers[i]))
	case several && ticks[i]:
		c.choice(title, importer.Plain(title), importer.Choice{Label: importer.Plain(sub)})
	}
}

// holdsOnly tells of each column whether all of its cells hold the words that stand for it, or nothing.
func holdsOnly(t *importer.Table, words []string) ([]bool, error) {
	out := make([]bool, len(words))
	filled := make([]int, len(words))
	for i, w := range words {
		out[i] = w != ""
		words[i] = strings.Clone(w)
	}
	for row, err := range t.Every() {
		if err != nil {
			return nil, err
		}
		for i, cell := range row.Cells {
			if cell == "" || !out[i] {
				continue
			}
			filled[i]++
			if cell != words[i] && cell != "1" && fold(cell) != fold(words[i]) {
				out[i] = false
			}
		}
	}
	for i := range out {
		out[i] = out[i] && (filled[i] > 0 || !specifies(words[i]))
	}
	return out, nil
}

var condensedForm = regexp.MustCompile(`^(.*\S) *[-–] +(\S.*)$`)

// condensedHeader cuts 'question - choice' at the first dash behind the question's end, or at the last dash.
func condensedHeader(header string) (question, choice string, ok bool) {
	for _, end := range []string{"? - ", ". - ", ": - ", ".) - "} {
		if i := strings.Index(header, end); i > 0 {
			return header[:i+len(end)-3], strings.TrimSpace(header[i+len(end):]), true
		}
	}
	if m := condensedForm.FindStringSubmatch(header); m != nil {
		return m[1], m[2], true
	}
	return "", "", false
}

// condensed takes the columns of one question together: those that hold nothing but their choice's words.
func (surveymonkey) condensed(t *importer.Table) error {
	words := make([]string, len(t.Columns))
	titles := make([]string, len(t.Columns))
	for i := range t.Columns {
		if title, choice, ok := condensedHeader(t.Raw(i)); ok {
			titles[i], words[i] = title, choice
		}
	}
	ticks, err := holdsOnly(t, words)
	if err != nil {
		return err
	}
	for i := range t.Columns {
		c := at(t, i)
		if m, ok := own(surveymonkeyOwn, t.Raw(i)); ok {
			c.add(m)
			continue
		}
		switch {
		case titles[i] == "":
		case ticks[i]:
			c.choice(titles[i], importer.Plain(titles[i]), importer.Choice{Label: importer.Plain(words[i])})
		case specifies(words[i]):
			c.other(titles[i], importer.Plain(t.Raw(i)))
		}
	}
	return nil
}
