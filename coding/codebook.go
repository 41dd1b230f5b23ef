package coding

import (
	"context"
	"slices"

	"avokoodi/themes"
)

// AddTheme puts a new theme into the codebook, last among its siblings. Key, hue and version may be left empty; the key is
// then made from the label. Everybody who codes may add a theme.
func (s *Service) AddTheme(ctx context.Context, p ProjectID, actor PersonID, th Theme) (Theme, error) {
	_, err := s.step(ctx, p, actor, RoleAnalyst, OpTheme, "", func(tx Tx, st *Step) error {
		list, err := tx.Themes(ctx, p)
		if err != nil {
			return err
		}
		th, err = addTheme(ctx, tx, st, themes.NewTree(list), th)
		return err
	})
	return th, err
}

func addTheme(ctx context.Context, tx Tx, st *Step, tree themes.Tree, th Theme) (Theme, error) {
	th = tidy(th)
	if th.Key == "" {
		th.Key = tree.FreeKey(themes.KeyFrom(th.Label.In(themes.EN)))
	}
	if th.Hue == 0 {
		th.Hue = tree.FreeHue()
		if up, ok := tree.Get(th.Parent); ok {
			th.Hue = up.Hue
		}
	}
	th.Version = 1
	th.Order = 0
	for _, id := range tree.Children(th.Parent) {
		sibling, _ := tree.Get(id)
		th.Order = max(th.Order, sibling.Order+1)
	}
	if err := tree.Check(th); err != nil {
		return th, err
	}
	if st.Detail == "" {
		st.Detail = th.Key // before the first Put, which keeps the step
	}
	id, err := tx.Put(ctx, st, nil, th)
	th.ID = ThemeID(id)
	return th, err
}

func tidy(th Theme) Theme {
	th.Label = th.Label.Trim()
	return th
}

// ChangeTheme sets what a theme says: label, definition, include, exclude, keywords, examples, hue, shortcut, key, retired.
// Its version grows when the meaning changes. Place in the tree is MoveTheme's. A shortcut that another theme holds moves
// to this one when take is set.
func (s *Service) ChangeTheme(ctx context.Context, p ProjectID, actor PersonID, th Theme, take bool) (Theme, error) {
	_, err := s.step(ctx, p, actor, RoleAnalyst, OpTheme, th.Key, func(tx Tx, st *Step) error {
		list, err := tx.Themes(ctx, p)
		if err != nil {
			return err
		}
		tree := themes.NewTree(list)
		old, ok := tree.Get(th.ID)
		if !ok {
			return ErrNotFound
		}
		th = tidy(th)
		th.Parent, th.Order, th.Version, th.Aliases = old.Parent, old.Order, old.Version, old.Aliases
		if th.Key == "" {
			th.Key = old.Key
		}
		if !themes.SameMeaning(old, th) {
			th.Version++
		}
		if take && th.Shortcut != "" {
			if tree, err = freeShortcut(ctx, tx, st, tree, th); err != nil {
				return err
			}
		}
		if err := tree.Check(th); err != nil {
			return err
		}
		_, err = tx.Put(ctx, st, old, th)
		return err
	})
	return th, err
}

func freeShortcut(ctx context.Context, tx Tx, st *Step, tree themes.Tree, th Theme) (themes.Tree, error) {
	list := slices.Clone(tree.All())
	for i, other := range list {
		if other.ID != th.ID && other.Shortcut == th.Shortcut {
			after := other
			after.Shortcut = ""
			if _, err := tx.Put(ctx, st, other, after); err != nil {
				return tree, err
			}
			list[i] = after
		}
	}
	return themes.NewTree(list), nil
}

// MaxExamples is how many answers a theme may have as examples.
const MaxExamples = 20

// SetExample chooses an answer as an example of a theme, or lets it go. It returns the step, 0 when nothing changed.
func (s *Service) SetExample(ctx context.Context, p ProjectID, actor PersonID, theme ThemeID, answer AnswerID, on bool) (StepID, error) {
	return s.stepOnTheme(ctx, p, actor, OpTheme, theme, "", func(tx Tx, st *Step, th Theme) error {
		after := th
		after.Examples = slices.DeleteFunc(slices.Clone(th.Examples), func(a int64) bool { return a == int64(answer) })
		if on {
			if _, err := tx.Answer(ctx, p, answer); err != nil {
				return err
			}
			if len(after.Examples) < len(th.Examples) {
				return nil
			}
			if len(after.Examples) >= MaxExamples {
				return problem("example", "theme.examples_many", th.Label.In(themes.FI), MaxExamples)
			}
			after.Examples = append(after.Examples, int64(answer))
		}
		if len(after.Examples) == len(th.Examples) {
			return nil
		}
		_, err := tx.Put(ctx, st, th, after)
		return err
	})
}

