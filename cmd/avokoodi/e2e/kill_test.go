package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// child starts the product as a process of its own, which can be killed. output is its standard output and error together.
func child(t *testing.T, args ...string) (cmd *exec.Cmd, output io.Reader) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(self, args...)
	cmd.Env = append(os.Environ(), programEnv+"=1", "LC_ALL=C")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = w, w
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		r.Close()
	})
	return cmd, r
}

// serveChild serves in a process of its own on any free address and gives it.
func serveChild(t *testing.T, data string) (*exec.Cmd, string) {
	t.Helper()
	return serveChildAt(t, data, "127.0.0.1:0")
}

func serveChildAt(t *testing.T, data, listen string) (*exec.Cmd, string) {
	t.Helper()
	cmd, output := child(t, "serve", "--data", data, "--listen", listen, "--lang", "en")
	in := bufio.NewScanner(output)
	for in.Scan() {
		if base := link.FindString(in.Text()); base != "" {
			go io.Copy(io.Discard, output)
			return cmd, base
		}
	}
	t.Fatal("the server printed no address")
	return nil, ""
}

// TestKilledWhileCoding ends the server with SIGKILL amid fast coding by several people, twice. Each coding that was
// acknowledged before must be in the store, once, with its change.
func TestKilledWhileCoding(t *testing.T) {
	data := t.TempDir()
	file := filepath.Join(data, "survey.csv")
	if err := os.WriteFile(file, survey(3000), 0o600); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "", "import", file, "--project", "kill", "--data", data)
	const coders = 4
	for i := range coders {
		addPerson(t, data, fmt.Sprint("coder", i), "analyst")
	}
	acknowledged, sent := map[string]bool{}, map[string]bool{}
	var theme string
	for round := range 2 {
		cmd, base := serveChild(t, data)
		people := make([]*visitor, coders)
		for i := range people {
			people[i] = signIn(t, base, fmt.Sprint("coder", i))
		}
		if theme == "" {
			theme = people[0].addTheme("kill", "Kiire", "1")
		}
		cards := people[0].cards("kill", "question=*", 3000)
		var mu sync.Mutex
		var done atomic.Int32
		var wg sync.WaitGroup
		for i, v := range people {
			wg.Go(func() {
				for n := i + round*1500; n < 1500+round*1500; n += coders {
					key := fmt.Sprint(cards[n].number, " coder", i)
					mu.Lock()
					sent[key] = true
					mu.Unlock()
					status, _, err := v.try(http.MethodPost, "/p/kill/answers/"+cards[n].id+"/themes", url.Values{"add": {theme}}, true)
					if err != nil {
						return // the server is gone
					}
					if status != http.StatusOK {
						t.Errorf("coding: %d", status)
						return
					}
					mu.Lock()
					acknowledged[key] = true
					mu.Unlock()
					done.Add(1)
				}
			})
		}
		for done.Load() < 200 {
			time.Sleep(time.Millisecond)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		cmd.Wait()
		wg.Wait()
		if int(done.Load()) >= 1500 {
			t.Fatal("everything was coded before the server was killed")
		}
	}

	out := filepath.Join(data, "codings.csv")
	mustRun(t, "", "export", "codings", "--project", "kill", "--data", data, "--lang", "en", "-o", out)
	raw, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	stored := map[string]bool{}
	for _, row := range readCSV(t, raw, ',') {
		key := row["respondent"] + " " + row["coder"]
		if stored[key] {
			t.Errorf("twice: %s", key)
		}
		stored[key] = true
		if !sent[key] {
			t.Errorf("nobody sent this coding: %s", key)
		}
	}
	for key := range acknowledged {
		if !stored[key] {
			t.Errorf("acknowledged and gone: %s", key)
		}
	}
	t.Logf("%d sent, %d acknowledged, %d stored", len(sent), len(acknowledged), len(stored))
	if n := count(t, data, "kill", "--unit", "answers", "--threshold", "1").byLabel()["Kiire"]; n != len(stored) {
		t.Errorf("%d are counted, %d are stored", n, len(stored))
	}
	mustRun(t, "", "index", "check", "--data", data)

	// The history goes on from there: the last step of a coder can be undone.
	_, base := serveChild(t, data)
	v := signIn(t, base, "coder1")
	v.post("/p/kill/undo", url.Values{}, true, http.StatusOK)
	if n := count(t, data, "kill", "--unit", "answers", "--threshold", "1").byLabel()["Kiire"]; n != len(stored)-1 {
		t.Errorf("after undo %d are counted of %d", n, len(stored))
	}
}

