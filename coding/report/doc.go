// Package report makes tables of typed cells: how many respondents, answers or codings have each theme, as a whole and by
// the categories of a variable, by question, language or round; and how far the coding has come.
//
// A table is counted on the bitmaps of coding/sets and then goes through disclosure control, so that what it gives out
// can be shown to anybody: a hidden cell holds no number. The package formats nothing; pages and files lay its tables out.
package report
