package profile

import (
	"regexp"
	"strings"

	"avokoodi/coding/importer"
)

// limesurvey heads its columns 'code. question', or with the code or the question alone; a part of a question stands in square
// brackets: 'Q5[SQ002]. Which do you use? [Python]'.
type limesurvey struct{}

func (limesurvey) Profile() string { return "limesurvey" }

var limesurveyOwn = join(
	names(metaID, "id", "response id", "vastauksen id", "vastauksen tunniste", "vastauksen tunnus", "vastauksen numero", "vastaustunnus", "vastaus id", "vastaus-id", "svars-id", "svar id",
		"svar-id", "svarets id", "svarsid"),
	names(metaDate, "submitdate", "startdate", "datestamp", "date submitted", "date started", "date last action", "lähetyspäivä", "lähetyspäivämäärä",
		"aloituspäivä", "aloituspäivämäärä", "viimeisin toiminto", "inlämningsdatum", "datum skickat", "datum inskickat", "inskickat datum", "skickat datum", "viimeisin toimenpide", "viimeisen toiminnon päivämäärä", "datum för senaste åtgärden", "startdatum", "datum för senaste åtgärd"),
	names(metaTool, "lastpage", "last page", "seed", "refurl", "referrer url", "viimeinen sivu", "viimeisin sivu", "siemen", "siemenluku", "senaste sidan", "sista sida", "viittaava url", "sista sidan", "frö", "startvärde",
		"hänvisande url", "interviewtime", "total time", "kokonaisaika", "total tid"),
	names(metaPerson, "ipaddr", "ip address", "ip-osoite", "ip-adress", "token", "access code", "firstname", "lastname", "email", "avain", "tunnus", "nyckel", "åtkomstkod"),
	names(metaLang, "startlanguage", "start language", "aloituskieli", "startspråk", "kieli", "språk"))

var (
	limeFull = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9_]{0,40}(?:-[0-9]+)?)((?:\[[^\]]{1,40}\])*)\. +(\S.*)$`)
	limeCode = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9_]{0,40})((?:\[[A-Za-z0-9_]{1,40}\])+)$`)
	limePart = regexp.MustCompile(`^(.*\S) *\[([^\[\]]+)\]$`)
	limeTime = regexp.MustCompile(`(?i)^(?:group|question)time[0-9]*[.: ]|^(?:group|question)time[0-9]*$|^(?:group|question) time: `)
)

// limeColumn is a header taken apart.
type limeColumn struct {
	code, part, text, words string // Q5, SQ002, 'Which do you use?', 'Python'
}

func limeHeader(header string) (limeColumn, bool) {
	var c limeColumn
	if m := limeCode.FindStringSubmatch(header); m != nil {
		return limeColumn{code: m[1], part: lastPart(m[2])}, true
	}
	text := header
	if m := limeFull.FindStringSubmatch(header); m != nil {
		c.code, c.part, text = m[1], lastPart(m[2]), m[3]
	}
	c.text = text
	if m := limePart.FindStringSubmatch(text); m != nil && (c.part != "" || c.code == "") {
		c.text, c.words = m[1], m[2]
	}
	return c, c.code != "" || c.words != ""
}

// lastPart is what the brackets behind a code hold: 'SQ002', or 'Y1_X2' for both axes of a table.
func lastPart(brackets string) string {
	return strings.ReplaceAll(strings.Trim(brackets, "[]"), "][", "_")
}

// Fits: most headers are 'code. question', or some are 'code[part]' or 'question [part]' beside columns of the tool's own.
func (limesurvey) Fits(t *importer.Table) bool {
	full, coded, mine, parts, rest := 0, 0, 0, 0, 0
	for i := range t.Columns {
		h := t.Raw(i)
		switch {
		case isLimeOwn(h):
			mine++
		case limeFull.MatchString(h):
			full++
		case limeCode.MatchString(h):
			coded++
		case limePart.MatchString(h):
			parts++
		case h != "":
			rest++
		}
	}
	return full >= 2 && full > rest+coded || mine >= 3 && t.Raw(0) != "" && (isLimeOwn(t.Raw(0)) || coded > 0) || coded >= 2 && mine >= 1
}

func isLimeOwn(h string) bool { _, ok := limeOwn(h); return ok }

// limeOwn finds a column of the tool's own, also in the form 'submitdate. Date submitted'.
func limeOwn(h string) (meta, bool) {
	if m, ok := own(limesurveyOwn, h); ok {
		return m, true
	}
	if code, _, ok := strings.Cut(h, ". "); ok {
		return own(limesurveyOwn, code)
	}
	return meta{}, false
}

func (limesurvey) Arrange(t *importer.Table) error {
	seen, err := survey(t)
	if err != nil {
		return err
	}
	heads := make([]limeColumn, len(t.Columns))
	boxes := map[string]int{} // by question: columns that hold only yes or no, -1 when one holds more
	for i := range t.Columns {
		heads[i], _ = limeHeader(t.Raw(i))
		if g := heads[i].group(); g != "" && !heads[i].isText() {
			if !seen[i].boxes() {
				boxes[g] = -1
			} else if boxes[g] >= 0 {
				boxes[g]++
			}
		}
	}
	for i := range t.Columns {
		c, h := at(t, i), heads[i]
		if m, ok := limeOwn(t.Raw(i)); ok {
			c.add(m)
			continue
		}
		if limeTime.MatchString(t.Raw(i)) {
			c.is(importer.RoleIgnore, "tool")
			continue
		}
		if h.code != "" {
			if c.Key = h.code; h.part != "" {
				c.Key += "_" + h.part
			}
		}
		if h.text != "" && h.code != "" {
			c.Label = importer.Plain(strings.TrimPrefix(t.Raw(i), h.prefix(t.Raw(i))))
		}
		switch g := h.group(); {
		case h.isText() && g != "":
			c.other(g, importer.Plain(cmpOr(h.text, g)))
		case g != "" && boxes[g] > 1:
			c.choice(g, importer.Plain(cmpOr(h.text, h.code)), importer.Choice{Code: h.part, Label: importer.Plain(cmpOr(h.words, h.part))})
		}
	}
	return nil
}

// group is the question that a part belongs to, "" for a column that is a question of its own.
func (h limeColumn) group() string {
	if h.part == "" && h.words == "" {
		return ""
	}
	return cmpOr(h.code, h.text)
}

// isText tells a part that the respondent writes: 'other', or the comment of a choice.
func (h limeColumn) isText() bool {
	part := strings.ToLower(h.part)
	return part == "other" || strings.HasSuffix(part, "comment") || part == "" && specifies(h.words)
}

// prefix is what stands before the question.
func (h limeColumn) prefix(header string) string {
	if i := strings.Index(header, ". "); i >= 0 {
		return header[:i+2]
	}
	return ""
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
