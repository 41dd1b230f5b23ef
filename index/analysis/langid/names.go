package langid

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// neutralNames say nothing about the language of an answer when written with a
// capital: frequent given names, family names, places and abbreviations in
// Finland, by no official list. Names that are also words (Toivo, Björn, Mark)
// are left out.
const neutralNames = `
abdi ahmed aleksi ali amina anders andreas anja anna anne anneli anni annika ann anton antti ari arja arto asta astrid axel birgitta camilla carita
carl caroline cecilia charlotte christer christian christina daniel david eero eeva eija eila eino elias elina elisabeth elisabet ella elli ellen
emilia emil emily emma erik eric erkki esa eva eveliina fatima fredrik george gunilla gustav göran hanna hannele hannu hans harri hassan heidi heikki
helena heli henna henri henrik henry hilkka håkan ibrahim ida iida ilkka ilona inga ingrid ismo ivan jaakko jaana jack jacob james jan jane janne
jani jari jarmo jasmin jennifer jenni jenny jesse jessica joakim joel johan johanna johannes john jonas jonathan joonas jorma joseph joshua jouko
jouni juha juhani juho jukka julia jussi jyrki kaarina kaija kaisa karin karl kari karoliina katariina katarina kati katja katri kerttu kimmo kirsi
kjell kristian kristiina kristina krister laila lars laura lauri lea leena lena leo liisa lisa linnea lotta luke maarit maija mari maria marja
marjatta marketta markku marko markus martin martti mary mathias matias matthew matti mattias michael mikael mika mikko mia milla minna mirja mirjam
mohamed muhammad natalia nicholas niina niko niklas nina noora oksana olavi olena olga olivia olli oskar oscar otto outi paavo patrik patrick paul
paula pauli paulina pekka pentti per peter petra petri petteri pia pirjo pirkko raija raimo ralf rasmus rebecka reijo reino riikka riitta risto ritva
robert roger roope sami samuel sanna sara sarah sari saara seija seppo simo sirkka sirpa sofia sonja stefan stephen steven sven susanna taina tapani
tapio tarja teemu tero terttu thomas tiina timo toni tommi tuomas tuula tuomo ulla ulrika urpo veera vesa viivi ville virpi vladimir william yrjö
åke åsa östen
aalto aaltonen ahlström ahonen anderson andersson berg bergström blomqvist brown carlsson davis eklund eriksson fagerström forsström granqvist
gustafsson gustavsson hakala hakkarainen halonen heikkilä heikkinen heinonen hiltunen holmberg holmström huttunen häkkinen hämäläinen hänninen
jansson johansson johnson jokinen jones järvinen kallio karjalainen karlsson karppinen kettunen kinnunen koivisto kokkonen korhonen koskela koskinen
kärkkäinen laakso laaksonen lahtinen laine laitinen lampinen larsson lehtinen lehtonen leinonen leppänen lindberg lindholm lindqvist lindroos
lindström lundqvist manninen mattila miettinen miller moilanen mustonen mäkelä mäki mäkinen nevalainen niemelä nieminen nilsson niskanen nordström
nurmi nyman ojala oksanen ollila olsson partanen pedersen peltola peltonen persson pesonen pettersson pitkänen pulkkinen rantanen rautiainen
rosenberg räsänen saarinen salminen salonen savolainen sjöberg smith stenberg sundström svensson söderholm söderström taylor toivonen tuominen
turunen vainio virta virtanen väisänen westerlund williams wilson österberg
helsinki espoo tampere vantaa oulu turku jyväskylä kuopio lahti pori kouvola joensuu lappeenranta hämeenlinna vaasa seinäjoki rovaniemi mikkeli
kotka salo porvoo kokkola hyvinkää lohja järvenpää rauma tuusula kirkkonummi kerava kajaani savonlinna nokia ylöjärvi kangasala riihimäki raahe
imatra raisio sastamala iisalmi pietarsaari kemi tornio loviisa sipoo hanko kauniainen raasepori inkoo ahvenanmaa kainuu kymenlaakso pirkanmaa
pohjanmaa satakunta uusimaa helsingfors esbo tammerfors vanda uleåborg åbo vasa borgå jakobstad karleby raseborg ekenäs hangö kyrkslätt mariehamn
lovisa sibbo grankulla ingå björneborg villmanstrand tavastehus kristinestad närpes nyland åland österbotten
london stockholm göteborg malmö paris berlin oslo tallinn köpenhamn york
eu spr kela pdf tv zoom teams google facebook instagram whatsapp microsoft covid`

// neutralNoise says nothing however it is written.
const neutralNoise = `ok na abc abcd xyz asdf asdfg asdfgh asdfghj asdfghjkl qwe qwert qwerty`

// longestNeutral is the length in bytes of the longest listed word, or more.
const longestNeutral = 20

// neutralWords maps each listed word to whether it is noise.
var neutralWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for w := range strings.FieldsSeq(neutralNames) {
		words[w] = false
	}
	for w := range strings.FieldsSeq(neutralNoise) {
		words[w] = true
	}
	return words
})

// neutral tells whether a folded word is listed above.
func neutral(letters []rune, c casing) bool {
	var buf [longestNeutral + utf8.UTFMax]byte
	b := buf[:0]
	for _, r := range letters {
		if b = utf8.AppendRune(b, r); len(b) > longestNeutral {
			return false
		}
	}
	noise, listed := neutralWords()[string(b)]
	return listed && (noise || c != lower)
}
