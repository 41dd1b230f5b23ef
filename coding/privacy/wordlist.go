package privacy

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

//go:embed words/names.txt
var namesFile string

//go:embed words/municipalities.txt
var placesFile string

// lexicon is the word lists with their inflected forms, lower case.
type lexicon struct {
	given    map[string]bool // given names
	common   map[string]bool // given names that are words too
	surnames map[string]bool
	words    map[string]bool // surnames that are words too: only beside a given name or a title
	places   map[string]bool
}

var lists = sync.OnceValue(func() *lexicon {
	l := &lexicon{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	var into []map[string]bool
	for line := range strings.Lines(namesFile) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			continue
		case line == "[given]":
			into = []map[string]bool{l.given}
			continue
		case line == "[common]":
			into = []map[string]bool{l.given, l.common}
			continue
		case line == "[surnames]":
			into = []map[string]bool{l.surnames}
			continue
		case line == "[surname words]":
			into = []map[string]bool{l.words}
			continue
		}
		for _, name := range strings.Fields(line) {
			for _, form := range forms(strings.ToLower(name)) {
				for _, m := range into {
					m[form] = true
				}
			}
		}
	}
	for line := range strings.Lines(placesFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, place := range strings.Fields(line) {
			for _, form := range forms(strings.ToLower(place)) {
				l.places[form] = true
			}
		}
	}
	return l
})

// lastParts are the weak stems of words that end place names and change inside.
var lastParts = [][2]string{{"nki", "ngi"}, {"niemi", "nieme"}, {"lahti", "lahde"}, {"joki", "joe"}, {"järvi", "järve"}, {"mäki", "mäe"},
	{"koski", "koske"}, {"saari", "saare"}, {"salmi", "salme"}, {"lampi", "lamme"}, {"ranta", "ranna"}, {"pelto", "pello"}, {"vesi", "vede"},
	{"nummi", "numme"}, {"kangas", "kankaa"}, {"kallio", "kallio"}, {"virta", "virra"}, {"valta", "valla"}, {"lehto", "lehdo"}, {"pohja", "pohja"},
	{"turku", "turu"}, {"oulu", "oulu"}, {"lohja", "lohja"}, {"rauma", "rauma"}, {"lieto", "liedo"}, {"salo", "salo"}, {"ranua", "ranua"},
	{"kylä", "kylä"}, {"suo", "suo"}, {"maa", "maa"}, {"kivi", "kive"}, {"lapua", "lapua"}, {"hamina", "hamina"}, {"kotka", "kotka"}, {"nta", "nna"},
	{"mpi", "mme"}, {"ntti", "nti"}, {"lti", "lli"}, {"rta", "rra"}, {"lta", "lla"}, {"hti", "hde"}, {"ski", "ske"}, {"rvi", "rve"}, {"iksa", "iksa"},
	{"arvi", "arve"}, {"orpi", "orve"}, {"iemi", "ieme"}, {"kka", "ka"}, {"kko", "ko"}, {"kku", "ku"}, {"kki", "ki"}, {"kkä", "kä"}, {"tta", "ta"},
	{"tto", "to"}, {"ttu", "tu"}, {"tti", "ti"}, {"ttä", "tä"}, {"tty", "ty"}, {"ppa", "pa"}, {"ppo", "po"}, {"ppi", "pi"}, {"ppu", "pu"}, {"tu", "du"}, {"to", "do"},
	{"nen", "se"}, {"re", "ree"}, {"us", "ukse"}, {"is", "ikse"}, {"as", "akse"}, {"os", "okse"}, {"es", "ekse"}, {"äs", "äkse"}, {"ys", "ykse"}, {"e", "ee"}}

// forms is a name with the forms that Finnish, Swedish and English make of it. Forms that no grammar makes are among them: they
// are no words, so that they harm nobody.
func forms(name string) []string {
	out := []string{name, name + "s", name + "'s", name + "’s", name + ":n"}
	last := []rune(name)[len([]rune(name))-1]
	weak := []string{name}
	for _, p := range lastParts {
		if head, ok := strings.CutSuffix(name, p[0]); ok {
			weak = append(weak, head+p[1])
			if len(p[0]) > 2 {
				break
			}
		}
	}
	if !strings.ContainsRune("aeiouyäöå", last) {
		weak = append(weak, name+"i")
	}
	for _, stem := range weak {
		for _, e := range [...]string{"n", "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "ksi", "na", "nä", "a", "ä", "ta", "tä",
			"seen", "hin", "han", "hun", "kin", "nkin"} {
			out = append(out, stem+e)
		}
		if v := []rune(stem); strings.ContainsRune("aeiouyäö", v[len(v)-1]) {
			out = append(out, stem+string(v[len(v)-1])+"n")
		}
	}
	return out
}

func isPlace(word string) bool { return lists().places[strings.ToLower(word)] }

// word is a run of letters, with the hyphens and apostrophes inside it.
type word struct {
	start, end int
	text       string
	capital    bool // first letter upper case, the rest not all
	sentence   bool // begins a sentence, where every word has a capital
}

// wordsOf are the words of t from which something may begin.
func (t text) wordsOf() []word {
	var out []word
	head := true
	for i := 0; i < len(t); {
		c := t[i]
		if !unicode.IsLetter(c) {
			if strings.ContainsRune(".!?:\n\r•*–—;", c) || (strings.ContainsRune("\"”“»'’(-/", c) && head) || c == '/' || digit(c) && head {
				head = true
			} else if !unicode.IsSpace(c) {
				head = false
			}
			i++
			continue
		}
		end, low := i, false
		for end < len(t) && (unicode.IsLetter(t[end]) || unicode.IsMark(t[end]) || (t[end] == '-' || t[end] == '\'' || t[end] == '’' || t[end] == ':') && unicode.IsLetter(t.at(end+1)) && end > i) {
			low = low || unicode.IsLower(t[end])
			end++
		}
		out = append(out, word{i, end, string(t[i:end]), unicode.IsUpper(c) && low, head})
		head = false
		i = end
	}
	return out
}
