package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// watchPaint notes, for every key that goes down, the milliseconds from the key event until the frame after it is drawn.
const watchPaint = `window.painted = []; addEventListener("keydown", (e) => {
	const from = e.timeStamp;
	requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => window.painted.push(performance.now() - from); c.port2.postMessage(0); });
}, true); 0`

// keys measures in a browser how long the desk takes from a key to the picture, in the project of b.n answers.
func (b *bench) keys(ctx context.Context) error {
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		return errors.New("no chromium to press keys in")
	}
	data, err := b.project(ctx)
	if err != nil {
		return err
	}
	s, err := b.serveProject(ctx, data, "big")
	if err != nil {
		return err
	}
	defer s.stop()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.DisableGPU, chromedp.WindowSize(1440, 900))
	if os.Geteuid() == 0 {
		opts = append(opts, chromedp.NoSandbox)
	}
	actx, stop := chromedp.NewExecAllocator(ctx, opts...)
	defer stop()
	tab, shut := chromedp.NewContext(actx)
	defer shut()
	if err := chromedp.Do(tab, chromedp.Navigate(s.base+"/login")); err != nil {
		return err
	}
	_, err = chromedp.Run(tab, chromedp.Evaluate[int](`fetch("/login", {method: "POST", body: new URLSearchParams({name: "bench", password: "bench password"})}).then((r) => r.status)`, chromedp.EvalAwaitPromise))
	if err != nil {
		return err
	}
	if err := chromedp.Do(tab, chromedp.Navigate(s.base+"/p/"+s.slug+"/code?question=q1&state=open")); err != nil {
		return err
	}
	if _, err := chromedp.Run(tab, chromedp.Evaluate[int](watchPaint)); err != nil {
		return err
	}
	for _, k := range []struct {
		name string
		keys []string
		n    int
	}{{"j", []string{"j"}, 200}, {"1", []string{"1", "j"}, 100}, {"t and a letter", []string{"t", "e", "Escape"}, 60}} {
		var all []time.Duration
		for range k.n {
			for i, key := range k.keys {
				took, err := pressed(tab, key)
				if err != nil {
					return fmt.Errorf("key %s: %w", key, err)
				}
				if i == 0 || len(k.keys) == 3 && i == 1 {
					all = append(all, took)
				}
			}
		}
		slices.Sort(all)
		b.put(row{Name: "from the key " + k.name + " to the picture, p95", Value: percentile(all, .95), Unit: "ms", Goal: "< 50"})
	}
	return nil
}

// pressed presses a key in the tab and gives the time until it was drawn.
func pressed(tab context.Context, key string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(tab, 20*time.Second)
	defer cancel()
	had, err := chromedp.Run(ctx, chromedp.Evaluate[int](`window.painted.length`))
	if err != nil {
		return 0, err
	}
	text := key
	if len(key) > 1 {
		text = ""
	}
	err = chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyDown", Key: key, Text: text})
		if err == nil {
			_, err = chromedp.Call(ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyUp", Key: key})
		}
		return err
	}))
	if err != nil {
		return 0, err
	}
	for {
		got, err := chromedp.Run(ctx, chromedp.Evaluate[[]float64](fmt.Sprintf(`window.painted.slice(%d)`, had)))
		if err != nil {
			return 0, err
		}
		if len(got) > 0 {
			return time.Duration(got[0] * float64(time.Millisecond)), nil
		}
		time.Sleep(5 * time.Millisecond)
	}
}
