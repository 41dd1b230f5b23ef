package analysis

import (
	"fmt"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
)

// Bleve keeps analysers by name in a register of the whole process, and a
// mapping that is stored with an index names them. The engine behind a name
// is therefore looked up here when text is analysed, not when the mapping is
// made: see [Use].

const (
	namePrefix  = "avokoodi_"
	querySuffix = "_query"

	// ExactAnalyzer is the Bleve analyser of unstemmed fields, for quoted
	// words, prefixes and wildcards. It only puts words into lower case and
	// composed form (NFC).
	ExactAnalyzer = namePrefix + "exact"
	// ExactQueryAnalyzer analyses queries on such fields.
	ExactQueryAnalyzer = ExactAnalyzer + querySuffix
)

// FieldAnalyzer is the name of the Bleve analyser for the text of a language:
// 'avokoodi_fi' and so on. A custom analyser of this type takes the name of an
// engine under the key 'engine' of its configuration. With 'content_words' set
// to true it leaves function words out, as Bleve's stock analysers do: the
// index gets a third smaller and searches for common words faster. Positions
// are counted as if they were there.
func FieldAnalyzer(lang Language) string { return namePrefix + string(lang) }

// QueryAnalyzer is the name of the one for queries: base forms only, no parts.
// All terms of one position are alternatives, so a query where every word must
// match needs a disjunction for each position; see [Analyzer].Query.
func QueryAnalyzer(lang Language) string { return FieldAnalyzer(lang) + querySuffix }

var engines struct {
	sync.RWMutex
	byName map[string]*Engine
}

// Use makes e the engine behind the Bleve analysers that name it in their
// configuration; the empty name stands for analysers without configuration. A
// later call replaces the engine, for indexes that are open as well. Without
// any call, the first use makes an engine with default options.
func Use(name string, e *Engine) {
	engines.Lock()
	defer engines.Unlock()
	if engines.byName == nil {
		engines.byName = map[string]*Engine{}
	}
	engines.byName[name] = e
}

var defaultEngine = sync.OnceValue(func() *Engine { return New(Options{}) })

func engineNamed(name string) *Engine {
	engines.RLock()
	e := engines.byName[name]
	if e == nil {
		e = engines.byName[""]
	}
	engines.RUnlock()
	if e == nil {
		return defaultEngine()
	}
	return e
}

// bleveAnalyzer adapts an engine to Bleve.
type bleveAnalyzer struct {
	engine string
	lang   Language
	query  bool

	contentOnly bool
}

// Analyze implements Bleve's interface.
func (a *bleveAnalyzer) Analyze(input []byte) analysis.TokenStream {
	return engineNamed(a.engine).analyzers[a.lang].stream(string(input), a.query, a.contentOnly)
}

func init() {
	for _, lang := range append([]Language{exact}, Languages...) {
		register(FieldAnalyzer(lang), lang, false)
		register(QueryAnalyzer(lang), lang, true)
	}
}

func register(name string, lang Language, query bool) {
	err := registry.RegisterAnalyzer(name, func(config map[string]any, _ *registry.Cache) (analysis.Analyzer, error) {
		engine, _ := config["engine"].(string)
		content, _ := config["content_words"].(bool)
		return &bleveAnalyzer{engine: engine, lang: lang, query: query, contentOnly: content}, nil
	})
	if err != nil {
		panic(fmt.Sprintf("analysis: %v", err))
	}
}
