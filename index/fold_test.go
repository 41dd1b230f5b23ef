package index

import (
	"context"
	"slices"
	"testing"

	"avokoodi/coding"
	"avokoodi/index/query"
	"avokoodi/themes"
)

func TestFolding(t *testing.T) {
	d := newDesk(t).open()
	const (
		paiva = "Päiväkodit ovat täynnä."
		saari = "Saari on kaunis."
		sari  = "Sääriä kolottaa."
		okad  = "Ökade kostnader för barnen på ön."
		ja    = "Ja niin edelleen."
	)
	d.add(said{themes.FI, paiva}, said{themes.FI, saari}, said{themes.FI, sari}, said{themes.SV, okad}, said{themes.FI, ja})
	d.expect("paivakodit", paiva)
	d.expect("taynna paivakodit", paiva)
	d.expect(`"paivakodit ovat"`, paiva)
	d.expect(`"taynna ovat"`)
	d.expect("paivako*", paiva)
	d.expect("*akodit", paiva)
	d.expect("okade", okad)
	d.expect("okade kostnad", okad)
	// What finds something, or says å, ä or ö, means what it says.
	d.expect("saari", saari)
	d.expect("saari*", saari)
	d.expect("sääriä", sari)
	d.expect("paiväkodit")
	d.expect("paivakodit OR saari", saari)
	d.expect("paivakodit -ö")
	d.expect("-paivakodit", paiva, saari, sari, okad, ja)

	res, err := d.index.Search(context.Background(), d.project, parse(t, "paivakodit taynna"), Options{})
	if err != nil || !res.Folded || len(res.Hits) != 1 || !slices.Equal(res.Hits[0].Matches, []coding.Span{{Start: 0, End: 10}, {Start: 16, End: 22}}) {
		t.Errorf("%+v, %v", res, err)
	}
	res, err = d.index.Search(context.Background(), d.project, parse(t, "saari"), Options{})
	if err != nil || res.Folded {
		t.Errorf("%+v, %v", res, err)
	}
	marks, err := d.index.Highlight(context.Background(), d.project, parse(t, "paivakodit"), d.answers())
	if err != nil || len(marks) != 1 {
		t.Errorf("%v, %v", marks, err)
	}
}

func TestFoldable(t *testing.T) {
	for text, want := range map[string]bool{"paiva": true, "päivä": false, "a\u0308a": false, "PÄIVÄ paiva": false, "teema:ääni": false,
		"teema:ääni paiva": true, `"paiva ilta" kau*`: true, "paiva -yö": false, "": false, "ilta~": false} {
		q, err := query.Parse(text, nil)
		if err != nil {
			t.Fatal(err)
		}
		if foldable(q) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
}
