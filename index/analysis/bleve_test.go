package analysis

import (
	"slices"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/registry"
	"github.com/blevesearch/bleve/v2/search/query"
)

// testIndex indexes texts in a field with an analyser.
func testIndex(t testing.TB, analyzer string, texts map[string]string) bleve.Index {
	t.Helper()
	index, err := bleve.NewMemOnly(bodyMapping(analyzer))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close() })
	for id, text := range texts {
		if err := index.Index(id, map[string]any{"body": text}); err != nil {
			t.Fatal(err)
		}
	}
	return index
}

// search runs a match query with the query analyser of a language.
func search(t testing.TB, index bleve.Index, lang Language, q string) *bleve.SearchResult {
	t.Helper()
	match := query.NewMatchQuery(q)
	match.SetField("body")
	match.Analyzer = QueryAnalyzer(lang)
	request := bleve.NewSearchRequest(match)
	request.IncludeLocations = true
	result, err := index.Search(request)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestBleveSearch(t *testing.T) {
	texts := map[string]string{
		"fi1": "Hyvää: maahanmuuttajapalveluiden äärellä öisin", "fi2": "palvelu oli huono", "fi3": "saaren sääri",
	}
	Use("", rulesEngine())
	index := testIndex(t, FieldAnalyzer(Finnish), texts)
	for _, test := range []struct {
		query string
		want  []string
	}{
		{"palvelu", []string{"fi1", "fi2"}},
		{"palveluja", []string{"fi1", "fi2"}},
		{"maahanmuuttajapalvelu", []string{"fi1"}},
		{"saari", []string{"fi3"}},
		{"sana", nil},
	} {
		var got []string
		for _, hit := range search(t, index, Finnish, test.query).Hits {
			got = append(got, hit.ID)
		}
		slices.Sort(got)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.query, got, test.want)
		}
	}
}

// TestBleveLocations checks that a match through a part covers the whole word,
// behind letters of two bytes.
func TestBleveLocations(t *testing.T) {
	const text = "Hyvää: maahanmuuttajapalveluiden äärellä"
	Use("", rulesEngine())
	index := testIndex(t, FieldAnalyzer(Finnish), map[string]string{"a": text})
	hits := search(t, index, Finnish, "palvelu").Hits
	if len(hits) != 1 {
		t.Fatalf("%d hits", len(hits))
	}
	for term, locations := range hits[0].Locations["body"] {
		for _, l := range locations {
			if got := text[l.Start:l.End]; term != "palvelu" || got != "maahanmuuttajapalveluiden" || l.Pos != 2 {
				t.Errorf("%s matches %q at %d", term, got, l.Pos)
			}
		}
	}
}

func TestBlevePhrase(t *testing.T) {
	Use("", rulesEngine())
	index := testIndex(t, FieldAnalyzer(Finnish), map[string]string{"a": "kuntien palvelut toimivat", "b": "palvelut ja kunnat"})
	phrase := query.NewMatchPhraseQuery("kunnan palvelu")
	phrase.SetField("body")
	phrase.Analyzer = QueryAnalyzer(Finnish)
	result, err := index.Search(bleve.NewSearchRequest(phrase))
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Hits) != 1 || result.Hits[0].ID != "a" {
		t.Errorf("hits %v", result.Hits)
	}
}

func TestBleveTokens(t *testing.T) {
	Use("", rulesEngine())
	cache := registry.NewCache()
	for _, test := range []struct {
		analyzer, text string
		terms          []string
		positions      []int
	}{
		{FieldAnalyzer(Finnish), "kansalaisjärjestöt ja seurat", []string{"kansalaisjärjestö", "kansalainen", "kansalais", "järjestö", "ja", "seura"}, []int{1, 1, 1, 1, 2, 3}},
		{QueryAnalyzer(Finnish), "kansalaisjärjestöt ja seurat", []string{"kansalaisjärjestö", "ja", "seura"}, []int{1, 2, 3}},
		{FieldAnalyzer(Swedish), "arbetsplatsen", []string{"arbetsplats", "arbete", "plats"}, []int{1, 1, 1}},
		{QueryAnalyzer(Swedish), "arbetsplats", []string{"arbetsplats"}, []int{1}},
		{FieldAnalyzer(English), "the services", []string{"the", "service"}, []int{1, 2}},
		{ExactAnalyzer, "ÄÄNI-levyt", []string{"ääni-levyt", "ääni", "levyt"}, []int{1, 1, 1}},
		{ExactQueryAnalyzer, "ÄÄNI-levyt", []string{"ääni-levyt"}, []int{1}},
	} {
		analyzer, err := cache.AnalyzerNamed(test.analyzer)
		if err != nil {
			t.Fatal(err)
		}
		var terms []string
		var positions []int
		for _, token := range analyzer.Analyze([]byte(test.text)) {
			terms, positions = append(terms, string(token.Term)), append(positions, token.Position)
		}
		if !slices.Equal(terms, test.terms) || !slices.Equal(positions, test.positions) {
			t.Errorf("%s: %q at %v, want %q at %v", test.analyzer, terms, positions, test.terms, test.positions)
		}
	}
}

// TestBleveConfiguration names an engine in a mapping, and leaves function
// words out.
func TestBleveConfiguration(t *testing.T) {
	v := NewVocabulary()
	v.Learn("blaffi blaffi")
	Use("", rulesEngine())
	Use("taught", rulesEngine().With(v))
	m := bleve.NewIndexMapping()
	for name, config := range map[string]map[string]any{
		"taught":  {"type": FieldAnalyzer(Finnish), "engine": "taught"},
		"content": {"type": FieldAnalyzer(Finnish), "content_words": true},
	} {
		if err := m.AddCustomAnalyzer(name, config); err != nil {
			t.Fatal(err)
		}
	}
	terms := func(name, text string) (all []string) {
		for _, token := range m.AnalyzerNamed(name).Analyze([]byte(text)) {
			all = append(all, string(token.Term))
		}
		return all
	}
	if got := terms("taught", "kansalaisblaffi"); !slices.Contains(got, "blaffi") {
		t.Errorf("with the named engine: %q", got)
	}
	if got := terms(FieldAnalyzer(Finnish), "kansalaisblaffi"); slices.Contains(got, "blaffi") {
		t.Errorf("with the default engine: %q", got)
	}
	if got := terms("content", "se ja palvelu ei ole"); !slices.Equal(got, []string{"palvelu", "ei"}) {
		t.Errorf("content words: %q", got)
	}
	Use("taught", rulesEngine())
	if got := terms("taught", "kansalaisblaffi"); slices.Contains(got, "blaffi") {
		t.Errorf("after the engine was replaced: %q", got)
	}
	Use("taught", nil)
	if got := terms("taught", "talossa"); !slices.Equal(got, []string{"talo"}) {
		t.Errorf("without an engine of that name: %q", got)
	}
}
