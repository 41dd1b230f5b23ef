package ui

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"avokoodi/ui/view"
)

// The gallery shows each component in every state with canned data, for those who change its looks and for the tests that look at
// them. Its words are content, as an answer's are: the longest that Finnish has, none at all, right to left.

func (s *Server) routeGallery(g gin.IRouter) { g.GET("/gallery", s.admin(s.gallery)) }

const (
	longLabel = "Kansainvälistä suojelua saaneiden maahanmuuttajapalveluiden järjestämissuunnitelma"
	longWord  = "Lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas"
	galleryID = 1_000_000_000 // of no answer
)

func (s *Server) gallery(r *request) error {
	page := view.GalleryPage{Page: r.base("gallery.title", ""), Cards: r.galleryCards(), Facets: galleryFacets(), Pane: galleryPane(), Problems: galleryProblems(),
		Progress: galleryProgress(), Reworded: view.Reworded{Lang: "fi", Pieces: []view.DiffPiece{{Op: "same", Text: "Mitä "}, {Op: "del", Text: "toivotte"}, {Op: "ins", Text: "toivoisitte"}, {Op: "same", Text: " yhteistyöltä?"}}},
		Fields: map[string]string{"name": r.t("project.name_missing")}, Names: []view.NameField{{Lang: "fi", Label: r.t("lang.name.fi"), First: true}, {Lang: "sv", Label: r.t("lang.name.sv"), Value: longLabel}}}
	page.Suggested = []view.Suggested{
		{Answer: galleryID, Themes: gallerySuggested(r), About: r.t("suggest.about", 960, "84 %")},
		{Say: r.t("suggest.nothing"), About: r.t("suggest.about", 960, "84 %")},
		{Say: r.t("suggest.soon", 12, suggestFrom)}, {Say: r.t("suggest.learning_now", 960)}, {Say: r.t("suggest.independent")},
	}
	return s.render(r, http.StatusOK, "gallery", page)
}

func gallerySuggested(r *request) []view.SuggestedTheme {
	return []view.SuggestedTheme{
		{Theme: 1, Label: "Yhteyshenkilöt", Hue: 4, P: "0,86", Words: []string{"kontaktperson", "gemensam"}, Spans: "0-5", Record: r.t("suggest.record", 31, 36)},
		{Theme: 2, Label: longLabel, Hue: 9, P: "0,50", Spans: "", Record: r.t("suggest.record", 5, 10)},
	}
}

// galleryCards are answers in every state.
func (r *request) galleryCards() []view.Card {
	plain := func(text string) []view.Segment { return []view.Segment{{Text: text}} }
	mine := view.Chip{Theme: 1, Label: "Koordinaatio", Hue: 2, Mine: true, Own: true, CanDrop: true}
	theirs := view.Chip{Theme: 2, Label: "Roolit ja vastuut", Hue: 2, Others: []view.Person{{ID: 2, Name: "Aino Esimerkki", Initials: "AE", Hue: 7}}, CanDrop: true}
	long := view.Chip{Theme: 3, Label: longLabel, Hue: 9, Mine: true, Own: true, CanDrop: true}
	part := view.Chip{Theme: 4, Label: "Palvelut", Hue: 5, Own: true, Part: "3/7", CanDrop: true}
	cards := []view.Card{
		{Lang: "fi", State: "open", Segments: plain("Avoin vastaus, jota kukaan ei ole vielä lukenut."), Suggested: &view.Suggested{Answer: galleryID, Themes: gallerySuggested(r), Key: "a"}, Now: true},
		{Lang: "sv", State: "coded", Mine: "coded", Class: "Kommunens invandrartjänster", Chips: []view.Chip{mine, theirs, long}, Quoted: true,
			Segments: []view.Segment{{Text: "Det saknas "}, {Text: "information", Marks: []view.MarkedBy{{Hue: 2, Label: "Koordinaatio"}}}, {Text: " och tjänster", Hit: true, Marks: []view.MarkedBy{{Hue: 2, Label: "Koordinaatio"}, {Hue: 5, Label: "Palvelut"}}}, {Text: " på svenska."}}},
		{Lang: "en", State: "coded", Chips: []view.Chip{theirs}, Segments: plain("Only somebody else has coded this."), Memos: []view.Memo{{By: "Aino Esimerkki", Text: "A colleague’s thought.", When: "26.11.2026", Theme: "Palvelut"}}, MyMemo: "My own thought,\nover two lines."},
		{Lang: "fi", State: "none", Mine: "none", NoTheme: true, Judged: r.t("state.none"), Segments: plain("Kaikki hyvin, kiitos kysymästä.")},
		{Lang: "fi", State: "unusable", Mine: "unusable", Unusable: true, Judged: r.t("state.unusable"), Segments: plain("-"), Alike: 7, AlikeOf: "/gallery"},
		{Lang: "fi", State: "coded", Mine: "coded", Chips: []view.Chip{part}, Segments: plain("Sama vastaus, johon vain osa on koodattu."), Alike: 7, AlikeOf: "/gallery"},
		{Lang: "", State: "open", Mixed: true, Unsure: "51 %", Identifies: r.t("privacy.kind.email"), Question: longLabel, Changed: "/gallery", Segments: plain(longWord + " " + longWord + " kirjoitti osoitteesta etunimi.sukunimi@esimerkki.fi.")},
		{Lang: "", State: "open", Segments: plain("مرحبا بكم في المدينة")},
	}
	for i := range cards {
		c := &cards[i]
		c.ID, c.Number, c.Project, c.CanCode, c.On = int64(galleryID+i), "#0147", "gallery", true, "gallery"
		c.Language, c.KeyOf, c.Href, c.Back = r.t("lang.none"), r.deskKeys(), "/gallery", "/gallery"
		if c.Lang != "" {
			c.Language = r.t("lang.name." + c.Lang)
		}
		if c.Mine == "" {
			c.Mine = "open"
		}
	}
	return cards
}

