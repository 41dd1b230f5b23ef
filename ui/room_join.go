package ui

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"

	"avokoodi/coding"
	"avokoodi/coding/privacy"
	"avokoodi/coding/quotes"
	"avokoodi/coding/workshop/room"
	"avokoodi/ui/i18n"
)

func (s *Server) routeJoin(g gin.IRouter) {
	g.GET("/join", s.joining(s.joinStart))
	g.POST("/join", s.joining(s.joinTyped))
	g.GET("/join/:code", s.joining(s.joinPage))
	g.POST("/join/:code", s.joining(s.act))
	g.GET("/join/:code/live", s.joining(s.joinLive))
}

// The limits of those who join. A whole room may come from one address, so what counts per address is wide; codes that do not
// exist, and one phone, have narrow limits.
var (
	guessRate, guessBurst     = rate.Every(3 * time.Second), 20 // codes that are none, per address
	addressRate, addressBurst = rate.Limit(300), 900            // requests, per address
	phoneRate, phoneBurst     = rate.Limit(3), 40               // acts, per participant
	newcomerRate, newcomers   = rate.Limit(2), 400              // participants who do their first act, per address
)

// The participant's cookies: a secret of their own for each room, and the language.
const (
	joinCookie = "participant"
	joinLang   = "joinlang"
)

// address is where a request comes from, as far as limits go: of an IPv6 address the network, for one house has all of its addresses.
func (r *request) address() string {
	a, err := netip.ParseAddr(r.ClientIP())
	if err != nil || a.Unmap().Is4() {
		return r.ClientIP()
	}
	if net, err := a.Prefix(64); err == nil {
		return net.Masked().Addr().String()
	}
	return r.ClientIP()
}

// joining adapts a handler for participants: a language of their own, and a limit for floods.
func (s *Server) joining(h handler) gin.HandlerFunc {
	return s.page(func(r *request) error {
		r.packed = true
		if !s.limits.bucket("join "+r.address(), addressRate, addressBurst).Allow() {
			return errTooMany
		}
		if c, err := r.Request.Cookie(joinLang); err == nil && slices.Contains(i18n.Langs[:], c.Value) {
			r.lang = c.Value
		}
		if l := r.Query("lang"); slices.Contains(i18n.Langs[:], l) {
			r.lang = l
			http.SetCookie(r.Writer, &http.Cookie{Name: joinLang, Value: l, Path: "/join", MaxAge: 7 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Secure})
		}
		return h(r)
	})
}

func (s *Server) joinStart(r *request) error { return s.showJoinStart(r, http.StatusOK, "", "") }

// joinTyped takes a code as it was typed.
func (s *Server) joinTyped(r *request) error {
	code, ok := room.ReadCode(r.PostForm("code"))
	if !ok {
		return s.showJoinStart(r, http.StatusUnprocessableEntity, r.PostForm("code"), r.t("room.code_form", room.CodeLength))
	}
	return r.goTo("/join/"+code, "")
}

var errWrongCode = errors.New("no such room")

// joined is the room of the address, and the participant's token; "" where the browser has none. Those who have sent codes that are
// none too often are told nothing, right or wrong, unless they are participants of the room.
func (s *Server) joined(r *request) (room.Room, string, error) {
	token := ""
	if c, err := r.Request.Cookie(joinCookie); err == nil && len(c.Value) >= 20 && len(c.Value) <= 64 {
		token = c.Value
	}
	guesses := s.limits.bucket("guess "+r.address(), guessRate, guessBurst)
	code, ok := room.ReadCode(r.Param("code"))
	if !ok {
		guesses.Allow()
		return room.Room{}, "", errWrongCode
	}
	spent := guesses.Tokens() < 1
	if spent && token == "" {
		return room.Room{}, "", errTooMany
	}
	one, err := s.Rooms.ByCode(r.ctx(), code)
	if errors.Is(err, coding.ErrNotFound) {
		if !guesses.Allow() {
			return one, "", errTooMany
		}
		return one, "", errWrongCode
	}
	if err != nil {
		return one, "", err
	}
	if spent {
		mine, err := s.Rooms.Mine(r.ctx(), one.ID, token)
		if err != nil || mine.Person.ID == 0 {
			return room.Room{}, "", errTooMany
		}
	}
	return one, token, nil
}

// joinFail is what a participant is told when a room can't be had.
func (s *Server) joinFail(r *request, err error) error {
	if errors.Is(err, errWrongCode) {
		if r.fragment() {
			return coding.ErrNotFound
		}
		return s.showJoinStart(r, http.StatusNotFound, r.Param("code"), r.t("room.code_wrong"))
	}
	if errors.Is(err, errTooMany) && !r.fragment() {
		return s.showJoinStart(r, http.StatusTooManyRequests, "", r.t("room.too_many"))
	}
	return err
}

func (s *Server) joinPage(r *request) error {
	one, token, err := s.joined(r)
	if err != nil {
		return s.joinFail(r, err)
	}
	if typed := r.Param("code"); typed != one.Code {
		return r.goTo("/join/"+one.Code, "")
	}
	if token == "" {
		token = rand.Text()
		http.SetCookie(r.Writer, &http.Cookie{Name: joinCookie, Value: token, Path: "/join/" + one.Code, MaxAge: 7 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Secure})
	}
	return s.showJoin(r, one, token)
}

