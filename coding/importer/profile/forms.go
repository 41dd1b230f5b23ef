package profile

import (
	"strings"

	"avokoodi/coding/importer"
)

// googleforms exports one header row, a timestamp first; the boxes that a respondent ticked are listed in one cell with ', ', or with ';'.
type googleforms struct{}

func (googleforms) Profile() string { return "google-forms" }

var googleOwn = join(
	names(metaDate, "timestamp", "aikaleima", "tidsstämpel", "tidstämpel"),
	names(metaPerson, "username", "email address", "käyttäjänimi", "käyttäjätunnus", "sähköpostiosoite", "sähköposti", "användarnamn", "e-postadress"),
	names(metaTool, "score", "total score", "pisteet", "poäng"))

// Fits: the first column is the timestamp.
func (googleforms) Fits(t *importer.Table) bool {
	m, ok := own(googleOwn, t.Raw(0))
	return ok && m == metaDate
}

func (googleforms) Arrange(t *importer.Table) error {
	for i := range t.Columns {
		if m, ok := own(googleOwn, t.Raw(i)); ok {
			at(t, i).add(m)
		}
	}
	if err := listChoices(t, separator{sep: ", "}); err != nil {
		return err
	}
	return listChoices(t, separator{sep: ";"})
}

// msforms exports a workbook or CSV with one header row, id and times first; ticked boxes are listed with ';' behind each.
type msforms struct{}

func (msforms) Profile() string { return "ms-forms" }

var msOwn = join(
	names(metaID, "id", "tunnus", "tunniste"),
	names(metaDate, "start time", "completion time", "last modified time", "alkamisaika", "aloitusaika", "valmistumisaika", "päättymisaika", "suoritusaika",
		"viimeksi muokattu", "viimeisin muokkausaika", "starttid", "slutförandetid", "sluttid", "tid för slutförande", "senast ändrad", "tid för senaste ändring"),
	names(metaPerson, "email", "name", "sähköposti", "nimi", "e-post", "e-postadress", "namn"),
	names(metaTool, "total points", "quiz feedback", "grade posted time", "pisteet yhteensä", "testin palaute", "summa poäng", "totalpoäng", "feedback om test"),
	names(metaLang, "language", "kieli", "språk"))

// Fits: an id first, and two of the tool's times behind it.
func (msforms) Fits(t *importer.Table) bool {
	if m, ok := own(msOwn, t.Raw(0)); !ok || m != metaID || len(t.Columns) < 3 {
		return false
	}
	for i := 1; i <= 2; i++ {
		if m, ok := own(msOwn, t.Raw(i)); !ok || m != metaDate {
			return false
		}
	}
	return true
}

func (msforms) Arrange(t *importer.Table) error {
	for i := range t.Columns {
		h := t.Raw(i)
		if m, ok := own(msOwn, h); ok && i < 8 || ok && m == metaTool {
			at(t, i).add(m)
			continue
		}
		for _, before := range []string{"Points - ", "Feedback - ", "Pisteet - ", "Palaute - ", "Poäng - ", "Poäng – ", "Feedback – "} {
			if strings.HasPrefix(h, before) {
				at(t, i).is(importer.RoleIgnore, "tool")
			}
		}
	}
	return listChoices(t, separator{sep: ";", ends: true})
}
