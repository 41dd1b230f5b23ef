package demo

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/csvfile"
	"avokoodi/coding/quotes"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
	"avokoodi/coding/sqlstore"
	"avokoodi/ui/i18n"
)

// TestNobodyIsSingledOut attacks the public export of the demonstration together with its analysis tables. The attacker knows
// every respondent's background and language, and which quotes come from the same respondent (by style, say). The desk was asked
// to show as much as it allows with each quote; still every attribution, alone and with the respondent's other quotes, must fit
// at least k respondents, and no visible cell of a table that a quote points at may be below the project's threshold.
func TestNobodyIsSingledOut(t *testing.T) {
	ctx := t.Context()
	store, err := sqlstore.Open(ctx, filepath.Join(t.TempDir(), "demo.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	p, host, err := Ensure(ctx, store)
	if err != nil {
		t.Fatal(err)
	}
	svc, boards := coding.NewService(store, nil), sets.New(store)
	desk, reports := quotes.New(svc, boards.Sharing), report.New(boards)

	// What the attacker knows, read from the store and not counted by what is tested.
	background, spoken, of := map[coding.RespondentID]map[string]bool{}, map[coding.RespondentID]map[string]bool{}, map[string]coding.RespondentID{}
	external := map[coding.RespondentID]string{}
	var variables []coding.Variable
	var list []coding.Quote
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(store.View(ctx, func(r coding.Reader) error {
		variables, err = r.Variables(ctx, p.ID)
		must(err)
		label := map[coding.CategoryID]string{}
		for _, v := range variables {
			for _, c := range v.Categories {
				label[c.ID] = c.Label.In("fi")
			}
		}
		for v, err := range r.EachValue(ctx, p.ID, 0) {
			must(err)
			if background[v.Respondent] == nil {
				background[v.Respondent] = map[string]bool{}
			}
			background[v.Respondent][label[v.Category]] = true
		}
		for a, err := range r.EachAnswer(ctx, p.ID, 0, 0) {
			must(err)
			if spoken[a.Respondent] == nil {
				spoken[a.Respondent] = map[string]bool{}
			}
			spoken[a.Respondent][string(a.Language)] = true
			of[a.Text] = a.Respondent
		}
		for x, err := range r.EachRespondent(ctx, p.ID, 0) {
			must(err)
			external[x.ID] = x.External
		}
		list, err = r.Quotes(ctx, p.ID)
		return err
	}))

	// Somebody shows as much as the desk lets them: from all variables down to one.
	k, shown, refused := quotes.K(p.Quoting), 0, 0
	for i, q := range list {
		all := make([]coding.VariableID, 0, len(variables))
		for j := range variables { // begin with another variable each time
			all = append(all, variables[(i+j)%len(variables)].ID)
		}
		for n := len(all); n > 0; n-- {
			_, err := desk.Show(ctx, quotes.Change{Project: p.ID, Actor: host.ID, Quote: q.ID}, all[:n], "")
			if err == nil {
				shown++
				break
			}
			refused++
		}
		if !q.Ready() {
			continue
		}
		_, err := desk.Approve(ctx, quotes.Change{Project: p.ID, Actor: host.ID, Quote: q.ID}, nil)
		must(err)
	}
	if shown < 5 || refused < 5 {
		t.Fatalf("%d attributions shown, %d refused: the attack says too little", shown, refused)
	}

	doc, err := exporter.New(store, reports, nil).Make(ctx, exporter.KindPublicQuotes, report.Request{Project: p.ID},
		exporter.Options{Lang: "fi", T: func(key string, args ...any) string { return i18n.T("fi", key, args...) }})
	must(err)
	var raw bytes.Buffer
	must(csvfile.Format{}.Write(&raw, doc))
	for _, id := range external {
		if len(id) > 2 && strings.Contains(raw.String(), id) {
			t.Errorf("the public export names respondent %s", id)
		}
	}
	in := csv.NewReader(strings.NewReader(strings.TrimPrefix(raw.String(), "\ufeff")))
	in.Comma = ';'
	rows, err := in.ReadAll()
	must(err)
	if len(rows) < 8 {
		t.Fatalf("only %d rows", len(rows))
	}
	language := map[string]string{"suomi": "fi", "ruotsi": "sv", "englanti": "en"}
	fits := func(classes []string, lang string) int {
		n := 0
		for who := range external {
			ok := spoken[who][lang]
			for _, c := range classes {
				ok = ok && background[who][c]
			}
			if ok {
				n++
			}
		}
		return n
	}
	told := map[coding.RespondentID][]string{}
	smallest := len(external)
	for _, row := range rows[1:] {
		said, by, lang := row[2], row[4], language[row[6]]
		if lang == "" {
			t.Fatalf("language %q", row[6])
		}
		if by == "" {
			continue
		}
		classes := attributed(by, variables)
		if len(classes) == 0 {
			t.Fatalf("the attribution %q has no class", by)
		}
		n := fits(classes, lang)
		smallest = min(smallest, n)
		if n < k {
			t.Errorf("%q of %q fits %d respondents", by, said, n)
		}
		if who, ok := of[said]; ok {
			told[who] = append(told[who], classes...)
			if n := fits(told[who], lang); n < k {
				t.Errorf("the quotes of %s together fit %d respondents: %v", external[who], n, told[who])
			}
		}
	}
	if smallest == len(external) {
		t.Fatal("no attribution was exported")
	}

	// The tables beside the quotes.
	for _, v := range variables {
		table, err := reports.Count(ctx, report.Request{Project: p.ID, By: v.Key, Threshold: p.Threshold})
		must(err)
		for _, row := range table.Rows {
			for i, c := range row.Cells {
				if c.Suppressed == report.Shown && c.N > 0 && c.N < p.Threshold {
					t.Errorf("%s by %s: a cell of %d (column %d) is shown", row.Theme.Key, v.Key, c.N, i)
				}
			}
		}
	}
	t.Logf("%d quotes, %d attributions shown, %d refused, the smallest group that one fits is %d (k %d)", len(rows)-1, shown, refused, smallest, k)
}

// attributed is the classes that an attribution names.
func attributed(by string, variables []coding.Variable) []string {
	var all []string
	for _, v := range variables {
		for _, c := range v.Categories {
			all = append(all, c.Label.In("fi"))
		}
	}
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	var out []string
	for _, label := range all {
		if at := strings.Index(", "+by+", ", ", "+label+", "); at >= 0 {
			out = append(out, label)
			by = strings.Replace(by, label, fmt.Sprint("#", len(out)), 1)
		}
	}
	return out
}
