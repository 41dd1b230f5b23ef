package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// binary builds the program as it is shipped, once.
func (b *bench) binary(ctx context.Context) (string, error) {
	if b.bin != "" {
		return b.bin, nil
	}
	bin := filepath.Join(b.dir, "avokoodi")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", bin, "./cmd/avokoodi")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	build.Stderr = os.Stderr
	err := build.Run()
	if err == nil {
		b.bin = bin
	}
	return bin, err
}

// start measures what a newcomer meets: the size of the binary, the time to the first page of the demonstration, and the
// memory of the idle server.
func (b *bench) start(ctx context.Context) error {
	bin, err := b.binary(ctx)
	if err != nil {
		return err
	}
	st, err := os.Stat(bin)
	if err != nil {
		return err
	}
	b.put(row{Name: "binary", Value: float64(st.Size()) / 1e6, Unit: "MB", Goal: "< 70"})

	run := func(cmd *exec.Cmd) (time.Duration, error) {
		begin := time.Now()
		out, err := cmd.StdoutPipe()
		if err != nil {
			return 0, err
		}
		if err := cmd.Start(); err != nil {
			return 0, err
		}
		in := bufio.NewScanner(out)
		for in.Scan() {
			link := regexp.MustCompile(`http://\S+/welcome\S+`).FindString(in.Text())
			if link == "" {
				continue
			}
			jar, _ := cookiejar.New(nil)
			res, err := (&http.Client{Jar: jar}).Get(link)
			if err != nil {
				return 0, err
			}
			res.Body.Close()
			if res.StatusCode != http.StatusOK {
				return 0, fmt.Errorf("first page: %s", res.Status)
			}
			return time.Since(begin), nil
		}
		return 0, errors.New("the program printed no link")
	}
	cmd := exec.CommandContext(ctx, bin, "demo", "--no-browser", "--lang", "en", "--listen", "127.0.0.1:0", "--data", filepath.Join(b.dir, "demo1"))
	took, err := run(cmd)
	if err != nil {
		return err
	}
	b.put(row{Name: "demo from nothing to the first page, binary", Value: took.Seconds(), Unit: "s", Goal: "< 5"})
	time.Sleep(15 * time.Second)
	if rss, err := residentMiB(cmd.Process.Pid); err == nil {
		b.put(row{Name: "memory of the idle server", Value: rss, Unit: "MiB", Goal: "< 90"})
	}
	cmd.Process.Signal(os.Interrupt)
	cmd.Wait()

	// A warm cache: the packages are compiled as go run wants them, which the program above, without paths, was not.
	if err := exec.CommandContext(ctx, "go", "build", "-o", os.DevNull, "./cmd/avokoodi").Run(); err != nil {
		return err
	}
	cmd = exec.CommandContext(ctx, "go", "run", "./cmd/avokoodi", "demo", "--no-browser", "--lang", "en", "--listen", "127.0.0.1:0", "--data", filepath.Join(b.dir, "demo2"))
	apart(cmd)
	took, err = run(cmd)
	if err != nil {
		return err
	}
	b.put(row{Name: "go run ./cmd/avokoodi demo, to the first page", Value: took.Seconds(), Unit: "s", Goal: "≤ 6"})
	_ = stop(cmd) // however go run takes it
	return nil
}

// residentMiB reads the resident memory of a process where the system tells it.
func residentMiB(pid int) (float64, error) { return statusMiB(pid, "VmRSS:") }

// peakMiB is the resident memory of a process at its highest so far; 0 where the system does not tell it.
func peakMiB(pid int) float64 {
	m, _ := statusMiB(pid, "VmHWM:")
	return m
}

func statusMiB(pid int, name string) (float64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(raw)) {
		if rest, ok := strings.CutPrefix(line, name); ok {
			kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024, err
		}
	}
	return 0, errors.New("no " + name)
}
