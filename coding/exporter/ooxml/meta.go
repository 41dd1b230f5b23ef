package ooxml

import "time"

// Meta is what a file says of itself.
type Meta struct {
	Title   string
	Subject string
	Author  string    // "" is Avokoodi
	Lang    string    // fi, sv or en: the language of all text that names no other
	Created time.Time // also the time of the parts; the zero time is 1.1.2000
}

func (m Meta) at() time.Time {
	if m.Created.IsZero() {
		return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return m.Created.UTC().Truncate(2 * time.Second) // a zip counts in two seconds
}

// Tag is the language tag of a two-letter language, with the country that spelling goes by here: Swedish is Finland's.
// Anything else is given back as it is.
func Tag(lang string) string {
	switch lang {
	case "fi":
		return "fi-FI"
	case "sv":
		return "sv-FI"
	case "en":
		return "en-GB"
	}
	return lang
}

func (m Meta) addTo(p *pack, app string) {
	author := m.Author
	if author == "" {
		author = "Avokoodi"
	}
	stamp := m.at().Format(time.RFC3339)
	t := &tree{}
	t.start("cp:coreProperties", "xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
		"xmlns:dc", "http://purl.org/dc/elements/1.1/", "xmlns:dcterms", "http://purl.org/dc/terms/",
		"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
	t.elem("dc:title", m.Title)
	if m.Subject != "" {
		t.elem("dc:subject", m.Subject)
	}
	t.elem("dc:creator", author)
	t.elem("dc:language", Tag(m.Lang))
	t.elem("dcterms:created", stamp, "xsi:type", "dcterms:W3CDTF")
	t.elem("dcterms:modified", stamp, "xsi:type", "dcterms:W3CDTF")
	t.end()
	p.add("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", t.part())
	p.relate("", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml")

	t = &tree{}
	t.start("Properties", "xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")
	t.elem("Application", app)
	t.end()
	p.add("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml", t.part())
	p.relate("", "extended-properties", "docProps/app.xml")
}
