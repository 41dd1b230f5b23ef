package coding

import (
	"context"
	"maps"
	"slices"
)

// Revision is what corrected files mean to a round that has answers already.
type Revision struct {
	Round       Round
	Respondents int // in the files
	New         int // of them, that the round does not have
	Erased      int // rows beside them, of those who were erased: left out
	Unchanged   int // of them, that have the same answers and values as before

	Texts  int // answers whose text differs
	Judged int // of them, that have codings, marks or quotes
	Added  int // answers where there was none
	Values int // respondents whose values differ

	Changed []ChangedText // the first MaxListed of Texts
	Missing []Respondent  // of the round and not in the file
	Blank   []Answer      // answers that are blank in the file
	// BlankValues is how many values are blank in the file; they stay.
	BlankValues int

	NewQuestions  []Question // in the file only
	LeftQuestions []Question // with answers in the round, and not in the file; their answers stay
	NewVariables  []Variable
	LeftVariables []Variable
}

// ChangedText is one answer and what the file says instead.
type ChangedText struct {
	Answer     Answer
	Respondent Respondent
	Text       string
	Judgements int // codings, marks and quotes on it
}

// MaxListed is how many changed answers a Revision lists.
const MaxListed = 500

// Decisions is what a person decided about what a corrected file does not have. Nothing is removed that is not named here.
type Decisions struct {
	Missing    []RespondentID // respondents to remove, with their answers and everything on them
	Blank      []AnswerID     // answers to remove, with everything on them
	AllMissing bool
	AllBlank   bool
}

// Revision compares corrected files, such as one for each language version, with the round of the same key. Problems:
// 'revise.no_round', 'revise.no_id' for rows without an id of their own, 'revise.nobody_same' and 'revise.no_common_question'
// for what is probably another file, 'revise.in_two' for a respondent in two of the files, 'revise.rounds' for files of
// different rounds, 'import.same_file'. What is wrong with one of several files is a FileError.
func (s *Service) Revision(ctx context.Context, p ProjectID, actor PersonID, batches []Batch) (Revision, error) {
	var out Revision
	err := s.store.View(ctx, func(r Reader) error {
		if err := need(ctx, r, p, actor, RoleLead); err != nil {
			return err
		}
		c, err := compare(ctx, r, p, batches)
		if err != nil {
			return err
		}
		for _, f := range c.files {
			if err := f.each(ctx, func([]revised) error { return nil }); err != nil {
				return c.named(f, err)
			}
		}
		if err := c.missing(); err != nil {
			return err
		}
		out = c.out
		return nil
	})
	return out, err
}

// compared is a round and corrected files beside each other.
type compared struct {
	r         Reader
	p         ProjectID
	people    map[string]Respondent // of the round
	seen      map[string]int        // ids in the files, by the place of the file
	answers   map[RespondentID][]Answer
	answered  map[QuestionID]bool // in the round
	questions []Question          // of the project
	variables []Variable
	files     []*comparedFile
	out       Revision
}

// comparedFile is one of them.
type comparedFile struct {
	*compared
	at         int
	batch      Batch
	erased     int
	changed    int            // answers whose text differs
	asks       []QuestionID   // of the batch; 0 for a new one
	categories [][]CategoryID // of the batch's variables; 0 for a new one
	variable   map[CategoryID]int
}

// named says which of several files is wrong.
func (c *compared) named(f *comparedFile, err error) error {
	if err == nil || len(c.files) < 2 {
		return err
	}
	return FileError{f.batch.File, err}
}

// revised is what the file says of one respondent.
type revised struct {
	row     BatchRow
	who     Respondent // zero for a new one
	texts   []retold
	added   []BatchAnswer
	blank   []Answer
	before  []CategoryID
	after   []CategoryID
	changed bool // before and after differ
}

type retold struct {
	old Answer
	new BatchAnswer
}

