package savfile_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding/importer"
	"avokoodi/coding/importer/savfile"
)

func read(t testing.TB, path string) (*importer.Sheet, error) {
	t.Helper()
	s, err := importer.NewReader(savfile.Format{}).Read(t.Context(), path, path, importer.Options{TempDir: t.TempDir()})
	if err == nil {
		t.Cleanup(func() { _ = s.Close() })
	}
	return s, err
}

func readBytes(t testing.TB, data []byte) (*importer.Sheet, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kysely.sav")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return read(t, path)
}

// table writes a sheet as lines of cells, header first.
func table(t testing.TB, s *importer.Sheet) [][]string {
	t.Helper()
	var names []string
	for _, c := range s.Columns {
		names = append(names, c.Name)
	}
	out := [][]string{names}
	for row, err := range s.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, slices.Clone(row.Cells))
	}
	return out
}

// TestFilesOfPSPP reads what PSPP wrote from testdata/survey.sps, in each of the three forms.
func TestFilesOfPSPP(t *testing.T) {
	long := "Alku " + strings.Repeat("a", 249) + "ä väli " + strings.Repeat("b", 259) + "ö loppu"
	want := [][]string{
		{"id", "g", "q1", "q2", "q3", "d", "s", "longs", "t20"},
		{"1", "1", "1", "0", "1", "2020-01-01", "abc", "", "Helsingin seutu"},
		{"2", "2", "0", "1", "0", "1999-12-24", "näin", "lyhyt", "Helsingin seutu"},
		{"3", "", "0", "0", "1", "2018-05-06", "", "x", "En halua vastata"},
	}
	for _, file := range []string{"plain.sav", "bytecode.sav", "zlib.zsav"} {
		t.Run(file, func(t *testing.T) {
			s, err := read(t, filepath.Join("testdata", file))
			if err != nil {
				t.Fatal(err)
			}
			got := table(t, s)
			// LPAD counts bytes, so that the padding is one shorter for each letter of two.
			if text := got[1][7]; len(text) < 500 || !strings.HasPrefix(text, "Alku aaaa") || !strings.HasSuffix(text, "bö loppu") ||
				strings.Count(text, "a") < 248 || !strings.Contains(text, "aä väli b") {
				t.Errorf("the long string is %q, about %q was written", text, long)
			}
			got[1][7] = ""
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			if s.Encoding != "UTF-8" || s.Profile != "spss" || s.Format != "sav" || s.HeaderRow != 0 {
				t.Errorf("%+v", s)
			}
			if p := s.Problems(); len(p) != 1 || p[0].Key != "import.sav_missing" || p[0].Column != "g" || p[0].Args[0] != 1 || p.Refused() {
				t.Error(p)
			}
			g, q2, t20 := s.Hint(1), s.Hint(3), s.Hint(8)
			if g.Label.Plain != "Sukupuoli" || fmt.Sprint(g.Values) != "[{1 {Nainen {  }} []} {2 {Mies {  }} []}]" {
				t.Errorf("%+v", g)
			}
			if q2.Role != importer.RoleChoice || q2.Group != "kielet" || q2.GroupLabel.Plain != "Kielet joita puhut" || q2.Choice.Label.Plain != "Ruotsi" || q2.Choice.Match[0] != "1" {
				t.Errorf("%+v", q2)
			}
			if len(t20.Values) != 1 || t20.Values[0].Code != "Helsingin seutu" || t20.Values[0].Label.Plain != "Pääkaupunki" {
				t.Errorf("%+v", t20)
			}
		})
	}
}

// TestBothByteOrders: numbers of every kind, in the byte order of each machine.
func TestBothByteOrders(t *testing.T) {
	for _, order := range orders {
		w := newWriter(order)
		w.number("N", 5, 0)
		w.number("D", 20, 0)
		w.number("DT", 22, 0)
		w.number("TM", 21, 0)
		w.number("LO", 5, -2, lowest, 3) // LOWEST THRU 3 is missing
		w.float64(sysmis, highest, lowest)
		w.end()
		day := 13744944000.0 // 2018-05-06
		w.values(1.1, day, day+36610, 36610, 4)
		w.values(-1000.3, day-146097*86400, sysmis, 23*3600+59*60+59, 3)
		w.values(1e15, sysmis, sysmis, 100*3600, -5e7)
		w.values(0.00001, 0, 0, -60, 7)
		s, err := readBytes(t, w.bytes(4))
		if err != nil {
			t.Fatal(err)
		}
		want := [][]string{{"N", "D", "DT", "TM", "LO"},
			{"1.1", "2018-05-06", "2018-05-06T10:10:10", "10:10:10", "4"},
			{"-1000.3", "1618-05-06", "", "23:59:59", ""},
			{"1e+15", "", "", "100:00:00", ""},
			{"1e-05", "1582-10-14", "1582-10-14T00:00:00", "-0:01:00", "7"}}
		if diff := cmp.Diff(want, table(t, s)); diff != "" {
			t.Error(order, diff)
		}
	}
}

