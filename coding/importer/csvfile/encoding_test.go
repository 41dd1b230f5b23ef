package csvfile_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"avokoodi/cmd/avokoodi/needed"
	"avokoodi/coding/importer"
)

const nordic = "id;Mitä pidit?\n1;Hyvää yötä, å Ä Ö Å – ”lainaus”\n2;Smörgåsbord på ön\n"

func u16(order binary.AppendByteOrder, text string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

func encoded(t testing.TB, e encoding.Encoding, text string) string {
	t.Helper()
	out, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEncodings(t *testing.T) {
	le, be := binary.LittleEndian, binary.BigEndian
	dos := strings.NewReplacer("–", "-", "”", "'").Replace(nordic)
	tests := []struct{ name, text, encoding, want string }{
		{"UTF-8", nordic, "UTF-8", nordic},
		{"UTF-8 with BOM", "\ufeff" + nordic, "UTF-8 (BOM)", nordic},
		{"UTF-16LE with BOM", u16(le, "\ufeff"+nordic), "UTF-16LE", nordic},
		{"UTF-16BE with BOM", u16(be, "\ufeff"+nordic), "UTF-16BE", nordic},
		{"UTF-16LE", u16(le, nordic), "UTF-16LE", nordic},
		{"UTF-16BE", u16(be, nordic), "UTF-16BE", nordic},
		{"UTF-16LE with CRLF and tabs", u16(le, "\ufeff"+strings.NewReplacer(";", "\t", "\n", "\r\n").Replace(nordic)), "UTF-16LE", nordic},
		{"Windows-1252", encoded(t, charmap.Windows1252, nordic), "Windows-1252", nordic},
		{"Macintosh", encoded(t, charmap.Macintosh, nordic), "Macintosh", nordic},
		{"CP850", encoded(t, charmap.CodePage850, dos), "CP850", dos},
		{"ASCII", "id;q\n1;a\n", "UTF-8", "id;q\n1;a\n"},
		{"one Windows letter", "id;q\n1;\xe4\n", "Windows-1252", "id;q\n1;ä\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := readText(t, tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if s.Encoding != tt.encoding {
				t.Error("encoding:", s.Encoding)
			}
			want, err := readText(t, tt.want)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(show(t, want), show(t, s)); diff != "" {
				t.Error(diff)
			}
			if len(s.Problems()) > 0 {
				t.Error(s.Problems())
			}
		})
	}
}

func TestUnreadableText(t *testing.T) {
	sound := strings.Repeat("1;yötä päivää åter\n", 100)
	tests := []struct{ name, text, problems string }{
		{"a bad byte in UTF-8", "id;q\n" + sound + "2;hyv\xe4\n3;ok\n", "102 q bad_text"},
		{"half of the file in Windows-1252", "id;q\n" + sound + "2;hyv\xe4\xe4\n" + "x\xf6;p\xe4\xe4\n", "102 q bad_text\n103 id bad_text\n103 q bad_text"},
		{"in the header", "id;hyv\xe4 ä ä ä ä\n" + sound, "1 B bad_text"},
		{"BOM of UTF-8 and a bad byte", "\ufeffid;q\n1;\xe4\n", "2 q bad_text"},
		{"neither UTF-8 nor Windows-1252", "id;q\n1;a\xff\xfe\xff\n", "2 q bad_text"},
		{"a character Windows-1252 does not have", "id;q\n1;\xe4\xe4\x81\n2;\xe4\n", "2 q bad_text"},
		{"NUL", "id;q\n1;a\x00b\n2;c\n" + sound, "2 q nul"},
		{"half of a pair in UTF-16", u16(binary.LittleEndian, "\ufeffid;q\n1;a") + "\x00\xd8" + u16(binary.LittleEndian, "b\n"), "2 q bad_text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := readText(t, tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.problems, places(s.Problems())); diff != "" {
				t.Error(diff)
			}
			if !s.Problems().Refused() {
				t.Error("not refused")
			}
		})
	}
	s, err := readText(t, "id;q\n1;\xff\xfe\xff\n2;b\n")
	if err != nil {
		t.Fatal(err)
	}
	if s.Problems()[0].Column != "q" || s.Problems()[0].Row != 2 {
		t.Error(s.Problems())
	}
	if _, err := readText(t, u16(binary.LittleEndian, "\ufeff")); key(err) != "import.empty" {
		t.Error(err)
	}
	if _, err := readText(t, "\xff\xfe\x00\x00i\x00\x00\x00"); key(err) != "import.utf32" {
		t.Error(err)
	}
}

// Letters of two and more bytes must not be torn where blocks of the file meet.
func TestLettersAcrossBlocks(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var b strings.Builder
	b.WriteString("id;q\n")
	var want strings.Builder
	want.WriteString("id|q")
	for i := range 9000 {
		text := strings.Repeat([]string{"ä", "€", "😀", "aö"}[r.IntN(4)], 1+r.IntN(40))
		fmt.Fprintf(&b, "%d;%s\n", i, text)
		fmt.Fprintf(&want, "\n%d:%d|%s", i+2, i, text)
	}
	for _, text := range []string{b.String(), u16(binary.LittleEndian, "\ufeff"+b.String()), "\ufeff" + b.String()} {
		s, err := readText(t, text)
		if err != nil {
			t.Fatal(err)
		}
		if show(t, s) != want.String() {
			t.Error("text changed in", s.Encoding)
		}
		if len(s.Problems()) > 0 {
			t.Error(s.Problems()[0])
		}
	}
}

func TestRealFiles(t *testing.T) {
	const data = "../../../../shared/data/"
	tests := []struct {
		file, delimiter string
		columns, rows   int
	}{
		{"formats/google_forms/koodiaapinen-taustakysely-anonymisoitu.csv", "\t", 14, 1001},
		{"formats/limesurvey/ssi_uk_rse_2016_public_data_code_text_headers.csv", ",", 67, 273},
		{"formats/qualtrics/qualtRics_sample_3row.csv", ",", 20, 3},
		{"formats/redcap/simple.data.csv", ",", 24, 5},
		{"formats/redcap/decimal-comma.data.csv", ",", 6, 4},
		{"formats/redcap/simple.dictionary.csv", ",", 18, 16},
		{"formats/surveymonkey/538_comma_survey_head300.csv", ",", 13, 299},
		{"formats/surveymonkey/538_thanksgiving_condensed_header.csv", ",", 65, 1058},
		{"formats/webropol/koodiaapinen-tutkimuskysely-osa1-anonymisoitu.csv", "\t", 171, 332},
		{"formats/spss/pyreadstat_sample_expected.csv", ",", 7, 5},
		{"answers/course_feedback_fi.tsv", "\t", 5, 5285},
		{"answers/arguments_sv.tsv", "\t", 4, 3450},
		{"answers/r_survey_en.tsv", "\t", 8, 800},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			s, err := readFile(t, data+tt.file, importer.Options{})
			if key(err) == "import.no_file" {
				needed.Missing(t, "no %s", data+tt.file)
			}
			if err != nil {
				t.Fatal(err)
			}
			if s.Delimiter != tt.delimiter || len(s.Columns) != tt.columns || s.Len != tt.rows || len(s.Problems()) > 0 {
				t.Errorf("delimiter %q, %d columns, %d rows, %d problems", s.Delimiter, len(s.Columns), s.Len, len(s.Problems()))
			}
		})
	}
}
