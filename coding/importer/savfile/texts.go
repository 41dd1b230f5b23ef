package savfile

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// texts makes cells of cases.
type texts struct {
	d       *dictionary
	rows    int64
	missing []int // by variable, cells that hold a missing value
	bad     []int // by variable, the first case that can't be decoded
	out     [][]byte
	buf     []byte
	long    []byte
	plain   []bool // by variable: a number without missing values and no date
}

func newTexts(d *dictionary) *texts {
	t := &texts{d: d, missing: make([]int, len(d.vars)), bad: make([]int, len(d.vars)), out: make([][]byte, len(d.vars)), plain: make([]bool, len(d.vars))}
	need := 0
	for i, v := range d.vars {
		need += 32 + 3*v.width
		t.plain[i] = v.width == 0 && !v.missing.ranged && len(v.missing.values) == 0 && v.format < fmtDATE
	}
	t.buf = make([]byte, 0, need) // a cell must not move when the next one is written
	return t
}

// cells is a case as text. The cells are good until the next case.
func (t *texts) cells(row []byte) [][]byte {
	t.rows++
	t.buf = t.buf[:0]
	for i, v := range t.d.vars {
		from := len(t.buf)
		if v.width == 0 {
			x := math.Float64frombits(t.d.order.Uint64(row[v.segments[0].at:]))
			if t.plain[i] && x >= 0 && x < 10 && x == float64(int(x)) { // most of a survey
				t.buf = append(t.buf, '0'+byte(int(x)))
				t.out[i] = t.buf[from:len(t.buf):len(t.buf)]
				continue
			}
			t.number(i, v, x)
		} else {
			t.text(i, v, row)
		}
		t.out[i] = t.buf[from:len(t.buf):len(t.buf)]
	}
	return t.out
}

func (t *texts) number(i int, v *variable, x float64) {
	switch {
	case x == t.d.sysmis || math.IsNaN(x) || math.IsInf(x, 0):
	case (v.missing.ranged || len(v.missing.values) > 0) && v.missing.has(x, t.d):
		t.missing[i]++
	default:
		t.buf = appendNumber(t.buf, x, v.format)
	}
}

// has tells whether a number means no answer.
func (m missing) has(x float64, d *dictionary) bool {
	if m.ranged && (x >= m.from || m.from == d.low) && (x <= m.to || m.to == d.high) {
		return true
	}
	return slices.Contains(m.values, x)
}

// text appends a string, decoded and without the blanks behind it.
func (t *texts) text(i int, v *variable, row []byte) {
	raw := row[v.segments[0].at : v.segments[0].at+v.segments[0].width]
	if len(v.segments) > 1 {
		t.long = t.long[:0]
		for k, s := range v.segments {
			width := min(segmentBytes, s.width)
			if k == len(v.segments)-1 {
				width = s.width
			}
			t.long = append(t.long, row[s.at:s.at+width]...)
		}
		raw = t.long[:min(len(t.long), v.width)]
	}
	raw = bytes.TrimRight(raw, " \x00")
	if len(raw) == 0 {
		return
	}
	if len(v.missing.texts) > 0 && slices.Contains(v.missing.texts, string(raw)) {
		t.missing[i]++
		return
	}
	if t.d.decoder == nil {
		if !utf8.Valid(raw) && t.bad[i] == 0 {
			t.bad[i] = int(t.rows)
		}
		t.buf = append(t.buf, bytes.ToValidUTF8(raw, []byte("\uFFFD"))...)
		return
	}
	if ascii(raw) {
		t.buf = append(t.buf, raw...)
		return
	}
	text, err := t.d.decoder.Bytes(raw)
	if err != nil || bytes.Contains(text, []byte("\uFFFD")) {
		if t.bad[i] == 0 {
			t.bad[i] = int(t.rows)
		}
	}
	t.buf = append(t.buf, text...)
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Formats of numbers that are dates or times.
const (
	fmtDATE, fmtTIME, fmtDATETIME, fmtADATE, fmtJDATE, fmtDTIME = 20, 21, 22, 23, 24, 25
	fmtWKDAY, fmtMONTH, fmtMOYR, fmtQYR, fmtWKYR                = 26, 27, 28, 29, 30
	fmtEDATE, fmtSDATE, fmtMTIME, fmtYMDHMS                     = 38, 39, 40, 41
	gregorian                                                   = -12219379200 // 14 October 1582 in Unix seconds
	maxSeconds                                                  = 1e12
	daySeconds                                                  = 86400
)

// appendNumber writes a number as its format means it: dates as 2018-05-06, with the time behind a T; times as 10:10:10; all
// others as the shortest decimal number that is the same.
func appendNumber(buf []byte, x float64, format byte) []byte {
	if format < fmtDATE || math.Abs(x) > maxSeconds {
		return appendPlain(buf, x)
	}
	switch format {
	case fmtDATE, fmtADATE, fmtJDATE, fmtEDATE, fmtSDATE, fmtMOYR, fmtQYR, fmtWKYR:
		return time.Unix(gregorian+int64(x), 0).UTC().AppendFormat(buf, "2006-01-02")
	case fmtDATETIME, fmtYMDHMS:
		return time.Unix(gregorian+int64(x), 0).UTC().AppendFormat(buf, "2006-01-02T15:04:05")
	case fmtTIME, fmtDTIME, fmtMTIME:
		return appendTime(buf, x)
	}
	return appendPlain(buf, x)
}

func appendTime(buf []byte, x float64) []byte {
	if x < 0 {
		buf, x = append(buf, '-'), -x
	}
	s := int64(x)
	buf = strconv.AppendInt(buf, s/3600, 10)
	for _, n := range []int64{s / 60 % 60, s % 60} {
		buf = append(buf, ':', byte('0'+n/10), byte('0'+n%10))
	}
	return buf
}

func appendPlain(buf []byte, x float64) []byte {
	if n := int64(x); float64(n) == x && n > -1e15 && n < 1e15 {
		if n >= 0 && n < 10 {
			return append(buf, byte('0'+n))
		}
		return strconv.AppendInt(buf, n, 10)
	}
	if math.Abs(x) < 1e-4 || math.Abs(x) >= 1e15 {
		return strconv.AppendFloat(buf, x, 'g', -1, 64)
	}
	return strconv.AppendFloat(buf, x, 'f', -1, 64)
}
