package ui

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/coding/importer/csvfile"
	"avokoodi/coding/importer/notefile"
	"avokoodi/coding/importer/profile"
	"avokoodi/coding/importer/savfile"
	"avokoodi/coding/importer/xlsxfile"
	"avokoodi/coding/sets"
	"avokoodi/coding/sqlstore"
	"avokoodi/index/analysis/langid"
)

// testSite is the interface over a database of its own, with somebody in every role.
type testSite struct {
	t       *testing.T
	server  *Server
	svc     *coding.Service
	log     *bytes.Buffer
	uploads string
	people  map[coding.Role]coding.Person
}

const testUploadMax = 1 << 20

func newTestSite(t *testing.T) *testSite {
	t.Helper()
	dir := t.TempDir()
	store, err := sqlstore.Open(t.Context(), filepath.Join(dir, "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	s := &testSite{t: t, svc: coding.NewService(store, nil), log: &bytes.Buffer{}, uploads: filepath.Join(dir, "uploads"), people: map[coding.Role]coding.Person{}}
	for _, role := range coding.Roles {
		p, err := s.svc.AddPerson(t.Context(), coding.Operator, coding.NewPerson{Name: string(role), Display: "Tester " + string(role), Role: role})
		if err != nil {
			t.Fatal(err)
		}
		s.people[role] = p
	}
	s.server = New(Deps{Service: s.svc, Boards: sets.New(store), Sessions: store.Sessions(), Rooms: store.LiveRooms(), Log: slog.New(slog.NewTextHandler(s.log, nil)),
		UploadMax: testUploadMax, Uploads: s.uploads, Reader: importer.NewReader(notefile.Format{}, xlsxfile.Format{}, savfile.Format{}, csvfile.Format{}).With(profile.All()...),
		Detect: func(text string) (coding.Lang, float64, bool) {
			g := langid.Detect(text)
			return coding.Lang(g.Lang), g.Confidence, g.Mixed
		}})
	return s
}

// project makes a project with a round in which each language has as many respondents as sizes says, each with one answer.
func (s *testSite) project(slug string, sizes map[coding.Lang]int) coding.Project {
	s.t.Helper()
	p, err := s.svc.CreateProject(s.t.Context(), coding.Operator, coding.Project{Slug: slug, Name: coding.Text{EN: "Survey " + slug}})
	if err != nil {
		s.t.Fatal(err)
	}
	if len(sizes) == 0 {
		return p
	}
	rows := func(yield func(coding.BatchRow, error) bool) {
		n := 0
		for _, l := range []coding.Lang{"fi", "sv", "en"} {
			for range sizes[l] {
				n++
				row := coding.BatchRow{External: fmt.Sprint(n), Answers: []coding.BatchAnswer{{Language: l, Text: fmt.Sprint("answer ", n)}}}
				if !yield(row, nil) {
					return
				}
			}
		}
	}
	_, err = s.svc.Import(s.t.Context(), p.ID, coding.Operator, coding.Batch{File: slug + ".csv", SHA256: slug, Round: coding.Round{Key: "2022"},
		Questions: []coding.Question{{Key: "q1", Label: coding.Text{EN: "What helps?"}}}, Rows: rows}, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

// testBrowser is somebody's browser: it keeps cookies and does not follow redirects by itself.
type testBrowser struct {
	site    *testSite
	cookies map[string]*http.Cookie
}

var testLinks int

// as is a browser in which the person of the role is signed in; "" for nobody.
func (s *testSite) as(role coding.Role) *testBrowser {
	s.t.Helper()
	b := &testBrowser{site: s, cookies: map[string]*http.Cookie{"lang": {Name: "lang", Value: "en"}}}
	if role != "" {
		b.signIn(s.people[role].ID)
	}
	return b
}

func (b *testBrowser) signIn(id coding.PersonID) {
	testLinks++
	key := fmt.Sprint("link", testLinks)
	b.site.server.Link(key, id)
	b.get("/welcome?key=" + key).want(http.StatusSeeOther)
}

// testPage is what the server answered.
type testPage struct {
	t        *testing.T
	status   int
	location string
	body     string
	header   http.Header
}

func (b *testBrowser) do(method, path, kind string, body io.Reader, headers ...string) *testPage {
	b.site.t.Helper()
	req := httptest.NewRequest(method, path, body)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	for _, c := range b.cookies {
		req.AddCookie(c)
	}
	w := httptest.NewRecorder()
	b.site.server.ServeHTTP(w, req)
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c
		}
	}
	p := &testPage{t: b.site.t, status: w.Code, location: w.Header().Get("Location"), body: w.Body.String(), header: w.Header()}
	if strings.Contains(p.body, "⟨") {
		b.site.t.Errorf("%s %s shows message keys: %q", method, path, regexp.MustCompile(`⟨[^⟩]*⟩`).FindAllString(p.body, 5))
	}
	return p
}

func (b *testBrowser) get(path string) *testPage {
	b.site.t.Helper()
	return b.do(http.MethodGet, path, "", nil)
}

// post sends a form of pairs.
func (b *testBrowser) post(path string, pairs ...string) *testPage {
	b.site.t.Helper()
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return b.do(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(v.Encode()))
}

// upload sends a file as a form does.
func (b *testBrowser) upload(path, field, name string, content []byte, headers ...string) *testPage {
	b.site.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	f, err := w.CreateFormFile(field, name)
	if err != nil {
		b.site.t.Fatal(err)
	}
	f.Write(content)
	w.Close()
	return b.do(http.MethodPost, path, w.FormDataContentType(), &body, headers...)
}

// want is the page itself if it has the status.
func (p *testPage) want(status int) *testPage {
	p.t.Helper()
	if p.status != status {
		p.t.Fatalf("status %d, want %d; to %q\n%s", p.status, status, p.location, p.text())
	}
	return p
}

// to checks that the answer is a redirect to where a pattern says, and gives the place.
func (p *testPage) to(pattern string) string {
	p.t.Helper()
	p.want(http.StatusSeeOther)
	if !regexp.MustCompile("^" + pattern + "$").MatchString(p.location) {
		p.t.Fatalf("goes to %q, want %q", p.location, pattern)
	}
	return p.location
}

var (
	testTags   = regexp.MustCompile(`(?s)<head>.*?</head>|<[^>]*>`)
	testSpaces = regexp.MustCompile(`\s+`)
)

// text is the words of the page.
func (p *testPage) text() string {
	return testSpaces.ReplaceAllString(html.UnescapeString(testTags.ReplaceAllString(p.body, " ")), " ")
}

// says checks that the page has the words.
func (p *testPage) says(words ...string) *testPage {
	p.t.Helper()
	text := p.text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			p.t.Errorf("the page does not say %q:\n%s", w, text)
		}
	}
	return p
}

