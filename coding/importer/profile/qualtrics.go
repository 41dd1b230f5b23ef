package profile

import (
	"regexp"
	"strings"

	"avokoodi/coding/importer"
)

// qualtrics exports three header rows, codes, questions and '{"ImportId": …}', or in the older form two. A question's choices
// stand behind it after ' - '.
type qualtrics struct{}

func (qualtrics) Profile() string { return "qualtrics" }

// By code, by the older form's second row, and by ImportId.
var qualtricsOwn = join(
	names(metaID, "responseid", "_recordid", "response id"),
	names(metaDate, "startdate", "enddate", "recordeddate", "start date", "end date", "recorded date"),
	names(metaPerson, "ipaddress", "ip address", "recipientlastname", "recipientfirstname", "recipientemail", "externalreference", "externaldatareference",
		"emailaddress", "name", "locationlatitude", "locationlongitude", "locationaccuracy", "recipient last name", "recipient first name",
		"recipient email", "external data reference", "location latitude", "location longitude"),
	names(metaTool, "status", "progress", "duration", "duration (in seconds)", "finished", "distributionchannel", "responseset", "response type",
		"distribution channel", "q_recaptchascore", "q_relevantidduplicate", "q_relevantidduplicatescore", "q_relevantidfraudscore",
		"q_relevantidlaststartdate", "q_totalduration", "q_ballotboxstuffing", "q_duplicaterespondent"),
	names(metaLang, "userlanguage", "user language", "q_language"))

var (
	importID = regexp.MustCompile(`^\{ ?"ImportId" ?: ?"([^"]*)"`)
	legacyID = regexp.MustCompile(`^V[0-9]+$`)
	timingID = regexp.MustCompile(`_(?:First Click|Last Click|Page Submit|Click Count)$`)
	closedID = regexp.MustCompile(`^QID[0-9]+$`)
	derived  = regexp.MustCompile(`(?:Topics|Parent Topics|Sentiment|Sentiment Score|Sentiment Polarity|Topic Sentiment Label|Topic Sentiment Score|Topic Hierarchy Level [0-9])$`)
)

func importIDs(t *importer.Table) (row int, ok bool) {
	for row := range min(3, len(t.Head)) {
		n := 0
		for i := range t.Columns {
			if importID.MatchString(t.Cell(row, i)) {
				n++
			}
		}
		if n > 0 && n*2 >= len(t.Columns) {
			return row, true
		}
	}
	return 0, false
}

// Fits: a row of ImportIds; or the older second row, which names ResponseID and ResponseSet; or both date columns twice.
func (qualtrics) Fits(t *importer.Table) bool {
	if _, ok := importIDs(t); ok {
		return true
	}
	return secondHeader(t)
}

// secondHeader tells that the first row below the header is part of it.
func secondHeader(t *importer.Table) bool {
	return legacy(t) || t.Raw(0) == "StartDate" && fold(t.Cell(0, 0)) == "start date"
}

func legacy(t *importer.Table) bool {
	v := 0
	for i := range t.Columns {
		if legacyID.MatchString(t.Raw(i)) && isOwn(t.Cell(0, i)) {
			v++
		}
	}
	return t.Cell(0, 0) == "ResponseID" || v >= 3
}

func isOwn(s string) bool { _, ok := own(qualtricsOwn, s); return ok }

