package analysis

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/fi"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/sv"
	"github.com/blevesearch/bleve/v2/mapping"
)

// answerFiles are real answers to measure with, and the column of the text.
var answerFiles = map[Language]struct {
	name   string
	column int
}{
	Finnish: {"answers/course_feedback_fi.tsv", 4},
	Swedish: {"answers/arguments_sv.tsv", -1},
	English: {"answers/r_survey_en.tsv", -1},
}

// answers reads the texts of a language; column -1 takes the longest cell.
func answers(b testing.TB, lang Language) []string {
	file := answerFiles[lang]
	var texts []string
	for _, row := range readTable(b, file.name) {
		text := ""
		for i, cell := range row {
			if i == file.column || file.column < 0 && len(cell) > len(text) {
				text = cell
			}
		}
		texts = append(texts, text)
	}
	return texts
}

// BenchmarkWord analyses single words, past the cache.
func BenchmarkWord(b *testing.B) {
	for name, e := range map[string]*Engine{"system": New(Options{}), "rules": rulesEngine()} {
		for _, lang := range Languages {
			rows := readLemmas(b, "morphology/lemma_"+string(lang)+".tsv")
			analyse := e.analyzers[lang].analyse
			b.Run(name+"/"+string(lang), func(b *testing.B) {
				b.ReportAllocs()
				for i := range b.N {
					analyse(rows[i%len(rows)].form)
				}
			})
		}
	}
}

// BenchmarkIndexText analyses whole answers, with the cache as in use.
func BenchmarkIndexText(b *testing.B) {
	e := New(Options{})
	for _, lang := range Languages {
		texts := answers(b, lang)
		b.Run(string(lang), func(b *testing.B) {
			b.ReportAllocs()
			bytes := 0
			for i := range b.N {
				text := texts[i%len(texts)]
				bytes += len(text)
				e.analyzers[lang].stream(text, false, false)
			}
			b.SetBytes(int64(bytes / b.N))
		})
	}
}

// BenchmarkBleve indexes answers in batches, with Bleve's stock analyser of the
// language and with ours; the figure to compare is answers per second.
func BenchmarkBleve(b *testing.B) {
	Use("", New(Options{}))
	for _, lang := range Languages {
		texts := answers(b, lang)
		for name, analyzer := range map[string]string{"stock": string(lang), "ours": FieldAnalyzer(lang)} {
			b.Run(string(lang)+"/"+name, func(b *testing.B) {
				index, err := bleve.New(filepath.Join(b.TempDir(), "index"), bodyMapping(analyzer))
				if err != nil {
					b.Fatal(err)
				}
				defer index.Close()
				b.ResetTimer()
				batch := index.NewBatch()
				for i := range b.N {
					if err := batch.Index(fmt.Sprint(i), map[string]any{"body": texts[i%len(texts)]}); err != nil {
						b.Fatal(err)
					}
					if batch.Size() == 2000 || i == b.N-1 {
						if err := index.Batch(batch); err != nil {
							b.Fatal(err)
						}
						batch = index.NewBatch()
					}
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "answers/s")
			})
		}
	}
}

// bodyMapping maps one text field with positions, not stored.
func bodyMapping(analyzer string) mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultMapping = mapping.NewDocumentStaticMapping()
	field := mapping.NewTextFieldMapping()
	field.Analyzer, field.Store, field.IncludeTermVectors, field.IncludeInAll, field.DocValues = analyzer, false, true, false, false
	m.DefaultMapping.AddFieldMappingsAt("body", field)
	return m
}

func BenchmarkNew(b *testing.B) {
	for range b.N {
		New(Options{})
	}
}

func BenchmarkLearn(b *testing.B) {
	text := strings.Join(answers(b, Finnish), "\n")
	b.SetBytes(int64(len(text)))
	for range b.N {
		NewVocabulary().Learn(text)
	}
}