// hides checks that the page's source does not have the words.
func (p *testPage) hides(words ...string) *testPage {
	p.t.Helper()
	for _, w := range words {
		if strings.Contains(p.body, w) {
			p.t.Errorf("the page has %q", w)
		}
	}
	return p
}

// TestWhoSeesWhat opens every page as everybody.
func TestWhoSeesWhat(t *testing.T) {
	s := newTestSite(t)
	s.project("one", map[coding.Lang]int{"fi": 8})
	shut := s.project("shut", nil)
	for _, role := range []coding.Role{coding.RoleReader, coding.RoleAnalyst, coding.RoleLead} {
		m := coding.Member{Project: shut.ID, Person: s.people[role].ID, Role: coding.RoleNone}
		if err := s.svc.SetMember(t.Context(), coding.Operator, m); err != nil {
			t.Fatal(err)
		}
	}
	const ok, no, none, in = http.StatusOK, http.StatusForbidden, http.StatusNotFound, http.StatusSeeOther
	for _, c := range []struct {
		method, path                         string
		nobody, reader, analyst, lead, admin int
	}{
		{"GET", "/projects", in, ok, ok, ok, ok},
		{"GET", "/projects/new", in, no, no, ok, ok},
		{"POST", "/projects", 401, no, no, 422, 422},
		{"GET", "/p/one", in, ok, ok, ok, ok},
		{"GET", "/p/shut", in, none, none, none, ok},
		{"GET", "/p/nothing", in, none, none, none, none},
		{"GET", "/p/one/settings", in, no, no, ok, ok},
		{"POST", "/p/one/settings", 401, no, no, 422, 422},
		{"POST", "/p/one/settings/members", 401, no, no, in, in},
		{"POST", "/p/one/settings/delete", 401, no, no, 422, 422},
		{"GET", "/p/shut/settings", in, none, none, none, ok},
		{"GET", "/p/one/import", in, no, no, ok, ok},
		{"POST", "/p/one/import", 401, no, no, 422, 422},
		{"GET", "/p/one/import/AAAAAAAAAAAAAAAAAAAAAAAAAA/columns", in, no, no, in, in},
		{"GET", "/people", in, no, no, no, ok},
		{"POST", "/people", 401, no, no, no, 422},
		{"GET", "/people/1", in, no, no, no, ok},
		{"GET", "/people/99", in, no, no, no, none},
		{"POST", "/people/99/password", 401, no, no, no, none},
		{"GET", "/account", in, ok, ok, ok, ok},
		{"GET", "/system", in, no, no, no, ok},
	} {
		for i, role := range []coding.Role{"", coding.RoleReader, coding.RoleAnalyst, coding.RoleLead, coding.RoleAdmin} {
			want := []int{c.nobody, c.reader, c.analyst, c.lead, c.admin}[i]
			p := s.as(role).do(c.method, c.path, "application/x-www-form-urlencoded", strings.NewReader(""))
			if p.status != want {
				t.Errorf("%s %s as %q: status %d, want %d", c.method, c.path, role, p.status, want)
			}
			if role == "" && c.method == "GET" && !strings.HasPrefix(p.location, "/login?next=") {
				t.Errorf("%s as nobody leads to %q", c.path, p.location)
			}
		}
	}
}

