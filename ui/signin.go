package ui

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"

	"avokoodi/coding"
	"avokoodi/ui/view"
)

// What a session holds: who, and a stamp of the password so that a new password ends old sessions.
const (
	sessionPerson = "person"
	sessionStamp  = "stamp"
)

func stamp(p coding.Person) string {
	sum := sha256.Sum256([]byte(p.Password))
	return hex.EncodeToString(sum[:8])
}

func (s *Server) routeSignIn(g gin.IRouter) {
	g.GET("/", s.signedIn(func(r *request) error { return r.goTo("/projects", "") }))
	g.GET("/setup", s.page(s.setupPage))
	g.POST("/setup", s.page(s.setup))
	g.GET("/login", s.page(s.loginPage))
	g.POST("/login", s.page(s.login))
	g.POST("/logout", s.page(s.logout))
	g.GET("/welcome", s.page(s.welcome))
}

func (s *Server) setupPage(r *request) error {
	needs, err := s.Service.NeedsSetup(r.ctx())
	if err != nil {
		return err
	}
	if !needs {
		return r.goTo("/login", "setup.done_already")
	}
	return s.render(r, http.StatusOK, "setup", view.SetupPage{Page: r.base("setup.title", ""), Token: r.Query("token")})
}

func (s *Server) setup(r *request) error {
	if !s.limits.allow(r.ClientIP()) {
		return errTooMany
	}
	page := view.SetupPage{Page: r.base("setup.title", ""), Token: r.PostForm("token"), Name: r.PostForm("name"), Display: r.PostForm("display")}
	p, err := s.Service.Setup(r.ctx(), page.Token, coding.NewPerson{Name: page.Name, Display: page.Display, Password: r.PostForm("password")})
	if texts, fields, ok := r.problems(err); ok {
		page.Errors, page.Fields = texts, fields
		return s.render(r, http.StatusUnprocessableEntity, "setup", page)
	}
	if err != nil {
		return err
	}
	if err := s.startSession(r, p); err != nil {
		return err
	}
	return r.goTo("/projects", "setup.welcome", p.Shown())
}

func (s *Server) loginPage(r *request) error {
	if r.person.ID != 0 {
		return r.goTo("/projects", "")
	}
	needs, err := s.Service.NeedsSetup(r.ctx())
	if err != nil {
		return err
	}
	return s.render(r, http.StatusOK, "login", view.LoginPage{Page: r.base("login.title", ""), Next: r.Query("next"), NeedsSetup: needs})
}

func (s *Server) login(r *request) error {
	name, next := r.PostForm("name"), r.PostForm("next")
	if !s.limits.allow(r.ClientIP()) || !s.limits.allow("name "+name) {
		return errTooMany
	}
	p, err := s.Service.SignIn(r.ctx(), name, r.PostForm("password"))
	if errors.Is(err, coding.ErrSignIn) {
		if r.fragment() {
			return coding.Problem{Field: "password", Key: "login.wrong"}
		}
		page := view.LoginPage{Page: r.base("login.title", ""), Next: next, Name: name}
		page.Errors = []string{r.t("login.wrong")}
		return s.render(r, http.StatusUnprocessableEntity, "login", page)
	}
	if err != nil {
		return err
	}
	s.limits.forget("name " + name)
	if err := s.startSession(r, p); err != nil {
		return err
	}
	if r.fragment() {
		r.Status(http.StatusNoContent)
		return nil
	}
	if !localPath(next) {
		next = "/projects"
	}
	return r.goTo(next, "")
}

// startSession signs p in under a new token, so that a token from before can't be used.
func (s *Server) startSession(r *request, p coding.Person) error {
	ctx := r.ctx()
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Put(ctx, sessionPerson, int64(p.ID))
	s.sessions.Put(ctx, sessionStamp, stamp(p))
	token, expiry, err := s.sessions.Commit(ctx)
	if err != nil {
		return err
	}
	s.setCookie(r, token, expiry)
	return nil
}

func (s *Server) setCookie(r *request, token string, expiry time.Time) {
	c := &http.Cookie{Name: s.sessions.Cookie.Name, Value: token, Path: "/", HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode}
	if token == "" {
		c.MaxAge = -1
	} else {
		c.Expires = expiry
	}
	http.SetCookie(r.Writer, c)
}

func (s *Server) logout(r *request) error {
	if err := s.sessions.Destroy(r.ctx()); err != nil {
		return err
	}
	s.setCookie(r, "", time.Time{})
	return r.goTo("/login", "login.signed_out")
}

// welcome signs in by a one-time link that 'avokoodi demo' printed on this machine.
func (s *Server) welcome(r *request) error {
	id, ok := s.limits.takeLink(r.Query("key"))
	if !ok {
		return r.goTo("/login", "login.link_used")
	}
	p, err := s.Service.Person(r.ctx(), id)
	if err != nil {
		return err
	}
	if err := s.startSession(r, p); err != nil {
		return err
	}
	to := r.Query("to")
	if !localPath(to) {
		to = "/projects"
	}
	return r.goTo(to, "")
}

// Link makes a key for /welcome?key= that signs the person in, once, within an hour.
func (s *Server) Link(key string, who coding.PersonID) { s.limits.addLink(key, who) }

// limits slows down guessing and floods by buckets of tries: those of signing in hold eight and get one back in five seconds, for
// each address and each name.
type limits struct {
	mu    sync.Mutex
	tries map[string]*rate.Limiter
	swept time.Time
	links map[string]link
}

type link struct {
	who   coding.PersonID
	until time.Time
}

func newLimits() *limits {
	return &limits{tries: map[string]*rate.Limiter{}, links: map[string]link{}, swept: time.Now()}
}

func (l *limits) allow(key string) bool { return l.bucket(key, rate.Every(5*time.Second), 8).Allow() }

// bucket is the limiter of a key. every and burst are those of all buckets of its kind.
func (l *limits) bucket(key string, every rate.Limit, burst int) *rate.Limiter {
	if host, _, err := net.SplitHostPort(key); err == nil {
		key = host
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if since := time.Since(l.swept); since > 10*time.Minute || len(l.tries) > 100_000 && since > 5*time.Second {
		l.swept = time.Now()
		for k, t := range l.tries {
			if t.Tokens() >= float64(t.Burst()) {
				delete(l.tries, k)
			}
		}
	}
	t, ok := l.tries[key]
	if !ok {
		t = rate.NewLimiter(every, burst)
		l.tries[key] = t
	}
	return t
}

func (l *limits) forget(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.tries, key)
}

func (l *limits) addLink(key string, who coding.PersonID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.links[key] = link{who, time.Now().Add(time.Hour)}
}

func (l *limits) takeLink(key string) (coding.PersonID, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	k, ok := l.links[key]
	delete(l.links, key)
	return k.who, ok && time.Now().Before(k.until)
}
