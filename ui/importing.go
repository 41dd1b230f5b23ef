package ui

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

// The wizard: upload → columns → language and round → check → import. Every step is an address of its own under the upload's
// id, and every form is answered with a redirect, so that going back and reloading are safe.
func (s *Server) routeImport(g gin.IRouter) {
	lead := func(h handler) gin.HandlerFunc { return s.project(coding.RoleLead, h) }
	g.GET("/p/:slug/import", lead(s.uploadPage))
	g.POST("/p/:slug/import", lead(s.upload))
	g.GET("/p/:slug/import/:upload", s.draft(func(r *request, d *draft) error { return r.goTo(d.path(d.next()), "") }))
	g.GET("/p/:slug/import/:upload/columns", s.draft(s.columnsPage))
	g.POST("/p/:slug/import/:upload/columns", s.draft(s.columns))
	g.POST("/p/:slug/import/:upload/reading", s.draft(s.reading))
	g.POST("/p/:slug/import/:upload/mapping", s.draft(s.useMapping))
	g.GET("/p/:slug/import/:upload/mapping.yaml", s.draft(s.mappingFile))
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
	readErr  error // why the file could not be read; then file is nil
	released func()
}

// readFile is a file that was read, with what is proposed for it.
type readFile struct {
	sheet    *importer.Sheet
	proposal importer.Proposal
	keys     map[string]string // proposed, by header

	mu     sync.Mutex
	plan   *importer.Plan
	planOf string // mapping of plan
}

func (s *Server) uploadPage(r *request) error { return s.showUpload(r, faults{}) }

func (s *Server) showUpload(r *request, wrong faults) error {
	page := view.ImportFilePage{Page: r.base("wizard.title", "import"), MaxBytes: s.UploadMax, Max: int(s.UploadMax >> 20)}
	page.Errors = wrong.texts
	page.Scripts = []string{"js/upload.js"}
	page.Wizard.Steps = r.steps("", "file")
	for _, u := range s.uploads.of(r.person.ID, r.projectID()) {
		page.Pending = append(page.Pending, view.PendingUpload{File: u.File, Size: r.fileSize(u.Size), Path: r.path("/import/" + u.ID), At: u.At})
	}
	return s.render(r, wrong.status(), "import", page)
}

// upload takes the file in, and reads it at once so that a file that is no table is known now.
func (s *Server) upload(r *request) error {
	u, err := s.receive(r)
	if err != nil {
		return s.uploadFailed(r, err)
	}
	_, release, err := s.parse(r.ctx(), u)
	if err == nil {
		release()
	} else if !mendable(err) {
		s.uploads.drop(u.ID)
		return s.uploadFailed(r, err)
	}
	to := r.path("/import/" + u.ID + "/columns")
	if r.fragment() {
		r.JSON(http.StatusOK, gin.H{"location": to})
		return nil
	}
	return r.goTo(to, "")
}

func (s *Server) uploadFailed(r *request, err error) error {
	if wrong, ok := r.faulty(err); ok && !r.fragment() {
		return s.showUpload(r, wrong)
	}
	return err
}

// mendable tells whether a file may be readable with another encoding, delimiter or sheet.
func mendable(err error) bool {
	var p importer.Problem
	if !errors.As(err, &p) {
		return false
	}
	switch p.Key {
	case "import.quote_open", "import.row_long", "import.encoding_unknown", "import.delimiter_unknown", "import.sheet_missing",
		"import.header_long", "import.columns_many":
		return true
	}
	return false
}

// uploadForm is what a form may hold beside the file.
const uploadForm = 1 << 20

// drainMost is how much of a file that is too large is still read, so that the browser hears the answer instead of a broken
// connection.
const drainMost = 4 << 30

