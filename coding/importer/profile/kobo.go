package profile

import (
	"regexp"
	"strings"

	"avokoodi/coding/importer"
)

// kobo is the export of KoboToolbox and other ODK servers: columns of the form's own names or labels, groups before a '/',
// columns of the server's beginning with '_'. A question with several choices has one column that lists them with spaces and
// one for each choice behind a '/'. The form (XLSForm), given as a further file, has labels in all its languages.
type kobo struct{}

func (kobo) Profile() string { return "kobo" }

var koboOwn = join(
	names(metaID, "_uuid", "meta/instanceid", "instanceid", "key"),
	names(metaDate, "start", "end", "today", "_submission_time", "submissiondate", "starttime", "endtime"),
	names(metaTool, "_id", "_index", "_parent_index", "_parent_table_name", "_validation_status", "_notes", "_status", "__version__", "_tags", "_attachments",
		"_xform_id_string", "formhub/uuid", "_bamboo_dataset_id", "meta/deprecatedid", "_version", "_duration", "formdef_version", "review quality",
		"meta-instanceid", "meta/rootuuid", "instancename", "meta-instancename", "submitterid", "attachmentspresent", "attachmentsexpected",
		"reviewstate", "edits", "formversion"),
	names(metaPerson, "deviceid", "phonenumber", "username", "email", "subscriberid", "simserial", "simid", "_submitted_by", "_geolocation", "devicephonenum", "submittername"))

// Fits: columns of the server's.
func (kobo) Fits(t *importer.Table) bool {
	if known(t, "kobo") {
		return true
	}
	under, uuid, central := 0, false, false
	for i := range t.Columns {
		h := fold(t.Raw(i))
		if _, ok := own(koboOwn, h); ok && (strings.HasPrefix(h, "_") || strings.Contains(h, "/")) {
			under++
		}
		central = central || h == "reviewstate" || h == "attachmentsexpected"
		uuid = uuid || h == "_uuid" || strings.HasSuffix(h, "instanceid") || h == "key"
	}
	return under >= 3 || uuid && (under >= 1 || central)
}

func (kobo) Arrange(t *importer.Table) error {
	seen, err := survey(t)
	if err != nil {
		return err
	}
	at0 := map[string]int{}
	for i := range t.Columns {
		at0[t.Raw(i)] = i
	}
	parents := map[int]bool{} // columns that list what others tick
	for i := range t.Columns {
		if p, ok := koboParent(t, at0, i); ok && seen[i].boxes() {
			parents[p] = true
		}
	}
	hasID := false
	for i := range t.Columns {
		h, c := t.Raw(i), at(t, i)
		if m, ok := own(koboOwn, h); ok {
			if m == metaID && hasID {
				m = metaTool
			}
			hasID = hasID || m == metaID
			c.add(m)
			continue
		}
		if geo(h) {
			c.is(importer.RolePersonal, "tool_person")
			continue
		}
		f, described := t.Field(fieldName(h))
		p, part := koboParent(t, at0, i)
		switch {
		case part && parents[p]:
			name := t.Raw(p)
			pf, _ := t.Field(fieldName(name))
			label := pf.Label
			if label.IsZero() {
				label = importer.Plain(fieldName(name))
			}
			c.choice(fieldName(name), label, choiceOf(pf, h[len(name)+1:]))
		case parents[i]:
			c.is(importer.RoleIgnore, "tool")
		default:
			c.Key, c.Label = fieldName(h), f.Label
			if strings.ContainsAny(h, " ?") && !described {
				c.Key = ""
			}
			if c.Label.IsZero() && c.Key != "" && c.Key != h {
				c.Label = importer.Plain(c.Key)
			}
			koboField(c, f)
			if of := koboOther(t, i); of != "" && c.Role == "" && !seen[i].boxes() {
				c.other(of, c.Label)
			}
		}
	}
	return listChoices(t, separator{sep: " ", item: koboName.MatchString})
}

// koboName is how a form names its choices.
var koboName = regexp.MustCompile(`^[a-z0-9_.-]{1,40}$`)

// koboOther is the question whose 'other' a column specifies by its name: 'services_other' of 'services'.
func koboOther(t *importer.Table, i int) string {
	name := fieldName(t.Raw(i))
	for _, end := range []string{"_other", "_muu", "_annan", "_annat", "_annan_vad", "_muu_mika", "_other_specify", "_specify", "_oth"} {
		of, ok := strings.CutSuffix(strings.ToLower(name), end)
		if !ok || of == "" {
			continue
		}
		for j := range t.Columns {
			if f := fieldName(t.Raw(j)); j != i && strings.EqualFold(f, of) {
				return f
			}
		}
	}
	return ""
}

// koboParent is the column that a column is a choice of: 'colours' of 'colours/red'.
func koboParent(t *importer.Table, columns map[string]int, i int) (int, bool) {
	h := t.Raw(i)
	for cut := strings.LastIndexByte(h, '/'); cut > 0; cut = strings.LastIndexByte(h[:cut], '/') {
		if p, ok := columns[h[:cut]]; ok && p != i {
			return p, true
		}
	}
	return 0, false
}

func geo(header string) bool {
	for _, end := range []string{"_latitude", "_longitude", "_altitude", "_precision"} {
		if strings.HasPrefix(header, "_") && strings.HasSuffix(header, end) {
			return true
		}
	}
	return false
}

// koboField takes the type of the form's question over.
func koboField(c column, f importer.Field) {
	kind, _, _ := strings.Cut(f.Type, " ")
	switch kind {
	case "select_one":
		c.Values = f.Choices
	case "select_multiple":
		c.Values, c.Split = f.Choices, " "
	case "date", "datetime", "time":
		c.is(importer.RoleDate, "tool_date")
	case "geopoint", "geotrace", "geoshape":
		c.is(importer.RolePersonal, "tool_person")
	case "image", "audio", "video", "file", "calculate", "note", "acknowledge":
		c.is(importer.RoleIgnore, "tool")
	}
}
