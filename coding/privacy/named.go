package privacy

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// words adds what the word lists and capital letters tell: names, places, organisations, streets. Two names side by side are
// one find.
func (f *Finder) words(t text, found []Found) []Found {
	var more []Found
	ws := t.wordsOf()
	for n := 0; n < len(ws); {
		end, kind, used := f.named(t, ws, n)
		if used == 0 {
			n++
			continue
		}
		more = append(more, Found{kind, ws[n].start, end, string(t[ws[n].start:end])})
		for n++; n < len(ws) && ws[n].start < end; n++ {
		}
	}
	return merge(found, more)
}

func (f *Finder) named(t text, ws []word, n int) (end int, kind Kind, used int) {
	w := ws[n]
	lower := strings.ToLower(w.text)
	if f.single[lower] {
		return w.end, KindOrganisation, 1
	}
	if f.first[lower] {
		if end := f.organisation(ws, n); end > 0 {
			return end, KindOrganisation, 1
		}
	}
	if !w.capital {
		return 0, "", 0
	}
	if end := companyName(t, ws, n); end > 0 {
		return end, KindOrganisation, 1
	}
	if end := t.twoWordStreet(ws, n); end > 0 {
		return end, KindAddress, 1
	}
	if is, sure := street(w.text, w.sentence); is {
		if e := t.houseNumber(w.end); e > 0 && !(w.sentence && weak(w.text) && spaced(t.at(e)) && t.tail(e) == e) {
			return t.tail(e), KindAddress, 1
		}
		if sure {
			return t.tail(w.end), KindAddress, 1
		}
	}
	if last := personName(t, ws, n); last >= n {
		return ws[last].end, KindName, 1
	}
	if isPlace(w.text) && !(w.sentence && commonPlaces[strings.ToLower(w.text)]) {
		return w.end, KindMunicipality, 1
	}
	return 0, "", 0
}

// twoWordStreet is where 'Vanha Helsingintie 20' or 'Norra Esplanaden 11' ends; 0 where none begins at ws[n].
func (t text) twoWordStreet(ws []word, n int) int {
	if !streetFirst[strings.ToLower(ws[n].text)] || n+1 >= len(ws) || ws[n+1].start != ws[n].end+1 || !ws[n+1].capital {
		return 0
	}
	next := strings.ToLower(ws[n+1].text)
	is, _ := street(ws[n+1].text, false)
	if !is && !slices.Contains(streetSv, next) && !slices.Contains(streetFi, next) {
		return 0
	}
	if e := t.houseNumber(ws[n+1].end); e > 0 {
		return t.tail(e)
	}
	return 0
}

// commonPlaces are municipalities that are words too, so that the capital of a sentence's head says nothing.
var commonPlaces = map[string]bool{"salo": true, "pori": true, "ii": true, "lahti": true, "hanko": true, "kotka": true, "forssa": true, "lapua": true,
	"kemi": true, "vaala": true, "kolari": true, "kannus": true, "perho": true, "lumi": true, "pello": true, "toivakka": true, "vesanto": true, "posio": true,
	"lieto": true, "masku": true, "rusko": true, "aura": true, "ranua": true, "ars": true, "esse": true, "borg": true, "nivala": true, "kaustinen": true,
	"lahden": true, "salon": true, "kotkan": true, "hangon": true, "lappi": true, "vörå": true, "åbo": false, "malax": false, "sund": true, "hammarland": true}

// personName is the last word of a person's name that begins at n, or -1: a given name, with the capitalised words behind it;
// or a surname of the list.
func personName(t text, ws []word, n int) int {
	l := lists()
	w := ws[n]
	lower := strings.ToLower(w.text)
	given, surname := l.given[lower], l.surnames[lower]
	if !given {
		// Matti-Pekka, Anna-Liisalle
		if a, b, ok := strings.Cut(lower, "-"); ok && l.given[a] && l.given[b] {
			given = true
		}
	}
	next := func(i int) bool { // a capitalised word right behind ws[i], or behind an initial
		if i+1 >= len(ws) || !ws[i+1].capital {
			return false
		}
		between := t[ws[i].end:ws[i+1].start]
		return len(between) == 1 && spaced(between[0])
	}
	switch {
	case given:
		last := n
		for last < n+3 && next(last) && !isPlaceOnly(strings.ToLower(ws[last+1].text)) {
			last++
		}
		if l.common[lower] && last == n && (w.sentence || commonEverywhere[lower]) {
			return -1
		}
		if l.common[lower] && last > n && w.sentence && !l.surnames[strings.ToLower(ws[last].text)] && !l.words[strings.ToLower(ws[last].text)] && !surnameForm(ws[last].text) {
			return -1
		}
		return last
	case surname || l.words[lower] && titled(t, w.start):
		return n
	case !w.sentence && surnameForm(w.text) && !isPlace(w.text):
		return n
	}
	return -1
}