// receive reads the form as it arrives: the file goes to its place without ever being whole in memory.
func (s *Server) receive(r *request) (upload, error) {
	body := r.Request.Body
	r.Request.Body = http.MaxBytesReader(r.Writer, body, s.UploadMax+uploadForm)
	u, err := s.receiveFile(r)
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) && r.GetHeader("Expect") == "" {
		io.CopyN(io.Discard, body, drainMost) // whatever comes of it, the answer is the same
	}
	return u, err
}

func (s *Server) receiveFile(r *request) (upload, error) {
	parts, err := r.Request.MultipartReader()
	if err != nil {
		return upload{}, coding.Problem{Field: "file", Key: "wizard.no_file"}
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return upload{}, coding.Problem{Field: "file", Key: "wizard.no_file"}
		}
		if err != nil {
			return upload{}, broken(err)
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		counted := &cutOff{from: part, left: s.UploadMax, most: s.UploadMax}
		u, err := s.uploads.put(r.person.ID, r.projectID(), part.FileName(), counted)
		if err != nil {
			return upload{}, broken(err)
		}
		return u, nil
	}
}

// broken is what a form that ends too early comes to; a file that is too large stays what it is.
func broken(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return coding.Problem{Field: "file", Key: "wizard.cut_off"}
	}
	return err
}

// cutOff reads at most left bytes, and says so as http.MaxBytesReader does when there is more.
type cutOff struct {
	from io.Reader
	left int64
	most int64
}

func (c *cutOff) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	if c.left -= int64(n); c.left < 0 {
		return 0, &http.MaxBytesError{Limit: c.most}
	}
	return n, err
}

// parse reads an upload, or gives it as read before; release lets go of it.
func (s *Server) parse(ctx context.Context, u upload) (*readFile, func(), error) {
	return s.uploads.open(ctx, u, func(ctx context.Context, path string) (*readFile, error) {
		sheet, err := s.Reader.Read(ctx, path, u.File, importer.Options{MaxBytes: s.UploadMax, TempDir: s.uploads.dir,
			Sheet: u.Sheet, Encoding: u.Encoding, Delimiter: u.Delimiter})
		if err != nil {
			return nil, err
		}
		proposal, err := importer.Propose(sheet, s.Detect)
		if err != nil {
			sheet.Close()
			return nil, err
		}
		return &readFile{sheet: sheet, proposal: proposal, keys: keysOf(proposal.Mapping)}, nil
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
		d.file, d.released, d.readErr = s.parse(r.ctx(), u)
		switch {
		case d.readErr == nil:
			defer d.released()
		case !mendable(d.readErr):
			return d.readErr
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
	case !d.u.Language:
		return "language"
	}
	return "check"
}

// wizard is what every page of the import shows.
func (d *draft) wizard(step string) view.Wizard {
	return view.Wizard{Steps: d.steps(d.u.ID, step), File: d.u.File, Size: d.fileSize(d.u.Size), Path: d.request.path("/import/" + d.u.ID)}
}

// steps is the head of the wizard at a step. Earlier steps can be gone back to.
func (r *request) steps(id, now string) []view.WizardStep {
	var out []view.WizardStep
	state := "done"
	for _, name := range []string{"file", "columns", "language", "check", "ready"} {
		st := view.WizardStep{Label: r.t("wizard.step." + name)}
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

// fileSize writes a number of bytes: '302 kB', '4.1 MB'.
func (r *request) fileSize(n int64) string {
	if n < 1_000_000 {
		return i18n.Int(r.lang, (n+999)/1000) + "\u00a0" + r.t("wizard.kb")
	}
	return i18n.Decimal(r.lang, float64(n)/1e6, 1) + "\u00a0" + r.t("wizard.mb")
}

func (s *Server) dropUpload(r *request) error {
	u, err := s.uploads.get(r.Param("upload"), r.person.ID, r.projectID())
	if err != nil {
		return err
	}
	s.uploads.drop(u.ID)
	return r.goTo(r.path("/import"), "wizard.dropped", u.File)
}
