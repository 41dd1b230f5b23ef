package xlsxfile

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func accepts(text string) bool {
	var x xmlCheck
	return x.check(iotest.HalfReader(strings.NewReader(text))) == nil
}

func TestXMLCheck(t *testing.T) {
	good := []string{
		`<a/>`, "\ufeff<a></a>", `<?xml version="1.0" encoding="UTF-8"?>` + "\n<a b='1' c = \"x &amp; y\">ä &#228; &#xE4; &lt;</a >\n",
		`<a><!-- x - y --><![CDATA[<b> ]] > &]]><b:c-d.e/></a>`, `<a>]</a>`, `<a>]]</a>`, "<a\n\tb='1'\r\n/>",
	}
	for _, text := range good {
		if !accepts(text) {
			t.Errorf("refused %q", text)
		}
	}
	bad := []string{
		``, ` `, `text`, `<a>`, `<a></b>`, `<a><b></a></b>`, `<a`, `<a/`, `<a b/>`, `<a b=1/>`, `<a b="1"`, `<a b="<"/>`, `<a>&</a>`, `<a>&nbsp;</a>`,
		`<a>&#0;</a>`, `<a>&amp</a>`, `<a>]]></a>`, `<a>` + "\x01" + `</a>`, "<a>\xff</a>", "<a>\xc3", `<!DOCTYPE a><a/>`, `<a><!ENTITY x "y"></a>`,
		`<a><![CDATA[x]]</a>`, `<a><!-- x -- y --></a>`, `<a><!-- x --`, `</a>`, `<1/>`, strings.Repeat("<a>", 300) + strings.Repeat("</a>", 300),
	}
	for _, text := range bad {
		if accepts(text) {
			t.Errorf("accepted %q", text)
		}
	}
	var x xmlCheck
	want := errors.New("disk")
	if err := x.check(iotest.ErrReader(want)); err != want {
		t.Error(err)
	}
}

// What the check accepts, Go's XML reader must read to its end: that is what the check is for.
func FuzzXMLCheck(f *testing.F) {
	for _, s := range []string{`<a b="1">x &amp; y<c/></a>`, `<?xml version="1.0"?><a><!-- c --><![CDATA[x]]></a>`, `<a:b xmlns:a='u'>&#228;</a:b>`,
		`<a>]]</a>`, `<a b = '&lt;'/>`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 || !accepts(text) {
			return
		}
		d := xml.NewDecoder(strings.NewReader(text))
		d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
		for {
			_, err := d.Token()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
		}
	})
}
