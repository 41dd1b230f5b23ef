package index

import (
	"hash/crc32"
	"strconv"

	"avokoodi/coding"
	"avokoodi/index/analysis"

	bleve "github.com/blevesearch/bleve_index_api"
)

// mappingVersion changes when the fields change, so that old indexes are built anew.
const mappingVersion = "1"

// document is an answer as Bleve indexes it: analysed, with no text stored.
type document struct {
	id     string
	fields []field
}

// newDocument analyses an answer.
func newDocument(w wording, a coding.Answer) *document {
	id := docID(a.ID)
	d := &document{id: id, fields: make([]field, 0, 8)}
	d.fields = append(d.fields,
		field{name: fieldID, value: []byte(id), options: bleve.IndexField | bleve.StoreField, length: 1, terms: single(id, 1)})
	exact := w.Exact(a.Text)
	words := make(terms, len(exact))
	for i := range exact {
		words.add(exact[i].Terms, exact[i].Position)
	}
	d.text(fieldWord, words, len(exact))
	for _, l := range languagesOf(a) {
		tokens := w.Index(l, a.Text)
		bases := make(terms, len(tokens)+len(tokens)/2)
		for i := range tokens {
			bases.add(tokens[i].Terms, tokens[i].Position)
		}
		d.text(bodyField[l], bases, len(tokens))
	}
	d.keyword(fieldQuestion, strconv.FormatInt(int64(a.Question), 10))
	d.keyword(fieldRound, strconv.FormatInt(int64(a.Round), 10))
	d.keyword(fieldLanguage, languageTerm(a.Language))
	d.keyword(fieldImport, importTerm(a.Import))
	d.sum(checksum(a))
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

// terms are the terms of one field of a document.
type terms bleve.TokenFrequencies

// add notes that the word at a place has the terms.
func (t terms) add(list []analysis.Term, place int) {
	for i := range list {
		t.place(list[i].Text, place)
	}
}

func (t terms) place(term string, place int) {
	key := term
	for n := 1; ; n++ {
		f := t[key]
		if f == nil {
			f = &bleve.TokenFreq{}
			t[key] = f
		}
		if packed, ok := pack(uint64(f.Frequency()), place); ok {
			f.SetFrequency(int(packed))
			return
		}
		key = spill(term, n)
	}
}

// spillSign stands in the terms that hold the places for which a term itself had no room. No word contains it.
const spillSign = "\x00"

// spill is the nth term beside term.
func spill(term string, n int) string { return term + spillSign + strconv.Itoa(n) }

// single is one term with a frequency.
func single(term string, frequency uint64) terms {
	f := &bleve.TokenFreq{}
	f.SetFrequency(int(frequency))
	return terms{term: f}
}

func importTerm(id coding.ImportID) string { return strconv.FormatInt(int64(id), 10) }

// languageTerm is the keyword of a language.
func languageTerm(l coding.Lang) string {
	if l == "" {
		return "unknown"
	}
	return string(l)
}

func (d *document) text(name string, t terms, words int) {
	if len(t) > 0 {
		d.fields = append(d.fields, field{name: name, options: bleve.IndexField, length: words, terms: t})
	}
}

func (d *document) keyword(name, value string) {
	d.fields = append(d.fields, field{name: name, length: 1, terms: single(value, 0),
		options: bleve.IndexField | bleve.DocValues | bleve.SkipFreqNorm})
}

func (d *document) sum(sum uint64) {
	d.fields = append(d.fields, field{name: fieldSum, options: bleve.IndexField, length: 1, terms: single(fieldSum, sum)})
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
	terms   terms
}

func (f *field) Name() string                        { return f.name }
func (f *field) Value() []byte                       { return f.value }
func (f *field) ArrayPositions() []uint64            { return nil }
func (f *field) EncodedFieldType() byte              { return 't' }
func (f *field) Analyze()                            {}
func (f *field) Options() bleve.FieldIndexingOptions { return f.options }
func (f *field) AnalyzedLength() int                 { return f.length }
func (f *field) NumPlainTextBytes() uint64           { return 0 }
func (f *field) AnalyzedTokenFrequencies() bleve.TokenFrequencies {
	return bleve.TokenFrequencies(f.terms)
}