// galleryFacets are filters with few and many values, chosen ones, hidden counts and counts of a hundred thousand.
func galleryFacets() []view.Facet {
	many := view.Facet{Name: "organisation", Label: "Taustaorganisaatio", More: 2, Options: []view.Option{
		{Value: "1", Label: longLabel, Count: "<5"}, {Value: "2", Label: longWord, Count: "100 000", Selected: true}, {Value: "3", Label: "Järjestö", Count: "0"}}}
	return []view.Facet{
		{Name: "question", Label: "Kysymys", One: true, More: 2, Options: []view.Option{{Value: "1", Label: "Paikallinen taso", Count: "251", Selected: true}, {Value: "2", Label: "Alueellinen taso", Count: "208"}}},
		many, {Name: "empty", Label: "Kieli"},
	}
}

func galleryPane() view.ThemePane {
	return view.ThemePane{Project: "gallery", Answer: galleryID, Back: "/gallery", CanCode: true, Themes: []view.PaneTheme{
		{ID: 1, Label: "Koordinaatio", Hue: 2, Shortcut: "1", Count: "38", On: true}, {ID: 2, Label: "Roolit ja vastuut", Hue: 2, Depth: 1, Count: "<5"},
		{ID: 3, Label: longLabel, Hue: 9, Depth: 2, Shortcut: "ö", Count: "100 000"}, {ID: 4, Label: longWord, Hue: 12, Count: "0"}}}
}

func galleryProblems() []view.ProblemRow {
	return []view.ProblemRow{{Row: "7", Column: "C · Paikallisella tasolla:", Text: "#DIV/0!", Error: true}, {Row: "100 000", Column: longLabel, Text: longWord}}
}

func galleryProgress() view.ProgressTable {
	some := view.Progress{Total: 265, Coded: 110, None: 35, Unusable: 10, Open: 110, Share: 0.58, Bar: []view.Piece{{Kind: "coded", Size: 415}, {Kind: "none", From: 415, Size: 132}, {Kind: "unusable", From: 547, Size: 38}}}
	return view.ProgressTable{ID: "progress", Title: "Kysymyksittäin", Heading: "Kysymys", Detail: true, Key: true, Rows: []view.ProgressRow{
		{Label: "Missä asioissa tarvitaan enemmän yhteistyötä?", Progress: some, Answers: "265", Href: "/gallery?"},
		{Label: longLabel, Hidden: true, Answers: "·", Href: "/gallery?"}, {Label: longWord, Answers: "0", Href: "/gallery?"}}}
}
