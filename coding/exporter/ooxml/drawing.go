package ooxml

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
)

// emu is English Metric Units, 36,000 to a millimetre.
func emu(mm float64) string { return num(int(mm * 36000)) }

// Picture is a PNG image.
type Picture struct {
	PNG   []byte
	Alt   string  // what it shows, in words
	Width float64 // mm; 0 is the width of the text, more is made to fit
}

// check tells whether the picture is one.
func (p Picture) check() error {
	size, err := png.DecodeConfig(bytes.NewReader(p.PNG))
	switch {
	case err != nil:
		return fmt.Errorf("ooxml: picture: %w", err)
	case size.Width < 1 || size.Height < 1:
		return fmt.Errorf("ooxml: picture of %d × %d", size.Width, size.Height)
	}
	return nil
}

// size is that of a picture that was checked.
func (p Picture) size() image.Config {
	c, _ := png.DecodeConfig(bytes.NewReader(p.PNG)) //nolint:errcheck // was checked
	return c
}

// within is the largest place in a box that has the picture's form, in its middle.
func (p Picture) within(at box) box {
	size := p.size()
	w, h := at.w, at.w*size.Height/size.Width
	if h > at.h {
		w, h = at.h*size.Width/size.Height, at.h
	}
	return box{at.x + (at.w-w)/2, at.y + (at.h-h)/2, w, h}
}

const twipsPerMM = 1440 / 25.4

// textWidth is the width between the margins in mm.
func (d *Document) textWidth() float64 { return float64(d.page.text()) / twipsPerMM }

// Picture adds a picture in a paragraph of its own.
func (d *Document) Picture(p Picture) {
	if err := p.check(); err != nil {
		d.fail(err)
		return
	}
	size := p.size()
	width := d.textWidth()
	if p.Width > 0 {
		width = min(width, p.Width)
	}
	height := width * float64(size.Height) / float64(size.Width)
	if most := 230.0; height > most {
		width, height = width*most/height, most
	}
	d.images++
	name := fmt.Sprintf("word/media/image%d.png", d.images)
	d.pack.kinds["png"] = "image/png"
	d.pack.add(name, "", p.PNG)
	id := d.relateBody("image", name)
	const ns = "http://schemas.openxmlformats.org/drawingml/2006/picture"
	d.inline(width, height, p.Alt, ns, func(t *tree) {
		t.start("pic:pic", "xmlns:pic", ns)
		t.start("pic:nvPicPr")
		t.leaf("pic:cNvPr", "id", num(d.drawings), "name", fmt.Sprintf("Picture %d", d.drawings), "descr", p.Alt)
		t.leaf("pic:cNvPicPr")
		t.end()
		t.start("pic:blipFill")
		t.leaf("a:blip", "r:embed", id)
		t.with("a:stretch", func() { t.leaf("a:fillRect") })
		t.end()
		t.start("pic:spPr")
		t.with("a:xfrm", func() {
			t.leaf("a:off", "x", "0", "y", "0")
			t.leaf("a:ext", "cx", emu(width), "cy", emu(height))
		})
		t.with("a:prstGeom", func() { t.leaf("a:avLst") }, "prst", "rect")
		t.ends(2)
	})
}

// Chart adds a native chart as wide as the text.
func (d *Document) Chart(c Chart) {
	if c.Lang == "" {
		c.Lang = d.meta.Lang
	}
	d.charts++
	name, err := d.pack.addChart("word", d.charts, c)
	if err != nil {
		d.fail(err)
		return
	}
	id := d.relateBody("chart", name)
	height := c.height()
	if d.page == landscape {
		height = min(height, 130)
	}
	d.inline(d.textWidth(), height, c.Alt, nsChart, func(t *tree) {
		t.leaf("c:chart", "xmlns:c", nsChart, "r:id", id)
	})
}

// relateBody relates the body to a part. The ids leave room for the document's own parts, which WriteTo puts in front.
func (d *Document) relateBody(kind, name string) string {
	d.pack.relate(documentPart, kind, name)
	rels := d.pack.rels[documentPart]
	last := &rels[len(rels)-1]
	last.id = fmt.Sprintf("rId%d", 100+len(rels))
	return last.id
}

// inline is a paragraph with a drawing in it.
func (d *Document) inline(width, height float64, alt, uri string, fill func(*tree)) {
	d.afterTable = false
	d.drawings++
	t := &d.body
	t.start("w:p")
	t.with("w:pPr", func() { t.leaf("w:keepLines") })
	t.start("w:r")
	t.start("w:drawing")
	t.start("wp:inline", "distT", "0", "distB", "0", "distL", "0", "distR", "0")
	t.leaf("wp:extent", "cx", emu(width), "cy", emu(height))
	t.leaf("wp:docPr", "id", num(d.drawings), "name", fmt.Sprintf("Figure %d", d.drawings), "descr", alt)
	t.leaf("wp:cNvGraphicFramePr")
	t.start("a:graphic")
	t.with("a:graphicData", func() { fill(t) }, "uri", uri)
	t.ends(5)
}
