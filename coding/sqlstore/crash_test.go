package sqlstore

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"avokoodi/coding"
)

// The test binary runs itself as another process, with a task and the path of the database in the environment.
const (
	childTask = "AVOKOODI_TEST_TASK"
	childPath = "AVOKOODI_TEST_PATH"
)

// child does the task in the other process.
func child(task, path string) int {
	s, err := Open(context.Background(), path)
	if err == nil {
		defer s.Close()
		switch task {
		case "code":
			err = codeForEver(s)
		case "import":
			err = importHalf(s)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// codeForEver writes codings by several goroutines, and says the id of each when its Update has returned.
func codeForEver(s *Store) error {
	ctx := context.Background()
	var data sample
	err := s.View(ctx, func(r coding.Reader) error {
		projects, err := r.Projects(ctx)
		if err != nil {
			return err
		}
		data.project = projects[0].ID
		themes, err := r.Themes(ctx, data.project)
		for _, th := range themes {
			data.themes = append(data.themes, th.ID)
		}
		for a := range r.EachAnswerHead(ctx, data.project, 0) {
			data.answers = append(data.answers, a.ID)
		}
		return err
	})
	if err != nil {
		return err
	}
	coder := coding.PersonID(time.Now().UnixMicro()) // others may have written before
	var mu sync.Mutex
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := 0; ; i++ {
				c := coding.Coding{Answer: data.answers[i%len(data.answers)], Theme: data.themes[g], Coder: coder + coding.PersonID(i/len(data.answers))}
				var id int64
				err := s.Update(ctx, func(tx coding.Tx) error {
					st, err := tx.Begin(ctx, data.project, 1, coding.OpApply, "", 0)
					if err == nil {
						id, err = tx.Put(ctx, st, nil, c)
					}
					return err
				})
				if err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
				mu.Lock()
				fmt.Println(id)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return nil
}

// importHalf writes respondents, says so, and waits inside its Update for ever.
func importHalf(s *Store) error {
	ctx := context.Background()
	return s.Update(ctx, func(tx coding.Tx) error {
		projects, err := tx.Projects(ctx)
		if err != nil {
			return err
		}
		p := projects[0].ID
		st, err := tx.Begin(ctx, p, 1, coding.OpImport, "", 0)
		if err != nil {
			return err
		}
		rounds, err := tx.Rounds(ctx, p)
		if err != nil {
			return err
		}
		imp, err := tx.Put(ctx, st, nil, coding.Import{Round: rounds[0].ID, SHA256: "half"})
		if err != nil {
			return err
		}
		rs := make([]coding.Respondent, 50_000) // more than the cache holds, so that part is in the log on disk
		for i := range rs {
			rs[i] = coding.Respondent{Round: rounds[0].ID, Import: coding.ImportID(imp), External: fmt.Sprintf("half-%d-%s", i, strings.Repeat("x", 500))}
		}
		if err := tx.AddRespondents(ctx, p, rs); err != nil {
			return err
		}
		fmt.Println(imp)
		for {
			time.Sleep(time.Hour) // a bare select would be a deadlock to the runtime of a build without cgo
		}
	})
}

// process is a child and the ids that it has said.
type process struct {
	cmd *exec.Cmd
	out *bufio.Scanner
	err strings.Builder
	ids []coding.CodingID
}

func start(t *testing.T, task, path string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(os.Args[0])}
	p.cmd.Env = append(os.Environ(), childTask+"="+task, childPath+"="+path)
	p.cmd.Stderr = &p.err
	out, err := p.cmd.StdoutPipe()
	must(t, err)
	p.out = bufio.NewScanner(out)
	must(t, p.cmd.Start())
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	return p
}

// line reads one id.
func (p *process) line(t *testing.T) {
	t.Helper()
	if !p.out.Scan() {
		t.Fatalf("the other process ended: %s", p.err.String())
	}
	p.take(t)
}

func (p *process) take(t *testing.T) {
	t.Helper()
	id, err := strconv.ParseInt(p.out.Text(), 10, 64)
	must(t, err)
	p.ids = append(p.ids, coding.CodingID(id))
}

// kill ends the process as a power cut would end it, and returns all the ids that it had said.
func (p *process) kill(t *testing.T) []coding.CodingID {
	t.Helper()
	must(t, p.cmd.Process.Kill())
	for p.out.Scan() {
		p.take(t)
	}
	_ = p.cmd.Wait()
	if p.err.Len() > 0 {
		t.Fatalf("the other process: %s", p.err.String())
	}
	return p.ids
}

// wait fails unless the process ends well.
func (p *process) wait(t *testing.T) {
	t.Helper()
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the other process: %v: %s", err, p.err.String())
	}
}

// TestCrash kills a process that writes fast, several times: what it had acknowledged is there.
func TestCrash(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	s := openAt(t, path)
	data := fill(t, s, "p", words(500))
	must(t, s.Close())
	var acked []coding.CodingID
	for i := range 4 {
		p := start(t, "code", path)
		for range 300 * (i + 1) {
			p.line(t)
		}
		acked = append(acked, p.kill(t)...)
		s := openAt(t, path)
		codings := sound(t, s, data.project)
		for _, id := range acked {
			if _, ok := codings[id]; !ok {
				t.Fatalf("kill %d: coding %d was acknowledged and is gone", i, id)
			}
		}
		if extra := len(codings) - len(acked); extra > 8*(i+1) {
			t.Errorf("kill %d: %d codings more than acknowledged, of 8 writers", i, extra)
		}
		must(t, s.Close())
	}
	t.Logf("%d acknowledged", len(acked))
}

// TestCrashInImport kills a process in the middle of an import: nothing of it is there.
func TestCrashInImport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	s := openAt(t, path)
	data := fill(t, s, "p", words(10))
	must(t, s.Close())
	p := start(t, "import", path)
	p.line(t)
	p.kill(t)
	s = openAt(t, path)
	sound(t, s, data.project)
	must(t, s.View(t.Context(), func(r coding.Reader) error {
		n := 0
		for _, err := range r.EachRespondent(t.Context(), data.project, 0) {
			must(t, err)
			n++
		}
		imports, err := r.Imports(t.Context(), data.project)
		if n != 10 || len(imports) != 1 {
			t.Errorf("%d respondents and %d imports, want 10 and 1", n, len(imports))
		}
		return err
	}))
	must(t, apply(t.Context(), s, data.project, coding.Coding{Answer: data.answers[0], Theme: data.themes[0], Coder: 1}))
}
