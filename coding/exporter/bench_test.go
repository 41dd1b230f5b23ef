package exporter_test

import (
	"io"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/csvfile"
	"avokoodi/coding/exporter/xlsxfile"
	"avokoodi/coding/report"
	"avokoodi/coding/sets/setstest"
)

// hundred is 25,000 respondents with 100,000 answers, 60 themes and a quarter of a million codings.
var hundred = sync.OnceValue(func() *setstest.Survey {
	size := setstest.Large()
	size.Respondents, size.Codings = 25_000, 250_000
	return setstest.NewSurvey(setstest.NewStore(), size)
})

func BenchmarkExport(b *testing.B) {
	sv := hundred()
	for _, c := range []struct {
		kind   exporter.Kind
		format exporter.Format
	}{
		{exporter.KindAnswers, csvfile.Format{}}, {exporter.KindCodings, csvfile.Format{}}, {exporter.KindMatrix, csvfile.Format{}},
		{exporter.KindAnswers, xlsxfile.Format{}}, {exporter.KindCodings, xlsxfile.Format{}}, {exporter.KindCounts, xlsxfile.Format{}},
	} {
		b.Run(string(c.kind)+"."+c.format.Ending(), func(b *testing.B) {
			for b.Loop() {
				d := makeDoc(b, sv, c.kind, report.Request{By: "v1"}, "fi")
				if err := c.format.Write(io.Discard, d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestStreaming holds an export of 100,000 answers to little memory, beside what the store itself takes.
func TestStreaming(t *testing.T) {
	if testing.Short() {
		t.Skip("100,000 answers")
	}
	sv := hundred()
	d := makeDoc(t, sv, exporter.KindAnswers, report.Request{}, "fi")
	write(t, csvfile.Format{}, makeDoc(t, sv, exporter.KindAnswers, report.Request{Questions: []string{"q1"}}, "fi")) // the store makes its index
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	var most atomic.Uint64
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			most.Store(max(most.Load(), now.HeapInuse))
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	old := debug.SetGCPercent(20)
	if err := (csvfile.Format{}).Write(io.Discard, d); err != nil {
		t.Fatal(err)
	}
	debug.SetGCPercent(old)
	close(stop)
	<-done
	used := float64(most.Load()-min(most.Load(), before.HeapInuse)) / 1e6
	t.Logf("%.0f MB above the store's %.0f MB", used, float64(before.HeapInuse)/1e6)
	if used > 60 {
		t.Errorf("the export took %.0f MB", used)
	}
}
