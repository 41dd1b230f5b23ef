// Package exporter makes documents out of a project: counts, codings, answers, the answers × themes matrix, quotes and the
// codebook, as tables of typed cells that each format (csvfile, xlsxfile, markdown) lays out in its own way.
//
// A document streams: its rows are read from the store while a format writes them, so that 100,000 answers take no more
// memory than a few. Headings and notes come in the reader's language through a Translate; files that are read back by this
// program (codings, matrix, codebook) have fixed English headings instead.
//
// Counts and public quotes may be given to anybody. The other documents hold answers of single respondents and are for
// those who code; Kind.Least says which role, and the caller checks it.
package exporter
