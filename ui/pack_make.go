package ui

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/pack"
	"avokoodi/ui/i18n"
)

// packFile counts everything anew and sends the report as a file. It is written whole before anything is sent.
func (s *Server) packFile(r *request) (err error) {
	one, err := s.packOf(r)
	if err != nil {
		return err
	}
	ending := strings.TrimPrefix(r.Param("file"), "report.")
	kind, ok := pack.Kinds[ending]
	if !ok {
		return coding.ErrNotFound
	}
	made, err := s.packMaker(r, one).Make(r.ctx(), one)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(s.Uploads, "export-*")
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	defer func() {
		f.Close()
		os.Remove(f.Name())
	}()
	if err := made.Write(f, ending); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return r.file(f, r.fileName("report")+"."+ending, kind)
}

// PackOptions are those of a report's language, or else of the reader's.
func PackOptions(one coding.Pack, reader coding.Lang) exporter.Options {
	l := one.Lang
	if l == "" {
		l = reader
	}
	return exporter.Options{Lang: l, T: func(key string, args ...any) string { return i18n.T(string(l), key, args...) }}
}

func (s *Server) packMaker(r *request, one coding.Pack) PackMaker {
	return PackMaker{Service: s.Service, Boards: s.Boards, Project: r.access.Project, Actor: r.person.ID, Role: r.access.Role, O: PackOptions(one, coding.Lang(r.lang)),
		Find: func(ctx context.Context, words string) (*roaring.Bitmap, error) {
			people, err := s.Service.People(ctx, r.person.ID)
			if err != nil {
				return nil, err
			}
			hits, err := s.search(r, words, "", people)
			if err != nil {
				return nil, err
			}
			return hits.set, nil
		}}
}
