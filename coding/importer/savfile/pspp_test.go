package savfile_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/cmd/avokoodi/needed"
	"avokoodi/coding/importer"
	"avokoodi/coding/importer/savfile"
)

// long is an answer that SPSS keeps in several segments of a very long string.
var long = strings.TrimSpace(strings.Repeat("Yhteistyö sujuu, mutta tiedonkulussa on vielä paljon tehtävää. ", 12))

// psppSyntax is a survey as PSPP saves it: very long strings, labels of numbers and of long strings, single missing values and
// ranges of them.
func psppSyntax(out, kind string) string {
	return fmt.Sprintf(`DATA LIST LIST /id (F8.0) sukupuoli (F1.0) ika (F3.0) kunta (A20) tyytyvaisyys (F2.0) palaute (A1200) koodi (A60).
BEGIN DATA
1 1 34 "091" 5 "%s" "hyvin-pitka-koodi-numero-yksi"
2 2 999 "092" 99 "Lyhyt vastaus" "hyvin-pitka-koodi-numero-kaksi"
3 9 -1 "091" 97 "" "hyvin-pitka-koodi-numero-yksi"
4 1 41 "xx" 3 "Åäö – ”lainaus”" ""
END DATA.
VARIABLE LABELS id "Tunniste" sukupuoli "Sukupuoli" ika "Ikä vuosina" kunta "Kotikunta" tyytyvaisyys "Tyytyväisyys" palaute "Mitä haluat sanoa?" koodi "Pitkä koodi".
VALUE LABELS sukupuoli 1 "Nainen" 2 "Mies" 9 "En halua vastata" /tyytyvaisyys 1 "Huono" 5 "Hyvä" 97 "Ei koske" /kunta "091" "Helsinki" "092" "Vantaa"
 /koodi "hyvin-pitka-koodi-numero-yksi" "Ensimmäinen" "hyvin-pitka-koodi-numero-kaksi" "Toinen".
MISSING VALUES sukupuoli (9) /ika (-9 THRU -1, 999) /tyytyvaisyys (97 THRU 99) /kunta ("xx").
SAVE OUTFILE=%q %s.
`, long, out, kind)
}

// pspp saves the survey in an encoding.
func pspp(t *testing.T, name, encoding, kind string) string {
	t.Helper()
	program := needed.Program(t, "pspp")
	dir := t.TempDir()
	out, syntax := filepath.Join(dir, name), filepath.Join(dir, "syntax.sps")
	text := "SET LOCALE='" + encoding + "'.\n" + psppSyntax(out, kind)
	if err := os.WriteFile(syntax, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "--syntax-encoding=UTF-8", "-o", filepath.Join(dir, "out.txt"), syntax)
	if said, err := cmd.CombinedOutput(); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "out.txt"))
		t.Fatalf("pspp: %v\n%s%s", err, said, log)
	}
	return out
}

// TestPSPP reads what PSPP writes, in several encodings and forms.
func TestPSPP(t *testing.T) {
	for _, c := range []struct{ encoding, kind, file string }{
		{"UTF-8", "/UNCOMPRESSED", "a.sav"}, {"UTF-8", "/COMPRESSED", "b.sav"}, {"UTF-8", "/ZCOMPRESSED", "c.zsav"},
		{"windows-1252", "/COMPRESSED", "d.sav"}, {"ISO-8859-15", "/COMPRESSED", "e.sav"}, {"windows-1252", "/ZCOMPRESSED", "f.zsav"},
	} {
		t.Run(c.encoding+c.kind, func(t *testing.T) {
			s, err := importer.NewReader(savfile.Format{}).Read(t.Context(), pspp(t, c.file, c.encoding, c.kind), c.file, importer.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			var got [][]string
			for row, err := range s.Rows() {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, append([]string(nil), row.Cells...))
			}
			odd := "Åäö – ”lainaus”"
			if c.encoding == "ISO-8859-15" { // which has neither the dash nor the quotation marks
				odd = got[3][5]
				if !strings.HasPrefix(odd, "Åäö ") {
					t.Errorf("the text is %q", odd)
				}
			}
			want := [][]string{{"1", "1", "34", "091", "5", long, "hyvin-pitka-koodi-numero-yksi"},
				{"2", "2", "", "092", "", "Lyhyt vastaus", "hyvin-pitka-koodi-numero-kaksi"},
				{"3", "", "", "091", "", "", "hyvin-pitka-koodi-numero-yksi"},
				{"4", "1", "41", "", "3", odd, ""}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			p, err := importer.Propose(s, nil)
			if err != nil {
				t.Fatal(err)
			}
			var labels []string
			for _, col := range p.Columns {
				one := col.Name + " " + string(col.Role) + " " + col.Hint.Label.Plain + ":"
				for _, v := range col.Hint.Values {
					one += " " + v.Code + "=" + v.Label.Plain
				}
				labels = append(labels, one)
			}
			wantLabels := []string{"id id Tunniste:", "sukupuoli variable Sukupuoli: 1=Nainen 2=Mies", "ika variable Ikä vuosina:",
				"kunta variable Kotikunta: 091=Helsinki 092=Vantaa", "tyytyvaisyys variable Tyytyväisyys: 1=Huono 5=Hyvä", "palaute question Mitä haluat sanoa?:",
				"koodi variable Pitkä koodi: hyvin-pitka-koodi-numero-yksi=Ensimmäinen hyvin-pitka-koodi-numero-kaksi=Toinen"}
			if diff := cmp.Diff(wantLabels, labels); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