func compare(ctx context.Context, r Reader, p ProjectID, batches []Batch) (*compared, error) {
	c := &compared{r: r, p: p, people: map[string]Respondent{}, seen: map[string]int{}, answers: map[RespondentID][]Answer{},
		answered: map[QuestionID]bool{}}
	for i, b := range batches {
		f := &comparedFile{compared: c, at: i, batch: b, variable: map[CategoryID]int{}}
		c.files = append(c.files, f)
	}
	for _, f := range c.files {
		if err := newFile(ctx, r, p, f.batch); err != nil {
			return nil, c.named(f, err)
		}
		if f.batch.Numbered {
			return nil, c.named(f, problem("respondent_id", "revise.no_id"))
		}
		if f.batch.Round.Key != batches[0].Round.Key {
			return nil, c.named(f, problem("round", "revise.rounds", batches[0].Round.Label, f.batch.Round.Label))
		}
		var err error
		if f.batch, err = without(ctx, r, p, f.batch, func(n int) { f.erased, c.out.Erased = n, c.out.Erased+n-f.erased }); err != nil {
			return nil, err
		}
	}
	if err := c.load(ctx, batches[0].Round); err != nil {
		return nil, err
	}
	for _, f := range c.files {
		if err := f.matchQuestions(); err != nil {
			return nil, c.named(f, err)
		}
		f.matchVariables()
	}
	c.left()
	return c, nil
}

// load reads what the round has.
func (c *compared) load(ctx context.Context, round Round) error {
	rounds, err := c.r.Rounds(ctx, c.p)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(rounds, func(one Round) bool { return one.Key == round.Key })
	if i < 0 {
		return problem("round", "revise.no_round", round.Label)
	}
	c.out.Round = rounds[i]
	for one, err := range c.r.EachRespondent(ctx, c.p, 0) {
		if err != nil {
			return err
		}
		if one.Round == c.out.Round.ID {
			c.people[one.External] = one
		}
	}
	for a, err := range c.r.EachAnswerHead(ctx, c.p, 0) {
		if err != nil {
			return err
		}
		if a.Round == c.out.Round.ID {
			c.answers[a.Respondent] = append(c.answers[a.Respondent], a)
			c.answered[a.Question] = true
		}
	}
	if c.questions, err = c.r.Questions(ctx, c.p); err != nil {
		return err
	}
	c.variables, err = c.r.Variables(ctx, c.p)
	return err
}

func (f *comparedFile) matchQuestions() error {
	common := false
	for _, q := range f.batch.Questions {
		i := slices.IndexFunc(f.questions, func(one Question) bool { return one.Key == q.Key })
		if i < 0 {
			f.asks = append(f.asks, 0)
			if !slices.ContainsFunc(f.out.NewQuestions, func(one Question) bool { return one.Key == q.Key }) {
				f.out.NewQuestions = append(f.out.NewQuestions, q)
			}
			continue
		}
		f.asks = append(f.asks, f.questions[i].ID)
		common = common || f.answered[f.questions[i].ID]
	}
	if !common && len(f.answered) > 0 {
		return problem("questions", "revise.no_common_question", f.out.Round.Label)
	}
	return nil
}

func (f *comparedFile) matchVariables() {
	for i, v := range f.batch.Variables {
		ids := make([]CategoryID, len(v.Categories))
		j := slices.IndexFunc(f.variables, func(one Variable) bool { return one.Key == v.Key })
		if j < 0 {
			if !slices.ContainsFunc(f.out.NewVariables, func(one Variable) bool { return one.Key == v.Key }) {
				f.out.NewVariables = append(f.out.NewVariables, v)
			}
			f.categories = append(f.categories, ids)
			continue
		}
		for _, cat := range f.variables[j].Categories {
			f.variable[cat.ID] = i
			if k := slices.IndexFunc(v.Categories, func(one Category) bool { return one.Key == cat.Key }); k >= 0 {
				ids[k] = cat.ID
			}
		}
		f.categories = append(f.categories, ids)
	}
}

