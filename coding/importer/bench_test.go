package importer_test

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/coding/importer/csvfile"
)

const benchRows = 100_000

// benchFile has rows × 6 columns: id, language, two variables, two answers of about words words.
func benchFile(tb testing.TB, rows, answers, words int) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "survey.csv")
	f, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprint(w, "respondent_id;language;org_type;region")
	for q := range answers {
		fmt.Fprintf(w, ";q%d", q+1)
	}
	fmt.Fprint(w, "\r\n")
	text := strings.Repeat("yhteistyö kunnan kanssa on sujunut erinomaisesti mutta tilat, joita ", words/9+1)
	for i := range rows {
		fmt.Fprintf(w, "R%06d;fi;Järjestö %d;Maakunta %d", i, i%9, i%19)
		for q := range answers {
			size := len(text) - (i*31+q*17)%(len(text)/2)
			if (i+q)%10 == 0 {
				fmt.Fprintf(w, ";\"%s;\r\n%d\"", strings.ToValidUTF8(text[:size], ""), i)
			} else {
				fmt.Fprintf(w, ";%s%d", strings.ToValidUTF8(text[:size], ""), i)
			}
		}
		fmt.Fprint(w, "\r\n")
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	return path
}

// The benchmarks read 100,000 rows × 6 columns. BenchmarkRawCSV100k is the limit beside the others: encoding/csv reading the
// same file and keeping nothing. Processor time is reported too, for machines that do other things meanwhile.
func BenchmarkRead100k(b *testing.B) {
	path := benchFile(b, benchRows, 2, 12)
	reader := importer.NewReader(csvfile.Format{})
	b.ReportAllocs()
	cpu := cpuTime()
	for b.Loop() {
		s, err := reader.Read(context.Background(), path, path, importer.Options{})
		if err != nil {
			b.Fatal(err)
		}
		_ = s.Close()
	}
	b.ReportMetric(float64((cpuTime()-cpu).Milliseconds())/float64(b.N), "cpu-ms/op")
}

// BenchmarkReadAndPlan100k is all that an import does before the store, with going through the batch.
func BenchmarkReadAndPlan100k(b *testing.B) {
	path := benchFile(b, benchRows, 2, 12)
	reader := importer.NewReader(csvfile.Format{})
	first, err := reader.Read(context.Background(), path, path, importer.Options{})
	if err != nil {
		b.Fatal(err)
	}
	m := propose(b, first, nil).Mapping
	_ = first.Close()
	b.ReportAllocs()
	cpu := cpuTime()
	defer func() { b.ReportMetric(float64((cpuTime()-cpu).Milliseconds())/float64(b.N), "cpu-ms/op") }()
	for b.Loop() {
		s, err := reader.Read(context.Background(), path, path, importer.Options{})
		if err != nil {
			b.Fatal(err)
		}
		p, err := importer.NewPlan(context.Background(), s, m, nil)
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for row, err := range p.Batch.Rows {
			if err != nil {
				b.Fatal(err)
			}
			n += len(row.Answers)
		}
		if n != 2*benchRows || p.Problems.Refused() {
			b.Fatal(n, p.Problems)
		}
		_ = s.Close()
	}
}

// BenchmarkPropose100k is the proposal of roles, which a file with a mapping does not need.
func BenchmarkPropose100k(b *testing.B) {
	path := benchFile(b, benchRows, 2, 12)
	s, err := importer.NewReader(csvfile.Format{}).Read(context.Background(), path, path, importer.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	cpu := cpuTime()
	for b.Loop() {
		propose(b, s, nil)
	}
	b.ReportMetric(float64((cpuTime()-cpu).Milliseconds())/float64(b.N), "cpu-ms/op")
}

func BenchmarkRawCSV100k(b *testing.B) {
	path := benchFile(b, benchRows, 2, 12)
	b.ReportAllocs()
	cpu := cpuTime()
	defer func() { b.ReportMetric(float64((cpuTime()-cpu).Milliseconds())/float64(b.N), "cpu-ms/op") }()
	for b.Loop() {
		in, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		r := csv.NewReader(bufio.NewReaderSize(in, 256<<10))
		r.Comma = ';'
		for {
			_, err := r.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
		}
		in.Close()
	}
}

// 100,000 rows × 10 columns of 40 words must fit well within 600 MB: IMPORT_BIG=1 go test -run Memory -v.
func TestMemoryIsBounded(t *testing.T) {
	if os.Getenv("IMPORT_BIG") == "" {
		t.Skip("set IMPORT_BIG=1")
	}
	path := benchFile(t, benchRows, 8, 40)
	info, _ := os.Stat(path)
	runtime.GC()
	var most atomic.Uint64
	stop := make(chan struct{})
	go func() {
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most.Store(max(most.Load(), m.Sys-m.HeapReleased))
			select {
			case <-stop:
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}()
	started := time.Now()
	s, err := importer.NewReader(csvfile.Format{}).Read(t.Context(), path, path, importer.Options{MaxBytes: 1 << 30})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	read := time.Since(started)
	t.Logf("read: %d MB", most.Load()>>20)
	p := plan(t, s, propose(t, s, nil).Mapping, func(string) (coding.Lang, float64, bool) { return "fi", 1, false })
	n := 0
	for row := range p.Batch.Rows {
		n += len(row.Answers)
	}
	close(stop)
	t.Logf("%d MB, %d answers: read in %v, all in %v, at most %d MB of memory", info.Size()>>20, n, read.Round(time.Millisecond),
		time.Since(started).Round(time.Millisecond), most.Load()>>20)
	if most.Load() > 400<<20 {
		t.Error("more than 400 MB")
	}
}
