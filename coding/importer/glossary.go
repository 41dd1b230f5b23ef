package importer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// glossary is the vocabulary of survey backgrounds in three languages: each line a meaning, then the beginnings of its words
// in Finnish, Swedish and English, by '|'. It aligns categories that have no number and no order, such as 'Kunnan
// työllisyyspalvelut' and 'Municipal employment services'.
const glossary = `
yes: kyllä | ja | yes
no: ei | nej | no
unknown: osaa tiedä | vet säga | know say
agree: samaa | samma instämmer håller | agree
disagree: eri | avvikande | disagree
other: muu muut muun jokin | annan annat andra övriga | other
woman: nainen naiset | kvinna kvinnor | woman female women
man: mies miehet | man män | man male men
answer: vastata halua | svara vill | answer prefer
local: paikalli | lokal | local
regional: alueelli | regional | regional
national: valtakunnalli kansalli | nationell riksomfattande | national nationwide
international: kansainväli | internationell | international
municipal: kunna kunta kunnalli | kommun | municipal
county: maakunna | landskap | region county
city: kaupun | stad städ | city town urban
rural: maaseu | landsbygd glesbygd | rural countryside
state: valtio | stat statlig | state government central
authority: virano | myndighet | authorit
association: järjest yhdisty | organisation förening | association ngo
company: yrity yksityi | företag privat | company compan private business enterprise
church: seurakun kirk | församling kyrka | church parish
foundation: säätiö | stiftelse | foundation
wellbeing: hyvinvointialue hyvinvointi | välfärdsområde välfärd | wellbeing welfare
social: sosiaali | social | social
health: terve | hälso hälsovård | health
immigrant: maahanmuut kotoutu | invandr integration | immigra integration migra
employment: työlli työvoima | sysselsätt arbetskraft | employment labour labor
unemployed: työtön työttöm | arbetslös | unemployed
employee: työntek palkansaaj | anställd löntagare | employee
entrepreneur: yrittäj | företagare | entrepreneur self-employed
retired: eläke | pension | retired pension
student: opiskel | stud | student
pupil: koululai oppilas | elev | pupil
service: palvelu | tjänst service | service
sector: toimiala sektori | sektor bransch | sector
education: koulu koulutu opetu | utbild undervis skol | education school
early: varhaiskasvatu päiväko | småbarnspedagogik dagvård | early childhood day-care
basic: perus | grundläggande grund | basic comprehensive primary
secondary: toinen lukio ammatilli | stadiet gymnasi yrkes | secondary vocational
higher: korkea yliopisto ammattikorkea | högskol universitet | higher university
library: kirjasto | bibliotek | library
youth: nuoriso nuor | ungdom ung | youth young
child: lapsi lapse lasten | barn | child
culture: kulttuuri | kultur | cultur
sport: liikunta urheil | idrott motion | sport exercise
police: polii | polis | police
media: media viestin | media kommunikation | media communication
daily: päivittäin | dagligen | daily
weekly: viikoittain | veckovis | weekly
monthly: kuukausittain | månatligen | monthly
yearly: vuosittain | årligen | yearly annually
never: koskaan | aldrig | never
seldom: harvoin | sällan | seldom rarely
sometimes: joskus | ibland | sometimes
often: usein | ofta | often
always: aina | alltid | always
very: erittäin hyvin | mycket väl | very
good: hyvä | bra god | good
bad: huono | dålig | bad poor
well: hyvin | väl bra | well
quite: melko | ganska | quite fairly
not: lainkaan | alls | all
manager: johta esimies päällik | chef ledning ledare | manager director head
expert: asiantun | sakkunnig expert | expert specialist
elected: luottamus | förtroendevald | elected
volunteer: vapaaehtoi | frivillig | volunteer
finnish: suom | finska finsk | finnish
swedish: ruots | svensk | swedish
english: englan | engelsk | english
language: kieli | språk | language
organisation: organisaatio | organisation | organisation organization
background: tausta | bakgrund | background
size: koko suuruus | storlek | size
age: ikä | ålder | age
gender: sukupuoli | kön | gender sex
nature: luonne | karaktär art | nature character
activity: toimin | verksamhet | activit
region: maakunta alue | landskap region område | region area
familiar: tunte tuntem | känne känner | familiar
uusimaa: uusimaa uudenmaa | nyland | uusimaa
southwest-finland: varsinais-suomi | egentliga-finland | southwest-finland
satakunta: satakun | satakun | satakun
kanta-hame: kanta-häme | egentliga-tavastland | kanta-häme
pirkanmaa: pirkanmaa | birkaland | pirkanmaa tampere-region
paijat-hame: päijät-häme | päijänne-tavastland | päijät-häme
kymenlaakso: kymenlaakso | kymmenedalen | kymenlaakso
south-karelia: etelä-karjala | södra-karelen | south-karelia
south-savo: etelä-savo | södra-savolax | south-savo
north-savo: pohjois-savo | norra-savolax | north-savo
north-karelia: pohjois-karjala | norra-karelen | north-karelia
central-finland: keski-suomi | mellersta-finland | central-finland
south-ostrobothnia: etelä-pohjanmaa | södra-österbotten | south-ostrobothnia
ostrobothnia: pohjanmaa | österbotten | ostrobothnia
central-ostrobothnia: keski-pohjanmaa | mellersta-österbotten | central-ostrobothnia
north-ostrobothnia: pohjois-pohjanmaa | norra-österbotten | north-ostrobothnia
kainuu: kainuu | kajanaland | kainuu
lapland: lappi lapin | lappland | lapland
aland: ahvenanmaa | åland | åland
`

// entry is the beginning of a word with its meaning.
type entry struct{ start, means string }

var entries = func() map[rune][]entry {
	out := map[rune][]entry{}
	for line := range strings.Lines(glossary) {
		means, words, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		for _, w := range strings.Fields(strings.ReplaceAll(words, "|", " ")) {
			first := []rune(w)[0]
			out[first] = append(out[first], entry{w, means})
		}
	}
	return out
}()

// Compass points and the like make one name with the word behind them: 'Södra Savolax' is 'södra-savolax'.
var prefixes = map[string]bool{"södra": true, "norra": true, "mellersta": true, "egentliga": true, "south": true, "north": true, "central": true,
	"southwest": true, "tampere": true}

// meaning is what the words of a name mean. A word begins with the longest entry that fits; compounds are read on behind it:
// 'työllisyyspalvelut' is employment and service.
func meaning(name string) map[string]bool {
	out := map[string]bool{}
	words := strings.FieldsFunc(fold(name), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
	for i := 0; i < len(words); i++ {
		if prefixes[words[i]] && i+1 < len(words) {
			if m, _ := means(words[i] + "-" + words[i+1]); m != "" {
				out[m] = true
				i++
				continue
			}
		}
		m, n := means(words[i])
		if m == "" {
			continue
		}
		out[m] = true
		for rest := words[i][n:]; len(rest) >= 5; {
			if m, k := means(rest); k >= 5 {
				out[m] = true
				rest = rest[k:]
				continue
			}
			_, size := utf8.DecodeRuneInString(rest)
			rest = rest[size:]
		}
	}
	return out
}

// means is the meaning of the longest entry that begins the word, and how many bytes that is. Short entries are whole words.
func means(word string) (string, int) {
	first, _ := utf8.DecodeRuneInString(word)
	best, n := "", 0
	for _, e := range entries[first] {
		if len(e.start) <= n || !strings.HasPrefix(word, e.start) || len(e.start) < 4 && word != e.start {
			continue
		}
		best, n = e.means, len(e.start)
	}
	return best, n
}