// left lists the questions with answers, and the variables, that none of the files has.
func (c *compared) left() {
	for _, q := range c.questions {
		if c.answered[q.ID] && !slices.ContainsFunc(c.files, func(f *comparedFile) bool { return slices.Contains(f.asks, q.ID) }) {
			c.out.LeftQuestions = append(c.out.LeftQuestions, q)
		}
	}
	for _, v := range c.variables {
		named := func(f *comparedFile) bool {
			return slices.ContainsFunc(f.batch.Variables, func(one Variable) bool { return one.Key == v.Key })
		}
		if !v.Derived() && !slices.ContainsFunc(c.files, named) {
			c.out.LeftVariables = append(c.out.LeftVariables, v)
		}
	}
}

// each compares the file's rows, many at a time, and adds up.
func (c *comparedFile) each(ctx context.Context, fn func([]revised) error) error {
	rows := make([]BatchRow, 0, bulk)
	flush := func() error {
		if err := ctx.Err(); err != nil {
			return err
		}
		list, err := c.rows(ctx, rows)
		if err != nil {
			return err
		}
		rows = rows[:0]
		return fn(list)
	}
	for row, err := range c.batch.Rows {
		if err != nil {
			return err
		}
		if rows = append(rows, row); len(rows) == bulk {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// missing lists the respondents of the round that no file has. It is a Problem when the files have none of them.
func (c *compared) missing() error {
	for _, one := range c.people {
		if _, ok := c.seen[one.External]; !ok {
			c.out.Missing = append(c.out.Missing, one)
		}
	}
	if len(c.people) > 0 && len(c.out.Missing) == len(c.people) {
		return problem("respondent_id", "revise.nobody_same", c.out.Round.Label)
	}
	slices.SortFunc(c.out.Missing, func(a, b Respondent) int { return int(a.ID - b.ID) })
	return nil
}

func (c *comparedFile) rows(ctx context.Context, rows []BatchRow) ([]revised, error) {
	var ids []AnswerID
	var who []RespondentID
	for _, row := range rows {
		if one, ok := c.people[row.External]; ok {
			who = append(who, one.ID)
			for _, a := range c.answers[one.ID] {
				ids = append(ids, a.ID)
			}
		}
	}
	answers, err := c.r.Answers(ctx, c.p, ids)
	if err != nil {
		return nil, err
	}
	texts := map[RespondentID][]Answer{}
	for _, a := range answers {
		texts[a.Respondent] = append(texts[a.Respondent], a)
	}
	values, err := c.r.ValuesOf(ctx, c.p, who)
	if err != nil {
		return nil, err
	}
	have := map[RespondentID][]CategoryID{}
	for _, v := range values {
		have[v.Respondent] = append(have[v.Respondent], v.Category)
	}
	out := make([]revised, 0, len(rows))
	for _, row := range rows {
		c.out.Respondents++
		if other, ok := c.seen[row.External]; ok && other != c.at {
			return nil, problem("respondent_id", "revise.in_two", row.External, c.files[other].batch.File)
		}
		c.seen[row.External] = c.at
		one, ok := c.people[row.External]
		if !ok {
			c.out.New++
			out = append(out, revised{row: row})
			continue
		}
		d := revised{row: row, who: one}
		c.compareAnswers(&d, texts[one.ID])
		c.compareValues(&d, have[one.ID])
		if len(d.texts)+len(d.added)+len(d.blank) == 0 && !d.changed {
			c.out.Unchanged++
		}
		out = append(out, d)
	}
	return out, c.judged(ctx, out)
}

func (c *comparedFile) compareAnswers(d *revised, have []Answer) {
	told := map[QuestionID]bool{}
	for _, a := range d.row.Answers {
		q := c.asks[a.Question]
		told[q] = true
		i := slices.IndexFunc(have, func(old Answer) bool { return old.Question == q })
		switch {
		case i < 0:
			d.added = append(d.added, a)
		case have[i].Text != a.Text:
			d.texts = append(d.texts, retold{have[i], a})
		}
	}
	for _, old := range have {
		if !told[old.Question] && slices.Contains(c.asks, old.Question) {
			d.blank = append(d.blank, old)
		}
	}
	c.out.Added += len(d.added)
	c.out.Texts += len(d.texts)
	c.changed += len(d.texts)
	c.out.Blank = append(c.out.Blank, d.blank...)
}

// compareValues replaces the values of each variable that the row has; those of a variable that is blank there stay.
func (c *comparedFile) compareValues(d *revised, have []CategoryID) {
	told := map[int]bool{}
	next := map[CategoryID]bool{}
	for _, v := range d.row.Values {
		told[v.Variable] = true
		next[c.categories[v.Variable][v.Category]] = true
	}
	for _, id := range have {
		i, known := c.variable[id]
		if known && told[i] {
			continue
		}
		if known {
			c.out.BlankValues++
		}
		next[id] = true
	}
	d.before, d.after = have, slices.Sorted(maps.Keys(next))
	d.changed = !slices.Equal(d.before, d.after)
	if d.changed {
		c.out.Values++
	}
}

// judged finds what hangs on changed answers.
func (c *comparedFile) judged(ctx context.Context, list []revised) error {
	var ids []AnswerID
	for _, d := range list {
		for _, t := range d.texts {
			ids = append(ids, t.old.ID)
		}
	}
	w, err := workOn(ctx, c.r, c.p, ids)
	if err != nil {
		return err
	}
	for _, d := range list {
		for _, t := range d.texts {
			n := len(w.codings[t.old.ID]) + len(w.marks[t.old.ID]) + len(w.quotes[t.old.ID])
			if n > 0 {
				c.out.Judged++
			}
			if len(c.out.Changed) < MaxListed {
				c.out.Changed = append(c.out.Changed, ChangedText{Answer: t.old, Respondent: d.who, Text: t.new.Text, Judgements: n})
			}
		}
	}
	return nil
}

// work is what people have put on answers.
type work struct {
	codings map[AnswerID][]Coding
	marks   map[AnswerID][]Mark
	quotes  map[AnswerID][]Quote
	memos   map[AnswerID][]Memo
	settled map[AnswerID][]Decision
}

func workOn(ctx context.Context, r Reader, p ProjectID, ids []AnswerID) (work, error) {
	w := work{map[AnswerID][]Coding{}, map[AnswerID][]Mark{}, map[AnswerID][]Quote{}, map[AnswerID][]Memo{}, map[AnswerID][]Decision{}}
	if len(ids) == 0 {
		return w, nil
	}
	codings, err := r.CodingsOf(ctx, p, ids)
	if err != nil {
		return w, err
	}
	for _, c := range codings {
		w.codings[c.Answer] = append(w.codings[c.Answer], c)
	}
	marks, err := r.MarksOf(ctx, p, ids)
	if err != nil {
		return w, err
	}
	for _, m := range marks {
		w.marks[m.Answer] = append(w.marks[m.Answer], m)
	}
	quotes, err := r.QuotesOf(ctx, p, ids)
	if err != nil {
		return w, err
	}
	for _, q := range quotes {
		w.quotes[q.Answer] = append(w.quotes[q.Answer], q)
	}
	decisions, err := r.DecisionsOf(ctx, p, ids)
	if err != nil {
		return w, err
	}
	for _, d := range decisions {
		w.settled[d.Answer] = append(w.settled[d.Answer], d)
	}
	targets := make([]int64, len(ids))
	for i, id := range ids {
		targets[i] = int64(id)
	}
	memos, err := r.MemosOf(ctx, p, MemoAnswer, targets)
	for _, m := range memos {
		w.memos[AnswerID(m.Target)] = append(w.memos[AnswerID(m.Target)], m)
	}
	return w, err
}
