package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"avokoodi/coding"
	"avokoodi/index"
	"avokoodi/ui/ask"
)

func (a *app) searchCommand() *cobra.Command {
	var project string
	var limit int
	c := &cobra.Command{Use: "search QUERY", Short: "Search answers; '-' reads one query a line and prints one JSON object a line", Args: a.args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if limit < 1 {
				return a.usage("cli.use_wrong", "--limit", limit)
			}
			return a.inProject(cmd.Context(), project, func(h *house, p coding.Project) error {
				return a.withSearch(cmd.Context(), h, p, func(search searchFunc) error {
					if args[0] == "-" {
						return a.searchLines(cmd.Context(), search, limit)
					}
					res, err := search(cmd.Context(), args[0], limit)
					if err != nil {
						return err
					}
					return a.printSearch(res)
				})
			})
		}}
	c.Flags().StringVar(&project, "project", "", "slug of the project")
	c.Flags().IntVar(&limit, "limit", 20, "most hits to print")
	return c
}

// everyHit as a limit asks for the ids of all answers that match.
const everyHit = -1

type searchFunc func(ctx context.Context, query string, limit int) (ask.Response, error)

// withSearch runs fn with a search on the index, or on the server that has the index.
func (a *app) withSearch(ctx context.Context, h *house, p coding.Project, fn func(searchFunc) error) error {
	ix, err := index.Open(a.cfg.Index(), h.store, index.Config{Log: a.log, Once: true, Engine: a.words()})
	if errors.Is(err, index.ErrLocked) {
		return a.askServer(p.Slug, fn)
	}
	if err != nil {
		return err
	}
	defer ix.Close()
	if err := ix.Sync(ctx, p.ID); err != nil {
		return err
	}
	people, err := h.svc.People(ctx, coding.Operator)
	if err != nil {
		return err
	}
	asked := ask.Project{Boards: h.boards, Index: ix, ID: p.ID, People: people}
	return fn(func(ctx context.Context, query string, limit int) (ask.Response, error) {
		if limit == everyHit {
			return checked(asked.All(ctx, query))
		}
		return checked(asked.Answer(ctx, h.store, query, limit))
	})
}

func checked(res ask.Response) (ask.Response, error) {
	if res.Failed != "" {
		return res, errors.New(res.Failed)
	}
	return res, nil
}

// running is what a server leaves beside the data for commands: where it listens, and a secret.
type running struct {
	Address string `json:"address"`
	Token   string `json:"token"`
	PID     int    `json:"pid"`
}

func (a *app) runningFile() string { return filepath.Join(a.cfg.Data, "server.json") }

// askServer lets the server that holds the index do the searching.
func (a *app) askServer(slug string, fn func(searchFunc) error) error {
	raw, err := os.ReadFile(a.runningFile())
	if err != nil {
		return errors.New(a.t("cli.index_locked"))
	}
	var srv running
	if err := json.Unmarshal(raw, &srv); err != nil {
		return fmt.Errorf("%s: %w", a.runningFile(), err)
	}
	client := &http.Client{Timeout: time.Minute}
	return fn(func(ctx context.Context, query string, limit int) (ask.Response, error) {
		var res ask.Response
		body, err := json.Marshal(ask.Request{Project: slug, Query: query, Limit: limit, IDs: limit == everyHit})
		if err != nil {
			return res, err
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+srv.Address+"/internal/search", bytes.NewReader(body))
		if err != nil {
			return res, err
		}
		req.Header.Set("Authorization", "Bearer "+srv.Token)
		req.Header.Set("Content-Type", "application/json")
		got, err := client.Do(req)
		if err != nil {
			return res, errors.New(a.t("cli.index_locked"))
		}
		defer got.Body.Close()
		if got.StatusCode != http.StatusOK {
			return res, fmt.Errorf("server: %s", got.Status)
		}
		if err := json.NewDecoder(io.LimitReader(got.Body, 1<<30)).Decode(&res); err != nil {
			return res, err
		}
		return checked(res)
	})
}

// searchLines answers one query a line. A wrong query has its problem in its line and does not stop the rest.
func (a *app) searchLines(ctx context.Context, search searchFunc, limit int) error {
	in := bufio.NewScanner(a.in)
	in.Buffer(make([]byte, 64<<10), 4<<20)
	out := bufio.NewWriter(a.out)
	defer out.Flush()
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for in.Scan() {
		res, err := search(ctx, in.Text(), limit)
		if err != nil {
			return err
		}
		if res.Problem != nil {
			line := struct {
				ask.Response
				Error string `json:"error"`
			}{res, a.text(coding.Problem{Key: res.Problem.Key, Args: res.Problem.Args})}
			line.Problem = nil
			if err := enc.Encode(line); err != nil {
				return err
			}
			continue
		}
		if err := enc.Encode(res); err != nil {
			return err
		}
	}
	return in.Err()
}

func (a *app) printSearch(res ask.Response) error {
	if res.Problem != nil {
		return refused{[]string{a.text(coding.Problem{Key: res.Problem.Key, Args: res.Problem.Args})}}
	}
	if a.json {
		enc := json.NewEncoder(a.out)
		enc.SetEscapeHTML(false)
		return enc.Encode(res)
	}
	for _, h := range res.Hits {
		fmt.Fprintf(a.out, "%s\t%s\t%s\t%s\n", h.Respondent, h.Question, h.Language, strings.Join(strings.Fields(h.Text), " "))
	}
	fmt.Fprintln(a.err, a.t("cli.found", res.Total))
	return nil
}
