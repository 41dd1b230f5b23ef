package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
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

	"github.com/gin-gonic/gin"

	"avokoodi/cmd/avokoodi/app"
	"avokoodi/coding"
	"avokoodi/coding/sqlstore"
	"avokoodi/themes"
)

// site is a served project with a person who may code.
type site struct {
	base    string
	slug    string
	client  *http.Client
	themes  []coding.Theme
	answers []coding.AnswerID
	id      coding.ProjectID
	person  coding.PersonID
	stop    func()
	pid     int // of the serving process, where that is another one
	data    string
}

// serveProject serves the data directory and signs a coder in.
func (b *bench) serveProject(ctx context.Context, data, slug string) (*site, error) {
	s, err := b.ready(ctx, data, slug)
	if err != nil {
		return nil, err
	}
	return s, s.start(ctx)
}

// ready is a project with a codebook and a person to sign in as, not served yet.
func (b *bench) ready(ctx context.Context, data, slug string) (*site, error) {
	s := &site{slug: slug, data: data}
	store, err := sqlstore.Open(ctx, filepath.Join(data, "avokoodi.db"))
	if err != nil {
		return nil, err
	}
	defer store.Close()
	svc := coding.NewService(store, nil)
	a, err := svc.Open(ctx, coding.Operator, slug)
	if err != nil {
		return nil, err
	}
	s.id = a.Project.ID
	tree, err := svc.Codebook(ctx, s.id, coding.Operator)
	if err != nil {
		return nil, err
	}
	for i := tree.Len(); i < 20; i++ {
		if _, err := svc.AddTheme(ctx, s.id, coding.Operator, coding.Theme{Label: themes.Same(fmt.Sprintf("Theme %d", i+1))}); err != nil {
			return nil, err
		}
	}
	if tree, err = svc.Codebook(ctx, s.id, coding.Operator); err != nil {
		return nil, err
	}
	s.themes = tree.All()
	_, _ = svc.AddPerson(ctx, coding.Operator, coding.NewPerson{Name: "bench", Password: "bench password", Role: coding.RoleLead})
	err = store.View(ctx, func(r coding.Reader) error {
		who, err := r.PersonNamed(ctx, "bench")
		if err != nil {
			return err
		}
		s.person = who.ID
		for x, err := range r.EachAnswerHead(ctx, s.id, 0) {
			if err != nil {
				return err
			}
			s.answers = append(s.answers, x.ID)
		}
		return nil
	})
	return s, err
}

var address = regexp.MustCompile(`http://[0-9.:]+`)

func (s *site) start(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	r, w := io.Pipe()
	done := make(chan int, 1)
	go func() {
		done <- app.Run(ctx, []string{"serve", "--data", s.data, "--listen", "127.0.0.1:0", "--lang", "en", "--log-level", "error"}, nil, w, os.Stderr)
		w.Close()
	}()
	s.stop = func() { cancel(); <-done }
	buf := make([]byte, 4096)
	n, err := r.Read(buf)
	if err != nil {
		return err
	}
	go io.Copy(io.Discard, r)
	s.base = address.FindString(string(buf[:n]))
	return s.signIn()
}

// startProgram serves by the program as it is shipped, in a process of its own.
func (b *bench) startProgram(ctx context.Context, s *site) error {
	bin, err := b.binary(ctx)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, bin, "serve", "--data", s.data, "--listen", "127.0.0.1:0", "--lang", "en", "--log-level", "error")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	s.pid = cmd.Process.Pid
	s.stop = func() { cmd.Process.Signal(os.Interrupt); cmd.Wait() }
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return err
	}
	s.base = address.FindString(line)
	return s.signIn()
}

func (s *site) signIn() error {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	s.client = &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	res, err := s.client.PostForm(s.base+"/login", url.Values{"name": {"bench"}, "password": {"bench password"}})
	if err != nil {
		return err
	}
	io.Copy(io.Discard, res.Body)
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("sign-in: %s", res.Status)
	}
	return nil
}

func (s *site) send(method, path string, form url.Values) error {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequest(method, s.base+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("X-Fragment", "1")
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := s.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", method, path, res.Status)
	}
	return nil
}

// many runs do by so many clients until the time is over, and gives the sorted times and the number a second.
func many(clients int, length time.Duration, do func(client, i int) error) ([]time.Duration, float64, error) {
	var mu sync.Mutex
	var all []time.Duration
	var first error
	var wg sync.WaitGroup
	start := time.Now()
	for c := range clients {
		wg.Go(func() {
			var mine []time.Duration
			for i := 0; time.Since(start) < length; i++ {
				t := time.Now()
				err := do(c, i)
				mine = append(mine, time.Since(t))
				if err != nil {
					mu.Lock()
					first = err
					mu.Unlock()
					break
				}
			}
			mu.Lock()
			all = append(all, mine...)
			mu.Unlock()
		})
	}
	wg.Wait()
	took := time.Since(start)
	slices.Sort(all)
	return all, float64(len(all)) / took.Seconds(), first
}

