package profile

import (
	"regexp"
	"strings"

	"avokoodi/coding/importer"
)

// webropol exports tab-separated text or a workbook with two header rows: questions, of which the first cell stands over all
// columns of the question, and below them the statements or choices, '-' where there are none. Answers are codes, and below the
// last answer a legend says '1 = Nainen' in the column of the question.
type webropol struct{}

func (webropol) Profile() string { return "webropol" }

var webropolOwn = join(
	names(metaID, "id", "vastaajanumero", "vastaajan numero", "vastaaja nro", "vastaajanro", "respondent number", "respondentnummer", "vastaajan id", "vastaaja id", "respondent id", "vastausnumero", "nro", "svarsnummer"),
	names(metaDate, "vastausaika", "vastauksen aika", "vastauspäivä", "vastauspvm", "vastattu", "aloitusaika", "response time", "svarstid", "lähetysaika", "lähetetty", "päivämäärä"),
	names(metaPerson, "sähköposti", "sähköpostiosoite", "vastaajan nimi", "vastaajan sähköposti", "ip-osoite", "ip", "email", "e-post", "ip address", "ip-adress"),
	names(metaLang, "kieli", "vastauskieli", "språk", "language"),
	names(metaTool, "tila", "lähde", "linkki", "status", "source", "link", "länk", "kerääjä"))

// Fits: a second row of sub-headers whose cell below the first column is '-' or blank, over a column of the tool's own.
func (webropol) Fits(t *importer.Table) bool {
	if len(t.Head) < 2 {
		return false
	}
	first := t.Cell(0, 0)
	if twoRowHeader(t) && !(surveymonkey{}).Fits(t) {
		return true
	}
	_, known := own(webropolOwn, t.Raw(0))
	if first != "-" && first != "" || !known && !legendBelow(t) {
		return false
	}
	dashes, words, blank := 0, 0, 0
	for i := range t.Columns {
		switch sub := t.Cell(0, i); {
		case sub == "-":
			dashes++
		case sub == "":
			blank++
		case strings.ContainsAny(t.Cell(1, i), "0123456789") && !strings.ContainsAny(sub, " ") && isNumber(sub):
			return false
		default:
			words++
		}
	}
	return dashes > 0 && (first == "-" || dashes > blank) || words > 0 && blank < len(t.Columns) && headerGaps(t) > 0 && first == "-"
}

// twoRowHeader tells that the second row names what the first leaves open: below each blank header stands a word, below the first
// column nothing, and there are answers under it.
func twoRowHeader(t *importer.Table) bool {
	gaps, single := 0, 0
	for i := range t.Columns {
		sub := t.Cell(0, i)
		if isNumber(sub) {
			return false
		}
		if t.Raw(i) != "" {
			if i > 0 && (sub == "" || sub == "-") {
				single++
			}
			continue
		}
		if sub == "" || sub == "-" {
			return false
		}
		gaps++
	}
	return gaps > 0 && single > 0 && t.Raw(0) != "" && t.Cell(0, 0) == "" && t.Cell(1, 0) != ""
}

// legendBelow tells that the first rows, where the whole file is that short, end in a legend.
func legendBelow(t *importer.Table) bool {
	for _, row := range t.Head {
		if _, ok := legendRow(row.Cells); ok {
			return true
		}
	}
	return false
}

func headerGaps(t *importer.Table) (n int) {
	for i := range t.Columns {
		if t.Raw(i) == "" {
			n++
		}
	}
	return n
}

var number = regexp.MustCompile(`^[-−+]?[0-9]+(?:[.,][0-9]+)?$`)

func isNumber(s string) bool { return number.MatchString(s) }

func (webropol) Arrange(t *importer.Table) error {
	subs := make([]string, len(t.Columns))
	if first := t.Cell(0, 0); first == "-" || first == "" { // or else the layout was chosen for a table that has no second row
		subs = t.Head[0].Cells
		t.Drop(t.Head[0].Number)
	}
	legend, err := takeLegend(t)
	if err != nil {
		return err
	}
	list := runs(t)
	single, ticks, err := ownCodeOnly(t, list)
	if err != nil {
		return err
	}
	headers := make([]string, len(t.Columns))
	for _, q := range list {
		webropolQuestion(t, q, subs, legend, single, ticks, headers)
	}
	tieOthers(t, list)
	t.Rename(headers)
	return nil
}

