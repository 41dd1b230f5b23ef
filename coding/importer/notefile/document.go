package notefile

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"syscall"

	"avokoodi/coding/importer"
)

// Limits of a document when unpacked.
const (
	maxEntries = 20_000
	bombSize   = 32 << 20 // a part larger than this
	bombRatio  = 200      // and packed more tightly than this is no document
	maxDepth   = 200      // of elements
)

// readDocument reads the paragraphs and table rows of a document of Word, as it is with its tracked changes accepted.
func readDocument(ctx context.Context, f *importer.File, opts importer.Options) (*importer.Sheet, error) {
	z, err := zip.OpenReader(f.Path)
	if err != nil {
		return nil, refuse(f, err)
	}
	defer z.Close()
	if len(z.File) > maxEntries {
		return nil, importer.Refuse(f.Name, "import.zip_bomb")
	}
	var text, styles *zip.File
	for _, e := range z.File {
		switch strings.ToLower(strings.ReplaceAll(e.Name, `\`, "/")) {
		case documentPart:
			text = e
		case "word/styles.xml":
			styles = e
		}
	}
	if text == nil {
		return nil, importer.Refuse(f.Name, "import.document_damaged")
	}
	for _, e := range []*zip.File{text, styles} {
		if e != nil && (e.UncompressedSize64 > uint64(opts.Unzipped()) || e.UncompressedSize64 > bombSize && e.UncompressedSize64/bombRatio > e.CompressedSize64) {
			return nil, importer.Refuse(f.Name, "import.zip_bomb")
		}
	}
	d := &document{ctx: ctx, notes: newNotes(f, opts), levels: map[string]int{}}
	if styles != nil {
		err = each(styles, d.styles)
	}
	if err == nil {
		err = each(text, d.body)
	}
	if err != nil {
		d.notes.b.Discard()
		return nil, refuse(f, err)
	}
	return d.notes.sheet("docx")
}

// refuse turns what is wrong with the file into a Problem; trouble of this machine stays what it is.
func refuse(f *importer.File, err error) error {
	var number syscall.Errno
	var problem importer.Problem
	switch {
	case errors.As(err, &number):
		return fmt.Errorf("import: document: %w", err)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.As(err, &problem):
		return err
	}
	return importer.Refuse(f.Name, "import.document_damaged")
}

func each(e *zip.File, read func(*xml.Decoder) error) error {
	in, err := e.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	return read(xml.NewDecoder(in))
}

// document walks the elements of a document.
type document struct {
	ctx    context.Context
	notes  *notes
	levels map[string]int // of headings, by the id of their style
	number int            // of the paragraph
}

// attr is an attribute whatever its name space: the strict form of the format has another.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// styles finds the headings among the styles: their names are English in every language of Word, their ids are not.
func (d *document) styles(x *xml.Decoder) error {
	id := ""
	for {
		token, err := x.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "style":
			id = attr(e, "styleId")
		case "name":
			name := strings.ToLower(attr(e, "val"))
			if level, ok := strings.CutPrefix(name, "heading "); ok {
				if n, err := strconv.Atoi(level); err == nil && id != "" {
					d.levels[id] = n
				}
			} else if name == "title" && id != "" {
				d.levels[id] = 0
			}
		case "outlineLvl":
			if n, err := strconv.Atoi(attr(e, "val")); err == nil && n >= 0 && n < 9 && id != "" {
				if _, ok := d.levels[id]; !ok {
					d.levels[id] = n + 1
				}
			}
		}
	}
}

// body reads the text.
func (d *document) body(x *xml.Decoder) error {
	w := walk{document: d, x: x}
	for seen := 1; ; seen++ {
		token, err := x.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if seen&4095 == 0 && d.ctx.Err() != nil {
			return d.ctx.Err()
		}
		switch e := token.(type) {
		case xml.StartElement:
			err = w.start(e)
		case xml.EndElement:
			w.end(e.Name.Local)
		case xml.CharData:
			if w.inText && len(w.open) > 0 {
				w.open[len(w.open)-1].text.Write(e)
			}
		}
		if err = errors.Join(err, d.notes.err); err != nil {
			return err
		}
	}
}
