package index

import (
	"sync"

	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/fi"
	"github.com/blevesearch/bleve/v2/analysis/lang/sv"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/token/unicodenorm"
	uni "github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/registry"

	bleve "github.com/blevesearch/bleve/v2/analysis"

	"avokoodi/coding"
	"avokoodi/index/analysis"
	"avokoodi/themes"
)

// stock is Bleve's own analysers, without their stop words.
type stock struct {
	by    map[coding.Lang]bleve.Analyzer
	exact bleve.Analyzer
}

var stockWords = sync.OnceValue(func() *stock {
	c := registry.NewCache()
	filter := func(name string) bleve.TokenFilter {
		f, err := c.TokenFilterNamed(name)
		if err != nil {
			panic(err)
		}
		return f
	}
	nfc, err := c.DefineTokenFilter("nfc", map[string]any{"type": unicodenorm.Name, "form": "nfc"})
	if err != nil {
		panic(err)
	}
	tok, err := c.TokenizerNamed(uni.Name)
	if err != nil {
		panic(err)
	}
	make := func(filters ...bleve.TokenFilter) bleve.Analyzer {
		return &bleve.DefaultAnalyzer{Tokenizer: tok, TokenFilters: append([]bleve.TokenFilter{nfc, filter(lowercase.Name)}, filters...)}
	}
	return &stock{
		by: map[coding.Lang]bleve.Analyzer{themes.FI: make(filter(fi.SnowballStemmerName)), themes.SV: make(filter(sv.SnowballStemmerName)),
			themes.EN: make(filter(en.SnowballStemmerName))},
		exact: make(),
	}
})

func (s *stock) tokens(a bleve.Analyzer, text string) []analysis.Token {
	var out []analysis.Token
	for _, t := range a.Analyze([]byte(text)) {
		out = append(out, analysis.Token{Start: t.Start, End: t.End, Position: t.Position, Terms: []analysis.Term{{Text: string(t.Term)}}})
	}
	return out
}

func (s *stock) Index(l coding.Lang, text string) []analysis.Token { return s.tokens(s.by[l], text) }
func (s *stock) Query(l coding.Lang, text string) []analysis.Token { return s.tokens(s.by[l], text) }
func (s *stock) Exact(text string) []analysis.Token                { return s.tokens(s.exact, text) }
func (s *stock) Version() string                                   { return "stock" }
