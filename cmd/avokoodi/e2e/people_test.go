package e2e

import (
	"html"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestTwoPeople looks at the demonstration as an analyst and as a reader: neither gets further than the role goes, whatever
// they click or send, and a reader sees no answer that nobody chose as a quote.
func TestTwoPeople(t *testing.T) {
	data := t.TempDir()
	base, _ := serve(t, data, "demo", 1, "--no-browser")
	addPerson(t, data, "anna", "analyst")
	addPerson(t, data, "risto", "reader")
	addPerson(t, data, "lauri", "lead")

	t.Run("analyst", func(t *testing.T) {
		v := signIn(t, base, "anna")
		_, home := v.get("/p/demo")
		for _, link := range []string{`href="/people"`, `href="/system"`, `href="/p/demo/settings"`} {
			if strings.Contains(home, link) {
				t.Errorf("an analyst is offered %s", link)
			}
		}
		refused(t, v, http.MethodGet, "/people", "/people/1", "/system", "/p/demo/settings", "/p/demo/import")
		refused(t, v, http.MethodPost, "/people", "/people/1", "/people/1/password", "/p/demo/settings", "/p/demo/settings/members", "/p/demo/settings/delete", "/p/demo/import")
		card := v.cards("demo", "question=q16", 1)[0]
		v.post("/p/demo/answers/"+card.id+"/state", url.Values{"state": {"unusable"}}, true, http.StatusOK)

		// Another's codings stay: an analyst takes off only what is one's own.
		theirs := ""
		for _, c := range v.cards("demo", "question=q16&state=coded", 5) {
			if m := regexp.MustCompile(`class="chip theirs"[^>]*data-theme="(\d+)"`).FindStringSubmatch(c.html); m != nil {
				theirs = m[1]
				before := plain(c.html)
				status, _, err := v.try(http.MethodPost, "/p/demo/answers/"+c.id+"/themes", url.Values{"remove": {theirs}, "all": {"1"}}, true)
				if err != nil || status != http.StatusForbidden {
					t.Errorf("an analyst took everybody's coding off: %d %v", status, err)
				}
				v.post("/p/demo/answers/"+c.id+"/themes", url.Values{"remove": {theirs}}, true, http.StatusOK)
				for _, again := range v.cards("demo", "question=q16&state=coded", 5) {
					if again.id == c.id && plain(again.html) != before {
						t.Errorf("the card was %q and is %q", before, plain(again.html))
					}
				}
				break
			}
		}
		if theirs == "" {
			t.Error("no card has a coding of others; the test needs one")
		}
	})

	t.Run("reader", func(t *testing.T) {
		v := signIn(t, base, "risto")
		card := signIn(t, base, "anna").cards("demo", "question=q16", 1)[0].id
		refused(t, v, http.MethodGet, "/people", "/system", "/p/demo/settings", "/p/demo/import", "/p/demo/code", "/p/demo/code?q=kunta", "/p/demo/code/cards?after="+card,
			"/p/demo/code/side", "/p/demo/history", "/p/demo/export/answers.csv", "/p/demo/export/codings.csv", "/p/demo/export/matrix.xlsx")
		refused(t, v, http.MethodPost, "/p/demo/answers/"+card+"/themes", "/p/demo/answers/"+card+"/memo", "/p/demo/themes", "/p/demo/undo", "/p/demo/code/theme")
		noAnswers(t, data, v)
	})

	t.Run("lead", func(t *testing.T) {
		v := signIn(t, base, "lauri")
		if status, _ := v.get("/p/demo/settings"); status != http.StatusOK {
			t.Errorf("a lead's settings: %d", status)
		}
		refused(t, v, http.MethodGet, "/people", "/system")
	})

	t.Run("nobody", func(t *testing.T) {
		v := &visitor{t: t, base: base}
		for _, path := range []string{"/projects", "/people", "/p/demo", "/p/demo/code", "/p/demo/analysis", "/p/demo/export/counts.csv"} {
			if _, body := v.get(path); !strings.Contains(body, `action="/login"`) {
				t.Errorf("%s is shown to nobody", path)
			}
		}
		for _, path := range []string{"/p/demo/answers/1/themes", "/p/demo/themes", "/people"} {
			if status, _, err := v.try(http.MethodPost, path, url.Values{"add": {"1"}}, false); err != nil || status != http.StatusUnauthorized {
				t.Errorf("POST %s by nobody: %d %v", path, status, err)
			}
		}
	})
}

// refused checks that every path is answered with 403, or 404 where even the existence is not told.
func refused(t *testing.T, v *visitor, method string, paths ...string) {
	t.Helper()
	for _, path := range paths {
		var form url.Values
		if method == http.MethodPost {
			form = url.Values{"add": {"1"}, "text": {"x"}, "name": {"x"}, "label": {"x"}, "label_fi": {"x"}, "confirm": {"demo"}}
		}
		status, body, err := v.try(method, path, form, false)
		if err != nil || status != http.StatusForbidden && status != http.StatusNotFound {
			t.Errorf("%s %s: %d %v\n%.300s", method, path, status, err, plain(body))
		}
	}
}

var hrefs = regexp.MustCompile(`href="(/[^"]*)"`)

// noAnswers follows every link that a reader finds and looks for the words of respondents.
func noAnswers(t *testing.T, data string, v *visitor) {
	t.Helper()
	dir := t.TempDir()
	column := func(kind, column string) []string {
		t.Helper()
		file := filepath.Join(dir, kind+".csv")
		mustRun(t, "", "export", kind, "--project", "demo", "--data", data, "--lang", "en", "-o", file)
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, row := range readCSV(t, raw, ',') {
			out = append(out, row[column])
		}
		return out
	}
	chosen := strings.Join(column("quotes", "Quote"), "\n")
	var secrets []string
	for _, text := range column("answers", "Answer") {
		if utf8.RuneCountInString(text) >= 25 && !strings.Contains(chosen, text) && !strings.Contains(text, "\n") {
			secrets = append(secrets, strings.Join(strings.Fields(text), " "))
		}
	}
	if len(secrets) < 500 || chosen == "" {
		t.Fatalf("%d answers and %d characters of quotes to look for", len(secrets), len(chosen))
	}
	seen := map[string]bool{}
	for queue := []string{"/projects"}; len(queue) > 0 && len(seen) < 200; queue = queue[1:] {
		path := queue[0]
		if seen[path] || strings.HasPrefix(path, "/assets") || strings.HasSuffix(path, ".xlsx") {
			continue
		}
		seen[path] = true
		status, body := v.get(path)
		if status != http.StatusOK {
			t.Errorf("a reader is led to %s: %d", path, status)
			continue
		}
		text := strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(body, ""))), " ")
		for _, s := range secrets {
			if strings.Contains(text, s) {
				t.Errorf("a reader sees an answer at %s: %.80s", path, s)
				break
			}
		}
		for _, m := range hrefs.FindAllStringSubmatch(body, -1) {
			to, _, _ := strings.Cut(html.UnescapeString(m[1]), "#")
			if to != "" && !seen[to] {
				queue = append(queue, to)
			}
		}
	}
	if len(seen) < 8 {
		t.Errorf("the reader found only %v", seen)
	}
	t.Logf("%d pages and files, none with one of %d answers", len(seen), len(secrets))
}
