// Package sets keeps the bitmaps of each project in memory: which answers have a theme, a state, a coder, a category.
// Every list, facet and count of the product is an intersection of them.
//
// The bitmaps are built from the store of record, never from the text index, and follow its change log: Boards.Read
// brings a project's Board up to the last change before it hands it over, whichever process made the change. What can't
// be followed (an import taken back, a change of an unknown kind, a log that doesn't fit) makes the Board be built anew.
//
// Texts, evidence and the ids of codings stay in the store; a Board knows only who judged what.
package sets
