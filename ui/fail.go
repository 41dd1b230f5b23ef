package ui

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/ui/view"
)

var errSignInFirst = errors.New("sign in first")

// errTooMany asks to wait.
var errTooMany = errors.New("too many tries")

// problems is the translated messages of the problems in err, by field; ok is false for any other error.
func (r *request) problems(err error) (texts []string, fields map[string]string, ok bool) {
	if ofFile := problemsOf(err); len(ofFile) > 0 { // of a file: with its place
		fields = map[string]string{}
		for _, p := range ofFile {
			texts = append(texts, r.place(p)+r.t(p.Key, p.Args...))
			fields[p.Column] = texts[len(texts)-1]
		}
		return texts, fields, true
	}
	var many coding.Problems
	var one coding.Problem
	switch {
	case errors.As(err, &many):
	case errors.As(err, &one):
		many = coding.Problems{one}
	default:
		return nil, nil, false
	}
	fields = map[string]string{}
	for _, p := range many {
		text := r.t(p.Key, p.Args...)
		texts = append(texts, text)
		fields[p.Field] = text
	}
	return texts, fields, true
}

// fail is the one place where an error becomes a status and words for a person. Nothing internal is shown.
func (s *Server) fail(r *request, err error) {
	status, key := http.StatusInternalServerError, "internal"
	var tooLarge *http.MaxBytesError
	texts, fields, isProblem := r.problems(err)
	var conflict coding.ConflictError
	switch {
	case errors.Is(err, errSignInFirst):
		if !r.fragment() && r.Request.Method == http.MethodGet {
			r.Redirect(http.StatusSeeOther, "/login?next="+queryEscape(r.Request.URL.RequestURI()))
			return
		}
		status, key = http.StatusUnauthorized, "signed_out"
	case isProblem:
		status, key = http.StatusUnprocessableEntity, "problem"
	case errors.Is(err, coding.ErrNotFound):
		status, key = http.StatusNotFound, "not_found"
	case errors.Is(err, coding.ErrForbidden):
		status, key = http.StatusForbidden, "forbidden"
	case errors.As(err, &conflict):
		status, key = http.StatusConflict, "conflict"
		texts = []string{s.explain(r, conflict)}
	case errors.Is(err, coding.ErrConflict):
		status, key = http.StatusConflict, "conflict"
	case errors.Is(err, coding.ErrNothing):
		status, key = http.StatusConflict, "nothing"
	case errors.Is(err, errTooMany):
		status, key = http.StatusTooManyRequests, "too_many"
	case coding.IsFull(err):
		status, key = http.StatusInsufficientStorage, "full"
	case errors.As(err, &tooLarge):
		status, key = http.StatusRequestEntityTooLarge, "too_large"
	case r.ctx().Err() != nil:
		r.Abort()
		return
	}
	page := view.ErrorPage{Page: r.base("error."+key+".title", ""), Status: status}
	page.What, page.Safe, page.Do = r.t("error."+key+".what"), r.t("error."+key+".safe"), r.t("error."+key+".do")
	page.Errors = texts
	if status >= http.StatusInternalServerError {
		page.ID = rand.Text()[:8]
		s.Log.Error("request failed", "id", page.ID, "method", r.Request.Method, "path", r.FullPath(), "error", err)
	}
	if r.fragment() {
		message := page.What
		if len(texts) > 0 {
			message = texts[0]
		}
		r.JSON(status, gin.H{"error": key, "message": message, "fields": fields, "id": page.ID})
		return
	}
	if err := s.render(r, status, "error", page); err != nil {
		s.Log.Error("error page", "error", err)
		r.String(status, page.What)
	}
}

// explain says who changed what later.
func (s *Server) explain(r *request, c coding.ConflictError) string {
	if c.Op == "" {
		return r.t("undo.gone")
	}
	who := r.t("person.somebody")
	if p, err := s.Service.Person(r.ctx(), c.By); err == nil {
		who = p.Shown()
	}
	return r.t("undo.conflict", who, r.t("op."+string(c.Op)))
}

// recovered turns a panic into an internal error.
func (s *Server) recovered(c *gin.Context) {
	defer func() {
		if v := recover(); v != nil {
			if v == http.ErrAbortHandler {
				panic(v)
			}
			s.Log.Error("panic", "value", fmt.Sprint(v), "stack", string(debug.Stack()))
			if !c.Writer.Written() {
				s.fail(&request{Context: c, server: s, lang: "en"}, fmt.Errorf("panic: %v", v))
			}
			c.Abort()
		}
	}()
	c.Next()
}
