package privacy

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFind(t *testing.T) {
	f := New("Kotilähde", "Monen Kulttuurin Talo")
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"Yhteistyö sujuu hyvin eikä mitään puutu.", ""},
		// Numbers that are nothing of the kind.
		{"Laki 1386/2010, 3 § ja asetus (EU) 2016/679, N:o 384/96, HE 96/2022 vp, SFS 2010:800", ""},
		{"Vuosina 2019–2023 osuus nousi 12,5 %:sta 23 %:iin, 1 234 567 euroa, klo 12.30, 01-02-2022, 1.1.2020", ""},
		{"Tavoite 100 000 asukasta, 010 2 ja 0,45678901 sekä 3–4 kertaa, luku 02.03.04", ""},
		{"THL 123, ISO 900 ja KHO 211 sekä EU-112", ""},
		{"Toivo paremmasta elää. Meri on lähellä. Onni potkaisi.", ""},
		{"yhteistyö toimii.Se on hyvä, ks. liite.fi ja b.fi", "url 33-41 liite.fi"},
		// Identity codes and what is like them.
		{"👩‍👩‍👧 tunnus 131052-308T, ei muuta", "hetu 13-24 131052-308T"},
		{"131052–308T ja 131052a308t", "hetu 0-11 131052–308T; hetu 15-26 131052a308t"},
		{"131052-308U meni väärin", "suspect 0-11 131052-308U"},
		{"pnr 19811228-9874.", "personnummer 4-17 19811228-9874"},
		{"811228-9875", "suspect 0-11 811228-9875"},
		{"org.nr 802005-7538", ""},
		{"1131052-308T ja 131052-308T1", ""},
		// Phones.
		{"soita +358 (0)9 310 11111 tai 040-123 4567!", "phone 6-25 +358 (0)9 310 11111; phone 30-42 040-123 4567"},
		{"puh. 310 1111, muuten 310 1111", "phone 5-13 310 1111"},
		{"(09) 310 1111 vai (0931011111)", "phone 0-13 (09) 310 1111; phone 19-29 0931011111"},
		{"00100 2023 ja 02150 123456", ""},
		{"ring 070-123 45 67 eller +46 8 123 456 78", "phone 5-18 070-123 45 67; phone 25-41 +46 8 123 456 78"},
		// Net.
		{"kirjoita: matti.meikalainen@esimerkki.fi.", "email 10-40 matti.meikalainen@esimerkki.fi"},
		{`osoite on "a@b.fi" tai (c@d.se)`, "email 11-17 a@b.fi; email 24-30 c@d.se"},
		{`"a@b.fi`, "suspect 1-7 a@b.fi"},
		{"katso https://example.org/sivu?x=1, www.kunta.fi ja kunta.fi/asiat.", "url 6-34 https://example.org/sivu?x=1; url 36-48 www.kunta.fi; url 52-66 kunta.fi/asiat"},
		{"@tagi ja a@b", ""},
		// Accounts and plates.
		{"tili FI21 1234 5600 0007 85, ei FI22 1234 5600 0007 85", "iban 5-27 FI21 1234 5600 0007 85"},
		{"auto ABC-123 tai xyz-987, Bil ABC 12A", "plate 5-12 ABC-123; plate 17-24 xyz-987; plate 30-37 ABC 12A"},
		{"noin abc-1234 ja ABC 123 456", ""},
		// Addresses.
		{"asun osoitteessa Mannerheimintie 5 A 12, 00100 Helsinki nykyään", "address 17-55 Mannerheimintie 5 A 12, 00100 Helsinki"},
		{"Storgatan 12 B i Ekenäs", "address 0-14 Storgatan 12 B; municipality 17-23 Ekenäs"},
		{"Rautatie 2 on lähellä ja Elämäntie on pitkä, kävelytie tukittu", ""},
		{"I live at 12 Main Street now", "address 10-24 12 Main Street"},
		// Names, places, organisations.
		{"Kiitos Tiina Virtaselle ja Matin tiimille", "name 7-23 Tiina Virtaselle; name 27-32 Matin"},
		{"Kaverini Ahmed ja Anna-Liisa", "name 9-14 Ahmed; name 18-28 Anna-Liisa"},
		{"Puhuin Lindqvistin kanssa. Tack till Eva!", "name 7-18 Lindqvistin; name 37-40 Eva"},
		{"sanoi Onni ja Onni Mäkinen", "name 6-10 Onni; name 14-26 Onni Mäkinen"},
		{"Turussa ja Seinäjoella, i Kimitoön, Helsingin", "municipality 0-7 Turussa; municipality 11-22 Seinäjoella; municipality 26-34 Kimitoön; municipality 36-45 Helsingin"},
		{"Salon pöydällä on lehti, mutta Salossa ei", "municipality 31-38 Salossa"},
		{"Kävimme Kotilähteessä ja Monen kulttuurin talolla", "organisation 25-49 Monen kulttuurin talolla"},
		{"Toivon Tupa ry auttoi, samoin Oy", "organisation 0-14 Toivon Tupa ry"},
	} {
		if got := show(f.Find(c.text)); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"131052-308T", "+358 (0)9 310 11111", "a@b.fi", "FI21 1234 5600 0007 85", "Mannerheimintie 5 A\n00100 Helsinki",
		"Matti-Pekka Virtanen", "👩‍👩‍👧 ABC-123", "\xff\xfe040 1234567", "www.a.fi", strings.Repeat("0-", 40)} {
		f.Add(s)
	}
	finder := New("Monen Talo", "X")
	f.Fuzz(func(t *testing.T, s string) {
		runes := []rune(s)
		last := 0
		for _, x := range finder.Find(s) {
			if x.Start < last || x.End <= x.Start || x.End > len(runes) || string(runes[x.Start:x.End]) != x.Text || x.Kind == "" {
				t.Fatalf("%q: %+v", s, x)
			}
			last = x.End
		}
		if !utf8.ValidString(s) && len(runes) == 0 && len(s) > 0 {
			t.Fatal("no code points")
		}
	})
}

// BenchmarkFind scans answers of 150 code points, one in ten with an identifier.
func BenchmarkFind(b *testing.B) {
	f := New()
	plain := "Kunnan ja järjestöjen yhteistyö vaatii aikaa; Tampereella se alkoi vuonna 2019, kun lain 1386/2010 mukainen tehtävä siirtyi. Tarvitaan 3 uutta työntekijää."
	with := plain + " Kysy lisää: Matti Meikäläinen, 040 123 4567, matti@esimerkki.fi"
	b.SetBytes(int64(len(plain)))
	for i := 0; b.Loop(); i++ {
		if i%10 == 0 {
			f.Find(with)
		} else {
			f.Find(plain)
		}
	}
}
