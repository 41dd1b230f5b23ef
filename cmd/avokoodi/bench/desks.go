package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/sqlstore"
)

// Of the desks that are open at the same time.
const (
	openDesks = 50
	deskTime  = 10 * time.Second
	deskPace  = 400 * time.Millisecond // between two acts of one coder, on average
	deskQuery = "question=q1&alike=apart"
)

// desk is one coder with the desk open: its cards are kept as the open line tells, like the page's script does.
type desk struct {
	name   string
	person coding.PersonID
	client *http.Client
	base   string
	mu     sync.Mutex
	seq    int64
	cards  map[int64]seenCard
	events int
}

// seenCard is what a card shows.
type seenCard struct {
	all, mine []int64 // themes, by id
	state     string  // of what everybody judged
	own       string  // of what the person judged
}

// desks lets fifty coders with open desks code the same answers for a while, and then holds every card of every desk, the filters'
// counts and the report against the store, read by SQL.
func (b *bench) desks(ctx context.Context) error {
	data, err := b.project(ctx)
	if err != nil {
		return err
	}
	s, err := b.ready(ctx, data, "big")
	if err != nil {
		return err
	}
	people, err := coders(ctx, data)
	if err != nil {
		return err
	}
	if err := s.start(ctx); err != nil {
		return err
	}
	defer s.stop()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var all []*desk
	for i, who := range people {
		d := &desk{name: who.Name, person: who.ID, base: s.base, cards: map[int64]seenCard{}}
		if err := d.open(ctx, i); err != nil {
			return fmt.Errorf("desk %d: %w", i, err)
		}
		all = append(all, d)
	}
	broken := make(chan error, openDesks)
	for _, d := range all {
		go func() {
			if err := d.follow(ctx); err != nil && ctx.Err() == nil {
				broken <- fmt.Errorf("%s: %w", d.name, err)
			}
		}()
	}
	times, err := act(all, s.themes)
	if err != nil {
		return err
	}
	if err := settled(ctx, data, s.id, all, broken); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(data, "avokoodi.db")+"?_pragma=query_only(1)")
	if err != nil {
		return err
	}
	defer db.Close()
	cards, events := 0, 0
	for _, d := range all {
		want, err := recount(ctx, db, s.id, d)
		if err != nil {
			return err
		}
		for id, card := range d.cards {
			if fmt.Sprint(card) != fmt.Sprint(want[id]) {
				return fmt.Errorf("%s: answer %d is shown as %+v, the store has %+v", d.name, id, card, want[id])
			}
			cards++
		}
		events += d.events
	}
	compared, err := s.sameCounts(ctx, db)
	if err != nil {
		return err
	}
	slices.Sort(times)
	b.put(row{Name: fmt.Sprintf("acts of %d coders with open desks", len(all)), Value: float64(len(times)), Unit: ""})
	b.put(row{Name: "such an act, p50", Value: percentile(times, .5), Unit: "ms"})
	b.put(row{Name: "such an act, p99", Value: percentile(times, .99), Unit: "ms", Goal: "≤ 100"})
	b.put(row{Name: "events that the desks were told", Value: float64(events), Unit: ""})
	b.put(row{Name: "cards on all desks equal to the store", Value: float64(cards), Unit: ""})
	b.put(row{Name: "counts of report and filters equal to the store", Value: float64(compared), Unit: ""})
	return nil
}

// coders are the people at the desks.
func coders(ctx context.Context, data string) ([]coding.Person, error) {
	store, err := sqlstore.Open(ctx, filepath.Join(data, "avokoodi.db"))
	if err != nil {
		return nil, err
	}
	defer store.Close()
	svc := coding.NewService(store, nil)
	var out []coding.Person
	for i := range openDesks {
		name := fmt.Sprintf("desk%02d", i)
		var who coding.Person
		err := store.View(ctx, func(r coding.Reader) (err error) { who, err = r.PersonNamed(ctx, name); return err })
		if errors.Is(err, coding.ErrNotFound) { // not by an earlier run in the same folder
			who, err = svc.AddPerson(ctx, coding.Operator, coding.NewPerson{Name: name, Password: "bench password", Role: coding.RoleLead})
		}
		if err != nil {
			return nil, err
		}
		out = append(out, who)
	}
	return out, nil
}

