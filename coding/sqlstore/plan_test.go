package sqlstore

import (
	"database/sql"
	"strings"
	"testing"

	"avokoodi/coding"
)

// TestPlans asks SQLite how it finds the rows of the queries that large projects stand or fall with.
func TestPlans(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	p := coding.ProjectID(1)
	for name, c := range map[string]struct {
		run  func(r coding.Reader)
		want string
	}{
		"answer":            {func(r coding.Reader) { _, _ = r.Answer(ctx, p, 1) }, "PRIMARY KEY (rowid=?)"},
		"answer of":         {func(r coding.Reader) { _, _ = r.AnswerOf(ctx, p, 1, 1) }, "answers_respondent (project_id=? AND respondent_id=? AND question_id=?)"},
		"answers":           {func(r coding.Reader) { _, _ = r.Answers(ctx, p, []coding.AnswerID{1, 2}) }, "id=?"},
		"codings of one":    {func(r coding.Reader) { _, _ = r.CodingsOf(ctx, p, []coding.AnswerID{1}) }, "codings_answer (project_id=? AND answer_id=?)"},
		"codings of many":   {func(r coding.Reader) { _, _ = r.CodingsOf(ctx, p, make50()) }, "codings_answer (project_id=? AND answer_id=?)"},
		"codings with":      {func(r coding.Reader) { _, _ = r.CodingsWith(ctx, p, 1) }, "codings_theme (project_id=? AND theme_id=?)"},
		"marks of one":      {func(r coding.Reader) { _, _ = r.MarksOf(ctx, p, []coding.AnswerID{1}) }, "marks_answer (project_id=? AND answer_id=?)"},
		"memos of one":      {func(r coding.Reader) { _, _ = r.MemosOf(ctx, p, "answer", []int64{1}) }, "memos_target (project_id=? AND target_kind=? AND target_id=?)"},
		"quotes of one":     {func(r coding.Reader) { _, _ = r.QuotesOf(ctx, p, []coding.AnswerID{1}) }, "quotes_answer (project_id=? AND answer_id=?)"},
		"values of one":     {func(r coding.Reader) { _, _ = r.ValuesOf(ctx, p, []coding.RespondentID{1}) }, "PRIMARY KEY (project_id=? AND respondent_id=?)"},
		"respondents named": {func(r coding.Reader) { _, _ = r.RespondentsNamed(ctx, p, "x") }, "respondents_external (round_id=? AND external=?)"},
		"each answer":       {func(r coding.Reader) { drain(r.EachAnswerHead(ctx, p, 0)) }, "answers_project (project_id=? AND id>?)"},
		"each respondent":   {func(r coding.Reader) { drain(r.EachRespondent(ctx, p, 0)) }, "respondents_project (project_id=? AND id>?)"},
		"each value":        {func(r coding.Reader) { drain(r.EachValue(ctx, p, 0)) }, "PRIMARY KEY (project_id=? AND respondent_id>?)"},
		"each coding":       {func(r coding.Reader) { drain(r.EachCoding(ctx, p)) }, "codings_project (project_id=? AND id>?)"},
		"each coding head":  {func(r coding.Reader) { drain(r.EachCodingHead(ctx, p)) }, "COVERING INDEX codings_answer (project_id=? AND (answer_id,theme_id,coder_id)>(?,?,?))"},
		"each moment":       {func(r coding.Reader) { drain(r.EachCodingMoment(ctx, p)) }, "codings_project (project_id=? AND id>?)"},
		"each mark":         {func(r coding.Reader) { drain(r.EachMark(ctx, p)) }, "marks_project (project_id=? AND id>?)"},
		"each memo":         {func(r coding.Reader) { drain(r.EachMemo(ctx, p, "answer")) }, "memos_kind (project_id=? AND target_kind=? AND id>?)"},
		"changes":           {func(r coding.Reader) { _, _ = r.Changes(ctx, p, 1, 10) }, "PRIMARY KEY (project_id=? AND seq>?)"},
		"changes of":        {func(r coding.Reader) { _, _ = r.ChangesOf(ctx, p, 1) }, "PRIMARY KEY (project_id=? AND seq>? AND seq<?)"},
		"last change":       {func(r coding.Reader) { _, _ = r.LastChange(ctx, p, "coding", 1) }, "changes_entity (project_id=? AND kind=? AND entity_id=?)"},
		"change in":         {func(r coding.Reader) { _, _ = r.ChangeIn(ctx, p, 1, "coding", 1) }, "changes_entity (project_id=? AND kind=? AND entity_id=?)"},
		"recheck codings":   {func(r coding.Reader) { _, _ = r.RecheckCodings(ctx, p) }, "codings_recheck (project_id=?)"},
		"recheck marks":     {func(r coding.Reader) { _, _ = r.RecheckMarks(ctx, p) }, "marks_recheck (project_id=?)"},
		"steps":             {func(r coding.Reader) { _, _ = r.Steps(ctx, p, coding.StepFilter{}) }, "PRIMARY KEY (project_id=?)"},
		"steps of one":      {func(r coding.Reader) { _, _ = r.Steps(ctx, p, coding.StepFilter{Actor: 1, Before: 9}) }, "steps_actor (project_id=? AND actor_id=? AND id<?)"},
	} {
		query := prepared(t, s, c.run)
		plan := plan(t, s, query)
		plan = strings.TrimSuffix(plan, "; SCAN b") // the rows of a block, which are found already
		if !strings.Contains(plan, c.want) || strings.Contains(plan, "SCAN") {
			t.Errorf("%s: %s\nwant %s\n%s", name, plan, c.want, query)
		}
		if strings.HasPrefix(name, "each") && strings.Contains(plan, "B-TREE") {
			t.Errorf("%s sorts: %s", name, plan)
		}
	}
}

func make50() []coding.AnswerID {
	ids := make([]coding.AnswerID, 50)
	for i := range ids {
		ids[i] = coding.AnswerID(i)
	}
	return ids
}

func drain[T any](seq func(func(T, error) bool)) {
	for range seq {
	}
}

// prepared is the one statement that run prepares.
func prepared(t *testing.T, s *Store, run func(coding.Reader)) (query string) {
	t.Helper()
	must(t, s.read(t.Context(), func(r *reader) error {
		had := len(r.conn.stmts)
		clear(r.conn.stmts) // leaks them for the length of the test
		run(r)
		for q := range r.conn.stmts {
			if q != "ROLLBACK" {
				query = q
			}
		}
		if len(r.conn.stmts) != 1 {
			t.Errorf("%d statements prepared (%d before)", len(r.conn.stmts), had)
		}
		return nil
	}))
	return query
}

func plan(t *testing.T, s *Store, query string) string {
	t.Helper()
	c, err := openConn(t.Context(), s.side)
	must(t, err)
	defer c.close()
	args := make([]any, strings.Count(query, "?"))
	for n := 1; strings.Contains(query, "$"+string(rune('0'+n))); n++ {
		args = append(args, 1)
	}
	var lines []string
	must(t, c.query(t.Context(), "EXPLAIN QUERY PLAN "+native(query), args, func(rows *sql.Rows) error {
		var a, b, d int
		var line string
		err := rows.Scan(&a, &b, &d, &line)
		lines = append(lines, line)
		return err
	}))
	return strings.Join(lines, "; ")
}
