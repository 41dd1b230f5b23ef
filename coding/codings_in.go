package coding

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"avokoodi/themes"
)

// CodingRow is one row of a file of codings. Theme is a key or a label in any language; Start and End are code points, End
// exclusive, both -1 where the row has none. Round and Coder may be empty.
type CodingRow struct {
	Row                                       int
	Respondent, Question, Theme, Round, Coder string
	Start, End                                int
}

// RowProblem is a problem of one row of a file; Column is the column's name, "" for the whole row.
type RowProblem struct {
	Row    int
	Column string
	Problem
}

// RowProblems is an error that lists what is wrong with a file.
type RowProblems []RowProblem

func (ps RowProblems) Error() string {
	return fmt.Sprintf("%d problems, first in row %d: %v", len(ps), ps[0].Row, ps[0].Problem)
}

// CodingsResult says what an import of codings did.
type CodingsResult struct {
	Rows, Added, Changed, Same, Themes int
}

// ImportCodings brings codings in: all or, with a RowProblems error, none. Rows of the same answer, theme and coder unite
// their evidence. coder is whose codings the rows without one are; createThemes makes themes that the codebook lacks.
func (s *Service) ImportCodings(ctx context.Context, p ProjectID, actor PersonID, rows []CodingRow, coder PersonID, createThemes bool, file string) (CodingsResult, error) {
	var res CodingsResult
	_, err := s.step(ctx, p, actor, RoleLead, OpCodings, file, func(tx Tx, st *Step) error {
		in := &codingsIn{tx: tx, st: st, p: p, create: createThemes, coder: coder, respondents: map[string][]Respondent{}, people: map[string]PersonID{}}
		if err := in.prepare(ctx); err != nil {
			return err
		}
		for _, row := range rows {
			if err := in.resolve(ctx, row); err != nil {
				return err
			}
			if len(in.problems) >= 1000 {
				break
			}
		}
		if len(in.problems) > 0 {
			return in.problems
		}
		if err := in.write(ctx); err != nil {
			return err
		}
		res = in.res
		res.Rows = len(rows)
		return nil
	})
	return res, err
}

type codingsIn struct {
	tx          Tx
	st          *Step
	p           ProjectID
	create      bool
	coder       PersonID
	tree        themes.Tree
	all         []Question
	questions   map[string]Question // by the names that the file has used
	rounds      map[string]RoundID
	respondents map[string][]Respondent
	people      map[string]PersonID
	wanted      []Coding
	problems    RowProblems
	res         CodingsResult
}

func (in *codingsIn) prepare(ctx context.Context) error {
	list, err := in.tx.Themes(ctx, in.p)
	if err != nil {
		return err
	}
	in.tree = themes.NewTree(list)
	questions, err := in.tx.Questions(ctx, in.p)
	if err != nil {
		return err
	}
	in.all, in.questions = questions, map[string]Question{}
	rounds, err := in.tx.Rounds(ctx, in.p)
	if err != nil {
		return err
	}
	in.rounds = map[string]RoundID{}
	for _, r := range rounds {
		in.rounds[r.Key] = r.ID
	}
	return nil
}

func (in *codingsIn) bad(row CodingRow, column, key string, args ...any) {
	in.problems = append(in.problems, RowProblem{Row: row.Row, Column: column, Problem: Problem{Field: column, Key: key, Args: args}})
}

// resolve turns a row into a wanted coding, or notes what is wrong with it.
func (in *codingsIn) resolve(ctx context.Context, row CodingRow) error {
	theme, err := in.theme(ctx, row)
	if err != nil || theme == 0 {
		return err
	}
	q, ok := in.questions[row.Question]
	if !ok {
		var pr Problem
		if q, err = FindQuestion(in.all, row.Question); errors.As(err, &pr) {
			in.problems = append(in.problems, RowProblem{Row: row.Row, Column: "question", Problem: pr})
			return nil
		}
		in.questions[row.Question] = q
	}
	who, err := in.respondent(ctx, row)
	if err != nil || who == 0 {
		return err
	}
	ans, err := in.tx.AnswerOf(ctx, in.p, who, q.ID)
	if errors.Is(err, ErrNotFound) {
		in.bad(row, "question", "codings.no_answer", row.Respondent, row.Question)
		return nil
	}
	if err != nil {
		return err
	}
	coder, err := in.person(ctx, row)
	if err != nil || coder == 0 {
		return err
	}
	c := Coding{Answer: ans.ID, Theme: theme, Coder: coder, Source: ByImport, At: in.st.At}
	if row.Start >= 0 || row.End >= 0 {
		c.Evidence = []Span{{row.Start, row.End}}
		if err := checkSpans(ans.Text, c.Evidence); err != nil {
			in.problems = append(in.problems, RowProblem{Row: row.Row, Column: "start", Problem: err.(Problem)})
			return nil
		}
	}
	in.wanted = append(in.wanted, c)
	return nil
}

