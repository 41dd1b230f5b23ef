package analysis

import "strings"

// Open answers are often written as people speak: 'mun mielestä ois kiva jos
// sais enemmän tietoo'. Spoken endings are put back into their written form
// and tried in the dictionary; a form that the dictionary knows counts.

// spokenWords are frequent spoken forms that no rule covers, with base forms.
var spokenWords = wordTable(`
mä minä; mää minä; mie minä; mun minä; mua minä; mulla minä; mulle minä; multa minä; mussa minä; musta minä musta;
sä sinä; sie sinä; sun sinä; sua sinä; sulla sinä; sulle sinä; sulta sinä; sussa sinä; susta sinä;
meiän me; teiän te; heiän he; tää tämä; tän tämä; nää nämä; nään nämä nähdä; noi nuo; toi tuo tuoda;
ton tuo; tota tuo; tolla tuo; tolle tuo; tos tuo; täs tämä; siin se; siit se; niist se; tost tuo; täst tämä;
oo olla; oon olla; oot olla; ollaa olla; ois olla; oisi olla; oisin olla; oisit olla; oisko olla; ol olla;
onks olla; oliks olla; oisiks olla; emmä ei; emmää ei; etsä ei; eiks ei; kui kuinka; ku kun; ni niin; nii niin;
sit sitten; sitte sitten; viel vielä; vaik vaikka; vaa vain; kans kanssa; kaa kanssa; yks yksi; kaks kaksi;
viis viisi; kuus kuusi; seittemän seitsemän; kaheksan kahdeksan; yheksän yhdeksän; 
jotai jokin; jotaki jokin; jotku jokin; semmonen semmoinen; semmoset semmoinen; paljo paljon; vähä vähän;
eka ensimmäinen eka; ekan ensimmäinen eka; ekana ensimmäinen eka; ekaa ensimmäinen eka; ekat ensimmäinen eka;
toka toinen toka; tokan toinen toka; tokana toinen toka; vikan viimeinen vika; tänää tänään; 
kattoo katsoa; kato katsoa; katoin katsoa; katotaan katsoa; tiiän tietää; tiiä tietää; tiiät tietää;
tuun tulla; tuut tulla; tuu tulla; meen mennä; meet mennä; mee mennä; paa panna; paan panna; nään nähdä; näät nähdä;
tarviin tarvita; tarvii tarvita; tarvit tarvita; tartteis tarvita; tarttee tarvita; haluun haluta; haluut haluta;
ens ensi; esmes esimerkiksi; esmerkiks esimerkiksi; välil välillä; aikasemmin aikaisemmin aikainen; kivoi kiva;
ainaki ainakin; kuitenki kuitenkin; varsinki varsinkin; jonku jokin; 
`)

// spokenRule rewrites one place of a spoken word.
type spokenRule struct {
	from, to string
	end      bool // only at the end of the word
}

var spokenRules = harmonise([]spokenRule{
	{"lU", "lUt", true}, {"nU", "nUt", true}, {"rU", "rUt", true}, {"sU", "sUt", true},
	{"is", "isi", true}, {"isin", "Aisin", true}, {"isit", "Aisit", true}, {"Asin", "Aisin", true}, {"Asit", "Aisit", true}, {"Asi", "Aisi", true}, {"As", "Aisi", true},
	{"ks", "ksi", true}, {"ks", "kO", true}, {"iks", "ikO", true}, {"ki", "kin", true}, {"kO", "kOs", true},
	{"s", "ssA", true}, {"s", "", true}, {"ppAs", "pAs", true}, {"iskO", "isikO", true}, {"st", "stA", true}, {"lt", "ltA", true}, {"l", "llA", true}, {"lA", "llA", true},
	{"AA", "AAn", true}, {"ii", "iin", true}, {"ee", "een", true}, {"OO", "OOn", true}, {"UU", "UUn", true}, {"A", "An", true}, {"e", "en", true},
	{"ii", "iA", true}, {"ee", "eA", true}, {"OO", "OA", true}, {"UU", "UA", true}, {"ee", "eAA", true},
	{"eetA", "eAtA", true}, {"een", "eAn", true}, {"eet", "eAt", true}, {"iit", "iAt", true}, {"UUt", "UAt", true},
	{"een", "emAAn", true}, {"OOn", "OmAAn", true}, {"UUn", "UmAAn", true},
	{"OttA", "OittA", false}, {"OtA", "OitA", false}, {"Ote", "Oite", false}, {"OttU", "OittU", false}, {"OtU", "OitU", false},
	{"tt", "ts", false}, {"aatte", "ajatte", false}, {"oot", "odot", false},
	{"eiä", "eidä", false}, {"iiä", "iedä", false}, {"iiA", "iedA", false},
})

// insertions put back a dropped letter: i before the n or s of '-inen' words,
// d behind h or between vowels.
func insertions(word string) []string {
	var all []string
	for i := 1; i < len(word); i++ {
		before, after := word[:i], word[i:]
		switch c := word[i]; {
		case (c == 's' || c == 'n') && len(after) > 1 && len(after) < 8 && endsInVowel(before, "aouyäö") &&
			(c == 's' || strings.HasPrefix(after, "ne")):
			all = append(all, before+"i"+after)
		case word[i-1] == 'h' && endsInVowel(word[:i-1], "aouyäöie") && startsWithVowel(after):
			all = append(all, before+"d"+after, before[:i-1]+"d"+after)
		}
	}
	return all
}

// written gives written forms that a spoken word may stand for, likeliest
// first.
func written(word string) []string {
	all := insertions(word)
	for _, r := range spokenRules {
		if r.end {
			if stem, ok := strings.CutSuffix(word, r.from); ok && len(stem) > 1 {
				all = append(all, stem+r.to)
			}
			continue
		}
		if i := strings.Index(word, r.from); i > 0 || i == 0 && len(r.from) > 2 {
			all = append(all, word[:i]+r.to+word[i+len(r.from):])
		}
	}
	return all
}

// harmonise expands A, O and U into both vowel harmonies.
func harmonise(rules []spokenRule) []spokenRule {
	var all []spokenRule
	for _, r := range rules {
		back := spokenRule{backVowels.Replace(r.from), backVowels.Replace(r.to), r.end}
		front := spokenRule{frontVowels.Replace(r.from), frontVowels.Replace(r.to), r.end}
		all = append(all, back)
		if front != back {
			all = append(all, front)
		}
	}
	return all
}

var (
	backVowels  = strings.NewReplacer("A", "a", "O", "o", "U", "u")
	frontVowels = strings.NewReplacer("A", "ä", "O", "ö", "U", "y")
)

func endsInVowel(s, vowels string) bool {
	for _, v := range vowels {
		if strings.HasSuffix(s, string(v)) {
			return true
		}
	}
	return false
}

func startsWithVowel(s string) bool {
	return strings.IndexAny(s, "aouyäöie") == 0
}
