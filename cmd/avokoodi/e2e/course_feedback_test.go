package e2e

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// counted is the JSON of count that scripts rely on.
type counted struct {
	Unit   string `json:"unit"`
	Base   *int   `json:"base"`
	Themes []struct {
		Key        string   `json:"key"`
		Label      string   `json:"label"`
		N          *int     `json:"n"`
		Share      *float64 `json:"share"`
		Suppressed bool     `json:"suppressed"`
	} `json:"themes"`
	By *struct {
		Variable   string `json:"variable"`
		Categories []struct {
			Key   string `json:"key"`
			Label string `json:"label"`
			Base  *int   `json:"base"`
			Cells []struct {
				Theme string `json:"theme"`
				N     *int   `json:"n"`
			} `json:"cells"`
		} `json:"categories"`
	} `json:"by"`
}

func count(t *testing.T, data, project string, args ...string) counted {
	t.Helper()
	out := mustRun(t, "", append([]string{"count", "--project", project, "--format", "json", "--data", data, "--lang", "fi"}, args...)...)
	var c counted
	if err := json.Unmarshal([]byte(out), &c); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return c
}

// byLabel is the numbers of a table; a hidden one is -1.
func (c counted) byLabel() map[string]int {
	out := map[string]int{}
	for _, th := range c.Themes {
		n := -1
		if th.N != nil && !th.Suppressed {
			n = *th.N
		}
		out[th.Label] = n
	}
	return out
}

// TestCourseFeedback imports 5,285 real Finnish answers on the command line, codes some hundreds of them over HTTP and by
// keyboard while the server runs, and counts on the command line: whole, and by a background variable.
func TestCourseFeedback(t *testing.T) {
	path := shared(t, "data/answers/course_feedback_fi.tsv")
	data := t.TempDir()
	var said struct {
		Respondents, Answers int
		Problems             []any
	}
	if err := json.Unmarshal([]byte(mustRun(t, "", "import", path, "--project", "palaute", "--data", data, "--json")), &said); err != nil {
		t.Fatal(err)
	}
	rows := tsv(t, path)
	if said.Answers != len(rows)-1 || said.Respondents != len(rows)-1 || len(said.Problems) > 0 {
		t.Fatalf("the import says %+v of %d rows", said, len(rows)-1)
	}
	addPerson(t, data, "leena", "lead")
	base, _ := serve(t, data, "serve", 1)
	v := signIn(t, base, "leena")

	labels := map[string]string{"1": "Oppi uutta", "2": "Liian vaikeaa", "3": "Kiitos", "4": "Tehtävät", "5": "Aika ei riitä", "6": "Harvinainen"}
	ids := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(labels)) {
		ids[labels[key]] = v.addTheme("palaute", labels[key], key)
	}
	m := newMemory(labels)
	row := map[string][]string{}
	cards := v.cards("palaute", "question=text&alike=apart", 400)
	for _, c := range cards {
		row[c.id] = rows[c.number]
		if got, want := plain(oneText.FindStringSubmatch(c.html)[1]), strings.Join(strings.Fields(rows[c.number][4]), " "); got != want {
			t.Fatalf("answer %s reads %q, row %d of the file has %q", c.id, got, c.number+1, want)
		}
	}
	random := rand.New(rand.NewPCG(3, 4))
	for i, c := range cards[:320] {
		v.codeOne(m, ids, c.id, i, random)
	}
	codeByKeyboard(t, base, m, cards[320:380], random)

	if got, want := count(t, data, "palaute", "--threshold", "1", "--unit", "answers"), m.answers(); !maps.Equal(got.byLabel(), want) {
		t.Errorf("count says %v, clicked was %v\n%s", got.byLabel(), want, m)
	}
	hidden := m.answers()
	for label, n := range hidden {
		if n < 5 {
			hidden[label] = -1
		}
	}
	if hidden["Harvinainen"] != -1 {
		t.Fatal("the rare theme is not rare")
	}
	got := count(t, data, "palaute")
	if !maps.Equal(got.byLabel(), hidden) || got.Base == nil || *got.Base != len(rows)-1 || got.Unit != "respondents" {
		t.Errorf("count under the project's threshold says %v of %v, clicked was %v", got.byLabel(), got.Base, hidden)
	}
	checkBreakdown(t, count(t, data, "palaute", "--threshold", "1", "--by", "column"), m, row, rows)
}

