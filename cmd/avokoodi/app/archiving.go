package app

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/exporter/archive"
)

// exportProject writes everything of a project into a ZIP of open formats.
func (a *app) exportProject(ctx context.Context, slug, file string) error {
	if !strings.EqualFold(filepath.Ext(file), ".zip") {
		return a.usage("export.format_unknown", strings.TrimPrefix(filepath.Ext(file), "."), "zip")
	}
	return a.inProject(ctx, slug, func(h *house, p coding.Project) error {
		return a.writeFile(file, func(w io.Writer) error {
			return archive.Write(ctx, w, h.store, p.ID, coding.Operator, "avokoodi "+Version, time.Now())
		})
	})
}
