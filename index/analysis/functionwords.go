package analysis

// functionWords carry grammar rather than content. Lists of words, suggestions
// and similar uses leave them out.
var functionWords = map[Language]lexicon{
	Finnish: wordSet(`olla ei ja tai vai sekä eli mutta vaan kun kuin koska jos että jotta joten vaikka kuten niin näin noin siis myös vain jo vielä nyt sitten
		aina ehkä lisäksi kuitenkin ainakin silti sillä siksi siten minä sinä hän me te he se ne tämä nämä tuo nuo joka mikä miksi miten milloin kuka kukaan
		mikään joku jokin itse kaikki sinne siellä sieltä tänne täällä täältä tuolla siinä muu toinen sama sellainen tällainen semmoinen kanssa ilman varten
		mukaan vuoksi takia aikana jälkeen ennen asti saakka kautta hyvin enää kyllä eikä voida pitää saada tulla`),
	Swedish: wordSet(`och eller men att som när om då så för i på av med till från utan under över efter före mellan genom vid hos mot ur in ut upp ner
		en ett den det de dem denna detta dessa jag du han hon vi ni sig sin sitt sina min mitt mina din ditt dina hans hennes vår vårt våra er ert era deras dess
		man ingen inget inga någon något några vad vem vilken vilket vilka var där här hur varför inte ej ja nej också bara även redan ännu än nu sedan alltid
		vara bli ha kunna skola vilja måste få göra mycket mer mest all allt alla annan annat andra samma sådan sådant sådana ju väl`),
	English: wordSet(`the a an and or but if because as until while of at by for with about against between into through during before after above below to from
		up down in out on off over under again then once here there when where why how all any both each few more most other some such no nor not only own same so
		than too very can will just should now i me my myself we our ours ourselves you your yours yourself he him his himself she her hers herself it its itself
		they them their theirs themselves what which who whom this that these those be have do would could may might must shall also`),
}

// IsFunctionWord tells whether a base form is a grammatical word of the
// language.
func IsFunctionWord(lang Language, base string) bool { return functionWords[lang].has(base) }

// weightyWords are function words that people search for, so that they are
// indexed even where the others are not.
var weightyWords = wordSet(`ei pitää saada tulla voida itse toinen inte ej nej kunna skola vilja måste få göra själv annan not no can could may might must should would myself own`)

// contentWord reports whether a word with these base forms is one to search
// for: not a mere article, pronoun, conjunction or copula.
func contentWord(lang Language, terms []Term) bool {
	for _, t := range terms {
		if t.Kind == Base && (!functionWords[lang].has(t.Text) || weightyWords.has(t.Text)) {
			return true
		}
	}
	return false
}
