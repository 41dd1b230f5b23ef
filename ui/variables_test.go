package ui

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/sets"
)

const towns = `id;Kunta;Paino;Palaute
1;Espoo;0,5;Yhteistyö kunnan kanssa on sujunut hyvin ja apua on saanut.
2;Utsjoki;2;Kaikki toimii mainiosti, mutta matkat ovat pitkiä täällä.
3;Espoo;0,5;Lisää tietoa palveluista pitäisi saada selvemmin kaikille.
4;Inari;2;Palveluita on liian vähän ja ne ovat kaukana meistä.
`

// TestVariables derives variables by hand and by a look-up table, with preview, order, populations, weights and refusals.
func TestVariables(t *testing.T) {
	s := newTestSite(t)
	p := s.project("one", nil)
	b := s.as(coding.RoleLead)
	at := b.send("one", "a.csv", []byte(towns))
	b.through(at)
	b.imported(at)
	find := func(key string) (v coding.Variable) {
		t.Helper()
		_ = s.server.Boards.Read(t.Context(), p.ID, func(board *sets.Board) error {
			for _, x := range board.Variables() {
				if x.Key == key {
					v = x
				}
			}
			return nil
		})
		return v
	}
	town := find("kunta")
	list := "/p/one/settings/variables"
	b.get(list).want(http.StatusOK).says("Kunta", "Derive a new variable", "Look-up table")
	b.post(list, "from", fmt.Sprint(town.ID), "label", "", "classes", "x").want(http.StatusUnprocessableEntity).says("Give the variable a name")
	to := b.post(list, "from", fmt.Sprint(town.ID), "label", "Size", "classes", "Large\n\nSmall\n").to(list + "/v/[0-9]+")
	size := find("size")
	b.get(to).want(http.StatusOK).says("derived from Kunta", "Espoo", "Utsjoki", "4 respondents without a category")

	form := []string{"name.en", "Size class", "counted", fmt.Sprint(town.ID), "rest", "small",
		"c.0.id", fmt.Sprint(size.Categories[0].ID), "c.0.ord", "2", "c.0.en", "Large", "c.0.pop", "9",
		"c.1.id", fmt.Sprint(size.Categories[1].ID), "c.1.ord", "1", "c.1.en", "Small", "c.1.fi", "Pieni", "c.1.pop", "12",
		"c.2.id", "", "c.2.ord", "3", "c.2.en", ""}
	for _, c := range town.Categories {
		if c.Label.FI == "Espoo" {
			form = append(form, fmt.Sprint("v.", c.ID), "large")
		}
	}
	b.post(to, append(form, "do", "preview")...).want(http.StatusOK).says("nothing has been saved yet")
	if got := find("size"); len(got.Recode.Values) != 0 {
		t.Fatalf("the preview was saved: %+v", got.Recode)
	}
	b.post(to, append(form, "do", "save")...).to(to)
	got := find("size")
	if got.Categories[0].Label.FI != "Pieni" || got.Categories[0].Population != 12 || got.Recode.Values["espoo"] != "large" || got.Counted != town.ID {
		t.Errorf("saved %+v, %+v", got, got.Recode)
	}
	_ = s.server.Boards.Read(t.Context(), p.ID, func(board *sets.Board) error {
		cover := board.Coverage(got, nil)
		if cover[0].Reached != 2 || cover[0].Respondents != 2 || cover[1].Reached != 1 || cover[1].Respondents != 2 {
			t.Errorf("coverage %+v", cover)
		}
		return nil
	})
	zero := append([]string{}, form...)
	for i := range zero {
		if zero[i] == "c.0.pop" {
			zero[i+1] = "0"
		}
	}
	b.post(to, append(zero, "do", "save")...).want(http.StatusUnprocessableEntity).says("must be at least 1")
	b.get("/p/one/code?question=*").want(http.StatusOK).says("Size class") // a facet like any other

	weight := find("paino")
	wform := []string{"name.fi", "Paino", "weight", "1"}
	for i, c := range weight.Categories {
		wform = append(wform, fmt.Sprintf("c.%d.id", i), fmt.Sprint(c.ID), fmt.Sprintf("c.%d.fi", i), c.Label.FI)
	}
	b.post(fmt.Sprint(list, "/v/", weight.ID), wform...).to(fmt.Sprint(list, "/v/", weight.ID))
	if !find("paino").Weight {
		t.Error("not a weight")
	}

	upload := func(text string) *testPage {
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		_ = w.WriteField("from", fmt.Sprint(town.ID))
		f, err := w.CreateFormFile("file", "lookup.csv")
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(text))
		w.Close()
		return b.do(http.MethodPost, list+"/lookup", w.FormDataContentType(), &body)
	}
	upload("kunta;maakunta\nEspoo;Uusimaa\nEspoo;Lappi\n").want(http.StatusUnprocessableEntity).says("has a different category from row 2")
	upload("kunta;maakunta;koko\nEspoo;Uusimaa;iso\nInari;Lappi;pieni\n").to(list)
	region := find("maakunta")
	if region.Recode == nil || region.Recode.Values["inari"] != "lappi" || len(region.Categories) != 2 || find("koko").ID == 0 {
		t.Errorf("looked up %+v", region)
	}
	b.post(list+"/order", "ids", fmt.Sprint(region.ID, " ", town.ID)).to(list)
	if first := find("maakunta"); first.Order != 0 {
		t.Errorf("order %d", first.Order)
	}
	b.post(fmt.Sprint(list, "/v/", region.ID), "do", "delete").to(list)
	if find("maakunta").ID != 0 {
		t.Error("still there")
	}
	if !strings.Contains(to, fmt.Sprint(size.ID)) {
		t.Errorf("sent to %s", to)
	}
	s.as(coding.RoleAnalyst).get(list).want(http.StatusForbidden)
}
