package index

import (
	"context"
	"testing"

	"avokoodi/themes"
)

func TestFirst(t *testing.T) {
	d := newDesk(t).open()
	const (
		tuki  = "Kunnan tuki on tärkeää."
		tuki2 = "Tuki on kunnan asia, ja kunnan tuki puuttuu."
		stod  = "Kommunens stöd behövs."
		help  = "We need help from the municipality, helping hands."
	)
	d.add(said{themes.FI, tuki}, said{themes.FI, tuki2}, said{themes.SV, stod}, said{themes.EN, help})
	d.expect("tuki", tuki, tuki2)
	d.expect("kunta", tuki, tuki2)
	d.expect(`"kunnan tuki"`, tuki, tuki2)
	d.expect(`"tuki on"`, tuki, tuki2)
	d.expect(`"tuki on kunnan"`, tuki2)
	d.expect("helped", help)
	d.expect("stöd OR help", stod, help)
	d.expect("-tuki", stod, help)
	d.expect("kun*", tuki, tuki2)
	d.expect("*behövs", stod)
	d.expect("kummunens~", stod)
	d.expect("tarkeaa", tuki)
	res, err := d.index.Search(context.Background(), d.project, parse(t, "kunta tuki"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", res)
}
