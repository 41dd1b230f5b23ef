package csvfile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding/importer"
)

// scan reads all rows that are not a single blank cell, with "\n" for every line end.
func scan(r io.Reader, d dialect) (rows [][]string, strays int, err error) {
	s := newScanner(r, d)
	for {
		if err := s.next(); err != nil {
			if err == io.EOF {
				err = nil
			}
			return rows, strays, err
		}
		if s.stray >= 0 {
			strays++
		}
		if len(s.cells) == 1 && len(s.cells[0]) == 0 {
			continue
		}
		row := make([]string, len(s.cells))
		for i, c := range s.cells {
			row[i] = strings.ReplaceAll(string(c), "\r\n", "\n")
		}
		rows = append(rows, row)
	}
}

var seeds = []string{
	"id;q\n1;a\n", "id,q\r\n1,\"a\r\nb \"\"c\"\"\"\r\n", "a\tb\n\"x\ty\"\tz\n", "sep=;\r\nid;q\r\n1;ä\r\n", "id;q\r1;\"a\nb\"\r",
	"\xff\xfei\x00d\x00;\x00q\x00\n\x001\x00;\x00\xe4\x00\n\x00", "\xef\xbb\xbfid;q\n1;\xe4\n", "id;q\n1;\xe4\xf6\xe5\n", "id;q\n1;\"a\"b\";x\n\"",
	"id;q\n1;\"Hyvä\" sanoi;\"x\"\n2; \"y\" ;\n", "a,b\n\"1\",\"2\"\"\"\n,\n\n", "id;q\n1;a;b\n2\n", "a|b\n1|2\x00\n", "a\n\"\n", "a,b\n1,2\"3\n",
	"id;q\n1;" + strings.Repeat("x", 300) + "\n",
}

// Whatever encoding/csv takes without complaint, the scanner must read alike.
func FuzzScannerAgainstCSV(f *testing.F) {
	for _, s := range seeds {
		for _, delim := range delimiters {
			f.Add(s, byte(delim))
		}
	}
	f.Fuzz(func(t *testing.T, text string, delim byte) {
		if len(text) > 1<<14 || strings.IndexByte(delimiters, delim) < 0 || !utf8.ValidString(text) {
			return
		}
		r := csv.NewReader(strings.NewReader(text))
		r.Comma, r.FieldsPerRecord = rune(delim), -1
		want, err := r.ReadAll()
		if err != nil {
			return
		}
		want = dropBlank(want)
		got, strays, err := scan(iotest.OneByteReader(strings.NewReader(text)), dialect{delim: delim, quotes: true})
		if err != nil || strays > 0 {
			t.Fatalf("%q: %d stray, %v", text, strays, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q: %s", text, diff)
		}
		whole, _, _ := scan(strings.NewReader(text), dialect{delim: delim, quotes: true})
		if !cmp.Equal(whole, got) {
			t.Fatalf("%q: the size of reads matters", text)
		}
	})
}

func dropBlank(rows [][]string) [][]string {
	var out [][]string
	for _, r := range rows {
		if len(r) != 1 || r[0] != "" {
			out = append(out, r)
		}
	}
	return out
}

// Any bytes give a sheet or a Problem; what is in the sheet is sound text without outer white space.
func FuzzRead(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	reader := importer.NewReader(Format{})
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) > 1<<16 {
			return
		}
		path := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := reader.Read(t.Context(), path, "a.csv", importer.Options{Memory: 100})
		if err != nil {
			if p := (importer.Problem{}); !errors.As(err, &p) {
				t.Fatalf("%q: %v", content, err)
			}
			return
		}
		defer s.Close()
		n := 0
		for row, err := range s.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			n++
			for _, c := range row.Cells {
				if !utf8.ValidString(c) || strings.TrimSpace(c) != c || strings.Contains(c, "\r") {
					t.Fatalf("%q: cell %q", content, c)
				}
			}
		}
		if n != s.Len {
			t.Fatalf("%q: %d rows, Len %d", content, n, s.Len)
		}
	})
}

// What encoding/csv writes must come back, whichever delimiter and encoding.
func FuzzRoundTrip(f *testing.F) {
	f.Add("hyvä; \"kiitos\",\nja\thei", "2", "1,5", byte(0))
	f.Add("a|b", "\"", ";;;", byte(1))
	f.Add("=1+1", "-", "x\ny", byte(2))
	f.Fuzz(func(t *testing.T, a, b, c string, kind byte) {
		if !utf8.ValidString(a+b+c) || strings.ContainsAny(a+b+c, "\r\x00\ufffd") || len(a+b+c) > 1<<12 {
			return
		}
		var buf bytes.Buffer
		w := csv.NewWriter(&buf)
		w.Comma = rune(delimiters[int(kind)%len(delimiters)])
		rows := [][]string{{"id", "q", "r", "s"}, {"1", a, b, c}, {"2", c, a, b}, {"3", "x", "", "y"}, {"4", b, c, a}}
		_ = w.WriteAll(rows)
		d := dialect{delim: byte(w.Comma), quotes: true}
		got, strays, err := scan(&buf, d)
		if err != nil || strays > 0 {
			t.Fatal(strays, err)
		}
		if diff := cmp.Diff(rows, got); diff != "" {
			t.Fatal(diff)
		}
	})
}
