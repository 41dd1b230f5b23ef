package csvfile_test

import (
	"bufio"
	"context"
	"encoding/csv"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"avokoodi/coding/importer"
	"avokoodi/coding/importer/csvfile"
)

// writeSurvey makes a file of rows × 6 columns such as a survey gives: id, language, two variables and two open answers, a
// tenth of them quoted because of a delimiter, a line break or a quotation mark.
func writeSurvey(tb testing.TB, rows int) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "survey.csv")
	out, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer out.Close()
	buf := bufio.NewWriter(out)
	w := csv.NewWriter(buf)
	w.UseCRLF = true
	_ = w.Write([]string{"respondent_id", "language", "org_type", "region", "q1", "q2"})
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("yhteistyö kunnan kanssa on sujunut erinomaisesti mutta tilat ovat kalliita ja avustusta leikattu samarbetet fungerar bra the grant is too small työ")
	orgs := []string{"Liikunta- ja urheiluseura", "Kyläyhdistys", "Muu järjestö", "Eläkeläisjärjestö"}
	answer := func() string {
		n := r.IntN(30)
		if n < 3 {
			return ""
		}
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(words[r.IntN(len(words))])
		}
		switch r.IntN(10) {
		case 0:
			b.WriteString(", mutta \"hyvin\"\nja")
		}
		return b.String()
	}
	for i := range rows {
		_ = w.Write([]string{"R" + strings.Repeat("0", 3) + itoa(i), "fi", orgs[r.IntN(len(orgs))], "Uusimaa", answer(), answer()})
	}
	w.Flush()
	if err := buf.Flush(); err != nil {
		tb.Fatal(err)
	}
	return path
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

const benchRows = 100_000

// BenchmarkRead100k reads and plans 100,000 rows × 6 columns; BenchmarkRawCSV100k beside it is the limit: encoding/csv alone.
func BenchmarkRead100k(b *testing.B) {
	path := writeSurvey(b, benchRows)
	info, _ := os.Stat(path)
	reader := importer.NewReader(csvfile.Format{})
	b.SetBytes(info.Size())
	b.ReportAllocs()
	for b.Loop() {
		s, err := reader.Read(context.Background(), path, "survey.csv", importer.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if s.Len != benchRows || len(s.Problems()) > 0 {
			b.Fatal(s.Len, s.Problems())
		}
		_ = s.Close()
	}
}

func BenchmarkRawCSV100k(b *testing.B) {
	path := writeSurvey(b, benchRows)
	info, _ := os.Stat(path)
	b.SetBytes(info.Size())
	b.ReportAllocs()
	for b.Loop() {
		in, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		r := csv.NewReader(bufio.NewReaderSize(in, 256<<10))
		r.ReuseRecord = true
		n := 0
		for {
			_, err := r.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		in.Close()
	}
}
