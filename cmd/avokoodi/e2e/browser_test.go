package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"avokoodi/cmd/avokoodi/app"
	"avokoodi/cmd/avokoodi/needed"
)

// program runs the product in this process, as the command line would.
func program(t *testing.T, stdin string, args ...string) (out, errOut string, status int) {
	t.Helper()
	var o, e strings.Builder
	status = app.Run(t.Context(), args, strings.NewReader(stdin), &o, &e)
	return o.String(), e.String(), status
}

// mustRun is program for what has to succeed.
func mustRun(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	out, errOut, status := program(t, stdin, args...)
	if status != 0 {
		t.Fatalf("avokoodi %s: status %d\n%s%s", strings.Join(args, " "), status, out, errOut)
	}
	return out
}

var link = regexp.MustCompile(`http://\S+`)

// lines is what a server has written, while it writes on.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// serve starts serve or demo on a free port and returns the base address and the links that it printed after it.
func serve(t *testing.T, data, command string, links int, args ...string) (base string, printed []string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	done := make(chan int, 1)
	args = append([]string{command, "--data", data, "--listen", "127.0.0.1:0", "--lang", "en"}, args...)
	var diary lines
	go func() { done <- app.Run(ctx, args, strings.NewReader(""), w, &diary); w.Close() }()
	t.Cleanup(func() {
		if t.Failed() {
			t.Log("the server's log:\n", diary.String())
		}
		cancel()
		if status := <-done; status != 0 {
			t.Errorf("%s ended with status %d", command, status)
		}
	})
	in := bufio.NewScanner(r)
	for len(printed) < links+1 && in.Scan() {
		printed = append(printed, link.FindAllString(in.Text(), -1)...)
	}
	if len(printed) < links+1 {
		t.Fatalf("%s printed %v", command, printed)
	}
	go io.Copy(io.Discard, r)
	return printed[0], printed[1:]
}

// chromium finds the browser.
func chromium(t *testing.T) string {
	t.Helper()
	return needed.Program(t, "chromium", "chromium-browser", "google-chrome")
}

// shared is a path below the data that stand beside the project.
func shared(t *testing.T, path string) string {
	t.Helper()
	return needed.File(t, filepath.Join("..", "..", "..", "..", "shared", path))
}

// tab is one browser tab.
type tab struct {
	t    *testing.T
	ctx  context.Context
	base string
}

// newTab opens a tab with a profile of its own: no cookie or stored thing is shared with another tab.
func newTab(t *testing.T, base string) *tab {
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests take long")
	}
	ctx, cancel := chromedp.NewContext(browser(t), chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // opens the tab, which ends with the context that opened it: one without a time limit
		t.Fatal(err)
	}
	b := &tab{t: t, ctx: ctx, base: base}
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error { // also a tab behind others has the keyboard
		_, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return err
	}))
	b.size(1440, 900)
	return b
}

// patience is how long one step may take; it only matters when something is broken, or the machine very busy.
const patience = 60 * time.Second

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.fail(err)
	}
}

func (b *tab) fail(err error) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 10*time.Second)
	defer cancel()
	where, _ := chromedp.Run(ctx, chromedp.Location())
	text, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body.innerText.slice(0, 1500)`))
	b.shot("failed")
	b.t.Fatalf("at %s: %v\n%s", where, err, text)
}

// open goes to a path of the site, or a whole address.
func (b *tab) open(path string) {
	b.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = b.base + path
	}
	b.do(chromedp.Navigate(path))
}

func (b *tab) click(css string) { b.t.Helper(); b.steady(chromedp.Click(chromedp.CSS(css))) }

// fill writes into a field in place of what it holds.
func (b *tab) fill(css, text string) {
	b.t.Helper()
	field := "document.querySelector(" + quote(css) + ")"
	b.wait(field)
	eval[chromedp.Void](b, field+".focus(), "+field+".select()")
	b.keys(text)
}

func (b *tab) choose(css, file string) {
	b.t.Helper()
	b.steady(chromedp.SetUploadFiles(chromedp.CSS(css), []string{file}))
}

// steady does what is done to an element, once more when the page was replaced just then.
func (b *tab) steady(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	for try := 0; ; try++ {
		ctx, cancel := context.WithTimeout(b.ctx, patience)
		err := chromedp.Do(ctx, steps...)
		cancel()
		if err == nil {
			return
		}
		if try == 5 || !strings.Contains(err.Error(), "-32000") {
			b.fail(err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}
func (b *tab) keys(keys string) { b.t.Helper(); b.do(chromedp.KeyEvent(keys)) }

// press presses one key as a keyboard does: what the page prevents on the way down types nothing.
func (b *tab) press(key string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		text := key
		if len(key) > 1 {
			text = ""
		}
		_, err := chromedp.Call(ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyDown", Key: key, Text: text})
		if err == nil {
			_, err = chromedp.Call(ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyUp", Key: key})
		}
		return err
	}))
}

// shift presses a key that writes nothing, with Shift held.
func (b *tab) shift(key string) { b.t.Helper(); b.held(key, 8) }

// altShift holds Alt too.
func (b *tab) altShift(key string) { b.t.Helper(); b.held(key, 9) }

func (b *tab) held(key string, modifiers int64) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyDown", Key: key, Modifiers: modifiers})
		if err == nil {
			_, err = chromedp.Call(ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyUp", Key: key, Modifiers: modifiers})
		}
		return err
	}))
}

// run is one action with its value, within patience.
func run[T any](b *tab, a chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, a)
}

// eval is the value of a JavaScript expression.
func eval[T any](b *tab, js string) T {
	b.t.Helper()
	v, err := run(b, chromedp.Evaluate[T](js))
	if err != nil {
		b.fail(fmt.Errorf("%s: %w", js, err))
	}
	return v
}

// await is the value that the promise of a JavaScript expression comes to.
func await[T any](b *tab, js string) T {
	b.t.Helper()
	v, err := run(b, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		b.fail(fmt.Errorf("%s: %w", js, err))
	}
	return v
}

// wait waits until a JavaScript expression is true.
func (b *tab) wait(js string) {
	b.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(25 * time.Millisecond) {
		v, err := run(b, chromedp.Evaluate[bool](`document.readyState === "complete" && !!(`+js+`)`))
		if err == nil && v {
			return
		}
		if time.Now().After(end) {
			b.fail(errors.Join(fmt.Errorf("never true: %s", js), err))
		}
	}
}

func (b *tab) text(css string) string {
	b.t.Helper()
	return eval[string](b, "(document.querySelector("+quote(css)+") || {innerText: ''}).innerText")
}

func quote(s string) string {
	raw, _ := json.Marshal(s)
	return string(raw)
}

// size sets the window, and dark the colour scheme.
func (b *tab) size(w, h int64) { b.t.Helper(); b.do(chromedp.EmulateViewport(w, h)) }

func (b *tab) dark(on bool) {
	b.t.Helper()
	value := "light"
	if on {
		value = "dark"
	}
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}})
		return err
	}))
}

// shots is where pictures go: AVOKOODI_SHOTS, or nowhere.
func (b *tab) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("AVOKOODI_SHOTS")
	if dir == "" {
		return
	}
	png, err := run(b, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Logf("no picture: %v", err)
		return
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		b.t.Fatal(err)
	}
}
