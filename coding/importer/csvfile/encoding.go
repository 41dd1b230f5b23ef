package csvfile

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"avokoodi/coding/importer"
)

// encoding is how the bytes of a file become UTF-8.
type encoding struct {
	name  string
	bom   int                          // bytes before the text
	codec func() transform.Transformer // nil when the bytes are UTF-8 already
	check bool                         // cells may hold characters that could not be read
	nul   bool                         // cells may hold NUL
}

// Names of encodings, as Options.Encoding takes them and the wizard shows them.
const (
	nameUTF8    = "UTF-8"
	nameUTF8BOM = "UTF-8 (BOM)"
	nameUTF16LE = "UTF-16LE"
	nameUTF16BE = "UTF-16BE"
	nameWindows = "Windows-1252"
	nameMac     = "Macintosh"
	nameDOS     = "CP850"
	sampleBytes = 512 << 10
	utf8Mark    = "\xef\xbb\xbf"
	utf16LEMark = "\xff\xfe"
	utf16BEMark = "\xfe\xff"
	blockBytes  = 256 << 10
	maxControls = 200 // one control character in so many bytes is too much for text
)

// Encodings lists the names that Options.Encoding may have.
var Encodings = []string{nameUTF8, nameUTF16LE, nameUTF16BE, nameWindows, nameMac, nameDOS}

var codePages = map[string]*charmap.Charmap{nameWindows: charmap.Windows1252, nameMac: charmap.Macintosh, nameDOS: charmap.CodePage850}

func utf16(name string, bom int) encoding {
	order := unicode.LittleEndian
	if name == nameUTF16BE {
		order = unicode.BigEndian
	}
	return encoding{name: name, bom: bom, check: true, nul: true,
		codec: func() transform.Transformer { return unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder() }}
}

func codePage(name string) encoding {
	page := codePages[name]
	return encoding{name: name, check: true, codec: func() transform.Transformer { return page.NewDecoder() }}
}

// reader gives the text from the start, without byte order mark.
func (e encoding) reader(in io.ReadSeeker) (io.Reader, error) {
	if _, err := in.Seek(int64(e.bom), io.SeekStart); err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	if e.codec == nil {
		return in, nil
	}
	return transform.NewReader(in, e.codec()), nil
}

// sample is the beginning of the text, and whether that is all of it.
func (e encoding) sample(in io.ReadSeeker) (text []byte, whole bool, err error) {
	r, err := e.reader(in)
	if err != nil {
		return nil, false, err
	}
	text, err = io.ReadAll(io.LimitReader(r, sampleBytes))
	if err != nil {
		return nil, false, fmt.Errorf("import: %w", err)
	}
	return text, len(text) < sampleBytes, nil
}

// detectEncoding goes by the byte order mark, then by NUL bytes in every other place, then by whether the whole file is
// UTF-8. A file that partly is UTF-8 is read as that, and the cells that are not are reported. In Windows-1252 text hardly
// any pair of bytes looks like UTF-8 by accident.
func detectEncoding(ctx context.Context, in io.ReadSeeker, f *importer.File, want string) (encoding, error) {
	head := f.Head
	if want != "" {
		return namedEncoding(head, want, f.Name)
	}
	switch {
	case bytes.HasPrefix(head, []byte(utf16LEMark)):
		return utf16(nameUTF16LE, 2), nil
	case bytes.HasPrefix(head, []byte(utf16BEMark)):
		return utf16(nameUTF16BE, 2), nil
	}
	if name := guessUTF16(head); name != "" {
		return utf16(name, 0), nil
	}
	if isBinary(head) {
		return encoding{}, importer.Refuse(f.Name, "import.binary")
	}
	st, err := survey(ctx, in)
	if err != nil {
		return encoding{}, err
	}
	utf := encoding{name: nameUTF8, nul: st.nul}
	if bytes.HasPrefix(head, []byte(utf8Mark)) {
		utf.name, utf.bom = nameUTF8BOM, len(utf8Mark)
	}
	utf.check = st.bad > 0
	if st.bad == 0 || utf.bom > 0 || st.good*10 > st.bad {
		return utf, nil
	}
	page, ok := st.codePage()
	if !ok {
		return utf, nil
	}
	enc := codePage(page)
	enc.nul = st.nul
	return enc, nil
}

func namedEncoding(head []byte, want, file string) (encoding, error) {
	for _, name := range Encodings {
		if !strings.EqualFold(name, want) {
			continue
		}
		switch name {
		case nameUTF8:
			enc := encoding{name: nameUTF8, check: true, nul: true}
			if bytes.HasPrefix(head, []byte(utf8Mark)) {
				enc.bom = len(utf8Mark)
			}
			return enc, nil
		case nameUTF16LE, nameUTF16BE:
			bom := 0
			if bytes.HasPrefix(head, []byte(utf16LEMark)) || bytes.HasPrefix(head, []byte(utf16BEMark)) {
				bom = 2
			}
			return utf16(name, bom), nil
		}
		enc := codePage(name)
		enc.nul = true
		return enc, nil
	}
	return encoding{}, importer.Refuse(file, "import.encoding_unknown", want, strings.Join(Encodings, ", "))
}

// guessUTF16 sees UTF-16 without a byte order mark: nearly every character of our languages has a zero byte.
func guessUTF16(head []byte) string {
	n := min(len(head), 4096) / 2
	if n == 0 || len(head)%2 != 0 && len(head) < importer.HeadSize {
		return ""
	}
	var low, high int // zero as the second byte of a pair, as the first
	for i := range n {
		a, b := head[2*i], head[2*i+1]
		switch {
		case a != 0 && b == 0:
			low++
		case a == 0 && b != 0:
			high++
		}
	}
	switch {
	case low*10 >= n*7:
		return nameUTF16LE
	case high*10 >= n*7:
		return nameUTF16BE
	}
	return ""
}

// isBinary tells by control characters that the bytes are no text. A few NULs alone are reported by cell instead.
func isBinary(head []byte) bool {
	controls, nuls := 0, 0
	for _, b := range head {
		switch {
		case b == 0:
			nuls++
		case b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\v' && b != '\f' && b != 0x1a:
			controls++
		}
	}
	return controls*maxControls > len(head) || nuls*20 > len(head)
}
