package xlsxfile_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"avokoodi/coding/importer"
	"avokoodi/coding/importer/xlsxfile"
)

// bigBook is a workbook of n rows × 10 columns, four of them answers of 40 words, all different, as Excel would save them:
// in the shared strings or, with the stream writer that is used here, within the sheet.
func bigBook(tb testing.TB, n int) string {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	_ = w.SetRow("A1", []any{"respondent_id", "language", "org", "region", "age", "size", "q1", "q2", "q3", "q4"})
	words := strings.Repeat("yhteistyö kunnan kanssa on sujunut erinomaisesti mutta tilat ", 5)
	for i := range n {
		text := fmt.Sprintf("%d %s", i, words)
		row := []any{fmt.Sprintf("R%06d", i), "fi", "Kyläyhdistys", "Uusimaa", 20 + i%60, "alle 10 000", text, text[2:], text[4:], text[6:]}
		if err := w.SetRow(fmt.Sprintf("A%d", i+2), row); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	path := filepath.Join(tb.TempDir(), "big.xlsx")
	if err := f.SaveAs(path); err != nil {
		tb.Fatal(err)
	}
	return path
}

const benchRows = 20_000

// BenchmarkRead20k reads 20,000 rows × 10 columns; BenchmarkExcelize20k beside it is the limit: its row iterator alone.
func BenchmarkRead20k(b *testing.B) {
	path := bigBook(b, benchRows)
	b.ReportAllocs()
	for b.Loop() {
		s, err := importer.NewReader(xlsxfile.Format{}).Read(context.Background(), path, path, importer.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if s.Len != benchRows {
			b.Fatal(s.Len)
		}
		_ = s.Close()
	}
}

func BenchmarkExcelize20k(b *testing.B) {
	path := bigBook(b, benchRows)
	b.ReportAllocs()
	for b.Loop() {
		f, err := excelize.OpenFile(path)
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.Rows("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				b.Fatal(err)
			}
			n++
		}
		_ = rows.Close()
		_ = f.Close()
	}
}

// A large workbook must not be held in memory: IMPORT_BIG=100000 go test -run Memory.
func TestMemoryIsBounded(t *testing.T) {
	n := 0
	if _, err := fmt.Sscan(os.Getenv("IMPORT_BIG"), &n); err != nil {
		t.Skip("set IMPORT_BIG to a number of rows")
	}
	path := bigBook(t, n)
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
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	started := time.Now()
	s, err := read(t, path, importer.Options{})
	close(stop)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rows in %v, at most %d MB", s.Len, time.Since(started).Round(time.Millisecond), most.Load()>>20)
	if most.Load() > 600<<20 {
		t.Error("more than 600 MB")
	}
}