func (s *Server) joinLive(r *request) error {
	one, _, err := s.joined(r)
	if err != nil {
		return s.joinFail(r, err)
	}
	known := r.GetHeader("Last-Event-ID")
	if known == "" {
		known = r.Query("since")
	}
	since, err := strconv.ParseInt(known, 10, 64)
	if err != nil || since < 0 {
		since = one.Seq
	}
	return s.stream(r, one.ID, true, since)
}

// act does one thing that a participant sends, by a form or by the page's script.
func (s *Server) act(r *request) error {
	r.Request.Body = http.MaxBytesReader(r.Writer, r.Request.Body, 64<<10)
	if err := r.Request.ParseForm(); err != nil {
		return err
	}
	one, token, err := s.joined(r)
	if err != nil {
		return s.joinFail(r, err)
	}
	if token == "" {
		return s.actFail(r, one, coding.Problem{Key: "room.cookie"})
	}
	if !s.limits.bucket("phone "+token, phoneRate, phoneBurst).Allow() {
		return errTooMany
	}
	keys, err := s.cardKeys(r, one.ID)
	if err != nil {
		return err
	}
	a := s.readAct(r, one)
	mine, err := s.Rooms.Mine(r.ctx(), one.ID, token)
	if err != nil {
		return err
	}
	if mine.Person.ID == 0 && !s.limits.bucket("newcomer "+r.address(), newcomerRate, newcomers).Allow() {
		return errTooMany
	}
	done, err := s.Rooms.Act(r.ctx(), one.ID, token, keys, a)
	if err != nil {
		return s.actFail(r, one, err)
	}
	s.halls.touch(one.ID)
	said := ""
	if done.State == room.Held {
		if said = r.t("room.held"); a.Words.Masked != "" {
			said = r.t("room.held_found")
		}
	}
	if r.fragment() {
		r.JSON(http.StatusOK, gin.H{"again": done.Again, "seq": done.Seq, "remark": int64(done.Remark), "state": string(done.State), "message": said})
		return nil
	}
	key := ""
	switch {
	case said != "":
		key = "room.held"
		if a.Words.Masked != "" {
			key = "room.held_found"
		}
	case a.Do == room.Comment || a.Do == room.OwnTheme:
		key = "room.sent"
	}
	return r.goTo("/join/"+one.Code+anchor(a, r.PostForm("at")), key)
}

// anchor is the place of the page where an act was done.
func anchor(a room.Act, card string) string {
	switch {
	case card != "":
		return "#c-" + card
	case a.Card != "":
		return "#c-" + a.Card
	case a.Do == room.OwnTheme:
		return "#own"
	}
	return ""
}

// readAct reads an act. Its key is what the phone named it by, with a digest of what it is: a form that the browser kept is a
// new act when it is filled in anew.
func (s *Server) readAct(r *request, one room.Room) room.Act {
	do, kind, _ := strings.Cut(r.PostForm("do"), ":") // 'vote:easy': one form has the buttons of all kinds
	a := room.Act{Do: room.Deed(do), Kind: room.Kind(kind), Card: r.PostForm("card"), Remark: room.RemarkID(formInt(r, "remark")),
		Group: r.PostForm("group"), At: time.Now().UTC()}
	if a.Do == room.Comment || a.Do == room.OwnTheme {
		finder := privacy.New()
		if p, err := s.projectOf(r, one); err == nil {
			finder = quotes.FinderOf(p)
		}
		text := room.Clean(r.PostForm("text"))
		if a.Do == room.OwnTheme {
			text = strings.Join(strings.Fields(text), " ")
		}
		if len(text) > 8*room.MaxText { // will be refused; no need to look through it
			a.Words = room.Words{Text: text}
		} else {
			a.Words = room.Look(finder, text, coding.Lang(r.lang), func(k privacy.Kind) string { return r.t("privacy.kind." + string(k)) })
		}
	}
	if key := r.PostForm("key"); key != "" && len(key) <= 40 {
		sum := sha256.Sum256([]byte(strings.Join([]string{string(a.Do), string(a.Kind), a.Card, r.PostForm("remark"), a.Group, a.Words.Text}, "\x00")))
		a.Key = key + "." + hex.EncodeToString(sum[:8])
	}
	return a
}

// actFail tells a participant why an act was not done.
func (s *Server) actFail(r *request, one room.Room, err error) error {
	status, kind, key := 0, "", ""
	switch {
	case errors.Is(err, room.ErrPaused):
		status, kind, key = http.StatusConflict, "paused", "room.paused_say"
	case errors.Is(err, room.ErrClosed):
		status, kind, key = http.StatusGone, "closed", "room.closed_say"
	}
	if status != 0 {
		if r.fragment() {
			r.JSON(status, gin.H{"error": kind, "message": r.t(key)})
			return nil
		}
		return r.goTo("/join/"+one.Code, key)
	}
	var p coding.Problem
	if errors.As(err, &p) && !r.fragment() {
		return r.goTo("/join/"+one.Code+anchor(room.Act{Card: r.PostForm("card")}, r.PostForm("at")), p.Key, p.Args...)
	}
	return err
}

// roomFail is fail for the organiser.
func (s *Server) roomFail(r *request, err error) error {
	if errors.Is(err, room.ErrClosed) {
		return coding.Problem{Field: "do", Key: "room.closed_already"}
	}
	return err
}
