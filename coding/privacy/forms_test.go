package privacy

import (
	"strings"
	"testing"
)

// forms are ways of writing that people use, each found whole wherever it stands. The account numbers are the examples of the
// IBAN registry, the telephone numbers are of ranges that are kept for examples or were made up.
var written = []struct {
	kind  Kind
	texts []string
}{
	{KindPhone, []string{
		"040-1234567", "040 123 4567", "(040) 123 4567", "+358-40-123-4567", "+358 (40) 1234567", "+358.40.123.4567", "040.123.4567",
		"040/1234567", "040 - 1234567", "+35840 1234567", "00 358 40 123 4567", "0500 123456", "0500-123 456", "0400 123456", "050 123 4567",
		"050-1234567", "09 1234567", "09-1234 567", "(09) 123 456", "02 1234567", "019-1234567", "018 12345", "018-12 345", "+358 18 12345",
		"+358 9 1234 5678", "+358(0)401234567", "+358 0 40 123 4567", "010 123 4567", "020 123 4567", "029 123 4567", "0800 123 456",
		"040 12 34 567", "040 1234 567", "044-123 45 67", "044 123 4567", "(+358) 40 123 4567", "070-123 45 67", "070-1234567", "0701234567",
		"08-123 456 78", "08-12 34 56", "08-123 45 67", "08 123 456 78", "+46 70 123 45 67", "+46 (0)70-123 45 67", "0046701234567",
		"+46(0)701234567", "+46-70-1234567", "+46 8 123 456 78", "031-12 34 56", "031-123 45 67", "0920-123 45", "0920-12 34 56",
		"046-12 34 56", "0480-123 45", "0480-12 34 56", "0470-123 45", "0589-123 45", "0411-123 45", "072 123 45 67", "073-123 45 67",
		"076-123 45 67", "079-123 45 67", "+1 202 555 0123", "+1 (202) 555-0123", "+1-202-555-0123", "+1.202.555.0123", "+44 20 7946 0958",
		"+44 (0)20 7946 0958", "+49 30 901820", "+372 5123456", "+47 22 12 34 56", "+45 32 12 34 56", "+7 495 123-45-67", "0014155552671",
		"+4512345678", "+3725551234", "+33 1 23 45 67 89", "+358 457 1234567", "0457 123 4567", "0457-1234567", "045 7312 3456",
		"04573123456", "+358503456789", "050345678", "09-310 1691", "(09)3101691", "+358931011111", "+358 9 310 1691",
	}},
	{KindIBAN, []string{
		"FI21 1234 5600 0007 85", "FI2112345600000785", "fi21 1234 5600 0007 85", "DE89370400440532013000", "DE89 3704 0044 0532 0130 00",
		"FR1420041010050500013M02606", "FR14 2004 1010 0505 0001 3M02 606", "SE4550000000058398257466", "SE45 5000 0000 0583 9825 7466",
		"EE382200221020145685", "GB82 WEST 1234 5698 7654 32", "CH9300762011623852957", "ES9121000418450200051332",
		"IT60X0542811101000000123456", "PL61109010140000071219812874", "BE68539007547034", "AT611904300234573201", "IE29AIBK93115212345678",
		"MT84MALT011000012345MTLCAST001S", "LC55HEMM000100010012001200023015", "SM86U0322509800000000270100", "SA0380000000608010167519",
		"TR330006100519786457841326", "VA59001123000012345678", "XK051212012345678906", "UA213223130000026007233566001",
		"HU42117730161111101800000000", "PT50000201231234567890154", "IS140159260076545510730339", "LT121000011101001000",
		"LU280019400644750000", "MC5811222000010123456789030", "NL91 ABNA 0417 1643 00", "NO93 8601 1117 947", "CZ6508000000192000145399",
		"SK3112000000198742637541", "SI56263300012039086", "HR1210010051863000160", "RO49AAAA1B31007593840000", "BG80BNBG96611020345678",
		"GR1601101250000000012300695", "CY17002001280000001200527600", "LV80BANK0000435195001", "DK50 0040 0440 1162 43",
	}},
	{KindEmail, []string{
		"matti+kysely@esimerkki.fi", "mäki@yhtiö.fi", "etu.suku@sub.kunta.fi", "MATTI@KUNTA.FI", "o'neil@example.com",
		"first_last@example.co.uk", "a@b.fi", "123@iana.org", "test@123.com", "test@xn--hxajbheg2az3al.xn--jxalpdlp", "user%example@iana.org",
		"!#$%&`*+/=?^`{|}~@iana.org", `"test"@iana.org`, "test@[255.255.255.255]", "test@iana.123", "etunimi.sukunimi(at)kunta.fi",
		"etunimi.sukunimi [at] kunta.fi", "etunimi.sukunimi(a)kunta.fi", "etunimi.sukunimi (ät) kunta.fi", "etunimi.sukunimi[at]kunta[dot]fi",
		"åsa.öberg@företag.se",
	}},
	{KindSuspect, []string{
		"test.@iana.org", "131052-308U", "150320-xxxx", "150320-", "150320-XXXX",
	}},
	{KindAddress, []string{
		"Storgatan 12, 114 18 Stockholm", "Storgatan 12 B, 11418 Stockholm", "Kungsgatan 5 lgh 1101", "Box 123, 101 23 Stockholm",
		"SE-114 18 Stockholm", "114 18 Stockholm", "FI-00100 HELSINKI", "00100 Helsinki", "PL 123, 00101 Helsinki", "PB 55, 20101 Åbo",
		"Hämeenkatu 12 B 34", "Hämeenkatu 12 as. 4", "Kauppakatu 3 as 5", "Isokatu 5 C 12, 90100 Oulu", "Vanha Helsingintie 20",
		"Itäinen Pitkäkatu 4", "Yliopistonkatu 5 a", "Siltasaarenkatu 8-10", "Mäkelänkatu 12 A 3, 00550 Helsinki", "Strandvägen 7A",
		"Drottninggatan 71 C, 111 36 Stockholm", "Norra Esplanaden 11", "Skolgatan 3, 22100 Mariehamn", "Hamngatan 4", "Mechelininkatu 34 a",
		"Kirkkopolku 2 B", "Pohjoisesplanadi 11-13", "Koivukuja 3", "Rantatie 15, 33210 Tampere", "22-1-333-1", "091-007-0104-0003",
		"Mannerheimintie 12, FI-00100 Helsinki", "Ulvilantie 11 b A 4", "Sibeliusgatan 5, AX-22100 Mariehamn",
		"Torggatan 10, 22100 Mariehamn", "Vasagatan 1, SE-111 20 Stockholm",
	}},
	{KindPlate, []string{
		"ABC-123", "abc-123", "ABC 12A", "ABC12A", "ÅLA 123", "ÅL 1234",
	}},
	{KindURL, []string{
		"kunta.fi/asiat", "kommun.se/omsorg", "www.stad.se", "info.kommun.se", "Facebook.com", "youtube.com/watch?v=abc",
		"https://example.org", "thl.fi", "example.info", "esimerkki.io", "https://www.kunta.fi/palvelut/sote?x=1#y",
		"http://localhost:8080/x", "linkedin.com/in/matti", "Instagram.com/matti",
	}},
}

