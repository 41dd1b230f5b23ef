package workshop

import (
	"fmt"
	"strings"

	"avokoodi/coding"
	"avokoodi/themes"
)

// ReadyQuestions is how many ready questions each sort of theme has.
const ReadyQuestions = 3

// Ready is the ready questions of a sort, in all languages.
func Ready(sort coding.WorkshopSort, plain bool, words Words) []coding.Text {
	out := make([]coding.Text, ReadyQuestions)
	for i := range out {
		key := fmt.Sprintf("workshop.ask_%s_%d", sort, i+1)
		if plain {
			key = fmt.Sprintf("workshop.ask_%s_plain_%d", sort, i+1)
		}
		for _, l := range themes.Langs {
			out[i].Set(l, words(l, key))
		}
	}
	return out
}

// signs are beginnings of words that tell what a theme is about, in all three languages; the first sort that has one of them wins.
var signs = []struct {
	sort  coding.WorkshopSort
	words string
}{
	{coding.SortStrength, "hyvien hyvät hyvä kiito onnistu vahvuu god goda bra tack styrk good thank strength success"},
	{coding.SortResources, "rahoi resurs hanke budjet finans medel projekt fund resourc money budget project"},
	{coding.SortObstacle, "este ongelm puut vaikea syrji hinder problem brist svår diskrimin obstacle barrier lack hard discriminat"},
	{coding.SortInformation, "viesti tieto tiedo koulut webina materiaal opp info utbild material kommunik kunskap språk lär communic train knowledge learn language"},
	{coding.SortCooperation, "yhteis koordin verkost rooli vastuu kumppan samarb samord koordiner nätverk roll ansvar partner coordin cooper network role responsib actor toimij aktör"},
	{coding.SortService, "palvel asumi terve neuvon hoito tjänst boend hälsa rådgiv vård service hous health advice care"},
}

// SortOf guesses what a theme is about from the words of its labels.
func SortOf(th coding.Theme) coding.WorkshopSort {
	for _, s := range signs {
		for _, label := range th.Label.All() {
			for _, word := range strings.Fields(strings.ToLower(label)) {
				for _, sign := range strings.Fields(s.words) {
					if strings.HasPrefix(word, sign) {
						return s.sort
					}
				}
			}
		}
	}
	return coding.SortNeed
}
