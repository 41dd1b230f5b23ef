package ui

import (
	"context"
	"errors"
	"sync"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/ui/view"
)

// The wizard: upload → columns → versions, of several files → language and round → check → import. Every step is an address of its own under the upload's
// id, and every form is answered with a redirect, so that going back and reloading are safe.
func (s *Server) routeImport(g gin.IRouter) {
	lead := func(h handler) gin.HandlerFunc { return s.project(coding.RoleLead, h) }
	g.GET("/p/:slug/import", lead(s.uploadPage))
	g.POST("/p/:slug/import", lead(s.upload))
	g.GET("/p/:slug/import/:upload", s.draft(func(r *request, d *draft) error { return r.goTo(d.path(d.next()), "") }))
	g.GET("/p/:slug/import/:upload/columns", s.draft(s.columnsPage))
	g.POST("/p/:slug/import/:upload/columns", s.draft(s.columns))
	g.POST("/p/:slug/import/:upload/reading", s.draft(s.reading))
	g.POST("/p/:slug/import/:upload/dictionary", s.draft(s.useDictionary))
	for _, form := range []string{"mapping", "reading", "dictionary", "people", "run"} {
		g.GET("/p/:slug/import/:upload/"+form, s.draft(func(r *request, d *draft) error { return r.goTo(d.path(d.next()), "") }))
	}
	g.POST("/p/:slug/import/:upload/mapping", s.draft(s.useMapping))
	g.GET("/p/:slug/import/:upload/mapping.yaml", s.draft(s.mappingFile))
	g.GET("/p/:slug/import/:upload/versions", s.draft(s.versionsPage))
	g.POST("/p/:slug/import/:upload/versions", s.draft(s.alignByHand))
	g.POST("/p/:slug/import/:upload/people", s.draft(s.samePeople))
	g.GET("/p/:slug/import/:upload/language", s.draft(s.languagePage))
	g.POST("/p/:slug/import/:upload/language", s.draft(s.language))
	g.GET("/p/:slug/import/:upload/check", s.draft(s.checkPage))
	g.POST("/p/:slug/import/:upload/run", s.draft(s.runImport))
	g.POST("/p/:slug/import/:upload/drop", lead(s.dropUpload))
	g.GET("/p/:slug/import/:upload/progress", lead(s.progressPage))
	g.POST("/p/:slug/import/:upload/cancel", lead(s.cancelImport))
}

// draft is an upload with its file parsed, for one request.
type draft struct {
	*request
	u        upload
	file     *readFile
	others   []*readFile // in the order of u.Others
	known    importer.Known
	readErr  error // why the file could not be read; then file is nil
	released func()
}

// readFile is a file that was read, with what is proposed for it.
type readFile struct {
	sheet    *importer.Sheet
	proposal importer.Proposal
	keys     map[string]string // proposed, by header

	joined   []importer.Joined
	doubts   importer.Problems // of joining what the project has
	detected coding.Lang

	mu         sync.Mutex
	plan       *importer.Plan
	planOf     string // mapping of plan
	versions   *importer.Versions
	versionsOf string // what versions depends on
}

// parse reads an upload, or gives it as read before; release lets go of it.
func (s *Server) parse(ctx context.Context, u upload) (*readFile, func(), error) {
	return s.uploads.open(ctx, u, func(ctx context.Context, path string) (*readFile, error) {
		opts := importer.Options{MaxBytes: s.UploadMax, TempDir: s.uploads.dir, Sheet: u.Sheet, Encoding: u.Encoding, Delimiter: u.Delimiter, Profile: u.Profile,
			Header: u.Header}
		if u.Dictionary != "" {
			d, ok, err := s.readDictionary(ctx, u)
			if err != nil {
				return nil, err
			}
			if ok {
				opts.Dictionaries = []importer.Dictionary{d}
			}
		}
		sheet, err := s.Reader.Read(ctx, path, u.File, opts)
		if err != nil {
			return nil, err
		}
		proposal, err := importer.Propose(sheet, s.Detect)
		if err != nil {
			sheet.Close()
			return nil, err
		}
		f := &readFile{sheet: sheet, proposal: proposal, detected: proposal.Language(s.Detect)}
		if err := s.joinKnown(ctx, u.Project, f); err != nil {
			sheet.Close()
			return nil, err
		}
		f.keys = keysOf(f.proposal.Mapping)
		return f, nil
	})
}

