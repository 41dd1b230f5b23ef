package app

import (
	"context"
	"errors"
	"os"

	"avokoodi/coding"
	"avokoodi/coding/importer"
)

// align makes language versions among the files one, and joins the files to what the project has. It returns what could not be
// aligned, as warnings.
func (a *app) align(ctx context.Context, o importOptions, plans []planned) (importer.Problems, error) {
	var out importer.Problems
	langs := make([]coding.Lang, len(plans))
	for i := range plans {
		langs[i] = plans[i].proposal.Language(detect)
	}
	if len(plans) > 1 {
		versions := make([]importer.Version, len(plans))
		for i, p := range plans {
			versions[i] = importer.Version{Sheet: p.sheet, Proposal: p.proposal}
		}
		v, err := importer.AlignVersions(versions, detect, importer.ByHands{})
		if err != nil {
			return nil, err
		}
		for i := range plans {
			plans[i].mapping = v.Mappings[i]
		}
		out = append(out, v.Problems...)
	}
	known, err := a.known(ctx, o.project)
	if err != nil || len(known.Questions)+len(known.Variables) == 0 {
		return out, err
	}
	for i := range plans {
		p := &plans[i]
		m, _, problems, err := importer.Join(importer.Version{Sheet: p.sheet, Proposal: p.proposal}, p.mapping, langs[i], known)
		if err != nil {
			return nil, err
		}
		p.mapping = m
		out = append(out, problems...)
	}
	return out, nil
}

// known is what the project has; nothing where it is new.
func (a *app) known(ctx context.Context, slug string) (importer.Known, error) {
	var k importer.Known
	if slug == "" {
		return k, nil
	}
	if _, err := os.Stat(a.cfg.Database()); err != nil { // a dry run makes no data folder
		return k, nil
	}
	err := a.with(ctx, func(h *house) error {
		got, err := h.svc.Open(ctx, coding.Operator, slug)
		if errors.Is(err, coding.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return h.svc.Store().View(ctx, func(r coding.Reader) error {
			if k.Questions, err = r.Questions(ctx, got.Project.ID); err != nil {
				return err
			}
			k.Variables, err = r.Variables(ctx, got.Project.ID)
			return err
		})
	})
	return k, err
}
