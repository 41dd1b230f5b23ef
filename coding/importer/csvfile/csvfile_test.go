package csvfile_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding"
	"avokoodi/coding/importer"
)

func TestRows(t *testing.T) {
	tests := []struct{ name, text, want, problems string }{
		{"comma", "id,q\n1,a\n2,b\n", "id|q\n2:1|a\n3:2|b", ""},
		{"CRLF without last line end", "id;q\r\n1;a\r\n2;b", "id|q\n2:1|a\n3:2|b", ""},
		{"lone CR", "id;q\r1;a\r2;\"b\nc\"\r", "id|q\n2:1|a\n3:2|b\\nc", ""},
		{"quoted line break", "id;q\r\n1;\"a\r\nb;\"\"c\"\"\"\r\n2;d\r\n", "id|q\n2:1|a\\nb;\"c\"\n3:2|d", ""},
		{"blank rows are counted as Excel does", "\nid;q\n\n1;a\n;\n2;b\n\n", "id|q\n4:1|a\n6:2|b", ""},
		{"short rows are filled up", "id;q;r\n1\n2;b\n", "id|q|r\n2:1||\n3:2|b|", ""},
		{"empty cells beyond the header go", "id;q;;\n1;a;;\n2;b;;;;\n", "id|q\n2:1|a\n3:2|b", ""},
		{"text beyond the header", "id;q\n1;a;x\n2;b\n", "id|q\n2:1|a\n3:2|b", "2 C ragged"},
		{"outer white space", "id ; q\n 1 ;\t a\u00a0b \u00a0\n", "id|q\n2:1|a\u00a0b", ""},
		{"blank quoted cell", "id;q\n1;\"   \"\n", "id|q\n2:1|", ""},
		{"repeated and blank headers", "a;;a;a (2);a\n1;2;3;4;5\n", "a|B|a (3)|a (2)|a (4)\n2:1|2|3|4|5", ""},
		{"sep= line", "sep=|\r\nid|q\r\n1|a;b\r\n", "id|q\n2:1|a;b", ""},
		{"sep= line with BOM", "\ufeffSEP=,\nid,q\n1,a\n", "id|q\n2:1|a", ""},
		{"decimal comma", "id;pituus;paino\n1;1,54;52,3\n2;1,84;92,3\n", "id|pituus|paino\n2:1|1,54|52,3\n3:2|1,84|92,3", ""},
		{"decimal comma in two columns", "id;pituus, cm\n1;1,5\n2;1,7\n3;1,8\n", "id|pituus, cm\n2:1|1,5\n3:2|1,7\n4:3|1,8", ""},
		{"decimal comma in a comma file", "id,pituus\n1,\"1,54\"\n2,\"1,84\"\n", "id|pituus\n2:1|1,54\n3:2|1,84", ""},
		{"semicolons in comma file's text", "id,q\n1,a;b;c\n2,d;e\n3,f\n", "id|q\n2:1|a;b;c\n3:2|d;e\n4:3|f", ""},
		{"commas in headers", "id;Mitä hyvää, mitä huonoa?;q2\n1;a, b;c\n2;d;e, f, g\n", "id|Mitä hyvää, mitä huonoa?|q2\n2:1|a, b|c\n3:2|d|e, f, g", ""},
		{"one column", "Palaute\nHyvä, kiitos\nEi; kiitos, ei\nOk\n", "Palaute\n2:Hyvä, kiitos\n3:Ei; kiitos, ei\n4:Ok", ""},
		{"one column with a comma in the header", "Mitä hyvää, mitä huonoa?\nKaikki\nHyvä, kiitos, hei\nOk\n-\n", "Mitä hyvää, mitä huonoa?\n2:Kaikki\n3:Hyvä, kiitos, hei\n4:Ok\n5:-", ""},
		{"spaces before quotes", "id, q\n1, \"a, b\"\n2, \"c\" \n", "id|q\n2:1|a, b\n3:2|c", ""},
		{"header again", "id;q\n1;a\nid;q\n2;b\n", "id|q\n2:1|a\n4:2|b", "3  header_again?"},
		{"tabs and quotation marks in text", "id\tq\n1\tsanoi \"hei\" ja\n2\t\"Hyvä\" sanoi\n3\t\"auki\n", "id|q\n2:1|sanoi \"hei\" ja\n3:2|\"Hyvä\" sanoi\n4:3|\"auki", ""},
		{"tabs with quoting", "id\tq\n1\t\"a\tb\nc\"\n2\t\"d \"\"e\"\"\"\n", "id|q\n2:1|a\tb\\nc\n3:2|d \"e\"", ""},
		{"everything quoted", "\"id\",\"Mitä, missä\nja milloin?\"\r\n\"1\",\"a; b\"\r\n", "id|Mitä, missä ja milloin?\n2:1|a; b", ""},
		{"bars", "id|q\n1|a, b; c\n2|d\n", "id|q\n2:1|a, b; c\n3:2|d", ""},
		{"numbers with commas and tabs", "id\tx\n1\t1,5\n2\t2,5\n", "id|x\n2:1|1,5\n3:2|2,5", ""},
		{"one row of data", "id;q\n1;a, b, c\n", "id|q\n2:1|a, b, c", ""},
		{"MS-DOS end mark", "id;q\r\n1;a\r\n\x1a", "id|q\n2:1|a", ""},
		{"column names that only differ in case", "Nimi;nimi\na;b\n", "Nimi|nimi\n2:a|b", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := readText(t, tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, show(t, s)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.problems, places(s.Problems())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestStrayQuotes(t *testing.T) {
	tests := []struct{ name, text, want, problems string }{
		{"not doubled", "id;q;r\n1;\"sanoi \"hei\" minulle\";x\n2;b;y\n", "id|q|r\n2:1|sanoi \"hei\" minulle|x\n3:2|b|y", "2 q quote_stray?"},
		{"text begins with one", "id;q;r\n1;\"Hyvä\" sanoi hän;x\n2;b;y\n", "id|q|r\n2:1|\"Hyvä\" sanoi hän|x\n3:2|b|y", "2 q quote_stray?"},
		{"then a quoted cell", "id;q;r\n1;\"Hyvä\" sanoi;\"x;y\"\n", "id|q|r\n2:1|\"Hyvä\" sanoi|x;y", "2 q quote_stray?"},
		{"within plain text", "id;q;r\n1;näyttö 24\" riittää;x\n", "id|q|r\n2:1|näyttö 24\" riittää|x", "2 q quote_stray?"},
		{"cells are missing", "id;q;r\n1;\"a \"b\" c;x\"\n", "id|q|r\n2:1|a \"b\" c;x|", "2 q quote_stray"},
		{"over several lines", "id;q;r\n1;\"a \"b\" c\nd\";x\n2;b;y\n", "id|q|r\n2:1|\"a \"b\" c|\n3:d\"|x|\n4:2|b|y", "2 q quote_stray\n3 id quote_stray"},
		{"swallows the next row", "id,fi,q\n1,fi,\"a\n2,fi,b\n3,fi,\"c, d\"\n4,fi,e\n", "", "2 q quote_lines"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := readText(t, tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, show(t, s)); diff != "" && tt.want != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.problems, places(s.Problems())); diff != "" {
				t.Error(diff)
			}
		})
	}
	_, err := readText(t, "id;q\n1;a\n2;\"b\n3;c\n4;d\n")
	var p importer.Problem
	if !errors.As(err, &p) || p.Key != "import.quote_open" || p.Row != 3 || p.Args[0] != 3 {
		t.Error("unclosed quotation mark:", err)
	}
}

func TestRefused(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", "import.empty"},
		{"only white space", " \r\n\t\n;;\n", "import.empty"},
		{"only a BOM", "\ufeff", "import.empty"},
		{"header only", "id;q\r\n", "import.header_only"},
		{"header and blank rows", "id;q\n;\n ; \n", "import.header_only"},
		{"PDF", "%PDF-1.7\n%âãÏÓ\n", "import.binary"},
		{"PNG", "\x89PNG\r\n\x1a\n\x00\x00", "import.binary"},
		{"random bytes", strings.Repeat("\x01\x9c\x00\xfe\x81\x13", 500), "import.binary"},
		{"gzip", "\x1f\x8b\x08\x00", "import.packed"},
		{"old Excel", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), "import.xls"},
		{"locked workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600) + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", "import.password"},
		{"web page", " <!DOCTYPE html>\n<table><tr><td>id</td></tr></table>", "import.html"},
		{"SPSS", "$FL2@(#) SPSS DATA FILE", "import.spss"},
		{"a zip that is no workbook", "PK\x03\x04....", "import.not_workbook"},
		{"a row too long", "id;q\n1;\"" + strings.Repeat("a\n", 18<<20) + "\"\n", "import.row_long"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if s, err := readText(t, tt.text); key(err) != tt.want {
				t.Errorf("got %v %v, want %s", s, err, tt.want)
			}
		})
	}
	if _, err := readFile(t, filepath.Join(t.TempDir(), "none.csv"), importer.Options{}); key(err) != "import.no_file" {
		t.Error(err)
	}
	if _, err := readFile(t, t.TempDir(), importer.Options{}); key(err) != "import.not_a_file" {
		t.Error(err)
	}
	path := file(t, "a.csv", "id;q\n1;a\n")
	if _, err := readFile(t, path, importer.Options{MaxBytes: 5}); key(err) != "import.file_large" {
		t.Error(err)
	}
	if _, err := readFile(t, path, importer.Options{Delimiter: ";;"}); key(err) != "import.delimiter_unknown" {
		t.Error(err)
	}
	if _, err := readFile(t, path, importer.Options{Encoding: "EBCDIC"}); key(err) != "import.encoding_unknown" {
		t.Error(err)
	}
}

