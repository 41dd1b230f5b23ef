package ooxml

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
	"testing"
)

type fataler interface {
	Helper()
	Fatalf(string, ...any)
}

// unpack reads a package and checks what every reader relies on: parts are well-formed and once there, each has a content
// type, each relationship leads to a part, each id that is used is there and used.
func unpack(t fataler, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("zip: %v", err)
	}
	parts := map[string]string{}
	for i, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if _, twice := parts[f.Name]; twice {
			t.Fatalf("%s is there twice", f.Name)
		}
		if i == 0 && f.Name != "[Content_Types].xml" {
			t.Fatalf("the first part is %s", f.Name)
		}
		parts[f.Name] = string(b)
	}
	kinds := map[string]bool{}
	for _, e := range elements(t, parts["[Content_Types].xml"]) {
		kinds[e.get("Extension")+e.get("PartName")] = true
	}
	for name, body := range parts {
		if name != "[Content_Types].xml" && !kinds["/"+name] && !kinds[strings.TrimPrefix(path.Ext(name), ".")] {
			t.Fatalf("%s has no content type", name)
		}
		if ext := path.Ext(name); ext != ".xml" && ext != ".rels" {
			continue
		}
		list := elements(t, body)
		if path.Ext(name) == ".rels" {
			for _, e := range list {
				if target := e.get("Target"); target != "" {
					full := path.Join(path.Dir(path.Dir(name)), target)
					if _, ok := parts[full]; !ok {
						t.Fatalf("%s leads to %s, which is not there", name, full)
					}
				}
			}
			continue
		}
		ids := map[string]bool{}
		for _, e := range elements(t, parts[path.Join(path.Dir(name), "_rels", path.Base(name)+".rels")]) {
			ids[e.get("Id")] = true
		}
		for _, e := range list {
			for _, a := range e.Attr {
				if a.Name.Space == nsRel && !ids[a.Value] {
					t.Fatalf("%s: %s uses %s, which is not there", name, e.Name.Local, a.Value)
				}
			}
		}
	}
	return parts
}

type element struct{ xml.StartElement }

func (e element) get(name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// elements are all elements of a part.
func elements(t fataler, body string) []element {
	t.Helper()
	var out []element
	d := xml.NewDecoder(strings.NewReader(body))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%.2000s", err, body)
		}
		if e, ok := tok.(xml.StartElement); ok {
			out = append(out, element{e.Copy()})
		}
	}
}

// texts are the texts of the elements of a name.
func texts(t fataler, body, name string) []string {
	t.Helper()
	var out []string
	d := xml.NewDecoder(strings.NewReader(body))
	in := false
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if in = tok.Name.Local == name; in {
				out = append(out, "")
			}
		case xml.EndElement:
			in = false
		case xml.CharData:
			if in {
				out[len(out)-1] += string(tok)
			}
		}
	}
}

func TestRelativePaths(t *testing.T) {
	for _, c := range [][3]string{
		{"", "word/document.xml", "word/document.xml"},
		{"word/document.xml", "word/styles.xml", "styles.xml"},
		{"word/charts/chart1.xml", "word/embeddings/chart1.xlsx", "../embeddings/chart1.xlsx"},
		{"ppt/slides/slide1.xml", "ppt/slideLayouts/slideLayout1.xml", "../slideLayouts/slideLayout1.xml"},
	} {
		if got := relative(c[0], c[1]); got != c[2] {
			t.Errorf("from %q to %q: %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func TestLetters(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := letters(i); got != want {
			t.Errorf("column %d is %s, want %s", i, got, want)
		}
	}
}
