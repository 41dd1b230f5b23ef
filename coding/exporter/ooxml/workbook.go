package ooxml

import (
	"bytes"
	"math"
	"strings"
)

// workbook is the chart's numbers as a small workbook of one sheet: names down, series across.
func (c Chart) workbook() ([]byte, error) {
	p := newPack()
	const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	p.relate("", "officeDocument", "xl/workbook.xml")

	t := &tree{}
	t.start("workbook", "xmlns", main, "xmlns:r", nsRel)
	t.with("sheets", func() {
		t.leaf("sheet", "name", sheetName, "sheetId", "1", "r:id", p.relate("xl/workbook.xml", "worksheet", "xl/worksheets/sheet1.xml"))
	})
	t.end()
	p.add("xl/workbook.xml", kind+"sheet.main+xml", t.part())

	p.relate("xl/workbook.xml", "styles", "xl/styles.xml")
	p.add("xl/styles.xml", kind+"styles+xml", c.sheetStyles(main))
	p.add("xl/worksheets/sheet1.xml", kind+"worksheet+xml", c.cells(main))
	var b bytes.Buffer
	err := p.write(&b, Meta{}.at())
	return b.Bytes(), err
}

func (c Chart) sheetStyles(main string) []byte {
	t := &tree{}
	t.start("styleSheet", "xmlns", main)
	t.with("numFmts", func() { t.leaf("numFmt", "numFmtId", "164", "formatCode", c.format()) }, "count", "1")
	t.with("fonts", func() {
		t.with("font", func() {
			t.leaf("sz", "val", "11")
			t.leaf("name", "val", "Calibri")
		})
	}, "count", "1")
	t.with("fills", func() {
		t.with("fill", func() { t.leaf("patternFill", "patternType", "none") })
		t.with("fill", func() { t.leaf("patternFill", "patternType", "gray125") })
	}, "count", "2")
	t.with("borders", func() { t.leaf("border") }, "count", "1")
	t.with("cellStyleXfs", func() { t.leaf("xf", "numFmtId", "0", "fontId", "0", "fillId", "0", "borderId", "0") }, "count", "1")
	t.with("cellXfs", func() {
		t.leaf("xf", "numFmtId", "0", "fontId", "0", "fillId", "0", "borderId", "0", "xfId", "0")
		t.leaf("xf", "numFmtId", "164", "fontId", "0", "fillId", "0", "borderId", "0", "xfId", "0", "applyNumberFormat", "1")
	}, "count", "2")
	t.end()
	return t.part()
}

func (c Chart) cells(main string) []byte {
	t := &tree{}
	t.start("worksheet", "xmlns", main)
	t.start("cols")
	t.leaf("col", "min", "1", "max", "1", "width", "48", "customWidth", "1")
	t.end()
	t.start("sheetData")
	text := func(at, s string) {
		t.start("c", "r", at, "t", "inlineStr")
		t.start("is")
		t.elem("t", s, "xml:space", "preserve")
		t.ends(2)
	}
	t.start("row", "r", "1")
	for i, s := range c.Series {
		text(letters(i+1)+"1", s.Name)
	}
	t.end()
	for j, name := range c.Categories {
		row := num(j + 2)
		t.start("row", "r", row)
		text("A"+row, name)
		for i, s := range c.Series {
			at := letters(i+1) + row
			switch v := s.Values[j]; {
			case !math.IsNaN(v):
				t.with("c", func() { t.elem("v", float(v)) }, "r", at, "s", "1")
			case j < len(s.Marks) && s.Marks[j] != "":
				text(at, s.Marks[j])
			}
		}
		t.end()
	}
	t.ends(2)
	return t.part()
}

// letters is the name of a column: 0 is A, 26 is AA.
func letters(i int) string {
	var s strings.Builder
	if i >= 26 {
		s.WriteString(letters(i/26 - 1))
	}
	s.WriteByte(byte('A' + i%26))
	return s.String()
}
