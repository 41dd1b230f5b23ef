package xlsxfile

import (
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"avokoodi/coding/exporter"
)

// look is what decides a cell's style.
type look struct {
	kind   exporter.CellKind
	head   bool
	strong bool
	wrap   bool
	indent int
	digits int // of a number with decimals
}

// maxIndent is the deepest indent that has a style: the levels of a codebook.
const maxIndent = 5

func (b *book) styles() error {
	b.style = map[look]int{}
	share := `0.0\ %`
	if b.doc.Lang == "en" {
		share = `0.0%`
	}
	whole, decimal, date := "#,##0", "0.00", "yyyy-mm-dd hh:mm"
	format := map[exporter.CellKind]*string{exporter.KindNumber: &whole, exporter.KindShare: &share, exporter.KindDecimal: &decimal, exporter.KindTime: &date}
	add := func(l look) error {
		number := format[l.kind]
		if l.digits > 0 {
			f := "0." + strings.Repeat("0", l.digits)
			number = &f
		}
		s := &excelize.Style{CustomNumFmt: number, Alignment: &excelize.Alignment{Vertical: "top", WrapText: l.wrap, Indent: l.indent}}
		if l.head || l.strong {
			s.Font = &excelize.Font{Bold: true}
		}
		if l.head {
			s.Border = []excelize.Border{{Type: "bottom", Color: "8A8F94", Style: 1}}
			s.Alignment.Vertical = "bottom"
		}
		if l.kind == exporter.KindHidden {
			s.Alignment.Horizontal = "right"
		}
		id, err := b.file.NewStyle(s)
		b.style[l] = id
		return err
	}
	list := []look{{kind: exporter.KindText, head: true, wrap: true}}
	for _, strong := range []bool{false, true} {
		for kind := exporter.KindEmpty; kind <= exporter.KindHidden; kind++ {
			list = append(list, look{kind: kind, strong: strong})
		}
		list = append(list, look{kind: exporter.KindText, strong: strong, wrap: true}, look{kind: exporter.KindDecimal, strong: strong, digits: 1}, look{kind: exporter.KindDecimal, strong: strong, digits: 3})
		for indent := 1; indent <= maxIndent; indent++ {
			list = append(list, look{kind: exporter.KindText, strong: strong, indent: indent}, look{kind: exporter.KindText, strong: strong, wrap: true, indent: indent})
		}
	}
	for _, l := range list {
		if err := add(l); err != nil {
			return err
		}
	}
	return nil
}

// sheet is a sheet that is being written from the top.
type sheet struct {
	stream *excelize.StreamWriter
	name   string
	row    int // the last one written
	wrap   []bool
	width  []int
	values []any
}

// head sets widths, freezes and writes the headings.
func (s *sheet) head(t exporter.Table, style map[look]int) error {
	corner, err := excelize.CoordinatesToCellName(t.Frozen+1, 2)
	if err != nil {
		return err
	}
	pane := "bottomLeft"
	if t.Frozen > 0 {
		pane = "bottomRight"
	}
	if err := s.stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: t.Frozen, YSplit: 1, TopLeftCell: corner, ActivePane: pane}); err != nil {
		return err
	}
	titles := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		if c.Width > 0 {
			if err := s.stream.SetColWidth(i+1, i+1, float64(c.Width)); err != nil {
				return err
			}
		}
		s.wrap, s.width = append(s.wrap, c.Wrap), append(s.width, c.Width)
		titles[i] = excelize.Cell{StyleID: style[look{kind: exporter.KindText, head: true, wrap: true}], Value: c.Title}
	}
	s.row = 1
	return s.stream.SetRow("A1", titles)
}

func (s *sheet) write(row []exporter.Cell, style map[look]int, value func(exporter.Cell) any) error {
	s.row++
	s.values = s.values[:0]
	lines := 1
	for i, c := range row {
		v := value(c)
		if v == nil {
			s.values = append(s.values, nil)
			continue
		}
		l := look{kind: c.Kind, strong: c.Strong, digits: c.Digits}
		if c.Kind == exporter.KindText {
			l.indent = min(c.Indent, maxIndent)
			if l.wrap = i < len(s.wrap) && s.wrap[i]; l.wrap {
				lines = max(lines, linesOf(c.Text, s.width[i]))
			}
		}
		s.values = append(s.values, excelize.Cell{StyleID: style[l], Value: v})
	}
	at, err := excelize.CoordinatesToCellName(1, s.row)
	if err != nil {
		return err
	}
	if lines > 1 { // programs do not all find the height themselves
		return s.stream.SetRow(at, s.values, excelize.RowOpts{Height: min(15*float64(lines), tallest)})
	}
	return s.stream.SetRow(at, s.values)
}

// tallest is how high a row can be, in points.
const tallest = 409

// linesOf is how many lines a text takes in a column so many characters wide, or a few more.
func linesOf(s string, width int) int {
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		n += 1 + utf8.RuneCountInString(line)*20/(19*max(width, 8))
	}
	return n
}
