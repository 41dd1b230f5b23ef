package coding

import (
	"context"
	"errors"
	"slices"

	"avokoodi/themes"
)

// CodebookDiff is what bringing a codebook file in changes: keys of themes that are new, that change, and that stay.
type CodebookDiff struct {
	New, Changed, Same []string
	Before, After      map[string]Theme // by key, of those that change
}

// ImportCodebook brings a codebook file in: themes are matched by key; what an entry leaves empty stays as it is, and themes
// that the file does not have stay. All of it or, with a RowProblems error, nothing. With dry nothing is written.
func (s *Service) ImportCodebook(ctx context.Context, p ProjectID, actor PersonID, entries []themes.Entry, file string, dry bool) (CodebookDiff, error) {
	in := &codebookIn{diff: CodebookDiff{Before: map[string]Theme{}, After: map[string]Theme{}}}
	errDry := errors.New("dry")
	_, err := s.step(ctx, p, actor, RoleAnalyst, OpCodebook, file, func(tx Tx, st *Step) error {
		list, err := tx.Themes(ctx, p)
		if err != nil {
			return err
		}
		in.tx, in.st, in.list = tx, st, list
		for _, e := range entries {
			if err := in.entry(ctx, e); err != nil {
				return err
			}
		}
		if len(in.problems) > 0 {
			return in.problems
		}
		if dry {
			return errDry
		}
		return nil
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return in.diff, err
}

type codebookIn struct {
	tx       Tx
	st       *Step
	list     []Theme
	diff     CodebookDiff
	problems RowProblems
}

func (in *codebookIn) entry(ctx context.Context, e themes.Entry) error {
	tree := themes.NewTree(in.list)
	th := e.Theme
	if e.Parent != "" {
		parent, ok := tree.Find(e.Parent)
		if !ok {
			in.bad(e, "parent", Problem{Field: "parent", Key: "codebook.no_parent", Args: []any{e.Parent}})
			return nil
		}
		th.Parent = parent.ID
	}
	i := slices.IndexFunc(in.list, func(have Theme) bool { return have.Key == th.Key })
	if i < 0 {
		th.ID = 0
		added, err := addTheme(ctx, in.tx, in.st, tree, th)
		if stop, err := in.problem(e, err); stop {
			return err
		}
		in.list = append(in.list, added)
		in.diff.New = append(in.diff.New, added.Key)
		return nil
	}
	old := in.list[i]
	after := overlay(old, th)
	if !themes.SameMeaning(old, after) {
		after.Version++
	}
	if sameTheme(old, after) {
		in.diff.Same = append(in.diff.Same, old.Key)
		return nil
	}
	if stop, err := in.problem(e, tree.Check(after)); stop {
		return err
	}
	if _, err := in.tx.Put(ctx, in.st, old, after); err != nil {
		return err
	}
	in.list[i] = after
	in.diff.Changed = append(in.diff.Changed, old.Key)
	in.diff.Before[old.Key], in.diff.After[old.Key] = old, after
	return nil
}

// problem notes err when it is one that a person can mend.
func (in *codebookIn) problem(e themes.Entry, err error) (stop bool, rest error) {
	var p Problem
	if errors.As(err, &p) {
		in.bad(e, p.Field, p)
		return true, nil
	}
	return err != nil, err
}

func (in *codebookIn) bad(e themes.Entry, column string, p Problem) {
	in.problems = append(in.problems, RowProblem{Row: e.Row, Column: column, Problem: p})
}

// overlay is old with what th says put over it.
func overlay(old, th Theme) Theme {
	out := old
	out.Label, out.Definition = over(old.Label, th.Label), over(old.Definition, th.Definition)
	out.Include, out.Exclude = over(old.Include, th.Include), over(old.Exclude, th.Exclude)
	out.Parent, out.Retired = th.Parent, th.Retired
	if th.Hue != 0 {
		out.Hue = th.Hue
	}
	if th.Shortcut != "" {
		out.Shortcut = th.Shortcut
	}
	if len(th.Keywords.FI) > 0 {
		out.Keywords.FI = th.Keywords.FI
	}
	if len(th.Keywords.SV) > 0 {
		out.Keywords.SV = th.Keywords.SV
	}
	if len(th.Keywords.EN) > 0 {
		out.Keywords.EN = th.Keywords.EN
	}
	return out
}

func over(old, new Text) Text { return fill(new, old) }

func sameTheme(a, b Theme) bool {
	return themes.SameMeaning(a, b) && a.Parent == b.Parent && a.Retired == b.Retired && a.Hue == b.Hue && a.Shortcut == b.Shortcut &&
		slices.Equal(a.Keywords.FI, b.Keywords.FI) && slices.Equal(a.Keywords.SV, b.Keywords.SV) && slices.Equal(a.Keywords.EN, b.Keywords.EN)
}