// plain is what looks like something and is nothing: statutes, years, shares, money, dates, times, orders, versions, names of standards.
var plain = []string{
	"@tagi", "a@b", "20 @ 5", "1386/2010", "laki 1386/2010, 3 §", "SFS 1998:204", "(EU) 2016/679", "HE 96/2022 vp", "12 500 €",
	"1 234,50 euroa", "klo 12.30–14.00", "kl. 14:30", "versio 10.15.7", "v2.6.1", "1.2.3", "2022-11-30", "30.11.2022", "30-11-2022",
	"2022-11-30 12:00", "20221130", "tilausnumero 123456789", "viite 1234 56789", "ISSN 0355-1067", "0355-1067", "ISBN 978-951-0-12345-6",
	"951-0-12345-6", "Y-tunnus 1234567-8", "0123456-7", "60.1699, 24.9384", "1–3 000 000", "vuosina 2010-2015", "0-17-vuotiaat",
	"10-12 kertaa", "50 %", "0,05 %", "100 000 000", "COVID-19", "ISO 9001", "A4-paperi", "EU-112", "HE-96", "T3-testi", "MH-370",
	"klo 16-18", "5G-verkko", "3.1.2", "luku 3.4.5.6", "B2-taso", "YK:n 17 tavoitetta", "kohta 1-1-2", "suhde 1-1-1-1", "24/7", "1,5-2,5",
	"02.03.2021-05.06.2022", "10 000-20 000", "§ 12", "sivut 123-145", "nro 12/2021", "THL 123", "+30 %", "+5", "-10", "noin 0800",
	"0,1234567", "1234567", "123 456 789", "Valtatie 4 on ruuhkainen", "Rautatie 2 on lähellä", "Työryhmä 5 kokoontui",
	"Handlingsplan 2023", "+10.000.000 euroa", "15.4.2020 klo 12.30", "12.5.2022-14.6.2022", "1.1.–31.12.2021", "10.30-12.00",
	"1 000–2 000 €", "12/2022", "§ 5–7", "20 000:sta", "1/3", "A1-B2", "luokka 3-6", "3-5 vuotta", "pisteet 3-2-1-0", "2-3-2-1",
	"978-951-796-123-4", "ISBN 951-796-123-X", "kohdat (a) liite ja (b) muu", "ajoissa (a) kunnassa.Sitten", "noin 12 345 678 asukasta",
	"s. 12-15", "12:30:45", "Microsoft Office 365", "Windows 10", "Agenda 2030", "Visio 2030", "EU 2027", "SOTE 2023", "ABC 2023",
	"auto 2 kertaa", "bil 2000", "nr 12", "auto 5 km", "reg 2020", "Hyvin tämä.Sitten muuta", "kaikki.se on", "hyvä.De är", "ok.no niin",
}

