package ui

import (
	"io"
	"testing"

	"avokoodi/ui/view"
)

// BenchmarkCard renders a coded answer's card, which every change of the desk answers with.
func BenchmarkCard(b *testing.B) {
	t, err := parsed("fi", "")
	if err != nil {
		b.Fatal(err)
	}
	cards := []view.Card{{ID: 42, Number: "#0042", Lang: "fi", Language: "suomi", Class: "Järjestö", State: "coded", Mine: "coded", On: "16",
		Project: "big", CanCode: true, Segments: []view.Segment{{Text: "Yhteistyö kunnan kanssa toimii hyvin, mutta avustukset tulevat myöhään."}},
		Chips:    []view.Chip{{Theme: 3, Label: "Koordinaatio", Hue: 4, Mine: true, Own: true, CanDrop: true, Coding: 9}},
		Examples: []view.CardExample{{Theme: 3, Label: "Koordinaatio", Hue: 4, Coding: 9}},
		KeyOf:    map[string]string{"type": "t", "none": "n", "unusable": "-"}, Href: "/p/big/code?at=42#a42", Back: "/p/big/code?at=42#a42"}}
	for b.Loop() {
		if err := t.ExecuteTemplate(io.Discard, "cards", cards); err != nil {
			b.Fatal(err)
		}
	}
}
