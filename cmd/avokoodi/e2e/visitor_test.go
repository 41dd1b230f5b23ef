package e2e

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// visitor is a person at the site with a plain HTTP client, for what would take long in a browser. The first address is kept
// as it is, redirects are followed.
type visitor struct {
	t      *testing.T
	base   string
	client http.Client
}

const password = "pitkä salasana 1"

// addPerson makes a person on the command line.
func addPerson(t *testing.T, data, name, role string) {
	t.Helper()
	mustRun(t, password+"\n", "user", "add", name, "--role", role, "--data", data)
}

// signIn signs a person in.
func signIn(t *testing.T, base, name string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t: t, base: base, client: http.Client{Jar: jar}}
	v.form("/login", url.Values{"name": {name}, "password": {password}, "next": {"/projects"}}, http.StatusOK)
	if status, _ := v.get("/account"); status != http.StatusOK {
		t.Fatalf("%s could not sign in", name)
	}
	return v
}

// try sends a request and gives the status and the body. fragment asks as the page's own scripts do.
func (v *visitor) try(method, path string, form url.Values, fragment bool) (int, string, error) {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequest(method, v.base+path, body)
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Accept-Language", "en")
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if fragment {
		req.Header.Set("X-Fragment", "1")
	}
	res, err := v.client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	return res.StatusCode, string(raw), err
}

func (v *visitor) get(path string) (int, string) {
	v.t.Helper()
	status, body, err := v.try(http.MethodGet, path, nil, false)
	if err != nil {
		v.t.Fatal(err)
	}
	return status, body
}

// form posts a form as a browser without scripts does, and must be answered with want.
func (v *visitor) form(path string, form url.Values, want int) string {
	v.t.Helper()
	return v.post(path, form, false, want)
}

func (v *visitor) post(path string, form url.Values, fragment bool, want int) string {
	v.t.Helper()
	status, body, err := v.try(http.MethodPost, path, form, fragment)
	if err != nil {
		v.t.Fatal(err)
	}
	if status != want {
		v.t.Fatalf("POST %s %v: %d, want %d\n%s", path, form, status, want, plain(body))
	}
	return body
}

// addTheme makes a theme with the same label in every language and gives its id.
func (v *visitor) addTheme(project, label, shortcut string) string {
	v.t.Helper()
	v.form("/p/"+project+"/themes", url.Values{"label_fi": {label}, "label_sv": {label}, "label_en": {label}, "shortcut": {shortcut}, "hue": {"1"}}, http.StatusOK)
	_, body := v.get("/p/" + project + "/code")
	for _, m := range paneTheme.FindAllStringSubmatch(body, -1) {
		if html.UnescapeString(m[2]) == label {
			return m[1]
		}
	}
	v.t.Fatalf("the desk has no theme %q", label)
	return ""
}

var (
	paneTheme = regexp.MustCompile(`(?s)data-theme="(\d+)" data-key="[^"]*" data-search=.*?<span class="name">([^<]*)</span>`)
	oneCard   = regexp.MustCompile(`(?s)<article class="card.*?</article>`)
	cardID    = regexp.MustCompile(`data-card="(\d+)"`)
	cardNr    = regexp.MustCompile(`data-now>#0*(\d+)<`)
	oneText   = regexp.MustCompile(`(?s)<p class="text"[^>]*>(.*?)</p>`)
	tags      = regexp.MustCompile(`<[^>]*>`)
)

// shownCard is an answer as the desk shows it.
type shownCard struct {
	id     string
	number int // of the respondent, from 1
	html   string
}

// cards reads answers of the desk in their order, each on its own card.
func (v *visitor) cards(project, filter string, n int) []shownCard {
	v.t.Helper()
	var out []shownCard
	after := "0"
	for len(out) < n {
		status, body := v.get("/p/" + project + "/code/cards?" + filter + "&alike=apart&after=" + after)
		if status != http.StatusOK {
			v.t.Fatalf("cards: %d", status)
		}
		found := oneCard.FindAllString(body, -1)
		if len(found) == 0 {
			v.t.Fatalf("%d answers, want %d", len(out), n)
		}
		for _, c := range found {
			nr, _ := strconv.Atoi(cardNr.FindStringSubmatch(c)[1])
			out = append(out, shownCard{cardID.FindStringSubmatch(c)[1], nr, c})
		}
		after = out[len(out)-1].id
	}
	return out[:n]
}

// plain is a page's text.
func plain(body string) string {
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(body, " "))), " ")
}