var frames = []string{"%s", "Kirjoitin sen näin: %s", "Det var (%s) som gällde.", "tieto on %s, ja muuta en sano"}

func TestWrittenForms(t *testing.T) {
	f := New()
	for _, group := range written {
		for _, text := range group.texts {
			for _, frame := range frames {
				said := strings.Replace(frame, "%s", text, 1)
				at := len([]rune(frame[:strings.Index(frame, "%s")]))
				end := at + len([]rune(text))
				ok := false
				for _, x := range f.Find(said) {
					ok = ok || x.Kind == group.kind && x.Start <= at && x.End >= end
				}
				if !ok {
					t.Errorf("%s not found whole in %q: %s", group.kind, said, show(f.Find(said)))
				}
			}
		}
	}
}

func TestPlainNumbers(t *testing.T) {
	f := New()
	for _, text := range plain {
		for _, frame := range frames {
			said := strings.Replace(frame, "%s", text, 1)
			for _, x := range f.Find(said) {
				if x.Kind != KindMunicipality {
					t.Errorf("%q: %s", said, show(f.Find(said)))
				}
			}
		}
	}
}

// TestWrongAccount changes one digit of each account number: then it is none.
func TestWrongAccount(t *testing.T) {
	f := New()
	for _, group := range written {
		if group.kind != KindIBAN {
			continue
		}
		for _, text := range group.texts {
			runes := []rune(text)
			for i := 4; i < len(runes); i++ {
				if !digit(runes[i]) {
					continue
				}
				wrong := append([]rune{}, runes...)
				wrong[i] = '0' + (wrong[i]-'0'+1)%10
				for _, x := range f.Find(string(wrong)) {
					if x.Kind == KindIBAN {
						t.Errorf("%s is taken for an account", string(wrong))
					}
				}
			}
		}
	}
}

// TestCenturySigns makes codes of every century sign, those of 2023 too, and of both kinds of dash: right ones are found, and with
// another check character they are suspects.
func TestCenturySigns(t *testing.T) {
	f := New()
	for _, sign := range "+-YXWVUABCDEF–yab" {
		for _, date := range []string{"010100", "311299", "290296"} {
			for _, serial := range []string{"002", "899", "900", "999"} {
				n := 0
				for _, c := range date + serial {
					n = n*10 + int(c-'0')
				}
				check := hetuChecks[n%31]
				code := date + string(sign) + serial
				want := KindHetu
				if sign == '+' && date == "290296" || isDate(hetuCentury(upper(sign))+n/1000%100, n/100000%100, n/10000000) {
					if got := f.Find("tunnus " + code + string(check) + " on"); len(got) != 1 || got[0].Kind != want {
						t.Errorf("%s%c: %s", code, check, show(got))
					}
				}
				if got := f.Find(code + string(hetuChecks[(n+1)%31])); len(got) == 1 && got[0].Kind == KindHetu {
					t.Errorf("%s with a wrong check is taken for a code", code)
				}
			}
		}
	}
}