var rowsDone = regexp.MustCompile(`([\d, ]+) / `)

// TestKilledWhileImporting ends an import of 100,000 rows with SIGKILL, early and late. The project stays as it was, works on,
// and takes the same file afterwards.
func TestKilledWhileImporting(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	data := t.TempDir()
	small, large := filepath.Join(data, "small.csv"), filepath.Join(data, "large.csv")
	const rows = 100_000
	for path, n := range map[string]int{small: 50, large: rows} {
		if err := os.WriteFile(path, survey(n), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mustRun(t, "", "import", small, "--project", "kill", "--round", "1", "--data", data)
	before := mustRun(t, "", "project", "show", "kill", "--data", data)
	for _, at := range []int{2_000, rows * 9 / 10} {
		cmd, output := child(t, "import", large, "--project", "kill", "--round", "2", "--data", data, "--lang", "en")
		reached := readUntil(output, at)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil {
			t.Fatal("the import was over before it was killed")
		}
		t.Logf("killed at row %d", reached)
		if after := mustRun(t, "", "project", "show", "kill", "--data", data); after != before {
			t.Errorf("killed at row %d, the project was\n%s\nand is\n%s", reached, before, after)
		}
	}
	mustRun(t, "", "index", "check", "--data", data)
	out := mustRun(t, "", "import", large, "--project", "kill", "--round", "2", "--data", data, "--json")
	var said struct{ Respondents int }
	if err := json.Unmarshal([]byte(out), &said); err != nil || said.Respondents != rows {
		t.Errorf("the same file afterwards: %s %v", out, err)
	}
}

// readUntil follows the progress of an import up to a row.
func readUntil(output io.Reader, row int) int {
	in := bufio.NewScanner(output)
	in.Split(func(data []byte, end bool) (int, []byte, error) {
		if i := bytes.IndexAny(data, "\r\n"); i >= 0 {
			return i + 1, data[:i], nil
		}
		if end && len(data) > 0 {
			return len(data), data, nil
		}
		return 0, nil, nil
	})
	last := 0
	for last < row && in.Scan() {
		if m := rowsDone.FindStringSubmatch(in.Text()); m != nil {
			last, _ = strconv.Atoi(strings.NewReplacer(",", "", " ", "").Replace(m[1]))
		}
	}
	return last
}

// survey writes a survey of n respondents with one open question.
func survey(n int) []byte {
	begins := []string{"Yhteistyö kunnan kanssa", "Tiedonkulku", "Toiminta-avustus", "Vapaaehtoisten saaminen mukaan", "Tilojen varaaminen", "Viestintä"}
	ends := []string{"on sujunut hyvin", "kaipaisi selkeämpiä vastuita", "vie liikaa aikaa pieneltä yhdistykseltä", "toimii vain kun joku vastaa siitä", "on parantunut viime vuodesta"}
	var b bytes.Buffer
	b.WriteString("ID;Järjestön tyyppi;Miten yhteistyö on sujunut?\n")
	for i := range n {
		fmt.Fprintf(&b, "%d;%s;%s %s, ja toivoisimme että asia otetaan esiin %d. kokouksessa.\n", i+1, []string{"Järjestö", "Kunta", "Hyvinvointialue"}[i%3], begins[i%len(begins)], ends[i/7%len(ends)], i%97)
	}
	return b.Bytes()
}
