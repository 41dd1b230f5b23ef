package notefile_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/coding/importer/csvfile"
	"avokoodi/coding/importer/notefile"
	"avokoodi/coding/importer/xlsxfile"
)

var reader = importer.NewReader(notefile.Format{}, xlsxfile.Format{}, csvfile.Format{})

func read(t *testing.T, name string, raw []byte, opts importer.Options) (*importer.Sheet, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := reader.Read(t.Context(), path, name, opts)
	if err == nil {
		t.Cleanup(func() { s.Close() })
	}
	return s, err
}

// rows is the sheet as 'id|section|note', with ⏎ for line ends.
func rows(t *testing.T, s *importer.Sheet) []string {
	t.Helper()
	var out []string
	for row, err := range s.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, strings.ReplaceAll(strings.Join(row.Cells, "|"), "\n", "⏎"))
	}
	return out
}

func TestText(t *testing.T) {
	const markdown = "# Kuuleminen\n\nJohdanto alkaa.\nSe jatkuu.\n\n## Palvelut ##\n- Kirjasto on kaukana\n- [ ] Bussit eivät kulje\n\n" +
		"| Kuka | Mitä |\n|:--|--:|\n| Järjestö | Toimii |\n\n> Lainaus\n\nLiite\n-----\nLopuksi.\n\n***\n\n```\nraaka - teksti\n```\n\n| yksin | rivi |\n"
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"a.md": {markdown, []string{
			"a.md:3|Kuuleminen|Johdanto alkaa.⏎Se jatkuu.",
			"a.md:7|Kuuleminen › Palvelut|Kirjasto on kaukana",
			"a.md:8|Kuuleminen › Palvelut|Bussit eivät kulje",
			"a.md:12|Kuuleminen › Palvelut|Kuka: Järjestö⏎Mitä: Toimii",
			"a.md:14|Kuuleminen › Palvelut|Lainaus",
			"a.md:18|Kuuleminen › Liite|Lopuksi.",
			"a.md:23|Kuuleminen › Liite|raaka - teksti",
			"a.md:26|Kuuleminen › Liite|yksin⏎rivi",
		}},
		"lines.txt":  {"Ensimmäinen, jossa on pilkku.\r\nToinen, jossa myös.\r\nKolmas, vielä yksi.\r\n", []string{"lines.txt:1||Ensimmäinen, jossa on pilkku.", "lines.txt:2||Toinen, jossa myös.", "lines.txt:3||Kolmas, vielä yksi."}},
		"blocks.txt": {"\n\nYksi\nkappale\n\n\nToinen kappale\n", []string{"blocks.txt:3||Yksi⏎kappale", "blocks.txt:7||Toinen kappale"}},
		"latin.txt":  {"T\xe4m\xe4 on vanha\n\nmuistiinpano \xe5r 2019\n", []string{"latin.txt:1||Tämä on vanha", "latin.txt:3||muistiinpano år 2019"}},
	} {
		s, err := read(t, name, []byte(c.text), importer.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if s.Kind != coding.RoundNotes || s.Profile != notefile.Profile {
			t.Errorf("%s: kind %q, profile %q", name, s.Kind, s.Profile)
		}
		if diff := cmp.Diff(c.want, rows(t, s)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestTablesStayTables: a table that is called .txt is a table, and so is what a person asks to be read as one.
func TestTablesStayTables(t *testing.T) {
	for name, c := range map[string]struct {
		text, profile string
	}{
		"webropol.txt": {"Nimi\tIkä\tMuuta\nA\t3\tEi\nB\t4\tJoo\n", ""},
		"semi.txt":     {"id;vastaus\n1;hyvä\n2;huono\n", ""},
		"sep.txt":      {"sep=,\nid,vastaus\n1,hyvä\n", ""},
		"one.txt":      {"vastaus\nyksi\nkaksi\n", "table"},
	} {
		s, err := read(t, name, []byte(c.text), importer.Options{Profile: c.profile})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if s.Format != "csv" || s.Kind != "" {
			t.Errorf("%s is %s of kind %q", name, s.Format, s.Kind)
		}
	}
}

const styles = `<w:styles xmlns:w="w"><w:style w:styleId="Otsikko1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Rubrik2"><w:name w:val="Heading 2"/></w:style>` +
	`<w:style w:styleId="Nimi"><w:name w:val="Title"/></w:style></w:styles>`

// docx makes a document of Word out of the body of its text.
func docx(t *testing.T, body string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range map[string]string{"[Content_Types].xml": "<Types/>", "word/styles.xml": styles,
		"word/document.xml": `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w" xmlns:mc="mc"><w:body>` + body + `</w:body></w:document>`} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func p(style, text string) string {
	if style != "" {
		style = `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	return "<w:p>" + style + "<w:r><w:t>" + text + "</w:t></w:r></w:p>"
}

func TestDocument(t *testing.T) {
	body := p("Nimi", "Muistio") + p("Otsikko1", "Kuuleminen") + p("", "Kirjasto on kaukana") + p("", " ") +
		`<w:p><w:r><w:t>Bussit</w:t><w:tab/><w:t>eivät</w:t><w:br/><w:t>kulje &amp; junat</w:t></w:r><w:del><w:r><w:delText>poistettu</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space="preserve"> lisätty</w:t></w:r></w:ins></w:p>` +
		p("Rubrik2", "Tiedotus") +
		`<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>` + p("", "Kuka") + `</w:tc><w:tc>` + p("", "Mitä:") + `</w:tc></w:tr>` +
		`<w:tr><w:tc>` + p("", "Järjestö") + `</w:tc><w:tc>` + p("", "Toimii") + p("", "hyvin") + `</w:tc></w:tr></w:tbl>` +
		`<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>` + p("", "Laatikossa") + `</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` + p("", "Laatikossa") + `</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>Ympärillä</w:t></w:r></w:p>`
	raw := docx(t, body)
	s, err := read(t, "muistio.docx", raw, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"muistio.docx:3|Kuuleminen|Kirjasto on kaukana",
		"muistio.docx:5|Kuuleminen|Bussit eivät⏎kulje & junat lisätty",
		"muistio.docx:9|Kuuleminen › Tiedotus|Kuka: Järjestö⏎Mitä: Toimii⏎hyvin",
		"muistio.docx:13|Kuuleminen › Tiedotus|Laatikossa",
		"muistio.docx:12|Kuuleminen › Tiedotus|Ympärillä",
	}
	if diff := cmp.Diff(want, rows(t, s)); diff != "" {
		t.Error(diff)
	}
	// It is a document whatever it is called.
	if _, err := read(t, "muistio.xlsx", raw, importer.Options{}); err != nil {
		t.Error(err)
	}
	proposal, err := importer.Propose(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := importer.NewPlan(t.Context(), s, proposal.Mapping, nil)
	if err != nil || plan.Problems.Refused() {
		t.Fatal(err, plan.Problems)
	}
	if b := plan.Batch; b.Round.Kind != coding.RoundNotes || b.Round.Key != "notes" || len(b.Questions) != 1 || b.Questions[0].Label.SV != "Anteckningar" ||
		len(b.Variables) != 1 || len(b.Variables[0].Categories) != 2 || b.Numbered {
		t.Errorf("%+v", b)
	}
}

func TestBadNotes(t *testing.T) {
	good := docx(t, p("", "Hyvä"))
	bomb := docx(t, strings.Repeat(p("", strings.Repeat("a", 4000)), 9000))
	deep := docx(t, strings.Repeat("<w:x>", 5000)+strings.Repeat("</w:x>", 5000))
	laughs := docx(t, `<!DOCTYPE lolz [<!ENTITY lol "lol">]>&lol;`)
	for name, c := range map[string]struct {
		raw []byte
		key string
	}{
		"cut.docx":    {good[:len(good)-40], "import.document_damaged"},
		"bomb.docx":   {bomb, "import.zip_bomb"},
		"deep.docx":   {deep, "import.document_damaged"},
		"laughs.docx": {laughs, "import.document_damaged"},
		"blank.docx":  {docx(t, p("", " ")+p("Otsikko1", "Otsikko")), "import.no_notes"},
		"blank.md":    {[]byte("# Otsikko\n\n## Toinen\n"), "import.no_notes"},
		"old.doc":     {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600) + "W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00"), "import.doc"},
		"long.txt":    {[]byte("yksi\n\n" + strings.Repeat("a", 5<<20)), "import.row_long"},
	} {
		_, err := read(t, name, c.raw, importer.Options{})
		var problem importer.Problem
		if !errors.As(err, &problem) || problem.Key != c.key || problem.File != name {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzNotes(f *testing.F) {
	f.Add([]byte("# A\n\n- b\n| c | d |\n|---|---|\n| e | f |\n```\ng\n"), true)
	f.Add([]byte("yksi\n\nkaksi\r\nkolme"), false)
	f.Fuzz(func(t *testing.T, raw []byte, markdown bool) {
		name := "a.txt"
		if markdown {
			name = "a.md"
		}
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := reader.Read(t.Context(), path, name, importer.Options{})
		var problem importer.Problem
		if err != nil {
			if !errors.As(err, &problem) {
				t.Fatal(err)
			}
			return
		}
		defer s.Close()
		for _, err := range s.Rows() {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

func FuzzDocument(f *testing.F) {
	f.Add("<w:p><w:r><w:t>a</w:t></w:r></w:p>")
	f.Add("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr><w:tr/></w:tbl></w:tbl>")
	f.Add("<w:tr><w:tc><w:tbl><w:tc/></w:tbl><w:p></w:p></w:tc></w:tr>")
	f.Fuzz(func(t *testing.T, body string) {
		path := filepath.Join(t.TempDir(), "a.docx")
		if err := os.WriteFile(path, docx(t, body), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := reader.Read(t.Context(), path, "a.docx", importer.Options{})
		var problem importer.Problem
		if err == nil {
			s.Close()
		} else if !errors.As(err, &problem) {
			t.Fatal(err)
		}
	})
}
