// Package profile has the layouts in which survey tools export answers: Webropol, SurveyMonkey, Qualtrics, LimeSurvey, Google
// Forms, Microsoft Forms, REDCap and Kobo. Each takes the Sheet that a format read, drops the rows that are header or legend,
// gives the columns the questions as names, and says what the tool knows: ids, dates, what codes mean, which columns are the
// choices of one question, and which one specifies 'other'. What it does not know is left to importer.Propose.
package profile

import (
	"regexp"
	"strings"

	"avokoodi/coding/importer"
)

// All lists the layouts in the order in which they are tried: those with the surest marks first.
func All() []importer.Layout {
	return []importer.Layout{qualtrics{}, redcap{}, kobo{}, webropol{}, surveymonkey{}, limesurvey{}, msforms{}, googleforms{}, dictionary{}}
}

// column is a column whose hint is being filled in.
type column struct{ *importer.Hint }

func at(t *importer.Table, i int) column { return column{t.Hint(i)} }

// is gives the column its role, with the key of the reason.
func (c column) is(r importer.Role, reason string, args ...any) {
	c.Role, c.Reason = r, importer.Reason{Key: "import.reason." + reason, Args: args}
}

// choice makes the column one choice of the question group.
func (c column) choice(group string, label importer.Wording, choice importer.Choice) {
	c.Group, c.GroupLabel, c.Choice = group, label, choice
	words := choice.Label.Plain
	if words == "" {
		words = choice.Code
	}
	c.is(importer.RoleChoice, "tool_choice", words)
}

// other makes the column the open question that specifies 'other' of the variable that its layout calls group.
func (c column) other(group string, label importer.Wording) {
	c.Group, c.Label = group, label
	c.is(importer.RoleQuestion, "other")
}

// meta is a column that a tool adds: its role and why.
type meta struct {
	role   importer.Role
	reason string
}

var (
	metaID     = meta{importer.RoleID, "tool_id"}
	metaDate   = meta{importer.RoleDate, "tool_date"}
	metaPerson = meta{importer.RolePersonal, "tool_person"}
	metaTool   = meta{importer.RoleIgnore, "tool"}
	metaLang   = meta{importer.RoleLanguage, "language"}
)

// reasons keeps the keys of metas where the catalogue's test finds them.
func (c column) add(m meta) {
	switch m {
	case metaID:
		c.is(importer.RoleID, "tool_id")
	case metaDate:
		c.is(importer.RoleDate, "tool_date")
	case metaPerson:
		c.is(importer.RolePersonal, "tool_person")
	case metaLang:
		c.is(importer.RoleLanguage, "language")
	default:
		c.is(importer.RoleIgnore, "tool")
	}
}

// names makes a table of the headers by which a tool's own columns are known, in lower case.
func names(m meta, headers ...string) map[string]meta {
	out := map[string]meta{}
	for _, h := range headers {
		out[h] = m
	}
	return out
}

func join(tables ...map[string]meta) map[string]meta {
	out := map[string]meta{}
	for _, t := range tables {
		for h, m := range t {
			out[h] = m
		}
	}
	return out
}

// own finds a header among the tool's own columns.
func own(table map[string]meta, header string) (meta, bool) {
	m, ok := table[fold(header)]
	return m, ok
}

func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// otherWords are how tools and authors write 'other, please specify' in the three languages.
var otherWords = regexp.MustCompile(`(?i)^(?:(?:joku |jokin |joku/jokin )?muu(?:alla|ssa|ta|ten|t)?|annat|annan|andra|annanstans|other(?:s)?(?:,| answers?)?|övrig[at]?)\b[ ,:;–(-]*(?:\(?(?:mikä|mitä|missä|kuka|kerro|tarkenna|täsmennä|please specify|specify|vad|vilken|vilket|var|precisera|ange|which|what|explain).*)?$`)

// specifies tells that the words ask to say more of 'other'.
func specifies(words string) bool {
	return len(words) < 80 && otherWords.MatchString(strings.TrimSpace(words))
}
