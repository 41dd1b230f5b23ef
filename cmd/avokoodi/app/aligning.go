package app

import (
	"context"
	"errors"
	"fmt"
	"os"

	"avokoodi/coding"
	"avokoodi/coding/importer"
)

// present is what the project of an import has already.
type present struct {
	importer.Known
	people map[string]map[string]bool // ids, by key of the round
}

// align makes language versions among the files one, and joins the files to what the project has. It returns what could not be
// aligned, as warnings.
func (a *app) align(ctx context.Context, o importOptions, plans []planned) (importer.Problems, error) {
	if len(plans) == 0 {
		return nil, nil
	}
	known, err := a.known(ctx, o.project)
	if err != nil {
		return nil, err
	}
	if len(plans) == 1 && !known.Some() {
		return nil, nil
	}
	var out importer.Problems
	var joined [][]importer.Joined
	versions := make([]importer.Version, len(plans))
	for i, p := range plans {
		versions[i] = importer.Version{Sheet: p.sheet, Proposal: p.proposal}
		m, by, doubts, err := importer.Join(versions[i], p.mapping, p.proposal.Language(detect), known.Known)
		if err != nil {
			return nil, err
		}
		versions[i].Proposal.Mapping = m
		joined, out = append(joined, by), append(out, doubts...)
	}
	v, err := importer.AlignVersions(versions, detect, importer.ByHands{})
	if err != nil {
		return nil, err
	}
	out = append(out, v.Problems...)
	met := importer.Meet(versions, v, known.Known, joined[v.Reference], nil, true)
	out = append(out, met.Problems...)
	for i := range plans {
		p := &plans[i]
		p.mapping = met.Mappings[i]
		people := known.people[a.roundOf(o, p.mapping).Key]
		if len(people) == 0 {
			continue
		}
		var problems importer.Problems
		foreign := known.Some() && !known.Speaks(v.Languages[i])
		if p.mapping, problems, err = p.mapping.Before(p.sheet, v.Languages[i], foreign, o.update, func(id string) bool { return people[id] }); err != nil {
			return nil, err
		}
		out = append(out, problems...)
	}
	a.sayMet(met)
	return out, nil
}

// roundOf is the round that a file goes into.
func (a *app) roundOf(o importOptions, m importer.Mapping) coding.Round {
	if o.round != "" {
		m.Round = o.round
	}
	if o.kind != "" {
		m.Kind = coding.RoundKind(o.kind)
	}
	return importer.RoundFor(m)
}

// sayMet tells what was aligned with what, and why: all of a language version that comes later, and otherwise what does not have the
// same words or code, so that nothing is guessed silently.
func (a *app) sayMet(met importer.Meeting) {
	for _, row := range met.Rows {
		sure := row.How == importer.ByCode || row.How == importer.ByWording
		if row.Known == "" || row.How == "" || sure && !met.Foreign {
			continue
		}
		for _, text := range row.Texts {
			if text != "" {
				fmt.Fprintln(a.err, a.t("cli.met", text, row.Text.In(coding.Lang(a.cfg.Lang)), a.t("wizard.by."+string(row.How))))
				break
			}
		}
	}
}

// known is what the project has; nothing where it is new.
func (a *app) known(ctx context.Context, slug string) (present, error) {
	k := present{people: map[string]map[string]bool{}}
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
		return h.svc.Store().View(ctx, func(r coding.Reader) error { return k.load(ctx, r, got.Project.ID) })
	})
	return k, err
}

func (k *present) load(ctx context.Context, r coding.Reader, p coding.ProjectID) (err error) {
	if k.Questions, err = r.Questions(ctx, p); err != nil {
		return err
	}
	if k.Variables, err = r.Variables(ctx, p); err != nil {
		return err
	}
	if k.Rounds, err = r.Rounds(ctx, p); err != nil {
		return err
	}
	round := map[coding.RoundID]map[string]bool{}
	for _, one := range k.Rounds {
		round[one.ID] = map[string]bool{}
		k.people[one.Key] = round[one.ID]
	}
	for one, err := range r.EachRespondent(ctx, p, 0) {
		if err != nil {
			return err
		}
		round[one.Round][one.External] = true
	}
	return nil
}
