package privacy

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"avokoodi/cmd/avokoodi/needed"
)

func show(found []Found) string {
	var out []string
	for _, f := range found {
		out = append(out, fmt.Sprintf("%s %d-%d %s", f.Kind, f.Start, f.End, f.Text))
	}
	return strings.Join(out, "; ")
}

// codes are the identity codes together: 030827-2392 is right both as a Finnish and as a Swedish one.
var codes = []Kind{KindHetu, KindPerson, KindCoord, KindInterim}

// kindsOf is the kinds that a row's type stands for.
var kindsOf = map[string][]Kind{"hetu": codes, "hetu_temporary": codes, "personnummer": codes, "samordningsnummer": codes, "interimsnummer": codes,
	"phone_fi": {KindPhone}, "phone_se": {KindPhone}, "iban": {KindIBAN}, "email": {KindEmail},
	"address_fi": {KindAddress}, "plate_fi": {KindPlate}, "name": {KindName}}

// TestIdentifiers measures the finder on the published test values, each alone and in a sentence.
func TestIdentifiers(t *testing.T) {
	file, err := os.Open(needed.File(t, filepath.Join("..", "..", "..", "shared", "data", "pii", "identifiers.tsv")))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	type score struct{ hit, miss, false int }
	scores := map[Kind]*score{}
	f := New()
	in := bufio.NewScanner(file)
	in.Scan()
	for in.Scan() {
		row := strings.Split(in.Text(), "\t")
		value := strings.ReplaceAll(row[0], `\n`, "\n")
		for _, frame := range []string{"%s", "Kirjoitin sen näin: %s", "Det var (%s) som gällde.", "tieto on %s, ja muuta en sano"} {
			text := fmt.Sprintf(frame, value)
			found := f.Find(text)
			got := map[Kind]bool{}
			for _, x := range found {
				if slices.Contains(codes, x.Kind) {
					x.Kind = KindHetu
				}
				got[x.Kind] = true
			}
			if row[1] == "none" && len(found) > 0 {
				t.Errorf("%q: %s", text, show(found))
			}
			for _, k := range []Kind{KindHetu, KindIBAN, KindEmail, KindPhone, KindAddress, KindPlate, KindName} {
				if scores[k] == nil {
					scores[k] = &score{}
				}
				mine := len(kindsOf[row[1]]) > 0 && kindsOf[row[1]][0] == k
				switch {
				case mine && row[2] == "1" && got[k]:
					scores[k].hit++
				case mine && row[2] == "1":
					scores[k].miss++
					t.Logf("missed %s %q: %s", k, text, show(found))
				case got[k] && (mine || row[2] == "1" && k != KindName && k != KindAddress):
					scores[k].false++
					t.Logf("false %s %q: %s", k, text, show(found))
				}
			}
		}
	}
	for k, s := range scores {
		precision, recall := float64(s.hit)/float64(s.hit+s.false), float64(s.hit)/float64(s.hit+s.miss)
		t.Logf("%-18s precision %.3f recall %.3f (%d found, %d missed, %d false)", k, precision, recall, s.hit, s.miss, s.false)
		least := map[Kind]float64{KindPhone: .95, KindAddress: .85, KindPlate: .9, KindName: .9}[k]
		if least == 0 {
			least = .99
		}
		if precision < least || recall < least {
			t.Errorf("%s: precision %.3f, recall %.3f, wanted %.2f", k, precision, recall, least)
		}
	}
}
