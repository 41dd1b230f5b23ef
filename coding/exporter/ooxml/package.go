package ooxml

import (
	"archive/zip"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
)

// pack is an OPC package: parts with their content types and the relationships between them.
type pack struct {
	parts []part
	rels  map[string][]relation // by the part that they start from; "" is the package
	kinds map[string]string     // content type by ending, for parts without one of their own
}

type part struct {
	name string // without the leading '/'
	kind string // content type; "" goes by the ending
	data []byte
}

type relation struct{ id, kind, target string }

const (
	nsRel     = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsPackRel = "http://schemas.openxmlformats.org/package/2006/relationships"
	nsA       = "http://schemas.openxmlformats.org/drawingml/2006/main"
	nsChart   = "http://schemas.openxmlformats.org/drawingml/2006/chart"
	relBase   = nsRel + "/"
)

func newPack() *pack {
	return &pack{rels: map[string][]relation{}, kinds: map[string]string{
		"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}}
}

func (p *pack) add(name, kind string, data []byte) { p.parts = append(p.parts, part{name, kind, data}) }

// relate makes a relationship from one part to another and returns its id. kind is the last word of an office relationship, or
// a whole address.
func (p *pack) relate(from, kind, to string) string {
	if !strings.Contains(kind, "://") {
		kind = relBase + kind
	}
	id := fmt.Sprintf("rId%d", len(p.rels[from])+1)
	p.rels[from] = append(p.rels[from], relation{id, kind, relative(from, to)})
	return id
}

// relative is the path of a part as seen from another.
func relative(from, to string) string {
	if from == "" {
		return to
	}
	base := strings.Split(path.Dir(from), "/")
	goal := strings.Split(to, "/")
	for len(base) > 0 && len(goal) > 1 && base[0] == goal[0] {
		base, goal = base[1:], goal[1:]
	}
	return strings.Repeat("../", len(base)) + strings.Join(goal, "/")
}

func relsName(from string) string {
	return path.Join(path.Dir(from), "_rels", path.Base("/"+from)+".rels")
}

func (p *pack) relParts() []part {
	var out []part
	froms := []string{""}
	for _, one := range p.parts {
		froms = append(froms, one.name)
	}
	for _, from := range froms {
		if len(p.rels[from]) == 0 {
			continue
		}
		t := &tree{}
		t.start("Relationships", "xmlns", nsPackRel)
		for _, r := range p.rels[from] {
			t.leaf("Relationship", "Id", r.id, "Type", r.kind, "Target", r.target)
		}
		t.end()
		name := "_rels/.rels"
		if from != "" {
			name = relsName(from)
		}
		out = append(out, part{name: name, data: t.part()})
	}
	return out
}

func (p *pack) contentTypes() part {
	t := &tree{}
	t.start("Types", "xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")
	for _, ending := range []string{"rels", "xml", "png", "xlsx"} {
		if kind := p.kinds[ending]; kind != "" {
			t.leaf("Default", "Extension", ending, "ContentType", kind)
		}
	}
	for _, one := range p.parts {
		if one.kind != "" {
			t.leaf("Override", "PartName", "/"+one.name, "ContentType", one.kind)
		}
	}
	t.end()
	return part{name: "[Content_Types].xml", data: t.part()}
}

// write writes the package. Every file carries the same time, so that the same parts give the same bytes.
func (p *pack) write(w io.Writer, at time.Time) error {
	z := zip.NewWriter(w)
	all := append([]part{p.contentTypes()}, p.relParts()...)
	for _, one := range append(all, p.parts...) {
		h := &zip.FileHeader{Name: one.name, Method: zip.Deflate, Modified: at}
		if strings.HasSuffix(one.name, ".png") || strings.HasSuffix(one.name, ".xlsx") {
			h.Method = zip.Store
		}
		f, err := z.CreateHeader(h)
		if err != nil {
			return fmt.Errorf("ooxml: %w", err)
		}
		if _, err := f.Write(one.data); err != nil {
			return fmt.Errorf("ooxml: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("ooxml: %w", err)
	}
	return nil
}

// counter counts what is written.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}
