// Package ooxml writes Word documents (DOCX) and PowerPoint presentations (PPTX) with native charts, from nothing but zip and
// XML. It knows paragraphs, styles, tables, pictures, charts, slides and notes, and nothing of surveys or themes.
//
// A Document or Deck is filled by its methods and written once with WriteTo. It is for one goroutine. The same calls give the
// same bytes. Text may be anything: what XML can't hold becomes U+FFFD, line breaks stay line breaks.
//
// Styles carry the names that Word itself has ('Title', 'heading 1', 'Quote', 'caption', 'Table Grid' …), so that a document
// pasted or attached to an organisation's template takes on the template's looks; the few of our own are named in Styles.
//
// Sources: ECMA-376 part 1 (WordprocessingML, PresentationML, DrawingML charts, SpreadsheetML), part 2 (packages).
package ooxml
