package profile_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"avokoodi/cmd/avokoodi/needed"
	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/coding/importer/csvfile"
	"avokoodi/coding/importer/profile"
	"avokoodi/coding/importer/savfile"
	"avokoodi/coding/importer/xlsxfile"
)

func reader() importer.Reader {
	return importer.NewReader(xlsxfile.Format{}, savfile.Format{}, csvfile.Format{}).With(profile.All()...)
}

// byLetters is a stand-in for language identification.
func byLetters(text string) (coding.Lang, float64, bool) {
	switch low := strings.ToLower(text); {
	case strings.ContainsAny(low, "åx") || strings.Contains(low, "och"):
		return "sv", 0.9, false
	case strings.ContainsAny(low, "äö"):
		return "fi", 0.9, false
	}
	return "en", 0.5, false
}

// imported is a file on its way into a project.
type imported struct {
	sheet    *importer.Sheet
	proposal importer.Proposal
	plan     *importer.Plan
}

func bring(t testing.TB, opts importer.Options, path string) imported {
	t.Helper()
	s, err := reader().Read(t.Context(), path, path, opts)
	var p importer.Problem
	if errors.As(err, &p) && p.Key == "import.no_file" {
		needed.Missing(t, "no %s", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	proposal, err := importer.Propose(s, byLetters)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := importer.NewPlan(t.Context(), s, proposal.Mapping, byLetters)
	if err != nil {
		t.Fatal(err)
	}
	return imported{s, proposal, plan}
}

// text brings a table written out in the test in, as CSV.
func text(t testing.TB, opts importer.Options, content string) imported {
	t.Helper()
	return bring(t, opts, file(t, "kysely.csv", content))
}

func file(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// outline writes what a file came to: id, questions, variables with their categories.
func (i imported) outline(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%s id=%s language=%s rows=%d\n", i.sheet.Profile, i.proposal.Mapping.RespondentID, i.proposal.Mapping.Language.Column, i.plan.Respondents)
	for k, q := range i.plan.Questions {
		fmt.Fprintf(&b, "? %s", q.Key)
		if of := i.proposal.Mapping.Questions[k].OtherOf; of != "" {
			fmt.Fprintf(&b, " of %s", of)
		}
		fmt.Fprintf(&b, " %q: %d\n", label(i.proposal.Mapping.Questions[k].Label), q.Answers)
	}
	for k, v := range i.plan.Variables {
		m := i.proposal.Mapping.Variables[k]
		fmt.Fprintf(&b, "%s %s %q:", map[bool]string{true: "*", false: "="}[m.Multi()], v.Key, label(m.Label))
		for _, c := range v.Categories {
			fmt.Fprintf(&b, " %s/%s=%d", c.Key, label(c.Label), c.N)
		}
		b.WriteByte('\n')
	}
	for _, p := range i.plan.Problems {
		fmt.Fprintf(&b, "! %d [%s] %s %v\n", p.Row, p.Column, strings.TrimPrefix(p.Key, "import."), p.Args)
	}
	return b.String()
}

// label writes a wording: the text, or the texts with their languages where there are several.
func label(text coding.Text) string {
	var parts []string
	for _, l := range []coding.Lang{"fi", "sv", "en"} {
		if s := text.Exact(l); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "|")
}