// codeOne does with one answer over HTTP what the desk's keys do, and remembers it.
func (v *visitor) codeOne(m *memory, ids map[string]string, card string, i int, random *rand.Rand) {
	v.t.Helper()
	send := func(key string) {
		v.t.Helper()
		label, on := m.themes[key], m.now[card].themes[m.themes[key]]
		switch {
		case key == "u":
			v.post("/p/palaute/undo", url.Values{}, true, http.StatusOK)
		case key == "n" || key == "-":
			state := map[string]string{"n": "none", "-": "unusable"}[key]
			if m.now[card].mark == state {
				state = "open"
			}
			v.post("/p/palaute/answers/"+card+"/state", url.Values{"state": {state}}, true, http.StatusOK)
		case on:
			v.post("/p/palaute/answers/"+card+"/themes", url.Values{"remove": {ids[label]}}, true, http.StatusOK)
		default:
			v.post("/p/palaute/answers/"+card+"/themes", url.Values{"add": {ids[label]}}, true, http.StatusOK)
		}
		m.press(card, key)
	}
	switch {
	case i%100 == 50:
		send("6")
	case i%17 == 0:
		send("-")
	case i%13 == 0:
		send("2")
		send("n")
		send("3")
	case i%11 == 0:
		send("4")
		send("4")
	case i%7 == 0:
		send("1")
		send("5")
		send("u")
	default:
		for range 1 + random.IntN(3) {
			send("11222334455"[random.IntN(11):][:1])
		}
	}
}

// codeByKeyboard goes on in a browser from a place in the list.
func codeByKeyboard(t *testing.T, base string, m *memory, cards []shownCard, random *rand.Rand) {
	t.Helper()
	b := newTab(t, base)
	b.open("/login")
	b.fill("[name=name]", "leena")
	b.fill("[name=password]", password)
	b.click("main form .solid")
	b.wait(`location.pathname === "/projects"`)
	b.open("/p/palaute/code?question=text&alike=apart&at=" + cards[0].id)
	b.wait(`document.activeElement.matches("[data-card]")`)
	for i, c := range cards {
		b.wait(`document.querySelector("[data-card][aria-current]").dataset.card === "` + c.id + `"`) // it may be on its way
		for range 1 + random.IntN(2) {
			key := "12345"[random.IntN(5):][:1]
			b.press(key)
			m.press(c.id, key)
		}
		if i < len(cards)-1 {
			b.press("j")
		}
	}
	b.saved()
}

// checkBreakdown compares counts by the file's column 'column' with what was clicked.
func checkBreakdown(t *testing.T, got counted, m *memory, row map[string][]string, rows [][]string) {
	t.Helper()
	const at = 2 // the column 'column', whose values are keys already
	if rows[0][at] != "column" || got.By == nil || got.By.Variable != "column" {
		t.Fatalf("broken down by %+v", got.By)
	}
	bases := map[string]int{}
	for _, r := range rows[1:] {
		bases[r[at]]++
	}
	want := map[string]int{}
	for card, a := range m.now {
		for label := range a.themes {
			want[row[card][at]+" "+label]++
		}
	}
	label := map[string]string{}
	for _, th := range got.Themes {
		label[th.Key] = th.Label
	}
	have, haveBases := map[string]int{}, map[string]int{}
	for _, c := range got.By.Categories {
		if c.Base != nil {
			haveBases[c.Label] = *c.Base
		}
		for _, cell := range c.Cells {
			if cell.N == nil {
				t.Errorf("a number is hidden at threshold 1: %s in %s", cell.Theme, c.Label)
			} else if *cell.N > 0 {
				have[c.Label+" "+label[cell.Theme]] = *cell.N
			}
		}
	}
	if !maps.Equal(haveBases, bases) {
		t.Errorf("bases %v, the file has %v", haveBases, bases)
	}
	if !maps.Equal(have, want) {
		t.Errorf("count by column says %v, clicked was %v", have, want)
	}
	if len(want) < 10 {
		t.Errorf("only %s cells to compare", strconv.Itoa(len(want)))
	}
}