// MoveTheme puts a theme under parent (0: top) before the sibling at position, counted without the theme itself; a
// position past the end means last. Where it is there already, nothing happens and the step is 0.
func (s *Service) MoveTheme(ctx context.Context, p ProjectID, actor PersonID, id, parent ThemeID, position int) (StepID, error) {
	return s.step(ctx, p, actor, RoleAnalyst, OpTheme, "", func(tx Tx, st *Step) error {
		list, err := tx.Themes(ctx, p)
		if err != nil {
			return err
		}
		tree := themes.NewTree(list)
		th, ok := tree.Get(id)
		if !ok {
			return ErrNotFound
		}
		st.Detail = th.Key
		moved := th
		moved.Parent = parent
		if err := tree.Check(moved); err != nil {
			return err
		}
		siblings := slices.DeleteFunc(slices.Clone(tree.Children(parent)), func(x ThemeID) bool { return x == id })
		siblings = slices.Insert(siblings, min(max(position, 0), len(siblings)), id)
		for order, sid := range siblings {
			before, _ := tree.Get(sid)
			after := before
			after.Order, after.Parent = order, parent
			if after.Order == before.Order && after.Parent == before.Parent {
				continue
			}
			if _, err := tx.Put(ctx, st, before, after); err != nil {
				return err
			}
		}
		return nil
	})
}

// DeleteTheme removes a theme with its codings and memos. Sub-themes move up to its parent. Undo brings all of it back.
func (s *Service) DeleteTheme(ctx context.Context, p ProjectID, actor PersonID, id ThemeID) error {
	_, err := s.step(ctx, p, actor, RoleLead, OpTheme, "", func(tx Tx, st *Step) error {
		list, err := tx.Themes(ctx, p)
		if err != nil {
			return err
		}
		tree := themes.NewTree(list)
		th, ok := tree.Get(id)
		if !ok {
			return ErrNotFound
		}
		st.Detail = th.Key
		if err := dropCodings(ctx, tx, st, p, id); err != nil {
			return err
		}
		next := len(tree.Children(th.Parent))
		for _, c := range tree.Children(id) {
			before, _ := tree.Get(c)
			after := before
			after.Parent, after.Order = th.Parent, next
			next++
			if err := tree.Check(after); err != nil {
				return err
			}
			if _, err := tx.Put(ctx, st, before, after); err != nil {
				return err
			}
		}
		_, err = tx.Put(ctx, st, th, nil)
		return err
	})
	return err
}

// dropCodings removes everything that refers to a theme.
func dropCodings(ctx context.Context, tx Tx, st *Step, p ProjectID, id ThemeID) error {
	codings, err := tx.CodingsWith(ctx, p, id)
	if err != nil {
		return err
	}
	for _, c := range codings {
		if err := deleteCoding(ctx, tx, st, p, c); err != nil {
			return err
		}
	}
	decisions, err := tx.Decisions(ctx, p)
	if err != nil {
		return err
	}
	if err := dropDecisions(ctx, tx, st, decisions, func(d Decision) bool { return d.Theme == id }); err != nil {
		return err
	}
	quotes, err := tx.Quotes(ctx, p)
	if err != nil {
		return err
	}
	for _, q := range quotes {
		if q.Theme == id {
			after := q
			after.Theme = 0
			if _, err := tx.Put(ctx, st, q, after); err != nil {
				return err
			}
		}
	}
	memos, err := tx.MemosOf(ctx, p, MemoTheme, []int64{int64(id)})
	if err != nil {
		return err
	}
	for _, m := range memos {
		if _, err := tx.Put(ctx, st, m, nil); err != nil {
			return err
		}
	}
	return nil
}

// Codebook is the project's themes for anybody who may see the project.
func (s *Service) Codebook(ctx context.Context, p ProjectID, actor PersonID) (themes.Tree, error) {
	var tree themes.Tree
	err := s.store.View(ctx, func(r Reader) error {
		if err := need(ctx, r, p, actor, RoleReader); err != nil {
			return err
		}
		list, err := r.Themes(ctx, p)
		tree = themes.NewTree(list)
		return err
	})
	return tree, err
}
