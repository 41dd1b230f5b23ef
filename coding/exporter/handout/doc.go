// Package handout writes the material of a workshop: theme sheets, quote cards, posters and the facilitator's papers as laid-out
// sheets (PDF, or SVG for the browser), slides with native charts as a presentation, everything as a document that can be edited, and
// all of it as one zip.
package handout
