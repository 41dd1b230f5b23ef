// Package chart draws the numbers of tables: bars of themes, groups beside each other or stacked, a heat map, lines over
// rounds, Pareto. Each drawing has its title, base and notes in it and stands alone: on a page, as a file for a report, on
// paper. It reads in black and white, for every bar has its number and series differ by pattern, dashes and markers.
//
// A drawing becomes a scene of plain shapes first, and the scene an SVG for a page (SVG: the reader's fonts, shapes are links),
// an SVG for a file (File: letters are outlines, so that no program needs the font) or a PNG at print size (PNG: 300 dots to
// the inch). Colours are attributes of the shapes, not a style sheet, so that a strict content security policy lets them be;
// each shape has a class by which a page may colour it otherwise (dark).
//
// A hidden number has a hatched stub of one length for all, whatever it is.
package chart
