// Package paper lays out printed sheets: text in boxes, shapes, pages of any size. A page is laid out once and can be written as
// PDF or as SVG, so that what the browser prints is what the PDF has. The letters are those of the Go fonts, which are measured
// here and embedded there.
//
// No text is ever cut off: a long word is hyphenated, and what does not go into its box is set smaller until it does.
package paper
