package ui

import (
	"errors"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/coding/importer"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

func (s *Server) uploadPage(r *request) error { return s.showUpload(r, faults{}) }

func (s *Server) showUpload(r *request, wrong faults) error {
	page := view.ImportFilePage{Page: r.base("wizard.title", "import"), MaxBytes: s.UploadMax, Most: mostFiles, Max: int(s.UploadMax >> 20)}
	page.Errors = wrong.texts
	page.Scripts = []string{"js/upload.js"}
	page.Wizard.Steps = r.steps("", "file", "")
	for _, u := range s.uploads.of(r.person.ID, r.projectID()) {
		page.Pending = append(page.Pending, view.PendingUpload{File: u.names(), Size: r.fileSize(u.total()), Path: r.path("/import/" + u.ID), At: u.At})
	}
	return s.render(r, wrong.status(), "import", page)
}

// upload takes the files in, and reads them at once so that a file that is no table is known now.
func (s *Server) upload(r *request) error {
	list, err := s.receive(r)
	if err != nil {
		return s.uploadFailed(r, err)
	}
	u, err := s.gather(r, list)
	if err != nil {
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

// mostFiles is how many files come at once, mostSizes how many times the largest allowed they may be together.
const (
	mostFiles = 12
	mostSizes = 2
)

// receive reads the form as it arrives: the files go to their places without ever being whole in memory.
func (s *Server) receive(r *request) ([]upload, error) {
	body := r.Request.Body
	r.Request.Body = http.MaxBytesReader(r.Writer, body, mostSizes*s.UploadMax+uploadForm)
	list, err := s.receiveFiles(r)
	if err != nil && len(list) > 0 {
		for _, u := range list {
			s.uploads.drop(u.ID)
		}
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) && r.GetHeader("Expect") == "" {
		io.CopyN(io.Discard, body, drainMost) // whatever comes of it, the answer is the same
	}
	return list, err
}

// receiveFiles takes in every file of the form. Those taken in before an error are given back with it.
func (s *Server) receiveFiles(r *request) (list []upload, err error) {
	none := coding.Problem{Field: "file", Key: "wizard.no_file"}
	parts, err := r.Request.MultipartReader()
	if err != nil {
		return nil, none
	}
	for {
		part, err := parts.NextPart()
		switch {
		case err == io.EOF && len(list) == 0:
			return nil, none
		case err == io.EOF:
			return list, nil
		case err != nil:
			return list, broken(err)
		case part.FormName() != "file" || part.FileName() == "":
			continue
		case len(list) == mostFiles:
			return list, coding.Problem{Field: "file", Key: "wizard.files_many", Args: []any{mostFiles}}
		}
		first := ""
		if len(list) > 0 {
			first = list[0].ID
		}
		counted := &cutOff{from: part, left: s.UploadMax, most: s.UploadMax}
		u, err := s.uploads.put(r.person.ID, r.projectID(), part.FileName(), first, counted)
		if err != nil {
			return list, broken(err)
		}
		list = append(list, u)
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