// TestPagesAreSound looks for what no page may have, in each language.
func TestPagesAreSound(t *testing.T) {
	s := newTestSite(t)
	s.project("one", map[coding.Lang]int{"fi": 8, "sv": 3})
	s.project("empty", nil)
	for _, lang := range []string{"fi", "sv", "en"} {
		b := s.as(coding.RoleAdmin)
		b.cookies["lang"].Value = lang
		for _, path := range []string{"/projects", "/projects/new", "/p/one", "/p/empty", "/p/one/settings", "/p/empty/settings",
			"/p/one/import", "/people", "/people/1", "/account", "/system"} {
			p := b.get(path).want(http.StatusOK)
			for what, form := range map[string]string{"an inline style": `\sstyle="`, "an inline script": `<script[^>]*>[^<]`, "a handler": `\son[a-z]+="`,
				"an escaped address": `href="[^"]*%3d`, "a nil": `&lt;nil&gt;|%!`, "a field without a name": `<input class="[^"]*" value`} {
				if found := regexp.MustCompile(form).FindString(p.body); found != "" {
					t.Errorf("%s in %s has %s: %s", path, lang, what, found)
				}
			}
			if n := strings.Count(p.body, "<h1"); n != 1 {
				t.Errorf("%s in %s has %d h1", path, lang, n)
			}
			if !strings.Contains(p.body, `<html lang="`+lang+`"`) {
				t.Errorf("%s is not in %s", path, lang)
			}
			seen := map[string]bool{}
			for _, m := range regexp.MustCompile(`\sid="([^"]+)"`).FindAllStringSubmatch(p.body, -1) {
				if seen[m[1]] {
					t.Errorf("%s in %s has the id %q twice", path, lang, m[1])
				}
				seen[m[1]] = true
			}
		}
	}
}

func soon(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never: %s", what)
		}
	}
}
