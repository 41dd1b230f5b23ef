package importer

import (
	"bytes"
	"strings"
)

// signatures are the first bytes of files that are no table, whatever their name says.
var signatures = []struct {
	magic string
	key   string
}{
	{"%PDF", "import.binary"},
	{"\x89PNG", "import.binary"},
	{"\xff\xd8\xff", "import.binary"},
	{"GIF8", "import.binary"},
	{"PK\x03\x04", "import.not_workbook"},
	{"PK\x05\x06", "import.not_workbook"},
	{"\x1f\x8b", "import.packed"},
	{"BZh", "import.packed"},
	{"7z\xbc\xaf\x27\x1c", "import.packed"},
	{"\xfd7zXZ", "import.packed"},
	{"Rar!", "import.packed"},
	{"\x7fELF", "import.binary"},
	{"SQLite format 3\x00", "import.binary"},
	{"{\\rtf", "import.rtf"},
	{"$FL2", "import.spss"},
	{"$FL3", "import.spss"},
	{"\x00\x00\xfe\xff", "import.utf32"},
	{"\xff\xfe\x00\x00", "import.utf32"},
}

// Foreign is the message for a file that by its first bytes is no text table, "" for any other.
func Foreign(head []byte) string {
	if bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) { // OLE: .xls, or a locked .xlsx
		if bytes.Contains(head, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
			return "import.password"
		}
		if bytes.Contains(head, []byte("W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00")) {
			return "import.doc"
		}
		return "import.xls"
	}
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.magic)) {
			return s.key
		}
	}
	if bytes.HasPrefix(head, []byte("MZ")) && bytes.IndexByte(head, 0) >= 0 {
		return "import.binary"
	}
	if bytes.HasPrefix(head, []byte("\x09\x08\x10\x00")) || bytes.HasPrefix(head, []byte("\x09\x04\x06\x00")) { // bare BIFF
		return "import.xls"
	}
	// Some tools save a web page or an XML table and call it .xls.
	start := strings.ToLower(string(bytes.TrimLeft(bytes.TrimPrefix(head[:min(len(head), 512)], []byte("\ufeff")), " \t\r\n")))
	for _, tag := range []string{"<!doctype html", "<html", "<table", "<?xml", "<head", "<meta"} {
		if strings.HasPrefix(start, tag) {
			return "import.html"
		}
	}
	return ""
}
