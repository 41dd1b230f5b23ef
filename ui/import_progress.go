package ui

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// jobOf is the import of the request's upload, for the person who started it.
func (s *Server) jobOf(r *request) (*job, error) {
	if j := s.uploads.job(r.Param("upload")); j != nil && j.person == r.person.ID && j.project == r.projectID() {
		return j, nil
	}
	return nil, coding.ErrNotFound
}

// progressPage follows an import to its end. The page's script asks with X-Fragment and gets numbers.
func (s *Server) progressPage(r *request) error {
	j, err := s.jobOf(r)
	if errors.Is(err, coding.ErrNotFound) {
		if _, err := s.uploads.get(r.Param("upload"), r.person.ID, r.projectID()); err == nil {
			return r.goTo(r.path("/import/"+r.Param("upload")+"/check"), "") // the server was restarted: nothing was imported
		}
		return r.goTo(r.path(""), "")
	}
	if err != nil {
		return err
	}
	st := j.state()
	text := r.t("wizard.progress.rows", st.Rows, j.total)
	if st.Rows >= j.total {
		text = r.t("wizard.progress.closing")
	}
	if r.fragment() {
		r.JSON(http.StatusOK, gin.H{"rows": st.Rows, "total": j.total, "ended": st.Ended, "text": text})
		return nil
	}
	if st.Ended && errors.Is(st.Err, context.Canceled) {
		return r.goTo(r.path("/import/"+j.id+"/check"), "wizard.cancelled")
	}
	page := view.ImportProgressPage{Page: r.base("wizard.progress.title", "import"), Rows: st.Rows, Total: j.total, Text: text, State: "running"}
	page.Wizard = view.Wizard{Steps: r.steps(j.id, "ready", j.aligns), File: j.file, Path: r.path("/import/" + j.id)}
	status := http.StatusOK
	switch {
	case !st.Ended:
		page.Scripts = []string{"js/progress.js"}
	case st.Err != nil:
		status = s.failed(r, j, st.Err, &page)
	default:
		r.finished(st.Import, &page)
		found, more, err := s.identify(r.ctx(), r.access.Project, st.Import.ID)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			page.Identifiers = r.t("privacy.count", len(found))
			if more {
				page.Identifiers += ". " + r.t("privacy.at_least", identifiedMost)
			}
			page.IdentifiersHref = r.path(fmt.Sprintf("/quotes/identifiers?import=%d", st.Import.ID))
		}
	}
	return s.render(r, status, "import_progress", page)
}

// failed says why nothing came in.
func (s *Server) failed(r *request, j *job, err error, page *view.ImportProgressPage) int {
	page.State, page.Title = "failed", r.t("wizard.failed.title")
	if texts, _, ok := r.problems(err); ok {
		page.Errors = texts
		return http.StatusUnprocessableEntity
	}
	if errors.Is(err, coding.ErrForbidden) {
		page.Errors = []string{r.t("error.forbidden.what")}
		return http.StatusForbidden
	}
	status := http.StatusInternalServerError
	page.Problem = r.t("wizard.failed.internal")
	if coding.IsFull(err) {
		status = http.StatusInsufficientStorage
		page.Problem = r.t("error.full.what") + " " + r.t("error.full.do")
	}
	page.ID = j.logged(func() string {
		id := rand.Text()[:8]
		s.Log.Error("import failed", "id", id, "file", j.file, "error", err)
		return id
	})
	return status
}

func (r *request) finished(imp coding.Import, page *view.ImportProgressPage) {
	page.State, page.Title = "done", r.t("wizard.done.title")
	count := func(n int, key string) view.Fact {
		return view.Fact{Value: i18n.Int(r.lang, int64(n)), Label: r.t(key, n)}
	}
	page.Facts = []view.Fact{count(imp.Respondents, "overview.respondents"), count(imp.Answers, "overview.answers"), count(imp.Blank, "wizard.blank")}
	if imp.Duplicates > 0 {
		page.Facts = append(page.Facts, count(imp.Duplicates, "wizard.duplicates"))
	}
	if imp.Erased > 0 {
		page.Facts = append(page.Facts, count(imp.Erased, "wizard.erased"))
	}
	page.Languages = r.languageCounts(imp.Languages)
}

// cancelPatience is how long a request waits for an import to stop.
const cancelPatience = 5 * time.Second

// cancelImport stops an import. Where it was quicker, the progress page says that it is done.
func (s *Server) cancelImport(r *request) error {
	j, err := s.jobOf(r)
	if err != nil {
		return err
	}
	j.cancel()
	select {
	case <-j.done:
	case <-time.After(cancelPatience):
	case <-r.ctx().Done():
	}
	return r.goTo(r.path("/import/"+j.id+"/progress"), "")
}

// logged gives the id of the log line about a job's failure, written once.
func (j *job) logged(write func() string) string {
	j.logOnce.Do(func() { j.logID = write() })
	return j.logID
}
