package profile

import (
	"context"
	"regexp"
	"strings"

	"avokoodi/coding"
	"avokoodi/coding/importer"
)

var (
	yes = importer.Wording{Text: coding.Text{FI: "Kyllä", SV: "Ja", EN: "Yes"}}
	no  = importer.Wording{Text: coding.Text{FI: "Ei", SV: "Nej", EN: "No"}}
)

// ReadDictionary reads the file at path if it describes columns: REDCap's data dictionary, or an XLSForm. ok is false for every
// other file; a file that can't be read at all is left to the import to refuse.
func ReadDictionary(ctx context.Context, r importer.Reader, path, name string, opts importer.Options) (d importer.Dictionary, ok bool, err error) {
	opts.Profile = importer.ProfileTable
	s, err := r.Read(ctx, path, name, opts)
	if err != nil {
		return d, false, ctx.Err()
	}
	defer s.Close()
	if col := columnsOf(s, redcapHeaders...); col != nil {
		d, err = redcapDictionary(s, col)
		return d, err == nil, err
	}
	if s.Format != "xlsx" {
		return d, false, nil
	}
	return xlsForm(ctx, r, path, name, opts)
}

// dictionary is a data dictionary that was given instead of the answers: it is read as a plain table, with a warning.
type dictionary struct{}

func (dictionary) Profile() string { return importer.ProfileTable }

func (dictionary) Fits(t *importer.Table) bool { return columnsOf(t.Sheet, redcapHeaders...) != nil }

func (dictionary) Arrange(t *importer.Table) error {
	t.Problem(importer.Warning, t.HeaderRow, -1, "import.dictionary")
	return nil
}

var redcapHeaders = []string{"variable / field name", "field type", "field label"}

// columnsOf finds columns by their headers, nil unless all are there.
func columnsOf(s *importer.Sheet, headers ...string) map[string]int {
	out := map[string]int{}
	for _, c := range s.Columns {
		out[fold(c.Header)] = c.Index
	}
	for _, h := range headers {
		if _, ok := out[h]; !ok {
			return nil
		}
	}
	return out
}

func redcapDictionary(s *importer.Sheet, col map[string]int) (importer.Dictionary, error) {
	d := importer.Dictionary{File: s.File, Profile: "redcap"}
	for row, err := range s.Rows() {
		if err != nil {
			return d, err
		}
		get := func(header string) string {
			if i, ok := col[header]; ok {
				return strings.Clone(row.Cells[i])
			}
			return ""
		}
		f := importer.Field{Name: get("variable / field name"), Type: get("field type"), Label: importer.Plain(plainText(get("field label"))),
			Private: fold(get("identifier?")) == "y"}
		if check := get("text validation type or show slider number"); check != "" {
			f.Type += ":" + check
		}
		if kind := get("field type"); kind == "radio" || kind == "dropdown" || kind == "checkbox" {
			f.Choices = redcapChoices(get("choices, calculations, or slider labels"))
		}
		d.Fields = append(d.Fields, f)
	}
	return d, nil
}

// redcapChoices reads '1, Yes | 0, No'.
func redcapChoices(text string) []importer.Choice {
	var out []importer.Choice
	for part := range strings.SplitSeq(text, "|") {
		if code, label, ok := strings.Cut(part, ","); ok {
			out = append(out, importer.Choice{Code: strings.TrimSpace(code), Label: importer.Plain(plainText(label))})
		}
	}
	return out
}

var (
	inline = regexp.MustCompile(`(?i)</?(?:b|i|u|em|strong|span|font|a|small|sup|sub|mark)(?: [^<>]{0,200})?>`)
	tags   = regexp.MustCompile(`<[^<>]{1,200}>`)
)

// plainText takes the HTML out of a label.
func plainText(s string) string {
	return strings.Join(strings.Fields(tags.ReplaceAllString(inline.ReplaceAllString(s, ""), " ")), " ")
}

// xlsForm reads the sheets survey and choices of a form.
func xlsForm(ctx context.Context, r importer.Reader, path, name string, opts importer.Options) (d importer.Dictionary, ok bool, err error) {
	opts.Sheet = "survey"
	survey, err := r.Read(ctx, path, name, opts)
	if err != nil {
		return d, false, ctx.Err()
	}
	defer survey.Close()
	col := columnsOf(survey, "type", "name")
	if col == nil {
		return d, false, nil
	}
	lists := map[string][]importer.Choice{}
	opts.Sheet = "choices"
	if choices, err := r.Read(ctx, path, name, opts); err == nil {
		defer choices.Close()
		if lists, err = formChoices(choices); err != nil {
			return d, false, err
		}
	}
	d = importer.Dictionary{File: survey.File, Profile: "kobo"}
	for row, err := range survey.Rows() {
		if err != nil {
			return d, false, err
		}
		kind := strings.Join(strings.Fields(row.Cells[col["type"]]), " ")
		f := importer.Field{Name: strings.Clone(row.Cells[col["name"]]), Type: strings.Clone(kind), Label: formLabel(survey, row)}
		if _, list, ok := strings.Cut(kind, " "); ok {
			f.Choices = lists[strings.Fields(list)[0]]
		}
		if f.Name != "" {
			d.Fields = append(d.Fields, f)
		}
	}
	return d, len(d.Fields) > 0, nil
}

func formChoices(s *importer.Sheet) (map[string][]importer.Choice, error) {
	out := map[string][]importer.Choice{}
	col := columnsOf(s, "list_name", "name")
	if col == nil {
		if col = columnsOf(s, "list name", "name"); col == nil {
			return out, nil
		}
		col["list_name"] = col["list name"]
	}
	for row, err := range s.Rows() {
		if err != nil {
			return nil, err
		}
		list := strings.Clone(row.Cells[col["list_name"]])
		out[list] = append(out[list], importer.Choice{Code: strings.Clone(row.Cells[col["name"]]), Label: formLabel(s, row)})
	}
	return out, nil
}

var labelColumn = regexp.MustCompile(`(?i)^label(?:::?\s*(.+))?$`)

// formLabel reads 'label', or 'label::Suomi (fi)' and its like in every language of ours.
func formLabel(s *importer.Sheet, row importer.Row) importer.Wording {
	var w importer.Wording
	for _, c := range s.Columns {
		m := labelColumn.FindStringSubmatch(c.Header)
		if m == nil || row.Cells[c.Index] == "" {
			continue
		}
		text := plainText(row.Cells[c.Index])
		if lang, ok := formLanguage(m[1]); ok {
			w.Text.Set(lang, text)
		} else if w.Plain == "" {
			w.Plain = text
		}
	}
	return w
}

var languageCode = regexp.MustCompile(`\(([a-z]{2,3})\)`)

func formLanguage(name string) (coding.Lang, bool) {
	if m := languageCode.FindStringSubmatch(strings.ToLower(name)); m != nil {
		return importer.ParseLanguage(m[1])
	}
	return importer.ParseLanguage(strings.TrimSpace(name))
}
