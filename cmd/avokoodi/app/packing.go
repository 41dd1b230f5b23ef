package app

import (
	"context"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/exporter/pack"
	"avokoodi/ui"
)

// exportPack counts a report of the project anew and writes it, by the ending of the file.
func (a *app) exportPack(ctx context.Context, slug, name, file string) error {
	ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(file), "."))
	if endings := slices.Sorted(maps.Keys(pack.Kinds)); !slices.Contains(endings, ending) {
		return a.usage("export.format_unknown", ending, strings.Join(endings, ", "))
	}
	return a.inProject(ctx, slug, func(h *house, p coding.Project) error {
		list, err := h.svc.Packs(ctx, p.ID, coding.Operator)
		if err != nil {
			return err
		}
		i := len(list) - 1
		if name != "" {
			i = slices.IndexFunc(list, func(o coding.Pack) bool { return o.Name == name })
		}
		if i < 0 {
			return coding.Problem{Field: "pack", Key: "pack.unknown", Args: []any{name}}
		}
		maker := ui.PackMaker{Service: h.svc, Boards: h.boards, Project: p, Actor: coding.Operator, Role: coding.RoleLead, O: ui.PackOptions(list[i], coding.Lang(a.cfg.Lang)),
			Find: func(ctx context.Context, words string) (*roaring.Bitmap, error) { return a.hits(ctx, h, p, words) }}
		made, err := maker.Make(ctx, list[i])
		if err != nil {
			return err
		}
		return a.writeFile(file, func(f io.Writer) error { return made.Write(f, ending) })
	})
}