// A 300 MB file is refused before any of it is read.
func TestHugeFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "huge.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.WriteString("id;q\n1;a\n")
	if err := f.Truncate(300 << 20); err != nil {
		t.Skip("no sparse files here:", err)
	}
	f.Close()
	_, err = readFile(t, path, importer.Options{})
	var p importer.Problem
	if !errors.As(err, &p) || p.Key != "import.file_large" || p.Args[0] != int64(300) || p.Args[1] != int64(256) {
		t.Error(err)
	}
}

func TestLongAnswer(t *testing.T) {
	long := strings.Repeat("ä", coding.MaxAnswer/2)
	s, err := readText(t, "id;q\n1;"+long+"\n2;"+long+"a\n3;\""+long+"\na\"\n")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("3 q cell_long\n4 q cell_long", places(s.Problems())); diff != "" {
		t.Error(diff)
	}
	for row := range s.Rows() {
		if row.Number == 2 && row.Cells[1] != long {
			t.Error("the longest answer that is allowed did not come through")
		}
	}
}

func TestOptionsOverrideDetection(t *testing.T) {
	s, err := readFile(t, file(t, "a.csv", "id;q,r\n1;a,b\n"), importer.Options{Delimiter: ","})
	if err != nil {
		t.Fatal(err)
	}
	if got := show(t, s); got != "id;q|r\n2:1;a|b" {
		t.Error(got)
	}
	s, err = readFile(t, file(t, "a.csv", "id\tq\n1\t\xe4\n"), importer.Options{Encoding: "cp850", Delimiter: "tab"})
	if err != nil {
		t.Fatal(err)
	}
	if got := show(t, s); got != "id|q\n2:1|õ" || s.Encoding != "CP850" {
		t.Error(got, s.Encoding)
	}
}

