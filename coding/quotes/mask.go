package quotes

import (
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/privacy"
)

// labels is what stands in brackets for each kind, in the quote's language.
var labels = map[privacy.Kind]coding.Text{}

func init() {
	for kind, l := range map[privacy.Kind][3]string{
		privacy.KindHetu: {"henkilötunnus", "personbeteckning", "personal identity code"}, privacy.KindPerson: {"henkilötunnus", "personnummer", "personal identity number"},
		privacy.KindCoord: {"henkilötunnus", "samordningsnummer", "personal identity number"}, privacy.KindInterim: {"henkilötunnus", "interimsnummer", "personal identity number"},
		privacy.KindSuspect: {"tunniste", "identifierare", "identifier"}, privacy.KindPhone: {"puhelinnumero", "telefonnummer", "phone number"},
		privacy.KindEmail: {"sähköpostiosoite", "e-postadress", "e-mail address"}, privacy.KindIBAN: {"tilinumero", "kontonummer", "account number"},
		privacy.KindAddress: {"osoite", "adress", "address"}, privacy.KindURL: {"verkko-osoite", "webbadress", "web address"},
		privacy.KindPlate: {"rekisteritunnus", "registreringsnummer", "registration number"}, privacy.KindName: {"nimi", "namn", "name"},
		privacy.KindMunicipality: {"kunta", "kommun", "municipality"}, privacy.KindOrganisation: {"organisaatio", "organisation", "organisation"},
	} {
		var t coding.Text
		t.Set("fi", l[0])
		t.Set("sv", l[1])
		t.Set("en", l[2])
		labels[kind] = t
	}
}

// Label is what stands in brackets for a kind in a quote of the language; Finnish where that is not known.
func Label(kind privacy.Kind, l coding.Lang) string {
	if l != "sv" && l != "en" {
		l = "fi"
	}
	return labels[kind].Exact(l)
}

// Unmasked is the identifiers in the words that a version keeps and leaves as they are, with their place in the answer.
func Unmasked(f *privacy.Finder, text string, v coding.Version) []privacy.Found {
	runes := []rune(text)
	if check(runes, v) != nil {
		return nil
	}
	stretches := kept(runes, v)
	return slices.DeleteFunc(f.Find(text), func(x privacy.Found) bool {
		hidden := slices.ContainsFunc(v.Edits, func(e coding.QuoteEdit) bool {
			return e.Do == coding.EditMask && e.Start <= x.Start && x.End <= e.End
		})
		return hidden || !slices.ContainsFunc(stretches, func(k coding.Span) bool { return x.Start < k.End && k.Start < x.End })
	})
}

// MaskAll is v with every identifier that it keeps masked; how many were is told too.
func MaskAll(f *privacy.Finder, text string, v coding.Version, l coding.Lang) (coding.Version, int) {
	n := 0
	for _, x := range Unmasked(f, text, v) {
		at := coding.Span{Start: x.Start, End: x.End}
		for _, k := range kept([]rune(text), v) { // what a cut has parted is masked as far as it is kept
			if k.Start < at.End && at.Start < k.End {
				part := coding.Span{Start: max(k.Start, at.Start), End: min(k.End, at.End)}
				if next, err := Put(text, v, coding.QuoteEdit{Span: part, Do: coding.EditMask, Text: Label(x.Kind, l)}); err == nil {
					v = next
					n++
				}
			}
		}
	}
	return v, n
}
