package importer

import (
	"context"
	"slices"
)

// mostTitles is the last row at which the headers are looked for below a title.
const mostTitles = 20

// belowTitle reads a sheet once more from the row where its rows became wider than its first row, if that row has one name only, as
// a title does. It is believed only if everything below then fits; nil otherwise.
func belowTitle(ctx context.Context, format Format, f *File, opts Options, s *Sheet) (*Sheet, error) {
	named := 0
	for _, c := range s.Columns {
		if c.Header != "" {
			named++
		}
	}
	ragged := func(p Problem) bool { return p.Key == "import.ragged" }
	problems := s.Problems()
	at := slices.IndexFunc(problems, ragged)
	if opts.Header != 0 || named != 1 || at < 0 || problems[at].Row > mostTitles || s.widened.row > 0 {
		return nil, nil
	}
	opts.Header = problems[at].Row
	below, err := readHashed(ctx, format, f, opts)
	if err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		return nil, nil // the first reading says what is wrong
	}
	if below.Len < 2 || slices.ContainsFunc(below.Problems(), ragged) {
		return nil, below.Close()
	}
	below.log.add(Problem{File: f.Name, Row: s.HeaderRow, Key: "import.title_row", Args: []any{below.HeaderRow}, Severity: Warning})
	return below, nil
}
