package importer

import (
	"slices"
	"strings"
)

// Words of headers in Finnish, Swedish and English that tell what a column is.

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	// Whole words that stand for a person or for the way to reach one.
	personalWords = set(`nimi nimesi nimenne name namn namnet dob ip osoite osoitteesi adress address mobile hetu gsm puh ssn
		allekirjoitus signature username käyttäjänimi användarnamn yhteyshenkilö kontaktperson latitude longitude`)
	// Parts of words that do.
	personalParts = []string{"sähköposti", "email", "epost", "puhelin", "telefon", "phone", "etunim", "sukunim", "firstname", "lastname",
		"surname", "förnamn", "efternamn", "henkilötun", "personbeteckning", "personnummer", "syntymäaika", "födelsedatum", "katuosoite",
		"postiosoite", "gatuadress", "ipaddress", "ipadress", "iposoite", "yhteystie", "kontaktuppgift"}
	// Names of these are no names of people.
	placeWords = set(`kunta kunnan kuntasi kunnat maakunta maakunnan alue alueen municipality municipal region kommun kommunens kommunen landskap
		kaupunki kaupungin city stad country maa`)

	idWords     = set(`id tunnus tunniste token uuid guid nro nr no numero number nummer row rivi rad index löpnummer koodi code #`)
	personIDs   = set(`respondent respondents response vastaaja vastaajan vastaus vastauksen svar svars svarande respondentens record participant user case`)
	joinedIDs   = set(`respondentid responseid vastaajaid vastausid vastaajatunnus vastaajanumero vastausnumero svarsid svarsnummer recordid participantid`)
	bareIDs     = set(`respondent vastaaja svarande participant osallistuja deltagare`) // if the cells are codes, not names
	langWords   = set(`kieli vastauskieli lomakekieli kyselykieli asiointikieli language lang languages locale språk svarsspråk språket språkversion kieliversio userlanguage startlanguage`)
	ownLanguage = []string{"äidinkiel", "modersmål", "native", "mother", "kotikiel", "hemspråk"}

	questionWords = set(`palaute palautetta palautteesi kommentti kommentit kommentteja vastaus vastaukset perustelu perustelut perustele kerro
		kuvaile kuvaa miksi miten millaista millaisia millainen millaiset mitä mitkä minkä avoin ajatuksia mielipide ehdotus ehdotuksia
		terveiset terveisiä toiveet toiveita muuta muu tarkenna risut ruusut teksti selitä havaintoja
		feedback comment comments answer why how what describe explain tell thoughts suggestions suggestion open text other specify
		remarks opinion reason
		kommentar kommentarer berätta varför hur vad vilka vilken beskriv synpunkter förslag åsikt svar fritext öppen öppet motivera annat precisera
		respons önskemål`)

	categoryWords = set(`organisaatio organisaatiotyyppi taustaorganisaatio järjestö tyyppi luokka ryhmä maakunta kunta kuntakoko koko sukupuoli ikä
		ikäryhmä ikäluokka koulutus ammatti asema rooli toimiala alue sektori organisation org type class group region municipality size gender
		sex age education occupation role sector nature area kön ålder utbildning yrke roll kommun landskap storlek bransch typ grupp klass`)
)

func any1(words []string, in map[string]bool) bool {
	return slices.ContainsFunc(words, func(w string) bool { return in[w] })
}

// personalHeader tells that a column by its header holds names or other means of knowing a person.
func personalHeader(header string) bool {
	words := headerWords(header)
	if len(words) == 0 || len(words) > 6 {
		return false
	}
	joined := strings.Join(words, "")
	for _, part := range personalParts {
		if strings.Contains(joined, part) {
			return true
		}
	}
	return any1(words, personalWords) && !any1(words, placeWords)
}

// idHeader is how surely a header names the respondent's id: 2 for 'id' and 'respondent_id', 1 for
// 'sentence_id' or 'tunniste', else 0.
func idHeader(header string) int {
	words := headerWords(header)
	joined := strings.Join(words, "")
	switch {
	case joinedIDs[joined], joined == "id":
		return 2
	case bareIDs[joined]:
		return 1
	case len(words) == 0:
		if strings.TrimSpace(header) == "#" {
			return 1
		}
		return 0
	case len(words) > 3 || !idWords[words[len(words)-1]]:
		return 0
	case any1(words, personIDs):
		return 2
	}
	return 1
}

func languageHeader(header string) bool {
	for _, part := range ownLanguage {
		if strings.Contains(fold(header), part) {
			return false
		}
	}
	words := headerWords(header)
	return len(words) <= 4 && (any1(words, langWords) || langWords[strings.Join(words, "")])
}

// questionHeader tells that a header sounds like an open question.
func questionHeader(header string) bool {
	words := headerWords(header)
	return strings.HasSuffix(header, "?") || len(words) >= 5 || any1(words, questionWords) || headerCode(header) != "" && len(words) <= 2
}

func categoryHeader(header string) bool {
	words := headerWords(header)
	return len(words) <= 4 && any1(words, categoryWords)
}
