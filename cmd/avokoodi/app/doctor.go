package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/ui"
)

// leastFree is how many bytes of disk should be free: an import of 100,000 answers and its index want about half of it.
const leastFree = 512 << 20

// dictionaryFact says which Finnish dictionary is used, or how to get one.
func (a *app) dictionaryFact() ui.SystemLine {
	path, found, reason := a.words().Dictionary()
	l := ui.SystemLine{Key: "dictionary", Value: path, Warn: !found}
	switch {
	case found:
	case reason != nil:
		l.Say, l.Args = "cli.dictionary_bad", []any{reason.Error()}
	default:
		l.Say = "cli.dictionary_none"
	}
	return l
}

// facts is what the system page and doctor say.
func (a *app) facts(ctx context.Context, h *house) []ui.SystemLine {
	lines := []ui.SystemLine{
		{Key: "version", Value: "avokoodi " + Version + " (" + commit() + ")"},
		{Key: "platform", Value: runtime.GOOS + "/" + runtime.GOARCH + ", " + runtime.Version()},
		{Key: "data", Value: a.cfg.Data},
		megabytes("database", size(a.cfg.Database())+size(a.cfg.Database()+"-wal")),
		megabytes("index", size(a.cfg.Index())),
		a.dictionaryFact(),
	}
	if free, ok := freeBytes(a.cfg.Data); ok {
		line := megabytes("disk", free)
		line.Warn = free < leastFree
		lines = append(lines, line)
	}
	answers := 0
	all, err := h.svc.List(ctx, coding.Operator)
	for _, x := range all {
		if err == nil {
			err = h.boards.Read(ctx, x.Project.ID, func(b *sets.Board) error {
				answers += int(b.All().GetCardinality())
				return nil
			})
		}
	}
	if err != nil {
		return append(lines, ui.SystemLine{Key: "projects", Value: err.Error(), Warn: true})
	}
	return append(lines, ui.SystemLine{Key: "projects", Say: "system.projects_line", Args: []any{len(all), answers}})
}

// megabytes is n bytes in units of 1,048,576, rounded up and worded in the reader's language.
func megabytes(key string, n int64) ui.SystemLine {
	return ui.SystemLine{Key: key, Say: "system.megabytes", Args: []any{(n + 1<<20 - 1) >> 20}}
}

// size is the bytes of a file, or of the files in a folder; 0 where there is none.
func size(path string) int64 {
	var sum int64
	filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // what is gone meanwhile counts nothing
		}
		if st, err := d.Info(); err == nil {
			sum += st.Size()
		}
		return nil
	})
	return sum
}

func (a *app) doctorCommand() *cobra.Command {
	return &cobra.Command{Use: "doctor", Short: "Look whether everything is in order", Args: a.args(0, 0), RunE: func(cmd *cobra.Command, _ []string) error {
		return a.with(cmd.Context(), func(h *house) error {
			type fact struct {
				Key   string `json:"key"`
				Label string `json:"label"`
				Value string `json:"value"`
				Warn  bool   `json:"warn"`
			}
			facts := []fact{}
			for _, l := range a.facts(cmd.Context(), h) {
				label, value := l.In(a.cfg.Lang)
				facts = append(facts, fact{l.Key, label, value, l.Warn})
			}
			if a.json {
				return json.NewEncoder(a.out).Encode(facts)
			}
			for _, f := range facts {
				mark := "ok"
				if f.Warn {
					mark = "!!"
				}
				fmt.Fprintf(a.out, "%s  %-24s %s\n", mark, f.Label, f.Value)
			}
			return nil
		})
	}}
}