// coding measures one coding action over HTTP: a theme is added and the answer's card comes back.
func (b *bench) coding(ctx context.Context) error {
	data, err := b.project(ctx)
	if err != nil {
		return err
	}
	s, err := b.serveProject(ctx, data, "big")
	if err != nil {
		return err
	}
	defer s.stop()
	do := func(c, i int) error {
		k := c*3571 + i
		a := s.answers[k%len(s.answers)]
		th := s.themes[(k/len(s.answers)+i)%len(s.themes)]
		return s.send(http.MethodPost, fmt.Sprintf("/p/%s/answers/%d/themes", s.slug, a), url.Values{"add": {fmt.Sprint(int64(th.ID))}})
	}
	rawRate1, rawRate50, err := rawHandler()
	if err != nil {
		return err
	}
	before, err := b.state(ctx, s)
	if err != nil {
		return err
	}
	if _, _, err := many(1, 2*time.Second, do); err != nil { // warm: the board is built
		return err
	}
	one, rate1, err := many(1, 5*time.Second, func(c, i int) error { return do(c, i+200_000) })
	if err != nil {
		return err
	}
	b.put(row{Name: "coding action, 1 client, p50", Value: percentile(one, .5), Unit: "ms", Raw: 1000 / rawRate1, Of: "bare Gin handler, same HTML, mean", Goal: "≤ 4"})
	b.put(row{Name: "coding action, 1 client, p99", Value: percentile(one, .99), Unit: "ms", Goal: "≤ 25"})
	fifty, rate50, err := many(50, 10*time.Second, func(c, i int) error { return do(c+7, i+400_000) })
	if err != nil {
		return err
	}
	b.put(row{Name: "coding actions, 50 clients", Value: rate50, Unit: "1/s", Raw: rawRate50, Of: "bare Gin handler, same HTML", Goal: "≥ 1000"})
	b.put(row{Name: "coding action, 50 clients, p99", Value: percentile(fifty, .99), Unit: "ms", Goal: "≤ 100"})
	_ = rate1
	after, err := b.state(ctx, s)
	if err != nil {
		return err
	}
	if after.codings-before.codings != after.created-before.created {
		return fmt.Errorf("the store has %d codings more, the change log %d", after.codings-before.codings, after.created-before.created)
	}
	b.put(row{Name: "codings that store and change log agree on", Value: float64(after.codings), Unit: ""})
	return nil
}

type counted struct{ codings, created int }

// state counts codings in the store and net creations of codings in the change log.
func (b *bench) state(ctx context.Context, s *site) (counted, error) {
	var c counted
	store, err := sqlstore.Open(ctx, filepath.Join(s.data, "avokoodi.db"))
	if err != nil {
		return c, err
	}
	defer store.Close()
	err = store.View(ctx, func(r coding.Reader) error {
		for _, err := range r.EachCoding(ctx, s.id) {
			if err != nil {
				return err
			}
			c.codings++
		}
		for after := coding.Seq(0); ; {
			changes, err := r.Changes(ctx, s.id, after, 5000)
			if err != nil || len(changes) == 0 {
				return err
			}
			for _, ch := range changes {
				after = ch.Seq
				if ch.Kind == coding.KindCoding && len(ch.Before) == 0 {
					c.created++
				}
				if ch.Kind == coding.KindCoding && len(ch.After) == 0 {
					c.created--
				}
			}
		}
	})
	return c, err
}

// rawHandler is how many requests a second a bare Gin handler answers with a page of a card's size, with 1 and 50 clients.
func rawHandler() (one, fifty float64, err error) {
	gin.SetMode(gin.ReleaseMode)
	g := gin.New()
	html := []byte(strings.Repeat("<p>card</p>", 220))
	g.POST("/x", func(c *gin.Context) { c.Data(http.StatusOK, "text/html", html) })
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, 0, err
	}
	srv := &http.Server{Handler: g}
	go srv.Serve(ln)
	defer srv.Close()
	s := &site{base: "http://" + ln.Addr().String(), client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
	do := func(int, int) error { return s.send(http.MethodPost, "/x", url.Values{"add": {"1"}}) }
	if _, one, err = many(1, 2*time.Second, do); err != nil {
		return 0, 0, err
	}
	_, fifty, err = many(50, 2*time.Second, do)
	return one, fifty, err
}

// pages measures the coding page with 50 cards in the large project, filtered and not.
func (b *bench) pages(ctx context.Context) error {
	data, err := b.project(ctx)
	if err != nil {
		return err
	}
	s, err := b.serveProject(ctx, data, "big")
	if err != nil {
		return err
	}
	defer s.stop()
	for _, c := range []struct{ name, query string }{
		{"coding page, 50 cards", "question=q1&at=%d"},
		{"coding page, filtered by state and region", "question=q1&state=open&region=uusimaa&at=%d"},
		{"coding page, searched", "question=q1&q=avustus&at=%d"},
	} {
		get := func(_, i int) error {
			return s.send(http.MethodGet, "/p/"+s.slug+"/code?"+fmt.Sprintf(c.query, s.answers[(i*7919)%len(s.answers)]), nil)
		}
		if err := get(0, 0); err != nil {
			return err
		}
		times, _, err := many(1, 4*time.Second, get)
		if err != nil {
			return err
		}
		b.put(row{Name: c.name + ", p50", Value: percentile(times, .5), Unit: "ms", Goal: "≤ 15"})
		b.put(row{Name: c.name + ", p99", Value: percentile(times, .99), Unit: "ms", Goal: "≤ 60"})
	}
	return nil
}
