package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/sqlstore"
	"avokoodi/coding/workshop/room"
	"avokoodi/themes"
)

// Of the simulated room.
const (
	roomPhones = 200
	roomCards  = 12
	roomTime   = 30 * time.Second
)

// hall is a served room with those who are in it.
type hall struct {
	base, at, join string
	code           string
	organiser      *http.Client
	phones         []*phone
	wall           *wall
}

// room measures a live room: 200 participants vote, comment and agree for half a minute, each with an open line; some answers are
// lost and the act is sent again. Afterwards the store is compared with what was acknowledged.
func (b *bench) room(ctx context.Context) error {
	bin, err := b.binary(ctx)
	if err != nil {
		return err
	}
	data := filepath.Join(b.dir, "room")
	if err := prepareRoom(ctx, data); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, bin, "serve", "--lang", "en", "--listen", "127.0.0.1:0", "--data", data, "--log-level", "error")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	defer cmd.Process.Kill()
	in := bufio.NewScanner(out)
	h := &hall{}
	for h.base == "" && in.Scan() {
		h.base = address.FindString(in.Text())
	}
	go io.Copy(io.Discard, out)
	if err := h.open(); err != nil {
		return err
	}
	acks, took, err := h.run(ctx)
	if err != nil {
		return err
	}
	raced, err := h.race()
	if err != nil {
		return err
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("server: %w", err)
	}
	slices.Sort(took)
	waits := h.wall.waits(acks)
	b.put(row{Name: "room, 200 phones: acts acknowledged", Value: float64(len(took)), Unit: ""})
	b.put(row{Name: "room, 200 phones: act, p50", Value: percentile(took, .5), Unit: "ms"})
	b.put(row{Name: "room, 200 phones: act, p95", Value: percentile(took, .95), Unit: "ms"})
	b.put(row{Name: "room, 200 phones: act to wall, p95", Value: percentile(waits, .95), Unit: "ms", Goal: "< 1000"})
	b.put(row{Name: "room, 200 phones: memory at its highest", Value: highest(cmd.ProcessState), Unit: "MiB", Goal: "< 250"})
	stored, err := h.check(ctx, data)
	if err != nil {
		return err
	}
	b.put(row{Name: "room: comments acknowledged and stored once", Value: float64(stored.comments), Unit: ""})
	b.put(row{Name: "room: votes stored as acknowledged", Value: float64(stored.votes), Unit: ""})
	b.put(row{Name: "room: votes of 20 phones racing, limit 3", Value: float64(raced), Unit: "", Goal: "60"})
	return nil
}

func prepareRoom(ctx context.Context, data string) error {
	if err := os.MkdirAll(data, 0o700); err != nil {
		return err
	}
	store, err := sqlstore.Open(ctx, filepath.Join(data, "avokoodi.db"))
	if err != nil {
		return err
	}
	defer store.Close()
	svc := coding.NewService(store, nil)
	p, err := svc.CreateProject(ctx, coding.Operator, coding.Project{Slug: "room", Name: themes.Same("Room")})
	if err != nil {
		return err
	}
	for i := range roomCards {
		if _, err := svc.AddTheme(ctx, p.ID, coding.Operator, coding.Theme{Key: fmt.Sprint("t", i), Label: themes.Same(fmt.Sprint("Theme ", i))}); err != nil {
			return err
		}
	}
	_, err = svc.AddPerson(ctx, coding.Operator, coding.NewPerson{Name: "bench", Password: "bench password", Role: coding.RoleLead})
	return err
}

var (
	checkbox = regexp.MustCompile(`name="theme" value="(\d+)"`)
	codeForm = regexp.MustCompile(`<p class="code"><code>([A-Z0-9]{3} [A-Z0-9]{3})</code>`)
)

// browser is a client that keeps cookies.
func browser() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		panic(err)
	}
	return &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 32}}
}

func get(ctx context.Context, c *http.Client, url string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	res, err := c.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", url, res.Status)
	}
	return string(raw), err
}

// open signs the organiser in, opens a room and lets everybody in.
func (h *hall) open() error {
	h.organiser = browser()
	res, err := h.organiser.PostForm(h.base+"/login", url.Values{"name": {"bench"}, "password": {"bench password"}})
	if err != nil {
		return err
	}
	res.Body.Close()
	page, err := get(context.Background(), h.organiser, h.base+"/p/room/workshop/room")
	if err != nil {
		return err
	}
	form := url.Values{"title": {"Bench"}, "votes_important": {"3"}, "votes_easy": {"2"}, "quotes": {"0"}}
	for _, m := range checkbox.FindAllStringSubmatch(page, -1) {
		form.Add("theme", m[1])
	}
	res, err = h.organiser.PostForm(h.base+"/p/room/workshop/room", form)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	m := codeForm.FindSubmatch(raw)
	if m == nil {
		return errors.New("the room's page has no code")
	}
	h.at = "http://" + res.Request.URL.Host + res.Request.URL.Path
	h.code = strings.ReplaceAll(string(m[1]), " ", "")
	h.join = h.base + "/join/" + h.code
	for i := range roomPhones + 20 {
		p := &phone{n: i, join: h.join, client: browser(), votes: map[string]bool{}}
		if _, err := get(context.Background(), p.client, h.join); err != nil {
			return err
		}
		h.phones = append(h.phones, p)
	}
	return nil
}

