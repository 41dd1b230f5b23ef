package coding

import (
	"context"
	"maps"
	"slices"
)

// Revision is what a corrected file means to a round that has answers already.
type Revision struct {
	Round       Round
	Respondents int // in the file
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

// Revision compares a corrected file with the round of the same key. Problems: 'revise.no_round', 'revise.no_id' for rows
// without an id of their own, 'revise.nobody_same' and 'revise.no_common_question' for what is probably another file,
// 'import.same_file'.
func (s *Service) Revision(ctx context.Context, p ProjectID, actor PersonID, b Batch) (Revision, error) {
	var out Revision
	err := s.store.View(ctx, func(r Reader) error {
		if err := need(ctx, r, p, actor, RoleLead); err != nil {
			return err
		}
		if err := newFile(ctx, r, p, b); err != nil {
			return err
		}
		erased := 0
		b, err := without(ctx, r, p, b, func(n int) { erased = n })
		if err != nil {
			return err
		}
		c, err := compare(ctx, r, p, b)
		if err != nil {
			return err
		}
		if err := c.each(ctx, func([]revised) error { return nil }); err != nil {
			return err
		}
		out = c.out
		out.Erased = erased
		return nil
	})
	return out, err
}

// compared is a round and a file beside each other.
type compared struct {
	r          Reader
	p          ProjectID
	batch      Batch
	people     map[string]Respondent // of the round
	seen       map[RespondentID]bool // in the file
	answers    map[RespondentID][]Answer
	questions  []QuestionID   // of the batch; 0 for a new one
	categories [][]CategoryID // of the batch's variables; 0 for a new one
	variable   map[CategoryID]int
	out        Revision
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

func compare(ctx context.Context, r Reader, p ProjectID, b Batch) (*compared, error) {
	c := &compared{r: r, p: p, batch: b, people: map[string]Respondent{}, seen: map[RespondentID]bool{}, answers: map[RespondentID][]Answer{},
		variable: map[CategoryID]int{}}
	if b.Numbered {
		return nil, problem("respondent_id", "revise.no_id")
	}
	rounds, err := r.Rounds(ctx, p)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(rounds, func(one Round) bool { return one.Key == b.Round.Key })
	if i < 0 {
		return nil, problem("round", "revise.no_round", b.Round.Label)
	}
	c.out.Round = rounds[i]
	for one, err := range r.EachRespondent(ctx, p, 0) {
		if err != nil {
			return nil, err
		}
		if one.Round == c.out.Round.ID {
			c.people[one.External] = one
		}
	}
	answered := map[QuestionID]bool{}
	for a, err := range r.EachAnswerHead(ctx, p, 0) {
		if err != nil {
			return nil, err
		}
		if a.Round == c.out.Round.ID {
			c.answers[a.Respondent] = append(c.answers[a.Respondent], a)
			answered[a.Question] = true
		}
	}
	if err := c.matchQuestions(ctx, answered); err != nil {
		return nil, err
	}
	return c, c.matchVariables(ctx)
}

func (c *compared) matchQuestions(ctx context.Context, answered map[QuestionID]bool) error {
	have, err := c.r.Questions(ctx, c.p)
	if err != nil {
		return err
	}
	common := false
	for _, q := range c.batch.Questions {
		i := slices.IndexFunc(have, func(one Question) bool { return one.Key == q.Key })
		if i < 0 {
			c.questions = append(c.questions, 0)
			c.out.NewQuestions = append(c.out.NewQuestions, q)
			continue
		}
		c.questions = append(c.questions, have[i].ID)
		common = common || answered[have[i].ID]
	}
	for _, q := range have {
		if answered[q.ID] && !slices.Contains(c.questions, q.ID) {
			c.out.LeftQuestions = append(c.out.LeftQuestions, q)
		}
	}
	if !common && len(answered) > 0 {
		return problem("questions", "revise.no_common_question", c.out.Round.Label)
	}
	return nil
}

func (c *compared) matchVariables(ctx context.Context) error {
	have, err := c.r.Variables(ctx, c.p)
	if err != nil {
		return err
	}
	named := map[string]bool{}
	for i, v := range c.batch.Variables {
		named[v.Key] = true
		ids := make([]CategoryID, len(v.Categories))
		j := slices.IndexFunc(have, func(one Variable) bool { return one.Key == v.Key })
		if j < 0 {
			c.out.NewVariables = append(c.out.NewVariables, v)
			c.categories = append(c.categories, ids)
			continue
		}
		for _, cat := range have[j].Categories {
			c.variable[cat.ID] = i
			if k := slices.IndexFunc(v.Categories, func(one Category) bool { return one.Key == cat.Key }); k >= 0 {
				ids[k] = cat.ID
			}
		}
		c.categories = append(c.categories, ids)
	}
	for _, v := range have {
		if !named[v.Key] && !v.Derived() {
			c.out.LeftVariables = append(c.out.LeftVariables, v)
		}
	}
	return nil
}

// each compares the file's rows, many at a time, and adds up.
func (c *compared) each(ctx context.Context, fn func([]revised) error) error {
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
	if err := flush(); err != nil {
		return err
	}
	if len(c.seen) == 0 && len(c.people) > 0 {
		return problem("respondent_id", "revise.nobody_same", c.out.Round.Label)
	}
	c.missing()
	return nil
}

func (c *compared) missing() {
	for _, one := range c.people {
		if !c.seen[one.ID] {
			c.out.Missing = append(c.out.Missing, one)
		}
	}
	slices.SortFunc(c.out.Missing, func(a, b Respondent) int { return int(a.ID - b.ID) })
}

func (c *compared) rows(ctx context.Context, rows []BatchRow) ([]revised, error) {
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
		one, ok := c.people[row.External]
		if !ok {
			c.out.New++
			out = append(out, revised{row: row})
			continue
		}
		c.seen[one.ID] = true
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

func (c *compared) compareAnswers(d *revised, have []Answer) {
	told := map[QuestionID]bool{}
	for _, a := range d.row.Answers {
		q := c.questions[a.Question]
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
		if !told[old.Question] && slices.Contains(c.questions, old.Question) {
			d.blank = append(d.blank, old)
		}
	}
	c.out.Added += len(d.added)
	c.out.Texts += len(d.texts)
	c.out.Blank = append(c.out.Blank, d.blank...)
}

// compareValues replaces the values of each variable that the row has; those of a variable that is blank there stay.
func (c *compared) compareValues(d *revised, have []CategoryID) {
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
func (c *compared) judged(ctx context.Context, list []revised) error {
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
}

func workOn(ctx context.Context, r Reader, p ProjectID, ids []AnswerID) (work, error) {
	w := work{map[AnswerID][]Coding{}, map[AnswerID][]Mark{}, map[AnswerID][]Quote{}, map[AnswerID][]Memo{}}
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
