package e2e

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"avokoodi/cmd/avokoodi/app"
)

// programEnv makes this test binary the product, so that a child process can be killed without building a second binary.
const programEnv = "AVOKOODI_E2E_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(programEnv) != "" {
		os.Exit(app.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	status := m.Run()
	shut()
	os.Exit(status)
}

// theBrowser is one browser for all tests; each tab has a profile of its own.
var theBrowser struct {
	sync.Once
	ctx     context.Context
	cancel  context.CancelFunc
	profile string
	err     error
}

func browser(t *testing.T) context.Context {
	t.Helper()
	path := chromium(t)
	theBrowser.Do(func() {
		b := &theBrowser
		if b.profile, b.err = os.MkdirTemp("", "avokoodi-e2e-"); b.err != nil {
			return
		}
		opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.DisableGPU, chromedp.UserDataDir(b.profile),
			chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true), chromedp.Flag("lang", "en-GB"),
			chromedp.WindowSize(1440, 900))
		if os.Geteuid() == 0 {
			opts = append(opts, chromedp.NoSandbox)
		}
		actx, cancelA := chromedp.NewExecAllocator(context.Background(), opts...)
		ctx, cancel := chromedp.NewContext(actx)
		b.ctx, b.cancel = ctx, func() { cancel(); cancelA() }
		b.err = chromedp.Do(ctx) // starts it; it ends with the context that started it
	})
	if theBrowser.err != nil {
		t.Fatalf("browser: %v", theBrowser.err)
	}
	return theBrowser.ctx
}

// shut ends the browser and waits for it, so that no process and no profile is left behind.
func shut() {
	if theBrowser.ctx == nil {
		return
	}
	ctx, cancel := context.WithTimeout(theBrowser.ctx, 10*time.Second)
	defer cancel()
	if err := chromedp.Cancel(ctx); err != nil && !errors.Is(err, context.Canceled) {
		println("closing the browser:", err.Error())
	}
	theBrowser.cancel()
	os.RemoveAll(theBrowser.profile)
}