// Rows beyond the memory budget go to a temporary file and come back the same, any number of times.
func TestSpillsToDisk(t *testing.T) {
	var b strings.Builder
	b.WriteString("id;q\n")
	for i := range 20_000 {
		b.WriteString(strings.Repeat("x", i%7) + "1;" + strings.Repeat("vastaus ", i%40) + "loppu\n")
	}
	path := file(t, "a.csv", b.String())
	dir := t.TempDir()
	all, err := readFile(t, path, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	spilled, err := readFile(t, path, importer.Options{Memory: 300 << 10, TempDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	want := show(t, all)
	for range 2 {
		if show(t, spilled) != want {
			t.Fatal("rows from the disk differ")
		}
	}
	if all.SHA256 != spilled.SHA256 || len(all.SHA256) != 64 {
		t.Error(all.SHA256, spilled.SHA256)
	}
	if err := spilled.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Error("temporary files are left:", left)
	}
	for _, err := range spilled.Rows() {
		t.Error("a closed sheet has rows", err)
	}
	if _, err := readFile(t, path, importer.Options{Memory: 300 << 10, TempDir: filepath.Join(dir, "none")}); err == nil || errors.As(err, new(importer.Problem)) {
		t.Error("no room for temporary files is not the person's problem:", err)
	}
}

// Problems beyond a thousand of one kind are counted, not listed.
func TestManyProblems(t *testing.T) {
	s, err := readText(t, "id;q\n"+strings.Repeat("1;a;x\n", 2500)+"1;\"b\"c\"\n")
	if err != nil {
		t.Fatal(err)
	}
	ps := s.Problems()
	last := ps[len(ps)-1]
	if len(ps) != 1002 || last.Key != "import.more" || last.Args[0] != 1500 || last.Args[1] != 1000 {
		t.Errorf("%d problems, last %v", len(ps), last)
	}
}