// TestCodePages: an encoding by name, by number, and by no sign at all.
func TestCodePages(t *testing.T) {
	tests := []struct {
		name string
		page int32
		text []byte
		want string
		enc  string
	}{
		{"windows-1252", 0, []byte("\xe4\x80"), "ä€", "windows-1252"},
		{"ISO-8859-15", 0, []byte("\xe4\xa4"), "ä€", "ISO-8859-15"},
		{"cp850", 0, []byte("\x84\x94"), "äö", "cp850"},
		{"", 1252, []byte("\xe4\xf6"), "äö", "Windows 1252"},
		{"", 65001, []byte("äö"), "äö", "UTF-8"},
		{"", 0, []byte("\xe5\xe4"), "åä", "Windows 1252"},
		{"", 2, []byte("åäö"), "åäö", "UTF-8"},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.name, tt.page), func(t *testing.T) {
			w := newWriter(orders[0])
			w.page = tt.page
			w.text("S", 8, string(tt.text))
			if tt.page != 0 {
				w.machine()
			}
			if tt.name != "" {
				w.extension(20, 1, []byte(tt.name))
			}
			w.end()
			w.cell(tt.text)
			s, err := readBytes(t, w.bytes(1))
			if err != nil {
				t.Fatal(err)
			}
			if got := table(t, s); got[1][0] != tt.want || s.Hint(0).Label.Plain != tt.want || s.Encoding != tt.enc {
				t.Errorf("%q, label %q, %s", got[1][0], s.Hint(0).Label.Plain, s.Encoding)
			}
		})
	}
}

func TestTextThatIsNotInTheEncoding(t *testing.T) {
	w := newWriter(orders[0])
	w.text("S", 8, "")
	w.extension(20, 1, []byte("UTF-8"))
	w.end()
	w.cell([]byte("hyvä"))
	w.cell([]byte("hyv\xe4"))
	s, err := readBytes(t, w.bytes(2))
	if err != nil {
		t.Fatal(err)
	}
	if p := s.Problems(); len(p) != 1 || p[0].Key != "import.sav_encoding" || p[0].Row != 2 || p[0].Column != "S" || !p.Refused() {
		t.Error(p)
	}
}

// TestACaseWithoutAnyValue is a respondent all the same.
func TestACaseWithoutAnyValue(t *testing.T) {
	w := newWriter(orders[0])
	w.number("A", 5, 0)
	w.number("B", 5, 1, 9)
	w.end()
	w.values(1, 2)
	w.values(sysmis, 9)
	s, err := readBytes(t, w.bytes(2))
	if err != nil || s.Len != 2 {
		t.Fatal(s, err)
	}
}

