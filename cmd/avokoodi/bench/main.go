// Command bench measures the product on this machine and prints, beside each figure, the raw limit measured in the same run:
// what the parts below can do with nothing of ours on top. It writes bench.json. docs/performance.md explains each row.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"avokoodi/coding"
)

// row is one figure.
type row struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Raw   float64 `json:"raw,omitempty"`  // the limit, in the same unit
	Of    string  `json:"of,omitempty"`   // what the limit is
	Goal  string  `json:"goal,omitempty"` // what was asked for
}

type bench struct {
	dir     string // scratch
	bin     string // the program, once it is built
	shared  string
	n       int             // respondents
	codedIn string          // where the coded project is, once it is made
	coder   coding.PersonID // who coded it
	rows    []row
}

func (b *bench) put(r row) {
	b.rows = append(b.rows, r)
	raw := ""
	if r.Raw > 0 {
		raw = fmt.Sprintf("   raw %.4g (%s), ratio %.2f", r.Raw, r.Of, r.Value/r.Raw)
	}
	goal := ""
	if r.Goal != "" {
		goal = "   goal " + r.Goal
	}
	fmt.Printf("%-46s %10.4g %-8s%s%s\n", r.Name, r.Value, r.Unit, raw, goal)
}

func main() {
	n := flag.Int("n", 100_000, "respondents")
	only := flag.String("only", "", "start, import, import4, formats, report, paths, coding, desks, page, keys, search, index, language or room; several with commas")
	out := flag.String("o", "bench.json", "file of the figures")
	shared := flag.String("shared", filepath.Join("..", "shared"), "the data beside the project")
	keep := flag.String("dir", "", "scratch folder that is kept, so that a later run need not make everything again")
	profile := flag.String("cpuprofile", "", "write a CPU profile")
	flag.Parse()
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil {
			fatal(err)
		}
		if err := pprof.StartCPUProfile(f); err != nil {
			fatal(err)
		}
		defer pprof.StopCPUProfile()
	}
	dir := *keep
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "avokoodi-bench-"); err != nil {
			fatal(err)
		}
		defer os.RemoveAll(dir)
	}
	b := &bench{dir: dir, shared: *shared, n: *n}
	ctx := context.Background()
	for _, part := range []struct {
		name string
		run  func(context.Context) error
	}{{"start", b.start}, {"import", b.imports}, {"import4", b.importsWide}, {"formats", b.formats}, {"report", b.report}, {"paths", b.paths}, {"coding", b.coding}, {"desks", b.desks}, {"page", b.pages}, {"keys", b.keys}, {"search", b.search}, {"index", b.indexing}, {"language", b.language}, {"room", b.room}} {
		if *only != "" && !slices.Contains(strings.Split(*only, ","), part.name) {
			continue
		}
		if err := part.run(ctx); err != nil {
			if *keep == "" {
				os.RemoveAll(dir)
			}
			fatal(fmt.Errorf("%s: %w", part.name, err))
		}
	}
	raw, err := json.MarshalIndent(b.rows, "", " ")
	if err == nil {
		err = os.WriteFile(*out, append(raw, '\n'), 0o644)
	}
	if err != nil {
		fatal(err)
	}
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, "bench:", err)
	os.Exit(1)
}

// percentile of sorted times, in milliseconds.
func percentile(sorted []time.Duration, p float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	i := min(int(p*float64(len(sorted))), len(sorted)-1)
	return float64(sorted[i].Microseconds()) / 1000
}