// open signs in, from an address of its own, and reads the first page of the desk.
func (d *desk) open(ctx context.Context, i int) error {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	d.client = &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 8}}
	login := url.Values{"name": {d.name}, "password": {"bench password"}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.base+"/login", strings.NewReader(login.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("X-Forwarded-For", fmt.Sprintf("10.0.0.%d", i+1))
	res, err := d.client.Do(req)
	if err != nil {
		return err
	}
	res.Body.Close()
	page, err := get(ctx, d.client, d.base+"/p/big/code?"+deskQuery)
	if err != nil {
		return err
	}
	m := regexp.MustCompile(`data-cards data-seq="(\d+)"`).FindStringSubmatch(page)
	if m == nil {
		return errors.New("the page has no cards")
	}
	d.seq, _ = strconv.ParseInt(m[1], 10, 64)
	d.learn(page)
	if len(d.cards) == 0 {
		return errors.New("the desk is empty")
	}
	return nil
}

var (
	cardStart = regexp.MustCompile(`<article class="card state-([a-z]*)" id="a(\d+)"[^>]* data-state="([a-z]*)"`)
	chipStart = regexp.MustCompile(`<span class="chip[^>]* data-theme="(\d+)"( data-mine)?`)
)

// learn takes over the cards of a piece of HTML.
func (d *desk) learn(text string) {
	for card := range strings.SplitSeq(text, "</article>") {
		m := cardStart.FindStringSubmatch(card)
		if m == nil {
			continue
		}
		id, _ := strconv.ParseInt(m[2], 10, 64)
		seen := seenCard{state: m[1], own: m[3]}
		for _, chip := range chipStart.FindAllStringSubmatch(card, -1) {
			th, _ := strconv.ParseInt(chip[1], 10, 64)
			seen.all = append(seen.all, th)
			if chip[2] != "" {
				seen.mine = append(seen.mine, th)
			}
		}
		slices.Sort(seen.all)
		slices.Sort(seen.mine)
		d.cards[id] = seen
	}
}

// follow reads the open line, and reads again what it names of the cards that are shown. A line that is cut is opened anew, from
// the last change that is known.
func (d *desk) follow(ctx context.Context) error {
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/p/big/live?since=%d", d.base, d.known()), nil)
		if err != nil {
			return err
		}
		res, err := d.client.Do(req)
		if err != nil {
			return err
		}
		in := bufio.NewScanner(res.Body)
		in.Buffer(nil, 1<<20)
		for in.Scan() {
			data, ok := strings.CutPrefix(in.Text(), "data: ")
			if !ok {
				continue
			}
			if err := d.told(ctx, data); err != nil {
				res.Body.Close()
				return err
			}
		}
		res.Body.Close()
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

func (d *desk) known() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.seq
}

func (d *desk) told(ctx context.Context, data string) error {
	var ev struct {
		Seq     int64
		Many    bool
		Changes []struct{ Answers []int64 }
	}
	if err := json.Unmarshal([]byte(data), &ev); err != nil {
		return err
	}
	fresh := map[int64]bool{}
	for _, c := range ev.Changes {
		for _, id := range c.Answers {
			fresh[id] = true
		}
	}
	var on []string
	for id := range d.cards { // only this goroutine writes them
		if ev.Many || fresh[id] {
			on = append(on, strconv.FormatInt(id, 36))
		}
	}
	var text string
	if len(on) > 0 {
		var err error
		if text, err = d.post(ctx, "/p/big/code/cards", url.Values{"on": {strings.Join(on, ",")}}); err != nil {
			return err
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.learn(text)
	d.seq = max(d.seq, ev.Seq)
	d.events++
	return nil
}

func (d *desk) post(ctx context.Context, path string, form url.Values) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("X-Fragment", "1")
	req.Header.Set("X-Desk", deskQuery)
	res, err := d.client.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %v: %s: %.200s", path, form, res.Status, text)
	}
	return string(text), err
}

// act lets every coder put themes on the cards of the desk, take them off and mark answers, now and then, until the time is over.
func act(all []*desk, themes []coding.Theme) ([]time.Duration, error) {
	var mu sync.Mutex
	var times []time.Duration
	var first error
	var wg sync.WaitGroup
	end := time.Now().Add(deskTime)
	for n, d := range all {
		wg.Go(func() {
			rnd := rand.New(rand.NewPCG(uint64(n), 7))
			d.mu.Lock()
			ids := slices.Sorted(maps.Keys(d.cards))
			d.mu.Unlock()
			has, marked := map[string]bool{}, map[int64]bool{}
			for time.Now().Before(end) {
				time.Sleep(time.Duration(rnd.Int64N(int64(2 * deskPace))))
				id := ids[rnd.IntN(len(ids))]
				path, form := fmt.Sprintf("/p/big/answers/%d/themes", id), url.Values{}
				if th := fmt.Sprint(int64(themes[rnd.IntN(len(themes))].ID)); rnd.IntN(5) > 0 {
					key := fmt.Sprint(id, " ", th)
					form.Set(map[bool]string{false: "add", true: "remove"}[has[key]], th)
					has[key] = !has[key]
				} else {
					path = fmt.Sprintf("/p/big/answers/%d/state", id)
					form.Set("state", map[bool]string{false: "unusable", true: "open"}[marked[id]])
					marked[id] = !marked[id]
					for key := range has { // a mark takes the themes off
						if strings.HasPrefix(key, fmt.Sprint(id, " ")) {
							delete(has, key)
						}
					}
				}
				if form.Has("add") {
					marked[id] = false // a theme takes the mark off
				}
				start := time.Now()
				_, err := d.post(context.Background(), path, form)
				mu.Lock()
				times = append(times, time.Since(start))
				if err != nil && first == nil {
					first = err
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return times, first
}

// settled waits until every desk has been told of the last change.
func settled(ctx context.Context, data string, p coding.ProjectID, all []*desk, broken <-chan error) error {
	store, err := sqlstore.Open(ctx, filepath.Join(data, "avokoodi.db"))
	if err != nil {
		return err
	}
	defer store.Close()
	var last coding.Seq
	err = store.View(ctx, func(r coding.Reader) error { last, err = r.LastSeq(ctx, p); return err })
	for end := time.Now().Add(30 * time.Second); err == nil; time.Sleep(50 * time.Millisecond) {
		behind := slices.IndexFunc(all, func(d *desk) bool { return d.known() < int64(last) })
		if behind < 0 {
			return nil
		}
		select {
		case err = <-broken:
		default:
		}
		if time.Now().After(end) {
			return fmt.Errorf("%s knows change %d half a minute after the last one, %d", all[behind].name, all[behind].known(), last)
		}
	}
	return err
}

// recount is what the cards of a desk have to show, from the rows of the store.
func recount(ctx context.Context, db *sql.DB, p coding.ProjectID, d *desk) (map[int64]seenCard, error) {
	type judged struct {
		all, mine      map[int64]bool
		none, unusable [2]bool // by anybody, by the person
	}
	of := map[int64]*judged{}
	for id := range d.cards {
		of[id] = &judged{all: map[int64]bool{}, mine: map[int64]bool{}}
	}
	err := eachRow(ctx, db, "SELECT answer_id, theme_id, coder_id FROM codings WHERE project_id = ?", p, func(answer, theme, coder int64, _ string) {
		if j := of[answer]; j != nil {
			j.all[theme] = true
			if coding.PersonID(coder) == d.person {
				j.mine[theme] = true
			}
		}
	})
	if err != nil {
		return nil, err
	}
	err = eachRow(ctx, db, "SELECT answer_id, 0, coder_id, state FROM marks WHERE project_id = ?", p, func(answer, _, coder int64, state string) {
		if j := of[answer]; j != nil {
			marks := map[string]*[2]bool{"none": &j.none, "unusable": &j.unusable}[state]
			marks[0] = true
			marks[1] = marks[1] || coding.PersonID(coder) == d.person
		}
	})
	out := map[int64]seenCard{}
	for id, j := range of {
		state := func(themes map[int64]bool, none, unusable bool) string {
			switch {
			case len(themes) > 0:
				return "coded"
			case unusable:
				return "unusable"
			case none:
				return "none"
			}
			return "open"
		}
		out[id] = seenCard{all: slices.Sorted(maps.Keys(j.all)), mine: slices.Sorted(maps.Keys(j.mine)),
			state: state(j.all, j.none[0], j.unusable[0]), own: state(j.mine, j.none[1], j.unusable[1])}
	}
	return out, err
}

// eachRow runs a query of a project that yields three numbers, and perhaps a word.
func eachRow(ctx context.Context, db *sql.DB, query string, p coding.ProjectID, fn func(a, b, c int64, word string)) error {
	rows, err := db.QueryContext(ctx, query, int64(p))
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		var a, b, c int64
		var word string
		to := []any{&a, &b, &c, &word}
		if err := rows.Scan(to[:len(columns)]...); err != nil {
			return err
		}
		fn(a, b, c, word)
	}
	return rows.Err()
}

var facetCount = regexp.MustCompile(`data-count="(theme|state)=([^"]*)">([^<]*)<`)

// sameCounts holds the numbers of the report and of the desk's filters against the store, and gives how many there were.
func (s *site) sameCounts(ctx context.Context, db *sql.DB) (int, error) {
	respondents, answers := map[int64]map[int64]bool{}, map[int64]int{}
	coded := map[int64]bool{}
	add := func(answer, theme, respondent int64, _ string) {
		if respondents[theme] == nil {
			respondents[theme] = map[int64]bool{}
		}
		respondents[theme][respondent] = true
		answers[theme]++
		coded[answer] = true
	}
	err := eachRow(ctx, db, "SELECT DISTINCT c.answer_id, c.theme_id, a.respondent_id FROM codings c JOIN answers a ON a.id = c.answer_id WHERE c.project_id = ?", s.id, add)
	if err != nil {
		return 0, err
	}
	body, err := get(ctx, s.client, s.base+"/p/"+s.slug+"/export/counts.json")
	if err != nil {
		return 0, err
	}
	var table struct {
		Themes []struct {
			Key        string
			N          *int
			Suppressed bool
		}
	}
	if err := json.Unmarshal([]byte(body), &table); err != nil {
		return 0, err
	}
	keys := map[string]int64{}
	for _, th := range s.themes {
		keys[th.Key] = int64(th.ID)
	}
	n := 0
	for _, th := range table.Themes {
		want := len(respondents[keys[th.Key]])
		switch {
		case th.N != nil && *th.N != want, th.N == nil && !th.Suppressed:
			return 0, fmt.Errorf("the report's number of theme %s is not the store's %d", th.Key, want)
		case th.N != nil:
			n++
		}
	}
	side, err := get(ctx, s.client, s.base+"/p/"+s.slug+"/code/side?question=*&alike=apart")
	if err != nil {
		return 0, err
	}
	counted := 0
	for _, m := range facetCount.FindAllStringSubmatch(side, -1) {
		got, err := strconv.Atoi(strings.Map(digits, html.UnescapeString(m[3])))
		if err != nil {
			return 0, fmt.Errorf("the filter %s=%s counts %q", m[1], m[2], m[3])
		}
		want := 0
		switch id, ok := keys[m[2]]; {
		case m[1] == "theme" && ok:
			want = answers[id]
		case m[1] == "state" && m[2] == "coded":
			want = len(coded)
		default:
			continue
		}
		if got != want {
			return 0, fmt.Errorf("the filter %s=%s counts %d, the store has %d", m[1], m[2], got, want)
		}
		counted++
	}
	if n == 0 || counted == 0 {
		return 0, fmt.Errorf("%d numbers in the report and %d in the filters could be compared", n, counted)
	}
	return n + counted, nil
}

// digits drops what stands between thousands.
func digits(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return r
}