func (qualtrics) Arrange(t *importer.Table) error {
	ids, with := importIDs(t)
	texts := make([]string, len(t.Columns))
	imports := make([]string, len(t.Columns))
	if ids > 0 || !with && secondHeader(t) {
		copy(texts, t.Head[0].Cells)
		t.Drop(t.Head[0].Number)
	}
	if with {
		for i := range imports {
			if m := importID.FindStringSubmatch(t.Cell(ids, i)); m != nil {
				imports[i] = m[1]
			}
		}
		t.Drop(t.Head[ids].Number)
	}
	seen, err := survey(t)
	if err != nil {
		return err
	}
	for i := range t.Columns {
		code := t.Raw(i)
		c := at(t, i)
		if m, ok := ownAny(qualtricsOwn, imports[i], code, texts[i]); ok {
			c.add(m)
			continue
		}
		c.Key, c.Label, c.Closed = code, importer.Plain(onlyQuestion(texts[i])), closedID.MatchString(imports[i])
		switch {
		case timingID.MatchString(code), derived.MatchString(imports[i]) && strings.Contains(code, " - "):
			c.is(importer.RoleIgnore, "tool")
		case strings.HasSuffix(imports[i], "_TEXT") && !strings.HasSuffix(code, "_TEXT"):
			c.is(importer.RoleQuestion, "tool_text")
		case strings.HasSuffix(code, "_TEXT"):
			c.other(parentCode(strings.TrimSuffix(code, "_TEXT")), importer.Plain(texts[i]))
		default:
			qualtricsChoice(t, i, seen, texts)
		}
	}
	return listChoices(t, separator{sep: ",", tight: true, in: func(i int) bool { return t.Hint(i).Closed }})
}

func ownAny(table map[string]meta, headers ...string) (meta, bool) {
	for _, h := range headers {
		if m, ok := own(table, h); ok && h != "" {
			return m, true
		}
	}
	return meta{}, false
}

var partCode = regexp.MustCompile(`^(.+)_[0-9]+$`)

// parentCode is the question's code: 'Q3' of 'Q3_5'.
func parentCode(code string) string {
	if m := partCode.FindStringSubmatch(code); m != nil {
		return m[1]
	}
	return code
}

// qualtricsChoice takes Q3_1, Q3_2 … together when each holds one value only: 1, or its choice's words. One column with
// several choices lists them with commas.
func qualtricsChoice(t *importer.Table, i int, seen []seenColumn, texts []string) {
	code := t.Raw(i)
	parent := parentCode(code)
	c := at(t, i)
	if parent == code {
		if seen[i].numberLists() {
			c.Split = ","
		}
		return
	}
	question, choice := cutChoice(texts[i])
	group := groupText(t, parent, texts)
	if group != "" && choice == "" {
		question, choice = strings.TrimRight(group, "- :"), strings.TrimSpace(strings.TrimPrefix(texts[i], group))
	}
	for j := range t.Columns {
		if other := t.Raw(j); strings.HasSuffix(other, "_TEXT") || parentCode(other) != parent || other == parent {
			continue
		}
		_, words := cutChoice(texts[j])
		if group != "" && words == "" {
			words = strings.TrimPrefix(texts[j], group)
		}
		if !seen[j].onlyTicks(words) {
			return
		}
	}
	c.choice(parent, importer.Plain(question), importer.Choice{Code: strings.TrimPrefix(code, parent+"_"), Label: importer.Plain(choice)})
}

// groupText is what the texts of a question's columns begin with, up to a dash: the older form has no spaces around it.
func groupText(t *importer.Table, parent string, texts []string) string {
	var common string
	n := 0
	for j := range t.Columns {
		if code := t.Raw(j); parentCode(code) != parent || code == parent || strings.HasSuffix(code, "_TEXT") {
			continue
		}
		if n++; n == 1 {
			common = texts[j]
		}
		for !strings.HasPrefix(texts[j], common) {
			common = common[:len(common)-1]
		}
	}
	if n < 2 {
		return ""
	}
	return common[:strings.LastIndexByte(common, '-')+1]
}

// onlyQuestion leaves out what Qualtrics adds behind a question.
func onlyQuestion(text string) string {
	for _, end := range []string{" - Selected Choice", " - Valittu vaihtoehto", " - Valt alternativ", "-Selected Choice"} {
		text = strings.TrimSuffix(text, end)
	}
	return text
}

// cutChoice cuts 'question - Selected Choice - choice' at its last dash.
func cutChoice(text string) (question, choice string) {
	i := strings.LastIndex(text, " - ")
	if i < 0 {
		return text, ""
	}
	return strings.TrimSuffix(strings.TrimSuffix(text[:i], " - Selected Choice"), " - Valittu vaihtoehto"), strings.TrimSpace(text[i+3:])
}