// titles stand before a name.
var titles = []string{"rouva", "herra", "neiti", "tohtori", "rehtori", "professori", "johtaja", "opettaja", "lääkäri", "kaverini", "ystäväni", "naapurini", "fru", "herr", "fröken", "doktor", "rektor",
	"läraren", "doktorn", "mr", "mrs", "ms", "dr"}

func titled(t text, i int) bool { return t.behind(i, 1, titles) }

// commonEverywhere are given names that have a capital inside a sentence for another reason: months, holidays, languages.
var commonEverywhere = map[string]bool{"may": true, "april": true, "june": true, "august": true, "will": true, "mark": true, "hope": true, "grace": true,
	"christian": true, "olen": true, "frank": true, "art": true, "bill": true, "max": true, "joy": true, "rose": true, "florence": true, "paris": true, "jordan": true, "israel": true, "chad": true, "georgia": true}

func isPlaceOnly(lower string) bool {
	l := lists()
	return l.places[lower] && !l.surnames[lower] && !l.given[lower]
}

var surnameEndings = []string{"nen", "sen", "selle", "sella", "sellä", "selta", "seltä", "seen", "sson", "ström", "qvist", "kvist", "lund",
	"berg", "stedt", "enko", "enkon", "ović"}

// surnameForm tells whether a capitalised word has the form of a surname: Korhosen, Lindqvist, Shevchenko.
func surnameForm(s string) bool {
	lower := strings.ToLower(s)
	if len([]rune(lower)) < 6 || strings.ContainsFunc(lower, func(c rune) bool { return c == '-' || c == ':' }) {
		return false
	}
	for _, e := range surnameEndings {
		head, ok := strings.CutSuffix(lower, e)
		if !ok {
			continue
		}
		switch e {
		case "nen", "sen", "selle", "sella", "sellä", "selta", "seltä", "seen":
			return !adjective(head)
		}
		return len(head) >= 3
	}
	return false
}

// adjective tells whether -nen makes an adjective or a nationality of the head: ehdolli-nen, suomalai-nen, vapaaehtoi-nen.
func adjective(head string) bool {
	if slices.Contains([]string{"punai", "valkoi", "harmai", "kultai", "toi", "nai", "keskiai", "pääsiäi"}, head) || strings.HasSuffix(head, "io") {
		return true // Pääsiäisen; Swedish unio-nen
	}
	for _, e := range []string{"kai", "käi", "tai", "täi", "iai", "iäi", "nai", "näi", "pai", "päi", "rai", "räi", "vai", "väi", "hai", "häi"} { // Hartikai-nen; but suomalai-nen
		if strings.HasSuffix(head, e) {
			return false
		}
	}
	for _, e := range []string{"lli", "ai", "äi", "oi", "öi", "ui", "yi", "ei", "mi", "tti"} {
		if strings.HasSuffix(head, e) {
			return head != "niemi"
		}
	}
	last, _ := utf8.DecodeLastRuneInString(head)
	return !strings.ContainsRune("iaouyäö", last)
}

var companyForms = []string{"ry", "rf", "oy", "ab", "oyj", "abp", "ky", "kb", "tmi", "osk", "säätiö", "säätiön", "stiftelsen", "stiftelse", "sr", "foundation", "ltd"}

// companyName is where the name of a registered body that begins at n ends: capitalised words, at most three, and 'ry'.
func companyName(t text, ws []word, n int) int {
	for k := n + 1; k < len(ws) && k <= n+3; k++ {
		between := t[ws[k-1].end:ws[k].start]
		if len(between) > 3 || slices.ContainsFunc(between, func(c rune) bool { return !spaced(c) && c != '&' && c != '-' }) {
			return 0
		}
		form := strings.ToLower(ws[k].text)
		form, _, _ = strings.Cut(form, ":")
		if slices.Contains(companyForms, form) {
			return ws[k].end
		}
	}
	return 0
}

// organisation is where an organisation of the extra list that begins at n ends. Its last word may be inflected.
func (f *Finder) organisation(ws []word, n int) int {
	for _, name := range f.names {
		if n+len(name) > len(ws) {
			continue
		}
		ok := true
		for k, part := range name {
			said := strings.ToLower(ws[n+k].text)
			ok = ok && (said == part || k == len(name)-1 && len([]rune(part)) > 3 && strings.HasPrefix(said, part) && len(said) <= len(part)+4)
		}
		if ok {
			return ws[n+len(name)-1].end
		}
	}
	return 0
}
