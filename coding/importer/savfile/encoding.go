package savfile

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// codePages are the numbers that files name their encoding by.
var codePages = map[int32]encoding.Encoding{437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 865: charmap.CodePage865,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1257: charmap.Windows1257, 10000: charmap.Macintosh,
	28591: charmap.ISO8859_1, 28592: charmap.ISO8859_2, 28605: charmap.ISO8859_15, 2: charmap.Windows1252, 3: charmap.Windows1252}

const utf8Page = 65001

// findEncoding goes by what a person chose, the encoding's name in the file, its number, and else by the labels: UTF-8 where
// they are that, or Windows-1252. A file of an unknown encoding is refused when it has any letter beyond ASCII.
func (d *dictionary) findEncoding(want string) error {
	name := want
	if name == "" {
		name = d.encodingName
	}
	switch enc := named(name); {
	case strings.EqualFold(name, "UTF-8") || strings.EqualFold(name, "UTF8"):
		d.encodingName = "UTF-8"
	case enc != nil:
		d.encodingName, d.decoder = name, enc.NewDecoder()
	case d.codePage == utf8Page:
		d.encodingName = "UTF-8"
	case codePages[d.codePage] != nil && d.codePage > 3:
		d.use(codePages[d.codePage])
	case d.labelsAre(utf8.Valid):
		d.encodingName = "UTF-8"
	default:
		d.use(charmap.Windows1252)
	}
	return nil
}

func (d *dictionary) use(enc encoding.Encoding) {
	d.decoder = enc.NewDecoder()
	d.encodingName, _ = htmlindex.Name(enc)
	if m, ok := enc.(*charmap.Charmap); ok {
		d.encodingName = m.String()
	}
}

// named finds an encoding by the names that SPSS and other programs give it.
func named(name string) encoding.Encoding {
	low := strings.ToLower(strings.TrimSpace(name))
	for prefix, pages := range map[string]string{"cp": "cp", "ibm": "ibm-", "windows-": "windows-"} {
		for page, enc := range codePages {
			if number := itoa(page); low == prefix+number || low == pages+number {
				return enc
			}
		}
	}
	if low == "" || low == "utf-8" || low == "utf8" || strings.HasPrefix(low, "utf-16") {
		return nil
	}
	enc, err := htmlindex.Get(low)
	if err != nil {
		return nil
	}
	return enc
}

// labelsAre tells whether sound holds of all names and labels and one of them is not plain ASCII.
func (d *dictionary) labelsAre(sound func([]byte) bool) bool {
	beyond := false
	look := func(b []byte) bool {
		beyond = beyond || bytes.IndexFunc(b, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0
		return sound(b)
	}
	for _, v := range d.vars {
		if !look(v.rawName) || !look(v.rawLabel) {
			return false
		}
	}
	for _, set := range d.labels {
		for _, l := range set.labels {
			if !look(l.label) {
				return false
			}
		}
	}
	return beyond
}

// decode is a name or label as text, without padding. What can't be read becomes U+FFFD.
func (d *dictionary) decode(raw []byte) string {
	raw = bytes.TrimRight(raw, " \x00")
	if d.decoder == nil {
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	text, err := d.decoder.Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	return string(text)
}
