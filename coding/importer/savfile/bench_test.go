package savfile_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"avokoodi/coding/importer"
	"avokoodi/coding/importer/savfile"
)

// bigFile writes rows × 100 columns, 98 numbers and an open answer of 16 bytes, 80 MB at 100,000 rows.
func bigFile(tb testing.TB, rows int) string {
	tb.Helper()
	w := newWriter(orders[0])
	for i := range 98 {
		w.number(fmt.Sprintf("V%d", i), 5, 0)
	}
	w.text("Q1", 16, "Miten yhteistyö sujui?")
	w.end()
	path := filepath.Join(tb.TempDir(), "big.sav")
	f, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	out := bufio.NewWriterSize(f, 1<<20)
	_, _ = out.Write(w.bytes(int32(rows)))
	row := make([]byte, 0, 800)
	for i := range rows {
		row = row[:0]
		for k := range 98 {
			x := float64((i*31 + k*17) % 7)
			if k%10 == 9 {
				x = float64(i) / 4
			}
			row = orders[0].AppendUint64(row, math.Float64bits(x))
		}
		row = fmt.Appendf(row, "vastaus %8d", i)
		_, _ = out.Write(row)
	}
	if err := out.Flush(); err != nil {
		tb.Fatal(err)
	}
	return path
}

const benchRows = 100_000

// BenchmarkRead100k reads 100,000 cases of 100 columns, 80 MB; BenchmarkRaw100k beside it reads the same bytes and adds the
// numbers up.
func BenchmarkRead100k(b *testing.B) {
	path := bigFile(b, benchRows)
	info, _ := os.Stat(path)
	b.SetBytes(info.Size())
	b.ReportAllocs()
	for b.Loop() {
		s, err := importer.NewReader(savfile.Format{}).Read(context.Background(), path, path, importer.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if s.Len != benchRows {
			b.Fatal(s.Len)
		}
		_ = s.Close()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64((m.Sys-m.HeapReleased)>>20), "MB-held")
}

func BenchmarkRaw100k(b *testing.B) {
	path := bigFile(b, benchRows)
	info, _ := os.Stat(path)
	b.SetBytes(info.Size())
	for b.Loop() {
		f, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		r := bufio.NewReaderSize(f, 256<<10)
		buf := make([]byte, 800)
		sum := 0.0
		for {
			if _, err := io.ReadFull(r, buf); err != nil {
				break
			}
			for k := 0; k < 784; k += 8 {
				sum += math.Float64frombits(orders[0].(interface{ Uint64([]byte) uint64 }).Uint64(buf[k:]))
			}
		}
		f.Close()
	}
}