// subHeader is what stands below the question, "" for '-'.
func subHeader(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

func webropolQuestion(t *importer.Table, q question, subs []string, legend [][]importer.Choice, single, ticks []bool, headers []string) {
	choices := q.to-q.from > 1
	for i := q.from; i < q.to; i++ {
		if !single[i] && !specifies(subHeader(subs[i])) {
			choices = false
		}
	}
	for i := q.from; i < q.to; i++ {
		sub := subHeader(subs[i])
		headers[i] = q.title
		if sub != "" {
			headers[i] = strings.TrimSpace(q.title + ": " + sub)
		}
		if m, ok := own(webropolOwn, q.title); ok && q.to-q.from == 1 && sub == "" {
			at(t, i).add(m)
			continue
		}
		c := at(t, i)
		row, choice, matrix := strings.Cut(sub, ":")
		switch {
		case i > q.from && specifies(sub) && !(choices && ticks[i]):
			c.other(q.title, importer.Plain(headers[i]))
		case matrix && single[i] && matrixRow(subs, single, q, row):
			group := q.title + ": " + row
			c.choice(group, importer.Plain(group), oneOf(strings.TrimSpace(choice), legendOf(legend, q, i, subs, row)))
		case choices:
			c.choice(q.title, importer.Plain(q.title), oneOf(sub, legend[q.from]))
		default:
			c.Values = legend[i]
			if len(c.Values) == 0 {
				c.Values = legend[q.from]
			}
		}
	}
}

// matrixRow tells that a row of a matrix of choices has several columns, all of ticks.
func matrixRow(subs []string, single []bool, q question, row string) bool {
	n := 0
	for i := q.from; i < q.to; i++ {
		if strings.HasPrefix(subs[i], row+":") {
			if !single[i] {
				return false
			}
			n++
		}
	}
	return n > 1
}

// legendOf is the legend of the first column of a matrix's row, or of the question.
func legendOf(legend [][]importer.Choice, q question, i int, subs []string, row string) []importer.Choice {
	for j := q.from; j <= i; j++ {
		if strings.HasPrefix(subs[j], row+":") && len(legend[j]) > 0 {
			return legend[j]
		}
	}
	return legend[q.from]
}

// oneOf is the choice of that wording in the legend, with its code; a choice that the legend lacks is its words.
func oneOf(words string, legend []importer.Choice) importer.Choice {
	for _, c := range legend {
		if fold(c.Label.Plain) == fold(words) {
			return importer.Choice{Code: c.Code, Label: c.Label}
		}
	}
	return importer.Choice{Label: importer.Plain(words)}
}

// tieOthers makes a question that only says 'other, please specify' belong to the one before it.
func tieOthers(t *importer.Table, list []question) {
	for n, q := range list {
		if n == 0 || q.to-q.from > 1 || t.Hint(q.from).Role != "" || !specifies(numbered.ReplaceAllString(q.title, "")) {
			continue
		}
		before := list[n-1]
		if h := t.Hint(before.from); h.Role == importer.RoleChoice || before.to-before.from == 1 && h.Role == "" {
			at(t, q.from).other(before.title, importer.Plain(q.title))
		}
	}
}

var numbered = regexp.MustCompile(`^[0-9]+[a-zA-Z]?[.):]?\s+`)

// ownCodeOnly tells of each column below a question of several whether all its cells are the same: a tick; and whether that is a
// number.
func ownCodeOnly(t *importer.Table, list []question) (same, ticks []bool, err error) {
	same, ticks = make([]bool, len(t.Columns)), make([]bool, len(t.Columns))
	value := make([]string, len(t.Columns))
	for _, q := range list {
		for i := q.from; i < q.to && q.to-q.from > 1; i++ {
			same[i] = true
		}
	}
	for row, err := range t.Every() {
		if err != nil {
			return nil, nil, err
		}
		for i, cell := range row.Cells {
			switch {
			case !same[i] || cell == "" || cell == value[i] || cell == "0":
			case value[i] == "":
				value[i] = strings.Clone(cell)
			default:
				same[i] = false
			}
		}
	}
	for i, v := range value {
		ticks[i] = same[i] && isNumber(v)
	}
	return same, ticks, nil
}
