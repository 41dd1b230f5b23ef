package exporter_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/csvfile"
	"avokoodi/coding/exporter/markdown"
	"avokoodi/coding/exporter/xlsxfile"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sets/setstest"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
)

var update = flag.Bool("update", false, "write the golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-update writes it):\n%s", name, diff)
	}
}

func options(l coding.Lang) exporter.Options {
	return exporter.Options{Lang: l, T: func(key string, args ...any) string { return i18n.T(string(l), key, args...) }}
}

func survey(seed uint64) *setstest.Survey {
	return setstest.NewSurvey(setstest.NewStore(), setstest.Size{Respondents: 150, Questions: 2, Themes: 6, Coders: 2, Codings: 220,
		Categories: []int{4, 2}, Rounds: 2, Blank: 0.1, Seed: seed})
}

func maker(sv *setstest.Survey) *exporter.Exporter {
	return exporter.New(sv.Store, report.New(sets.New(sv.Store)), func() time.Time { return setstest.At })
}

func makeDoc(t testing.TB, sv *setstest.Survey, kind exporter.Kind, q report.Request, l coding.Lang) *exporter.Document {
	t.Helper()
	q.Project = sv.Project.ID
	d, err := maker(sv).Make(context.Background(), kind, q, options(l))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func write(t testing.TB, f exporter.Format, d *exporter.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// readCSV reads what csvfile wrote, by its delimiter, as maps by heading.
func readCSV(t testing.TB, raw []byte, delimiter rune) []map[string]string {
	t.Helper()
	text, ok := bytes.CutPrefix(raw, []byte("\xef\xbb\xbf"))
	if !ok {
		t.Fatal("no byte order mark")
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = delimiter
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range all[1:] {
		one := map[string]string{}
		for i, title := range all[0] {
			one[title] = exporter.Unguard(row[i])
		}
		out = append(out, one)
	}
	return out
}

// facts is a project read off the store, by what files call things.
type facts struct {
	answers     []coding.Answer
	codings     map[coding.AnswerID][]coding.Coding
	marks       map[coding.AnswerID][]coding.Mark
	respondents map[coding.RespondentID]coding.Respondent
	rounds      map[coding.RoundID]string
	questions   map[coding.QuestionID]string
	values      map[coding.RespondentID]map[coding.CategoryID]bool
	variables   []coding.Variable
	people      map[coding.PersonID]string
	tree        themes.Tree
	quotes      []coding.Quote
}

func readFacts(t testing.TB, sv *setstest.Survey) facts {
	t.Helper()
	f := facts{codings: map[coding.AnswerID][]coding.Coding{}, marks: map[coding.AnswerID][]coding.Mark{}, respondents: map[coding.RespondentID]coding.Respondent{},
		rounds: map[coding.RoundID]string{}, questions: map[coding.QuestionID]string{}, values: map[coding.RespondentID]map[coding.CategoryID]bool{},
		people: map[coding.PersonID]string{}}
	ctx, p := context.Background(), sv.Project.ID
	err := sv.Store.View(ctx, func(r coding.Reader) error {
		for a := range r.EachAnswer(ctx, p, 0, 0) {
			f.answers = append(f.answers, a)
		}
		for c := range r.EachCoding(ctx, p) {
			f.codings[c.Answer] = append(f.codings[c.Answer], c)
		}
		for m := range r.EachMark(ctx, p) {
			f.marks[m.Answer] = append(f.marks[m.Answer], m)
		}
		for one := range r.EachRespondent(ctx, p, 0) {
			f.respondents[one.ID] = one
			f.values[one.ID] = map[coding.CategoryID]bool{}
		}
		for v := range r.EachValue(ctx, p, 0) {
			f.values[v.Respondent][v.Category] = true
		}
		rounds, _ := r.Rounds(ctx, p)
		for _, one := range rounds {
			f.rounds[one.ID] = one.Key
		}
		questions, _ := r.Questions(ctx, p)
		for _, one := range questions {
			f.questions[one.ID] = one.Key
		}
		people, _ := r.People(ctx)
		for _, one := range people {
			f.people[one.ID] = one.Name
		}
		f.variables, _ = r.Variables(ctx, p)
		f.quotes, _ = r.Quotes(ctx, p)
		list, err := r.Themes(ctx, p)
		f.tree = themes.NewTree(list)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestCodingsReadBack finds every coding of the store in the long file, and nothing else.
func TestCodingsReadBack(t *testing.T) {
	for _, l := range themes.Langs {
		sv := survey(7)
		f := readFacts(t, sv)
		want := map[string]int{}
		for _, a := range f.answers {
			for _, c := range f.codings[a.ID] {
				th, _ := f.tree.Get(c.Theme)
				spans := c.Evidence
				if len(spans) == 0 {
					spans = []coding.Span{{Start: -1}}
				}
				for _, sp := range spans {
					start, end, words := "", "", ""
					if sp.Start >= 0 {
						start, end, words = strconv.Itoa(sp.Start), strconv.Itoa(sp.End), string([]rune(a.Text)[sp.Start:sp.End])
					}
					want[fmt.Sprint([]string{f.respondents[a.Respondent].External, f.rounds[a.Round], f.questions[a.Question], string(a.Language), th.Key,
						th.Label.In(l), f.people[c.Coder], string(c.Source), start, end, words, c.At.Format(time.RFC3339)})]++
				}
			}
		}
		delimiter := ';'
		if l == "en" {
			delimiter = ','
		}
		got := map[string]int{}
		for _, row := range readCSV(t, write(t, csvfile.Format{}, makeDoc(t, sv, exporter.KindCodings, report.Request{}, l)), delimiter) {
			var cells []string
			for _, title := range []string{"respondent", "round", "question", "language", "theme", "theme_label", "coder", "source", "start", "end", "evidence", "at"} {
				cells = append(cells, row[title])
			}
			got[fmt.Sprint(cells)]++
		}
		if diff := cmp.Diff(want, got); diff != "" || len(got) < 100 {
			t.Errorf("%s: %d codings\n%s", l, len(got), diff)
		}
	}
}

// TestAnswersReadBack finds every answer with its state and background, word for word.
func TestAnswersReadBack(t *testing.T) {
	sv := survey(8)
	f := readFacts(t, sv)
	o := options("fi")
	rows := readCSV(t, write(t, csvfile.Format{}, makeDoc(t, sv, exporter.KindAnswers, report.Request{Questions: []string{"q2"}}, "fi")), ';')
	i := 0
	for _, a := range f.answers {
		if f.questions[a.Question] != "q2" {
			continue
		}
		if i == len(rows) {
			t.Fatalf("only %d rows", len(rows))
		}
		want := map[string]string{o.T("export.col_respondent"): f.respondents[a.Respondent].External, o.T("export.col_round"): f.rounds[a.Round],
			o.T("export.col_question"): "q2", o.T("export.col_question_text"): "Kysymys q2", o.T("export.col_answer"): a.Text,
			o.T("export.col_state"): o.T("export.state_" + string(coding.StateOf(f.codings[a.ID], f.marks[a.ID]))), o.T("export.col_language"): ""}
		if a.Language != "" {
			want[o.T("export.col_language")] = o.T("export.lang_" + string(a.Language))
		}
		for _, v := range f.variables {
			want[v.Label.FI] = ""
			for _, c := range v.Categories {
				if f.values[a.Respondent][c.ID] {
					want[v.Label.FI] = c.Label.FI
				}
			}
		}
		if diff := cmp.Diff(want, rows[i]); diff != "" {
			t.Fatalf("answer %d:\n%s", a.ID, diff)
		}
		i++
	}
	if i != len(rows) || i == 0 {
		t.Errorf("%d rows, want %d", len(rows), i)
	}
}

// TestMatrixReadBack compares every 0 and 1 with the codings.
func TestMatrixReadBack(t *testing.T) {
	sv := survey(9)
	f := readFacts(t, sv)
	d := makeDoc(t, sv, exporter.KindMatrix, report.Request{}, "sv")
	rows := readCSV(t, write(t, csvfile.Format{}, d), ';')
	if len(rows) != len(f.answers) {
		t.Fatalf("%d rows, want %d", len(rows), len(f.answers))
	}
	for i, a := range f.answers {
		want := map[string]string{"respondent": f.respondents[a.Respondent].External, "round": f.rounds[a.Round], "question": f.questions[a.Question],
			"language": string(a.Language), "state": string(coding.StateOf(f.codings[a.ID], f.marks[a.ID]))}
		for _, th := range f.tree.All() {
			want[th.Key] = "0"
			for _, c := range f.codings[a.ID] {
				if c.Theme == th.ID {
					want[th.Key] = "1"
				}
			}
		}
		if diff := cmp.Diff(want, rows[i]); diff != "" {
			t.Fatalf("answer %d:\n%s", a.ID, diff)
		}
	}
	if len(d.Tables) != 3 || len(d.Tables[0].Variables) != len(d.Tables[0].Columns) {
		t.Error("the matrix does not say what its columns are")
	}
}

func TestQuotes(t *testing.T) {
	sv := survey(10)
	f := readFacts(t, sv)
	if len(f.quotes) < 2 {
		t.Fatal("the survey has no quotes")
	}
	own := readCSV(t, write(t, csvfile.Format{}, makeDoc(t, sv, exporter.KindQuotes, report.Request{}, "en")), ',')
	public := write(t, csvfile.Format{}, makeDoc(t, sv, exporter.KindPublicQuotes, report.Request{}, "en"))
	if len(own) != len(f.quotes) || len(readCSV(t, public, ',')) != len(f.quotes) {
		t.Errorf("%d and %d quotes, want %d", len(own), len(readCSV(t, public, ',')), len(f.quotes))
	}
	said := map[string]int{}
	for _, row := range own {
		said[row["Respondent"]+"|"+row["Quote"]]++
	}
	for _, q := range f.quotes {
		for _, a := range f.answers {
			if a.ID != q.Answer {
				continue
			}
			if said[f.respondents[a.Respondent].External+"|"+a.Text] == 0 {
				t.Errorf("quote %d is not there", q.ID)
			}
			for name, raw := range map[string][]byte{"csv": public, "md": write(t, markdown.Format{}, makeDoc(t, sv, exporter.KindPublicQuotes, report.Request{}, "en"))} {
				if bytes.Contains(raw, []byte(f.respondents[a.Respondent].External)) {
					t.Errorf("%s: a public quote names respondent %s", name, f.respondents[a.Respondent].External)
				}
			}
		}
	}
	golden(t, "quotes.md", write(t, markdown.Format{}, makeDoc(t, sv, exporter.KindQuotes, report.Request{}, "fi")))
	golden(t, "public-quotes.md", write(t, markdown.Format{}, makeDoc(t, sv, exporter.KindPublicQuotes, report.Request{}, "sv")))
}

// TestPublicQuotesTellNoBackground refuses quotes that were picked by a background class.
func TestPublicQuotesTellNoBackground(t *testing.T) {
	sv := survey(10)
	v := readFacts(t, sv).variables[0]
	q := report.Request{Project: sv.Project.ID, Filter: sets.Filter{Categories: map[coding.VariableID][]coding.CategoryID{v.ID: {v.Categories[0].ID}}}}
	_, err := maker(sv).Make(t.Context(), exporter.KindPublicQuotes, q, options("fi"))
	var p coding.Problem
	if !errors.As(err, &p) || p.Key != "export.public_background" {
		t.Errorf("got %v", err)
	}
	if _, err := maker(sv).Make(t.Context(), exporter.KindQuotes, q, options("fi")); err != nil {
		t.Errorf("quotes of one's own: %v", err)
	}
}

func TestStretch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		runes := []rune(text)
		sp := coding.Span{Start: rapid.IntRange(0, 20).Draw(t, "start"), End: rapid.IntRange(0, 25).Draw(t, "end")}
		want := text
		if sp.End > sp.Start {
			want = string(runes[min(sp.Start, len(runes)):min(sp.End, len(runes))])
		}
		if got := exporter.Stretch(text, sp); got != want {
			t.Fatalf("%q %v: %q, want %q", text, sp, got, want)
		}
	})
}

func TestCodebook(t *testing.T) {
	sv := survey(11)
	th := coding.Theme{Key: "=x", Parent: 1, Label: coding.Text{FI: "=SUMMA(A1)", SV: "Å; \"ä\"\nö"}, Definition: coding.Text{EN: "What it is"}, Hue: 3,
		Shortcut: "q", Retired: true, Version: 4, Aliases: []string{"old", "vanha"}, Keywords: themes.Keywords{FI: []string{"apu", "tuki"}}}
	err := sv.Store.Update(t.Context(), func(tx coding.Tx) error {
		st, _ := tx.Begin(t.Context(), sv.Project.ID, 1, coding.OpTheme, "", 0)
		_, err := tx.Put(t.Context(), st, nil, th)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	raw := write(t, csvfile.Format{}, makeDoc(t, sv, exporter.KindCodebook, report.Request{}, "fi"))
	golden(t, "codebook.csv", raw)
	rows := readCSV(t, raw, ';')
	f := readFacts(t, sv)
	if len(rows) != f.tree.Len() {
		t.Fatalf("%d themes, want %d", len(rows), f.tree.Len())
	}
	for i, want := range f.tree.All() {
		if rows[i]["key"] != want.Key || rows[i]["label_sv"] != want.Label.SV || rows[i]["version"] != strconv.Itoa(want.Version) {
			t.Errorf("row %d: %v", i, rows[i])
		}
	}
}

func request(l coding.Lang) report.Request {
	return report.Request{By: "v1", Languages: []coding.Lang{l, ""}}
}

func TestCountsGolden(t *testing.T) {
	sv := survey(12)
	golden(t, "counts.fi.csv", write(t, csvfile.Format{}, makeDoc(t, sv, exporter.KindCounts, request("fi"), "fi")))
	golden(t, "counts.en.csv", write(t, csvfile.Format{}, makeDoc(t, sv, exporter.KindCounts, report.Request{By: "language", Unit: report.Answers, Net: true}, "en")))
	golden(t, "counts.sv.md", write(t, markdown.Format{}, makeDoc(t, sv, exporter.KindCounts, report.Request{By: "v2", None: true}, "sv")))
}

// TestCountsJSON reads the contract's form back and compares it with the table.
func TestCountsJSON(t *testing.T) {
	sv := survey(12)
	q := request("fi")
	q.Project = sv.Project.ID
	table, err := report.New(sets.New(sv.Store)).Count(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := exporter.CountsJSON(&b, table, options("fi")); err != nil {
		t.Fatal(err)
	}
	golden(t, "counts.json", b.Bytes())
	type cell struct {
		Key, Label, Theme string
		N                 *int
		Share             *float64
		Suppressed        bool
	}
	var got struct {
		Unit   string
		Base   int
		Themes []cell
		By     struct {
			Variable   string
			Categories []struct {
				Key, Label string
				Base       *int
				Cells      []cell
			}
			Tests []any
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	same := func(got cell, want report.Cell) {
		t.Helper()
		if got.Suppressed != (want.Suppressed != report.Shown) || (got.N == nil) != (want.Suppressed != report.Shown) || (got.Share == nil) != (got.N == nil) {
			t.Errorf("%+v, want %+v", got, want)
		} else if got.N != nil && (*got.N != want.N || *got.Share != want.Share) {
			t.Errorf("%d %f, want %+v", *got.N, *got.Share, want)
		}
	}
	if got.Unit != "respondents" || got.Base != table.Base.N || got.By.Variable != "v1" || got.By.Tests == nil {
		t.Errorf("%+v", got)
	}
	hidden := 0
	for i, r := range table.Rows {
		same(got.Themes[i], r.Total)
		for j, c := range r.Cells {
			same(got.By.Categories[j].Cells[i], c)
			if c.Suppressed != report.Shown {
				hidden++
			}
		}
	}
	if hidden == 0 {
		t.Error("the test table hides nothing")
	}
}

// TestKeys holds the catalogue and the code together: every key that a document asks for is there in every language.
func TestKeys(t *testing.T) {
	sv := survey(13)
	s := readFacts(t, sv)
	v := s.variables[0]
	everything := report.Request{Questions: []string{"q1"}, Rounds: []string{"2020"}, Languages: []coding.Lang{"fi", "sv", "en", ""}, Net: true, Filter: sets.Filter{
		States: coding.States[:], Themes: []coding.ThemeID{1}, AllThemes: []coding.ThemeID{1}, NoThemes: []coding.ThemeID{2}, Coders: []coding.PersonID{1}, By: 1,
		Categories: map[coding.VariableID][]coding.CategoryID{v.ID: {0, v.Categories[0].ID}}, Memo: sets.No, Quote: sets.No, Mixed: sets.No, Within: sets.Of(1)}}
	for _, l := range themes.Langs {
		missing := map[string]bool{}
		o := exporter.Options{Lang: l, T: func(key string, args ...any) string {
			if !i18n.Has(string(l), key) {
				missing[key] = true
			}
			return i18n.T(string(l), key, args...)
		}}
		for _, kind := range exporter.Kinds {
			if kind == exporter.KindPublicQuotes {
				everything.Filter.Categories = nil
			}
			for _, unit := range []report.Unit{report.Respondents, report.Answers, report.Codings} {
				for _, by := range []string{"", "question", "round", "language", "v1"} {
					for _, threshold := range []int{0, 1} {
						if kind != exporter.KindCounts && (by != "" || unit != report.Respondents || threshold > 0) {
							continue
						}
						q := everything
						q.Project, q.By, q.Unit, q.Threshold, q.None = sv.Project.ID, by, unit, threshold, true
						for _, q := range []report.Request{q, {Project: sv.Project.ID, By: by, Unit: unit, Threshold: threshold, None: true}} {
							d, err := maker(sv).Make(t.Context(), kind, q, o)
							if err != nil {
								t.Fatal(err)
							}
							for _, f := range []exporter.Format{csvfile.Format{}, markdown.Format{}} {
								write(t, f, d)
							}
						}
					}
				}
			}
		}
		for key := range missing {
			t.Errorf("%s lacks %q", l, key)
		}
	}
	for _, key := range []string{"export.format_unknown", "export.kind_unknown", "export.public_background", "report.by_unknown", "question.unknown", "report.round_unknown", "report.unit_unknown"} {
		if !i18n.Has("fi", key) {
			t.Errorf("no text for the problem %q", key)
		}
	}
}

func TestGuard(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`['=+\-@\t\r\n]{1,4}[a-z]?`)).Draw(t, "text")
		g := exporter.Guard(s)
		if exporter.Unguard(g) != s {
			t.Fatalf("%q became %q became %q", s, g, exporter.Unguard(g))
		}
		if g != "" && strings.ContainsRune("=+-@\t\r\n", rune(g[0])) {
			t.Fatalf("%q is taken for a formula", g)
		}
	})
	for s, want := range map[string]string{"=1+1": "'=1+1", "-": "'-", "@a": "'@a", "+358": "'+358", "\tx": "'\tx", "\rx": "'\rx", "ei": "ei", "'ei": "'ei", "": "", "5-6": "5-6"} {
		if got := exporter.Guard(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestUnknownKindAndFormat(t *testing.T) {
	sv := survey(1)
	var p coding.Problem
	_, err := maker(sv).Make(t.Context(), "poem", report.Request{Project: sv.Project.ID}, options("fi"))
	if !errors.As(err, &p) || p.Key != "export.kind_unknown" {
		t.Errorf("kind: %v", err)
	}
	fs := exporter.Formats{csvfile.Format{}, xlsxfile.Format{}, markdown.Format{}}
	for name, want := range map[string]string{"a.csv": "csv", "/x/Luvut.XLSX": "xlsx", "q.tar.md": "md", "csv": "csv"} {
		if f, err := fs.For(name); err != nil || f.Ending() != want {
			t.Errorf("%s: %v, %v", name, f, err)
		}
	}
	if _, err := fs.For("a.pdf"); !errors.As(err, &p) || p.Key != "export.format_unknown" {
		t.Errorf("format: %v", err)
	}
}

// TestSave leaves the old file in its place when an export breaks.
func TestSave(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.csv")
	sv := survey(2)
	d := makeDoc(t, sv, exporter.KindCounts, report.Request{}, "fi")
	if err := exporter.Save(path, func(w io.Writer) error { return csvfile.Format{}.Write(w, d) }); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(path)
	ctx, cancel := context.WithCancel(t.Context())
	broken, err := maker(sv).Make(ctx, exporter.KindAnswers, report.Request{Project: sv.Project.ID}, options("fi"))
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := exporter.Save(path, func(w io.Writer) error { return csvfile.Format{}.Write(w, broken) }); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled export: %v", err)
	}
	after, _ := os.ReadFile(path)
	list, _ := os.ReadDir(dir)
	if !bytes.Equal(before, after) || len(list) != 1 {
		t.Errorf("the directory has %v", list)
	}
}

func TestLeastRole(t *testing.T) {
	for _, k := range exporter.Kinds {
		public := slices.Contains([]exporter.Kind{exporter.KindCounts, exporter.KindPublicQuotes, exporter.KindCodebook, exporter.KindPairs, exporter.KindRounds}, k)
		if (k.Least() == coding.RoleReader) != public {
			t.Errorf("%s for %s", k, k.Least())
		}
	}
}