// run lets the phones act, and follows the wall. It gives when each act was acknowledged, by the room's number, and how long each took.
func (h *hall) run(ctx context.Context) (acks map[int64]time.Time, took []time.Duration, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	h.wall = &wall{}
	following := make(chan error, 1)
	go func() { following <- h.wall.follow(ctx, h.organiser, h.at) }()
	end := time.Now().Add(roomTime)
	var wg sync.WaitGroup
	var mu sync.Mutex
	acks = map[int64]time.Time{}
	for _, p := range h.phones[:roomPhones] {
		go func() { _, _ = get(ctx, p.client, h.join+"/live?since=0") }() // ends with the context
		wg.Go(func() {
			mine, times, e := p.live(end)
			mu.Lock()
			defer mu.Unlock()
			err = errors.Join(err, e)
			took = append(took, times...)
			for seq, at := range mine {
				acks[seq] = at
			}
		})
	}
	wg.Wait()
	time.Sleep(time.Second) // what is on its way to the wall
	cancel()
	if e := <-following; e != nil && !errors.Is(e, context.Canceled) {
		err = errors.Join(err, e)
	}
	return acks, took, err
}

// race lets 20 phones send a vote for every card at once. It gives the votes that the room has of them.
func (h *hall) race() (int, error) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	var first error
	for _, p := range h.phones[roomPhones:] {
		for i := range roomCards {
			wg.Go(func() {
				_, err := p.send(url.Values{"do": {"vote:important"}, "card": {fmt.Sprint("t", i)}, "key": {fmt.Sprint("race", i)}})
				if err != nil && !errors.Is(err, errLimit) {
					mu.Lock()
					first = err
					mu.Unlock()
				}
			})
		}
	}
	wg.Wait()
	if first != nil {
		return 0, first
	}
	n := 0
	for _, p := range h.phones[roomPhones:] {
		page, err := get(context.Background(), p.client, h.join)
		if err != nil {
			return 0, err
		}
		n += strings.Count(page, `value="unvote:important"`)
	}
	return n, nil
}

type storedRoom struct{ comments, votes int }

// check compares the store with what was acknowledged.
func (h *hall) check(ctx context.Context, data string) (storedRoom, error) {
	var out storedRoom
	store, err := sqlstore.Open(ctx, filepath.Join(data, "avokoodi.db"))
	if err != nil {
		return out, err
	}
	defer store.Close()
	one, err := store.LiveRooms().ByCode(ctx, h.code)
	if err != nil {
		return out, err
	}
	l, err := store.LiveRooms().All(ctx, one.ID)
	if err != nil {
		return out, err
	}
	times := map[string]int{}
	author := map[int64]string{} // the prefix of a participant's texts
	for _, m := range l.Remarks {
		times[m.Text]++
		who, _, _ := strings.Cut(m.Text, ":")
		if old, ok := author[m.Person]; ok && old != who {
			return out, fmt.Errorf("one participant wrote as %s and %s", old, who)
		}
		author[m.Person] = who
	}
	byPhone := map[string][]room.Ballot{}
	for who, list := range l.Votes {
		byPhone[author[who]] = list
		for _, k := range room.Kinds {
			n := 0
			for _, v := range list {
				if v.Kind == k {
					n++
				}
			}
			if limit := map[room.Kind]int{room.Important: 3, room.Easy: 2}[k]; n > limit {
				return out, fmt.Errorf("participant %d has %d votes of %s", who, n, k)
			}
		}
	}
	for _, p := range h.phones[:roomPhones] {
		for _, text := range p.said {
			if times[text] != 1 {
				return out, fmt.Errorf("%q was acknowledged and is stored %d times", text, times[text])
			}
			out.comments++
			delete(times, text)
		}
		if len(p.said) == 0 {
			continue
		}
		got := map[string]bool{}
		for _, v := range byPhone[fmt.Sprint("phone ", p.n)] {
			got[string(v.Kind)+" "+v.Card] = true
			out.votes++
		}
		for v := range p.votes {
			if !got[v] {
				return out, fmt.Errorf("phone %d: vote %s was acknowledged and is gone", p.n, v)
			}
		}
		if len(got) != len(p.votes) {
			return out, fmt.Errorf("phone %d: %d votes stored, %d acknowledged", p.n, len(got), len(p.votes))
		}
	}
	if len(times) > 0 {
		return out, fmt.Errorf("%d comments are stored that nobody was told of", len(times))
	}
	return out, nil
}

var errLimit = errors.New("over the limit")

type ack struct {
	Again  bool  `json:"again"`
	Seq    int64 `json:"seq"`
	Remark int64 `json:"remark"`
}

// wall follows the room as the organiser's browser does: it loads the page anew when it hears that something changed.
type wall struct {
	shown []shown
}

type shown struct {
	seq int64
	at  time.Time
}

func (w *wall) follow(ctx context.Context, c *http.Client, at string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at+"/live", nil)
	if err != nil {
		return err
	}
	res, err := c.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	in := bufio.NewScanner(res.Body)
	for in.Scan() {
		raw, ok := strings.CutPrefix(in.Text(), "data: ")
		if !ok {
			continue
		}
		var news struct {
			Seq int64 `json:"seq"`
		}
		if err := json.Unmarshal([]byte(raw), &news); err != nil {
			return err
		}
		if _, err := get(ctx, c, at+"/wall"); err != nil {
			return err
		}
		w.shown = append(w.shown, shown{news.Seq, time.Now()})
	}
	return in.Err()
}

// waits is how long after its acknowledgement each act was on the wall, sorted.
func (w *wall) waits(acks map[int64]time.Time) []time.Duration {
	var out []time.Duration
	for seq, at := range acks {
		i := slices.IndexFunc(w.shown, func(s shown) bool { return s.seq >= seq })
		if i < 0 {
			out = append(out, time.Hour) // never
			continue
		}
		out = append(out, max(w.shown[i].at.Sub(at), 0))
	}
	slices.Sort(out)
	return out
}
