package index

import (
	"hash/crc32"
	"strconv"
	"strings"
	"sync"

	bleve "github.com/blevesearch/bleve_index_api"

	"avokoodi/coding"
)

// mappingVersion changes when the fields change, so that old indexes are built anew.
const mappingVersion = "1"

// document is an answer as Bleve indexes it: its words as they stand, with no text stored.
type document struct {
	id     string
	fields []field
	words  *terms // of fieldWord; nil when there are none
}

// newDocument reads an answer's words, and teaches those that are new to the lexicon.
func newDocument(w wording, x *lexicon, k keywords, a coding.Answer) *document {
	d := bareDocument(k, a)
	langs := languagesOf(a)
	t := termsPool.Get().(*terms)
	words, fresh := t.read(w, x, langs, a.Text)
	if words == 0 {
		termsPool.Put(t)
		return d
	}
	if len(fresh) > 0 {
		for _, l := range langs {
			for i := range fresh {
				fresh[i].terms = w.Terms(l, fresh[i].key)
			}
			x.learn(l, fresh)
		}
	}
	d.words = t
	d.fields = append(d.fields, field{name: fieldWord, options: bleve.IndexField, length: words, terms: t.by})
	return d
}

// read places the words of a text, and tells their number and which of them the lexicon does not know in all of the languages.
// A word that it knows costs no memory here.
func (t *terms) read(w wording, x *lexicon, langs []coding.Lang, text string) (words int, fresh []word) {
	var need known
	for _, l := range langs {
		need[langNumber(l)] = true
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	w.Each(text, func(form, key []byte) {
		words++
		f := x.find(form)
		if f == nil {
			n := word{form: string(form), key: string(key)}
			fresh = append(fresh, n)
			t.place(n.form, words)
			return
		}
		if !f.known.all(need) {
			fresh = append(fresh, word{form: f.text, key: string(key)})
		}
		t.place(f.text, words)
	})
	return words, fresh
}

// release gives back what the documents of a written batch were made with.
func release(docs []*document) {
	for _, d := range docs {
		if d.words != nil && len(d.words.by) < 500 {
			d.words.reset()
			termsPool.Put(d.words)
		}
		d.fields, d.words = nil, nil
	}
}

// bareDocument is an answer without its words.
func bareDocument(k keywords, a coding.Answer) *document {
	id := docID(a.ID)
	d := &document{id: id, fields: make([]field, 0, 8)}
	d.fields = append(d.fields,
		field{name: fieldID, value: []byte(id), options: bleve.IndexField | bleve.StoreField, length: 1, terms: single(id, 1)},
		field{name: fieldSum, options: bleve.IndexField, length: 1, terms: single(fieldSum, checksum(a))})
	d.keyword(fieldQuestion, true, k.of(strconv.FormatInt(int64(a.Question), 10)))
	d.keyword(fieldRound, true, k.of(strconv.FormatInt(int64(a.Round), 10)))
	d.keyword(fieldLanguage, true, k.of(languageTerm(a.Language)))
	d.keyword(fieldImport, false, k.of(importTerm(a.Import)))
	d.keyword(fieldIn, false, k.languages(languagesOf(a)))
	return d
}

func docID(id coding.AnswerID) string { return strconv.FormatInt(int64(id), 10) }

// checksum tells two states of an answer apart, as far as the index shows them. It is never 0.
func checksum(a coding.Answer) uint64 {
	b := make([]byte, 0, 64)
	for _, n := range []int64{int64(a.Question), int64(a.Round), int64(a.Import)} {
		b = append(strconv.AppendInt(b, n, 10), ' ')
	}
	b = append(strconv.AppendBool(append(b, a.Language...), a.Mixed), ' ')
	return uint64(crc32.Update(crc32.ChecksumIEEE(b), crc32.IEEETable, []byte(a.Text))) + 1
}

// terms are the terms of one field of a document, with the places of words in the slot for frequencies.
type terms struct {
	by     bleve.TokenFrequencies
	slab   []bleve.TokenFreq // room for new ones, taken in one piece
	spills map[string]int    // the number of the spill that is being filled, of terms that have one
}

var termsPool = sync.Pool{New: func() any { return &terms{by: bleve.TokenFrequencies{}, slab: make([]bleve.TokenFreq, 0, 64)} }}

func (t *terms) reset() {
	clear(t.by)
	clear(t.slab)
	t.slab, t.spills = t.slab[:0], nil
}

// place notes that a word with the term stands at a place.
func (t *terms) place(term string, place int) {
	n := t.spills[term]
	for ; n <= mostSpills; n++ {
		key := term
		if n > 0 {
			key = spill(term, n)
		}
		f := t.by[key]
		if f == nil {
			f = t.add(key)
		}
		if packed, ok := pack(uint64(f.Frequency()), place); ok {
			f.SetFrequency(int(packed))
			return
		}
		if t.spills == nil {
			t.spills = map[string]int{}
		}
		t.spills[term] = n + 1
	}
}

func (t *terms) add(key string) *bleve.TokenFreq {
	if len(t.slab) == cap(t.slab) {
		t.slab = make([]bleve.TokenFreq, 0, 2*cap(t.slab))
	}
	t.slab = t.slab[:len(t.slab)+1]
	f := &t.slab[len(t.slab)-1]
	t.by[key] = f
	return f
}

// mostSpills bounds the places of one term in one answer, to some ten thousand: no answer that a person writes has more.
const mostSpills = 1000

// spillSign stands in the terms that hold the places for which a term itself had no room. No word contains it.
const spillSign = "\x00"

// spill is the nth term beside term.
func spill(term string, n int) string { return term + spillSign + strconv.Itoa(n) }

// single is one term with a frequency.
func single(term string, frequency uint64) bleve.TokenFrequencies {
	f := &bleve.TokenFreq{}
	f.SetFrequency(int(frequency))
	return bleve.TokenFrequencies{term: f}
}

// keywords shares the terms of keywords between documents, which have them by the thousand.
type keywords map[string]bleve.TokenFrequencies

func (k keywords) of(values ...string) bleve.TokenFrequencies {
	key := strings.Join(values, " ")
	t := k[key]
	if t == nil {
		t = bleve.TokenFrequencies{}
		for _, v := range values {
			t[v] = &bleve.TokenFreq{}
		}
		k[key] = t
	}
	return t
}

func (k keywords) languages(list []coding.Lang) bleve.TokenFrequencies {
	if len(list) == 1 {
		return k.of(string(list[0]))
	}
	values := make([]string, len(list))
	for i, l := range list {
		values[i] = string(l)
	}
	return k.of(values...)
}

func importTerm(id coding.ImportID) string { return strconv.FormatInt(int64(id), 10) }

// languageTerm is the keyword of a language.
func languageTerm(l coding.Lang) string {
	if l == "" {
		return "unknown"
	}
	return string(l)
}

func (d *document) keyword(name string, values bool, t bleve.TokenFrequencies) {
	options := bleve.IndexField | bleve.SkipFreqNorm
	if values {
		options |= bleve.DocValues
	}
	d.fields = append(d.fields, field{name: name, length: 1, options: options, terms: t})
}

// The methods of a Bleve document.

func (d *document) ID() string                                 { return d.id }
func (d *document) Size() int                                  { return 0 }
func (d *document) VisitComposite(bleve.CompositeFieldVisitor) {}
func (d *document) HasComposite() bool                         { return false }
func (d *document) NumPlainTextBytes() uint64                  { return 0 }
func (d *document) AddIDField()                                {}
func (d *document) StoredFieldsBytes() uint64                  { return 0 }
func (d *document) Indexed() bool                              { return true }
func (d *document) VisitFields(visit bleve.FieldVisitor) {
	for i := range d.fields {
		visit(&d.fields[i])
	}
}

// field is one field of a document, analysed beforehand.
type field struct {
	name    string
	value   []byte
	options bleve.FieldIndexingOptions
	length  int
	terms   bleve.TokenFrequencies
}

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Analyze()                                         {}
func (f *field) Options() bleve.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                              { return f.length }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }
func (f *field) AnalyzedTokenFrequencies() bleve.TokenFrequencies { return f.terms }
