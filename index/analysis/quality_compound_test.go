package analysis

import (
	"slices"
	"strings"
	"testing"
)

// compound is a row of the file of compounds.
type compound struct {
	parts []string // one part: the file has it as a plain word
	forms []string // with the base form
}

func readCompounds(t testing.TB) []compound {
	var all []compound
	for _, r := range readTable(t, "morphology/compound_fi.tsv") {
		c := compound{parts: strings.Split(strings.ToLower(r[1]), "#"), forms: []string{r[0]}}
		for form := range strings.SplitSeq(r[4], ",") {
			if form != "" && !slices.Contains(c.forms, form) {
				c.forms = append(c.forms, form)
			}
		}
		all = append(all, c)
	}
	return all
}

// unmarked are compounds in which the treebank marks no boundary.
var unmarked = wordSet(`toteutettavuustutkimus yhdysvallat ainutlaatuisuus allekirjoittanut eloonjäänyt hopeasilmä infrastruktuuri istumapaikka itsekunnioitus
	kanssakäyminen keskiviikko kuolinpäivä käyttöönotto lakiehdotus lantionpohja lastentauti maahanmuutto maahantuonti nykyaikaistaminen ominaislaatu
	poisjäänti polyesteri päiväntasaus retkikunta samankaltaisuus sanomalehti seurakunnanvanhin talvipäivänseisaus tapahtumapaikka thaimaalainen
	työntekijä varainkäyttö vastaanottaminen vireillepano yhdenmukaistaminen yhdenvertaisuus yksimielisyys seitsemänkymppinen`)

// longWord is how many letters make a plain word long.
const longWord = 10

// checkCompounds measures which parts of compounds are found by a query for
// the part, and how many long plain words are cut.
func checkCompounds(t *testing.T, a Analyzer, found, cut float64) {
	t.Helper()
	var parts, hits, plain, wrong int
	var wrongWords []string
	for _, c := range readCompounds(t) {
		for _, form := range c.forms {
			if len(c.parts) > 1 {
				for _, p := range c.parts {
					parts++
					if finds(a, p, form) {
						hits++
					}
				}
				continue
			}
			if letters(form) < longWord || strings.Contains(form, "-") || unmarked.has(c.parts[0]) {
				continue
			}
			plain++
			if p := partsOf(a, form); len(p) > 0 {
				wrong++
				wrongWords = append(wrongWords, form+"="+strings.Join(p, "+"))
			}
		}
	}
	rate, cutRate := float64(hits)/float64(parts), float64(wrong)/float64(plain)
	t.Logf("%.3f of %d parts found; %.4f of %d long plain words cut: %q", rate, parts, cutRate, plain, wrongWords)
	if rate < found || cutRate > cut {
		t.Errorf("want at least %.2f found and at most %.2f cut", found, cut)
	}
}

func TestFinnishCompoundFigures(t *testing.T) {
	t.Run("dictionary", func(t *testing.T) { checkCompounds(t, dictionaryEngine(t).For(Finnish), 0.90, 0.03) })
	t.Run("rules", func(t *testing.T) { checkCompounds(t, rulesEngine().For(Finnish), 0.60, 0.03) })
	t.Run("rules and vocabulary", func(t *testing.T) {
		checkCompounds(t, rulesEngine().With(learnt(t, "answers/course_feedback_fi.tsv")).For(Finnish), 0.60, 0.03)
	})
}

// TestRulesCutNoPlainWords asks the dictionary which words of real answers are
// no compounds, and counts those that the rules cut.
func TestRulesCutNoPlainWords(t *testing.T) {
	dictionary := dictionaryEngine(t)
	rules := rulesEngine().For(Finnish)
	seen := map[string]bool{}
	plain, cut := 0, 0
	for _, row := range readTable(t, "answers/course_feedback_fi.tsv") {
		for _, token := range dictionary.For(Finnish).Index(row[len(row)-1]) {
			word := strings.ToLower(row[len(row)-1][token.Start:token.End])
			if seen[word] || token.Source != FromDictionary || letters(word) < longWord || strings.Contains(word, "-") {
				continue
			}
			seen[word] = true
			if slices.ContainsFunc(dictionary.voikko.readings(word), func(r reading) bool { return len(r.parts)+len(r.inner) > 0 }) {
				continue
			}
			plain++
			if len(partsOf(rules, word)) > 0 {
				cut++
			}
		}
	}
	t.Logf("%d of %d long plain words cut", cut, plain)
	if float64(cut) > 0.01*float64(plain) {
		t.Errorf("too many")
	}
}
