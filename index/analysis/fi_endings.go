package analysis

import "strings"

// stemKind says what is left when an ending is cut off.
type stemKind uint8

const (
	stemWeak       stemKind = iota // vowel stem in the weak grade, singular or plural
	stemStrong                     // vowel stem in the strong grade
	stemConsonant                  // consonant stem
	stemPlural                     // plural stem in the strong grade that lost its i to the ending
	stemPluralWeak                 // the same in the weak grade
	stemWord                       // already the base form
	verbWeak                       // verb stem in the weak grade
	verbStrong                     // verb stem in the strong grade
	verbPast                       // past stem without its i, weak grade
	verbPastStrong                 // the same, strong grade
	verbIf                         // conditional stem without -isi-
	verbPassive                    // passive stem, before -taan, -ttiin
	verbShort                      // passive stem of the verbs without -t-: 'tul', 'syö'
	verbInfinitive                 // infinitive without its last a
	verbPart                       // stem of the -nut participle
)

// ending is one inflectional ending.
type ending struct {
	text    string
	kind    stemKind
	cost    int
	oblique bool // possessive suffixes may follow directly
}

// endings by their text, longest match is not preferred: all are tried, and
// costs decide. In the table A, O, U stand for both vowel harmonies; a * marks
// endings that possessive suffixes may follow.
var endings = endingTable(`
n weak 2; t weak 2; ssA* weak 0; stA* weak 1; llA* weak 1; ltA* weak 1; lle* weak 0; ksi weak 1; kse* weak 1; ttA* weak 4;
nA* strong 3; A* strong 3; tA* strong 5; seen strong 0; stA* consonant 0; tA* consonant 1; ttA* word 1; nA* consonant 6;
ien plural 0; iin plural 1; ihin plural 0; isiin plural 0; jA* plural 0; jen plural 0; iA* plural 1; itA* plural 0; iden plural 0; itten plural 1;
inA* plural 0; ineen plural 3; ine* plural 3;
issA* pluralweak 0; istA* pluralweak 0; illA* pluralweak 0; iltA* pluralweak 0; ille* pluralweak 0; iksi pluralweak 0; ikse* pluralweak 0; ittA* pluralweak 3; in pluralweak 4;
ten consonant 1; sti weak 2;
ttA* us 0; tenA* us 0; ttA* si 2; ntA* nsi 3;
n vweak 3; t vweak 3; mme vweak 1; tte vweak 1; vAt vstrong 0;
in past 3; it past 4; imme past 1; itte past 1; ivAt paststrong 0; i paststrong 4;
isi if 0; isin if 0; isit if 0; isimme if 0; isitte if 0; isivAt if 0;
tAAn vweak 2; tA passive 4; ttiin passive 0; ttAisiin passive 0; ttU passive 1; ttAvA passive 0; ttAessA passive 0; ttAkOOn passive 0; ttAneen passive 0;
tiin short 0; tAisiin short 0; tU short 2; tAvA short 1; tAessA short 1; tAkOOn short 1;
An inf 3; essA* inf 1; en inf 4; Akse* inf 0; A inf 2;
mAAn vstrong 0; mAssA* vstrong 0; mAstA* vstrong 0; mAllA vstrong 0; mAttA* vstrong 0; mA* vstrong 3; mAisillA* vstrong 0; minen vstrong 2;
vA vstrong 2; nUt part 0; lUt part 2; rUt part 2; sUt part 2; kAA part 2; kOOn part 1; kOOt part 1; kAAmme part 0; nee part 6;
mAtOn vstrong 1;
`)

// possessives are the possessive suffixes that may follow every stem.
var possessives = []string{"ni", "si", "nsa", "ns\xe4", "mme", "nne"}

// clitics are particles that stick to the end of any form.
var clitics = []string{"kin", "kaan", "k\xe4\xe4n", "ko", "k\xf6", "han", "h\xe4n", "pa", "p\xe4", "kohan", "k\xf6h\xe4n", "kos", "k\xf6s", "pas", "p\xe4s", "kinko", "kink\xf6"}

var stemKinds = map[string]stemKind{
	"weak": stemWeak, "strong": stemStrong, "consonant": stemConsonant, "plural": stemPlural, "pluralweak": stemPluralWeak,
	"word": stemWord, "vweak": verbWeak, "vstrong": verbStrong, "past": verbPast, "paststrong": verbPastStrong,
	"if": verbIf, "passive": verbPassive, "short": verbShort, "inf": verbInfinitive, "part": verbPart,
	"us": stemUs, "si": stemSi, "nsi": stemNsi,
}

const (
	stemUs  = verbPart + 1 + iota // 'suuruutta' without 'tta'
	stemSi                        // 'vettä' without 'ttä'
	stemNsi                       // 'kantta' without 'tta'
)

func endingTable(text string) map[string][]ending {
	table := map[string][]ending{}
	for entry := range strings.SplitSeq(text, ";") {
		f := strings.Fields(entry)
		if len(f) != 3 {
			continue
		}
		shape, oblique := strings.CutSuffix(f[0], "*")
		for _, r := range []*strings.Replacer{backVowels, frontVowels} {
			t, _ := toLatin1(r.Replace(shape))
			e := ending{t, stemKinds[f[1]], int(f[2][0] - '0'), oblique}
			if !hasEnding(table[t], e) {
				table[t] = append(table[t], e)
			}
		}
	}
	return table
}

func hasEnding(list []ending, e ending) bool {
	for _, x := range list {
		if x == e {
			return true
		}
	}
	return false
}
