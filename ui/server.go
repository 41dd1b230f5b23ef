// Package ui is the web interface: Gin routes, handlers that parse, call and render, and one mapping of errors.
package ui

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/importer"
	"avokoodi/coding/sets"
	"avokoodi/coding/workshop/room"
	"avokoodi/index"
	"avokoodi/index/analysis"
	"avokoodi/ui/assets"
	"avokoodi/ui/i18n"
)

// Deps is what the interface is served from.
type Deps struct {
	Service   *coding.Service
	Boards    *sets.Boards
	Index     *index.Index
	Sessions  scs.Store
	Log       *slog.Logger
	Secure    bool          // session cookie over HTTPS only
	SignedIn  time.Duration // how long a sign-in lasts
	UploadMax int64         // bytes
	Uploads   string        // folder for files being imported
	Version   string
	System    func(ctx context.Context) []SystemLine // what the system page says
	Reader    importer.Reader                        // every format of survey files
	Detect    importer.Detect                        // language of an answer
	Formats   exporter.Formats                       // what documents can be downloaded as
	Words     *analysis.Engine                       // outside projects with an index; nil for what the system has
	Token     string                                 // secret of the command line's requests; "" for none
	Rooms     room.Store                             // live rooms of workshops
}

// SystemLine is one fact of the system page; Warn asks for attention. The label is the message 'system.KEY', and so is the
// value where Say names one; Value stands as it is.
type SystemLine struct {
	Key   string
	Value string
	Say   string // key of a message in place of Value
	Args  []any  // of Say
	Warn  bool
}

// In is the label and the value in a language.
func (l SystemLine) In(lang i18n.Lang) (label, value string) {
	if value = l.Value; l.Say != "" {
		value = i18n.T(lang, l.Say, l.Args...)
	}
	return i18n.T(lang, "system."+l.Key), value
}

// Server is the web interface as an http.Handler.
type Server struct {
	Deps
	sessions   *scs.SessionManager
	handler    http.Handler
	limits     *limits
	uploads    *uploads
	live       *live
	halls      *halls
	known      known
	corpora    corpora
	flagged    flagged
	suggesters suggesters
	frozen     frozenCards
}

// New builds the interface.
func New(d Deps) *Server {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.SignedIn == 0 {
		d.SignedIn = 14 * 24 * time.Hour
	}
	if d.UploadMax == 0 {
		d.UploadMax = 256 << 20
	}
	s := &Server{Deps: d, sessions: scs.New(), limits: newLimits(), uploads: newUploads(d.Uploads)}
	s.sessions.Store = d.Sessions
	s.sessions.Lifetime = d.SignedIn
	s.sessions.Cookie.Name = "avokoodi"

	s.flagged.projects = map[coding.ProjectID]*flags{}
	s.suggesters.projects = map[coding.ProjectID]*suggester{}
	s.live = newLive(d.Service.Store())
	s.halls = newHalls(d.Rooms)
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.HandleMethodNotAllowed = true
	// Whose address counts is told by a proxy on this machine only; otherwise anybody could write an address into a header and
	// pass every limit.
	if err := r.SetTrustedProxies([]string{"127.0.0.0/8", "::1"}); err != nil {
		panic(err)
	}
	r.UseRawPath = true
	r.Use(s.recovered, headers)
	r.GET(assets.Prefix+"*path", gin.WrapF(assets.ServeHTTP))
	r.GET("/favicon.ico", func(c *gin.Context) { c.Redirect(http.StatusMovedPermanently, assets.URL("img/icon.svg")) })
	r.GET("/healthz", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	s.routeSignIn(r)
	s.routePrefs(r)
	s.routePeople(r)
	s.routeProjects(r)
	s.routeImport(r)
	s.routeDesk(r)
	s.routeSuggest(r)
	s.routeDeskSettings(r)
	s.routeCoding(r)
	s.routeThemes(r)
	s.routeAnalysis(r)
	s.routeQuotes(r)
	s.routePack(r)
	s.routeWorkshop(r)
	s.routeRooms(r)
	s.routeWords(r)
	s.routeHistory(r)
	s.routeSettings(r)
	s.routeErase(r)
	s.routeRecheck(r)
	s.routeVariables(r)
	s.routeWork(r)
	s.routeAgreement(r)
	s.routeMemos(r)
	s.routeGallery(r)
	s.routeInternal(r)
	s.routeLive(r)
	r.NoRoute(s.page(func(*request) error { return coding.ErrNotFound }))

	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "cross-origin request refused", http.StatusForbidden)
	}))
	s.handler = guard.Handler(r)
	return s
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// headers sets what every answer carries. No inline script or style runs anywhere.
func headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "+
		"connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	h.Set("Cache-Control", "no-store")
	c.Next()
}
