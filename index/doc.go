// Package index finds answers by their words. For each project it keeps a Bleve (scorch) index that can be deleted at any
// time: everything in it comes from the store of record, it follows the store's change log, and it is built anew when it
// is missing, damaged or made by another version of the analysers.
//
// Bleve indexes every word of an answer in the very form in which it was written, with its places. What a form means (its
// base forms and compound parts, by language) is a property of the form, not of the place where it stands; it is kept once,
// in a lexicon beside the segments. A question for 'palvelu' becomes one for all forms that have it as a base form or part,
// in the answers of the language for which that holds.
//
// Codings are not in the index, so that coding never touches it. What is known of an answer beside its text (theme, coder,
// state, question, background) is asked from a Resolver and combined with the words as sets of answer ids.
//
// The package writes scorch segments and reads them itself, below Bleve's own query and scoring layer: with 100,000 answers
// that is what makes a search take a few milliseconds, and it lets the places of words travel in the postings' frequency
// slot (see pack.go) instead of in term vectors, which would double the index.
package index
