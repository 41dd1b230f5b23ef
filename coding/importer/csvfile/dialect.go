package csvfile

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

// delimiters are what may stand between cells, the likelier first.
const delimiters = "\t;|,"

// sampleRows is how many rows are looked at to find the delimiter.
const sampleRows = 400

// errDelimiter is the key of the problem with an impossible delimiter in the options.
var errDelimiter = errors.New("import.delimiter_unknown")

// detectDialect goes by the first rows of the text; whole says that there are no others. want is the delimiter where the
// person chose it.
func detectDialect(sample []byte, whole bool, want string) (dialect, error) {
	d := dialect{quotes: true}
	if delim, skip := sepLine(sample); skip > 0 {
		d.delim, d.skip = delim, skip
		sample = sample[skip:]
	}
	d.cr = lineEnd(sample) == '\r'
	if want != "" {
		if want == "tab" || want == `\t` {
			want = "\t"
		}
		if len(want) != 1 || want[0] >= 0x80 || strings.Contains("\"\r\n", want) {
			return d, errDelimiter
		}
		d.delim = want[0]
		return d, nil
	}
	if d.delim != 0 {
		return d, nil
	}
	best := 0.0
	for i := range len(delimiters) {
		try := d
		try.delim = delimiters[i]
		if score := fit(sample, whole, try); score > best && (score > goodFit || !spaced(sample, try)) {
			best, d.delim = score, try.delim
		}
	}
	return d, nil
}

// goodFit is the fit that a delimiter needs when the header looks like a sentence that has it.
const goodFit = 0.5

// spaced tells that in the first line a space follows the delimiter, as after a comma in a sentence.
func spaced(sample []byte, d dialect) bool {
	header := bytes.TrimLeft(sample, "\r\n")
	if i := bytes.IndexByte(header, d.end()); i >= 0 {
		header = header[:i]
	}
	return bytes.Contains(header, []byte{d.delim, ' '})
}

// sepLine reads Excel's first line 'sep=;'. skip is its length with the line end, 0 when there is none.
func sepLine(text []byte) (delim byte, skip int) {
	end := bytes.IndexAny(text, "\r\n")
	if end < 0 {
		return 0, 0
	}
	line := bytes.Trim(text[:end], "\" ")
	if len(line) != len("sep=;") || !strings.EqualFold(string(line[:4]), "sep=") {
		return 0, 0
	}
	skip = end + 1
	if text[end] == '\r' && skip < len(text) && text[skip] == '\n' {
		skip++
	}
	return line[4], skip
}

// lineEnd is the character that ends rows: '\r' only where the first line end outside quotation marks is a lone one.
func lineEnd(text []byte) byte {
	quoted := false
	for i, c := range text {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			return '\n'
		case c == '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				return '\n'
			}
			if i+1 < len(text) {
				return '\r'
			}
		}
	}
	return '\n'
}

// fit is how well rows agree with the header when cells are cut by d, about 0 to 1.2; 0 when the header is one cell.
func fit(sample []byte, whole bool, d dialect) float64 {
	widths, strays := rowWidths(sample, whole, d)
	if len(widths) == 0 {
		return 0
	}
	header := widths[0]
	if header < 2 {
		return headless(widths[1:], d)
	}
	rows := widths[1:]
	agree := float64(len(rows))
	if len(rows) > 0 {
		agree = 0
		for _, w := range rows {
			switch {
			case w == header:
				agree++
			case w < header && w > 1:
				agree += 0.5
			}
		}
		agree /= float64(len(rows))
	} else {
		agree = 1
	}
	agree *= 1 - float64(strays)/float64(len(widths))
	return agree - 0.3*textual(sample, d.delim) + 0.02*float64(min(header, 10))
}

// headless is the fit of a delimiter that the header does not have: it is believed only when all rows agree on it.
func headless(rows []int, d dialect) float64 {
	if len(rows) < 5 || d.delim == ',' {
		return 0
	}
	for _, w := range rows {
		if w < 2 || w != rows[0] {
			return 0
		}
	}
	return 0.6
}

// rowWidths counts the cells of each row that is not blank, and the rows with a stray quotation mark.
func rowWidths(sample []byte, whole bool, d dialect) (widths []int, strays int) {
	s := newScanner(bytes.NewReader(sample), d)
	s.skip = 0
	for len(widths) < sampleRows {
		err := s.next()
		if err == io.EOF {
			break
		}
		if err != nil { // an open quotation mark: at the end of a part it means nothing
			if whole {
				strays++
			}
			break
		}
		if len(s.cells) == 1 && len(bytes.TrimSpace(s.cells[0])) == 0 {
			continue
		}
		widths = append(widths, len(s.cells))
		if s.stray >= 0 {
			strays++
		}
	}
	if !whole && len(widths) > 1 && len(widths) < sampleRows {
		widths = widths[:len(widths)-1] // the last row is cut
	}
	return widths, min(strays, len(widths))
}

// textual is the share of a character's places where it looks like part of a text or number, not like a delimiter: before a
// space, or a comma between digits.
func textual(sample []byte, delim byte) float64 {
	all, text := 0, 0
	for i, c := range sample[:min(len(sample), 64<<10)] {
		if c != delim {
			continue
		}
		all++
		if i == 0 || i+1 >= len(sample) {
			continue
		}
		before, after := sample[i-1], sample[i+1]
		if after == ' ' || delim == ',' && isDigit(before) && isDigit(after) {
			text++
		}
	}
	if all == 0 || delim == '\t' {
		return 0
	}
	return float64(text) / float64(all)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
