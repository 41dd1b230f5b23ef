// Package analysis turns Finnish, Swedish and English text into the terms it
// is indexed and searched by: base forms of words, and the parts of compounds.
//
// It knows words and nothing of projects, answers or the index. An [Engine]
// holds the languages; its analysers work on plain text ([Analyzer]) and are
// registered with Bleve under the names in [FieldAnalyzer] and [QueryAnalyzer].
//
// Finnish uses the Voikko dictionary of the system, read at run time, and
// falls back to rules where there is none or where it does not know a word.
// Swedish and English are rules and word lists of our own; the system's
// Swedish spelling dictionary helps to split compounds where it is installed.
// Letters are never folded: 'saari' and 'sääri' stay two words.
package analysis