func (in *codingsIn) theme(ctx context.Context, row CodingRow) (ThemeID, error) {
	if th, ok := in.tree.Find(row.Theme); ok {
		return th.ID, nil
	}
	if !in.create || strings.TrimSpace(row.Theme) == "" {
		in.bad(row, "theme", "codings.no_theme", row.Theme)
		return 0, nil
	}
	th, err := addTheme(ctx, in.tx, in.st, in.tree, Theme{Label: themes.Same(row.Theme)})
	var pr Problem
	if errors.As(err, &pr) {
		in.problems = append(in.problems, RowProblem{Row: row.Row, Column: "theme", Problem: pr})
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	in.res.Themes++
	in.tree = themes.NewTree(append(slices.Clone(in.tree.All()), th))
	return th.ID, nil
}

func (in *codingsIn) respondent(ctx context.Context, row CodingRow) (RespondentID, error) {
	have, ok := in.respondents[row.Respondent]
	if !ok {
		var err error
		if have, err = in.tx.RespondentsNamed(ctx, in.p, row.Respondent); err != nil {
			return 0, err
		}
		in.respondents[row.Respondent] = have
	}
	round, named := in.rounds[row.Round]
	if row.Round != "" && !named {
		in.bad(row, "round", "codings.no_round", row.Round)
		return 0, nil
	}
	var found []RespondentID
	for _, r := range have {
		if row.Round == "" || r.Round == round {
			found = append(found, r.ID)
		}
	}
	switch len(found) {
	case 0:
		in.bad(row, "respondent", "codings.no_respondent", row.Respondent)
		return 0, nil
	case 1:
		return found[0], nil
	}
	in.bad(row, "round", "codings.several_rounds", row.Respondent)
	return 0, nil
}

// person is the coder that the row names; one that is not known yet becomes a coder who cannot sign in.
func (in *codingsIn) person(ctx context.Context, row CodingRow) (PersonID, error) {
	if row.Coder == "" {
		if in.coder == 0 {
			in.bad(row, "coder", "coding.coder_missing")
		}
		return in.coder, nil
	}
	if id, ok := in.people[row.Coder]; ok {
		return id, nil
	}
	p, err := in.tx.PersonNamed(ctx, row.Coder)
	if errors.Is(err, ErrNotFound) {
		if !personName.MatchString(row.Coder) {
			in.bad(row, "coder", "person.name_bad", row.Coder)
			return 0, nil
		}
		p, err = in.tx.SavePerson(ctx, Person{Name: row.Coder, Role: RoleAnalyst, Created: in.st.At})
	}
	if err != nil {
		return 0, err
	}
	in.people[row.Coder] = p.ID
	return p.ID, nil
}

// write puts the wanted codings beside those that are there, a batch of answers at a time.
func (in *codingsIn) write(ctx context.Context) error {
	slices.SortStableFunc(in.wanted, func(a, b Coding) int { return cmp.Compare(a.Answer, b.Answer) })
	type key struct {
		theme ThemeID
		coder PersonID
	}
	for len(in.wanted) > 0 {
		batch := in.wanted[:min(len(in.wanted), 1000)]
		for len(batch) < len(in.wanted) && in.wanted[len(batch)].Answer == batch[len(batch)-1].Answer {
			batch = in.wanted[:len(batch)+1]
		}
		in.wanted = in.wanted[len(batch):]
		var ids []AnswerID
		for _, c := range batch {
			ids = append(ids, c.Answer)
		}
		ids = slices.Compact(ids)
		have, err := in.tx.CodingsOf(ctx, in.p, ids)
		if err != nil {
			return err
		}
		at := map[AnswerID]map[key]Coding{}
		for _, c := range have {
			if at[c.Answer] == nil {
				at[c.Answer] = map[key]Coding{}
			}
			at[c.Answer][key{c.Theme, c.Coder}] = c
		}
		for _, c := range batch {
			k := key{c.Theme, c.Coder}
			old, ok := at[c.Answer][k]
			if at[c.Answer] == nil {
				at[c.Answer] = map[key]Coding{}
			}
			after := c
			if ok {
				after = old
				after.Evidence = MergeSpans(append(slices.Clone(old.Evidence), c.Evidence...))
				if slices.Equal(after.Evidence, old.Evidence) {
					in.res.Same++
					continue
				}
				if _, err := in.tx.Put(ctx, in.st, old, after); err != nil {
					return err
				}
				in.res.Changed++
			} else {
				th, _ := in.tree.Get(c.Theme)
				after.Version = th.Version
				id, err := in.tx.Put(ctx, in.st, nil, after)
				if err != nil {
					return err
				}
				after.ID = CodingID(id)
				in.res.Added++
				if err := dropMarks(ctx, in.tx, in.st, in.p, []AnswerID{c.Answer}, c.Coder); err != nil {
					return err
				}
			}
			at[c.Answer][k] = after
		}
	}
	return nil
}