// TestBadFiles: whatever a length says, the file is refused with a reason and nothing is held for it.
func TestBadFiles(t *testing.T) {
	good := func() *writer {
		w := newWriter(orders[0])
		w.number("A", 5, 0)
		return w
	}
	tests := []struct {
		name string
		make func() []byte
		want string
	}{
		{"only a header", func() []byte { return newWriter(orders[0]).bytes(0) }, "import.sav_damaged"},
		{"no cases", func() []byte { w := good(); w.end(); return w.bytes(0) }, "import.header_only"},
		{"cut in the dictionary", func() []byte { return good().bytes(0) }, "import.sav_damaged"},
		{"cut in a case", func() []byte { w := good(); w.end(); w.values(1); w.buf.Write([]byte{1, 2, 3}); return w.bytes(2) }, "import.sav_cut"},
		{"fewer cases than it says", func() []byte { w := good(); w.end(); w.values(1); return w.bytes(5) }, "import.sav_cut"},
		{"no variable", func() []byte { w := newWriter(orders[0]); w.end(); return w.bytes(0) }, "import.sav_damaged"},
		{"unknown record", func() []byte { w := good(); w.ints(77); return w.bytes(0) }, "import.sav_damaged"},
		{"label of 2 GB", func() []byte {
			w := newWriter(orders[0])
			w.ints(2, 0, 1, 0, 0, 0)
			w.buf.WriteString("A       ")
			w.ints(1<<31 - 1)
			return w.bytes(0)
		}, "import.sav_damaged"},
		{"negative label", func() []byte {
			w := newWriter(orders[0])
			w.ints(2, 0, 1, 0, 0, 0)
			w.buf.WriteString("A       ")
			w.ints(-4)
			return w.bytes(0)
		}, "import.sav_damaged"},
		{"width of 300", func() []byte {
			w := newWriter(orders[0])
			w.ints(2, 300, 0, 0, 0, 0)
			w.buf.WriteString("A       ")
			return w.bytes(0)
		}, "import.sav_damaged"},
		{"nine missing values", func() []byte {
			w := newWriter(orders[0])
			w.ints(2, 0, 0, 9, 0, 0)
			w.buf.WriteString("A       ")
			return w.bytes(0)
		}, "import.sav_damaged"},
		{"a billion value labels", func() []byte { w := good(); w.ints(3, 1<<30); return w.bytes(0) }, "import.sav_damaged"},
		{"labels for a variable that is not there", func() []byte { w := good(); w.ints(3, 0, 4, 1, 7); return w.bytes(0) }, "import.sav_damaged"},
		{"labels without variables", func() []byte { w := good(); w.ints(3, 0, 999, 0); return w.bytes(0) }, "import.sav_damaged"},
		{"extension of 4 GB", func() []byte { w := good(); w.ints(7, 13, 1<<16, 1<<16); return w.bytes(0) }, "import.sav_damaged"},
		{"documents without end", func() []byte { w := good(); w.ints(6, 1<<30); return w.bytes(0) }, "import.sav_damaged"},
		{"very long string without segments", func() []byte {
			w := newWriter(orders[0])
			w.text("S", 255, "")
			w.extension(14, 1, []byte("S=20000\x00\t"))
			w.end()
			return w.bytes(0)
		}, "import.sav_damaged"},
		{"long labels that say too much", func() []byte {
			w := good()
			w.extension(21, 1, []byte{1, 0, 0, 0, 'A', 0, 0, 0, 0, 255, 255, 255, 127})
			w.end()
			return w.bytes(0)
		}, "import.sav_damaged"},
		{"compression 9", func() []byte { b := good().bytes(0); b[72] = 9; return b }, "import.sav_damaged"},
		{"layout 7", func() []byte { b := good().bytes(0); b[64] = 7; return b }, "import.sav_damaged"},
		{"zlib without trailer", func() []byte {
			w := good()
			w.end()
			w.int64s(0, 0, 0)
			b := w.bytes(1)
			b[72] = 2
			return b
		}, "import.sav_damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readBytes(t, tt.make())
			var p importer.Problem
			if !errors.As(err, &p) || p.Key != tt.want || p.File != "kysely.sav" {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
}

// TestShortStringMissing: missing values of strings, and labels of a code that is missing.
func TestShortStringMissing(t *testing.T) {
	w := newWriter(orders[0])
	w.ints(2, 4, 0, 1, 1<<16|4<<8, 0)
	w.buf.WriteString("S       EOS     ")
	w.ints(3, 2)
	w.buf.WriteString("ok      \x04Hyvä"[:8] + "\x05Hyv\xc3\xa4\x00\x00")
	w.buf.WriteString("EOS     \x03Eos\x00\x00\x00\x00")
	w.ints(4, 1, 1)
	w.end()
	w.cell([]byte("ok"))
	w.cell([]byte("EOS"))
	s, err := readBytes(t, w.bytes(2))
	if err != nil {
		t.Fatal(err)
	}
	if got := table(t, s); got[1][0] != "ok" || got[2][0] != "" {
		t.Error(got)
	}
	if v := s.Hint(0).Values; len(v) != 1 || v[0].Code != "ok" || v[0].Label.Plain != "Hyvä" {
		t.Error(v)
	}
}
