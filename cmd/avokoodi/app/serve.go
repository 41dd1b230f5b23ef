package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"avokoodi/cmd/avokoodi/app/demo"
	"avokoodi/index"
	"avokoodi/ui"
)

func (a *app) serveCommand() *cobra.Command {
	c := &cobra.Command{Use: "serve", Short: "Serve the web interface", Args: a.args(0, 0), RunE: func(cmd *cobra.Command, _ []string) error {
		return a.serve(cmd.Context(), func(ctx context.Context, h *house, srv *ui.Server, base string) error {
			fmt.Fprintln(a.out, a.t("cli.serving", base))
			needs, err := h.svc.NeedsSetup(ctx)
			if err != nil || !needs {
				return err
			}
			token, err := h.svc.SetupToken(ctx)
			if err == nil {
				fmt.Fprintln(a.out, a.t("cli.setup", base+"/setup?token="+token))
			}
			return err
		})
	}}
	serveFlags(c)
	return c
}

func serveFlags(c *cobra.Command) {
	c.Flags().String("listen", "127.0.0.1:8765", "address to serve on")
	c.Flags().Int("upload-mb", 256, "largest file that may be imported, in MiB")
	c.Flags().Bool("secure-cookies", false, "send the session cookie over HTTPS only")
	c.Flags().Duration("signed-in", 14*24*time.Hour, "how long a sign-in lasts")
}

func (a *app) demoCommand() *cobra.Command {
	var noBrowser bool
	c := &cobra.Command{Use: "demo", Short: "Make the demonstration project once, and serve it", Args: a.args(0, 0), RunE: func(cmd *cobra.Command, _ []string) error {
		return a.serve(cmd.Context(), func(ctx context.Context, h *house, srv *ui.Server, base string) error {
			_, host, err := demo.Ensure(ctx, h.store)
			if err != nil {
				return err
			}
			key := rand.Text()
			srv.Link(key, host.ID)
			link := base + "/welcome?key=" + key + "&to=/p/" + demo.Slug
			fmt.Fprintln(a.out, a.t("cli.serving", base))
			fmt.Fprintln(a.out, a.t("cli.demo", link))
			if !noBrowser {
				openBrowser(link)
			}
			return nil
		})
	}}
	serveFlags(c)
	c.Flags().BoolVar(&noBrowser, "no-browser", false, "do not open a browser")
	return c
}

// openBrowser opens a page in the user's browser where there is one; the address is printed in any case.
func openBrowser(url string) {
	var c *exec.Cmd
	switch runtime.GOOS {
	case "windows":
		c = exec.Command("rundll32", "url.dll,FileProtocolHandler", url)
	case "darwin":
		c = exec.Command("open", url)
	default:
		if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
			return
		}
		c = exec.Command("xdg-open", url)
	}
	if c.Start() == nil {
		go c.Wait()
	}
}

// serve opens everything, listens, calls ready and runs until ctx ends.
func (a *app) serve(ctx context.Context, ready func(context.Context, *house, *ui.Server, string) error) error {
	roomy(200)
	settle()
	h, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer h.close()
	ix, err := index.Open(a.cfg.Index(), h.store, index.Config{Log: a.log, Engine: a.words()})
	if errors.Is(err, index.ErrLocked) {
		return errors.New(a.t("cli.other_server", a.cfg.Data))
	}
	if err != nil {
		return err
	}
	defer ix.Close()
	if err := os.MkdirAll(a.cfg.Uploads(), 0o700); err != nil {
		return err
	}
	ln, err := net.Listen("tcp", a.cfg.Listen)
	if err != nil {
		return errors.New(a.t("cli.cannot_listen", a.cfg.Listen, err.Error()))
	}
	defer ln.Close()
	token := rand.Text()
	srv := a.server(h, ix, token)
	address := ln.Addr().String()
	raw, err := json.Marshal(running{Address: address, Token: token, PID: os.Getpid()})
	if err != nil {
		return err
	}
	if err := os.WriteFile(a.runningFile(), raw, 0o600); err != nil {
		return err
	}
	defer os.Remove(a.runningFile())
	hs := &http.Server{Handler: srv, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelDebug)}
	done := make(chan error, 1)
	go func() { done <- hs.Serve(ln) }()
	if err := ready(ctx, h, srv, "http://"+address); err != nil {
		hs.Close()
		return err
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	fmt.Fprintln(a.err, a.t("cli.stopping"))
	srv.Close()
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := hs.Shutdown(stop); err != nil {
		hs.Close()
	}
	return nil
}

// server builds the web interface on an opened house.
func (a *app) server(h *house, ix *index.Index, token string) *ui.Server {
	return ui.New(ui.Deps{Service: h.svc, Boards: h.boards, Index: ix, Sessions: h.store.Sessions(), Rooms: h.store.LiveRooms(), Log: a.log, Secure: a.cfg.Secure,
		SignedIn: a.cfg.SignedIn, UploadMax: int64(a.cfg.UploadMB) << 20, Uploads: a.cfg.Uploads(), Version: Version, Token: token,
		Reader: reader(), Detect: detect, Words: a.words(), Formats: formats(), System: func(ctx context.Context) []ui.SystemLine { return a.facts(ctx, h) }})
}