// draft adapts a handler of the wizard. A file that can't be read as it is leads back to its columns, where encoding and
// delimiter are chosen; one that is being imported, to its progress.
func (s *Server) draft(h func(*request, *draft) error) gin.HandlerFunc {
	return s.project(coding.RoleLead, func(r *request) error {
		id := r.Param("upload")
		if s.uploads.running(id) {
			return r.goTo(r.path("/import/"+id+"/progress"), "")
		}
		u, err := s.uploads.get(id, r.person.ID, r.projectID())
		if errors.Is(err, coding.ErrNotFound) {
			if s.uploads.job(id) != nil {
				return r.goTo(r.path("/import/"+id+"/progress"), "")
			}
			return r.goTo(r.path("/import"), "wizard.gone")
		}
		if err != nil {
			return err
		}
		d := &draft{request: r, u: u, released: func() {}}
		if d.known, err = s.knownOf(r.ctx(), r.projectID()); err != nil {
			return err
		}
		d.file, d.released, d.readErr = s.parse(r.ctx(), u)
		switch {
		case d.readErr == nil:
			defer d.released()
		case !mendable(d.readErr) && u.Header == 0: // a row of headers that a person chose can be chosen again
			return d.readErr
		}
		for _, m := range u.Others {
			other, err := s.uploads.load(m.ID)
			if err != nil {
				s.uploads.drop(id)
				return r.goTo(r.path("/import"), "wizard.gone")
			}
			file, release, err := s.parse(r.ctx(), other)
			if err != nil {
				return err
			}
			defer release()
			d.others = append(d.others, file)
		}
		return h(r, d)
	})
}

func (d *draft) path(step string) string { return d.request.path("/import/" + d.u.ID + "/" + step) }

// next is the step at which the person stopped.
func (d *draft) next() string {
	switch {
	case d.readErr != nil || !d.u.Columns:
		return "columns"
	case d.aligns() && !d.u.Versions:
		return "versions"
	case !d.u.Language:
		return "language"
	}
	return "check"
}

// wizard is what every page of the import shows.
func (d *draft) wizard(step string) view.Wizard {
	return view.Wizard{Steps: d.steps(d.u.ID, step, d.aligning()), File: d.u.names(), Size: d.fileSize(d.u.total()), Path: d.request.path("/import/" + d.u.ID)}
}

// aligning names the step in which files are put side by side, or beside the project; "" where there is nothing to align.
func (d *draft) aligning() string {
	switch {
	case len(d.u.Others) > 0:
		return "wizard.step.versions"
	case d.known.Some():
		return "wizard.step.match"
	}
	return ""
}

// steps is the head of the wizard at a step. Earlier steps can be gone back to. aligning is the name of that step, "" for none.
func (r *request) steps(id, now, aligning string) []view.WizardStep {
	var out []view.WizardStep
	state := "done"
	for _, name := range []string{"file", "columns", "versions", "language", "check", "ready"} {
		label := "wizard.step." + name
		if name == "versions" {
			if label = aligning; label == "" {
				continue
			}
		}
		st := view.WizardStep{Label: r.t(label)}
		switch {
		case name == now:
			state, st.State = "later", "now"
		default:
			st.State = state
		}
		if st.State == "done" && now != "ready" {
			if st.Href = r.path("/import"); name != "file" {
				st.Href += "/" + id + "/" + name
			}
		}
		out = append(out, st)
	}
	return out
}
