package codebook

import (
	"bytes"
	"crypto/sha1"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"avokoodi/themes"
)

// The REFI-QDA codebook exchange, version 1.0 (www.qdasoftware.org, specification 1.5 §5.2).
type qdcBook struct {
	XMLName xml.Name  `xml:"urn:QDA-XML:codebook:1.0 CodeBook"`
	Origin  string    `xml:"origin,attr,omitempty"`
	Codes   []qdcCode `xml:"Codes>Code"`
}

type qdcCode struct {
	GUID        string    `xml:"guid,attr"`
	Name        string    `xml:"name,attr"`
	IsCodable   bool      `xml:"isCodable,attr"`
	Color       string    `xml:"color,attr,omitempty"`
	Description string    `xml:"Description,omitempty"`
	Codes       []qdcCode `xml:"Code"`
}

func writeQDC(w io.Writer, tree themes.Tree, lang themes.Lang) error {
	var code func(themes.ID) qdcCode
	code = func(id themes.ID) qdcCode {
		th, _ := tree.Get(id)
		c := qdcCode{GUID: guid(th.Key), Name: th.Label.In(lang), IsCodable: !th.Retired, Description: describe(th, lang)}
		c.Color = themes.Color(th.Hue)
		for _, sub := range tree.Children(id) {
			c.Codes = append(c.Codes, code(sub))
		}
		return c
	}
	book := qdcBook{Origin: "avokoodi"}
	for _, id := range tree.Children(0) {
		book.Codes = append(book.Codes, code(id))
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	if err := enc.Encode(book); err != nil {
		return err
	}
	return enc.Close()
}

func describe(th themes.Theme, lang themes.Lang) string {
	var parts []string
	for _, t := range []themes.Text{th.Definition, th.Include, th.Exclude} {
		if s := t.In(lang); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n\n")
}

// guid is a name-based UUID (RFC 9562, version 5) of the theme's key, so that the same theme has the same one every time.
func guid(key string) string {
	sum := sha1.Sum([]byte("avokoodi theme " + key))
	sum[6] = sum[6]&0x0f | 0x50
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

func readQDC(r io.Reader, lang themes.Lang) ([]Entry, error) {
	raw, err := readAll(r)
	if err != nil {
		return nil, err
	}
	var book qdcBook
	if err := xml.NewDecoder(bytes.NewReader(raw)).Decode(&book); err != nil {
		return nil, themes.Problem{Field: "file", Key: "codebook.not_qdc"}
	}
	var out []Entry
	taken := map[string]bool{}
	var add func(c qdcCode, parent string, depth int)
	add = func(c qdcCode, parent string, depth int) {
		if depth > 50 {
			return
		}
		th := themes.Theme{Label: themes.Only(lang, c.Name).Trim(), Definition: themes.Only(lang, strings.TrimSpace(c.Description)), Hue: nearest(c.Color), Retired: !c.IsCodable && len(c.Codes) == 0}
		th.Key = themes.KeyFrom(c.Name)
		for i := 2; th.Key == "" || taken[th.Key]; i++ {
			th.Key = fmt.Sprintf("%s-%d", themes.KeyFrom(c.Name), i)
			th.Key = strings.TrimPrefix(th.Key, "-")
		}
		taken[th.Key] = true
		out = append(out, Entry{Parent: parent, Theme: th})
		for _, sub := range c.Codes {
			add(sub, th.Key, depth+1)
		}
	}
	for _, c := range book.Codes {
		add(c, "", 0)
	}
	if len(out) == 0 {
		return nil, themes.Problem{Field: "file", Key: "codebook.empty"}
	}
	return out, nil
}

// nearest is the theme colour closest to an RGB colour; 0 for none.
func nearest(color string) int {
	r, g, b, ok := rgb(color)
	if !ok {
		return 0
	}
	best, at := math.MaxFloat64, 0
	for hue := 1; hue <= themes.Hues; hue++ {
		x, y, z, _ := rgb(themes.Color(hue))
		if d := (r-x)*(r-x) + (g-y)*(g-y) + (b-z)*(b-z); d < best {
			best, at = d, hue
		}
	}
	return at
}

func rgb(s string) (r, g, b float64, ok bool) {
	s = strings.TrimPrefix(s, "#")
	if len(s) == 3 {
		s = string([]byte{s[0], s[0], s[1], s[1], s[2], s[2]})
	}
	n, err := strconv.ParseUint(s, 16, 32)
	if err != nil || len(s) != 6 {
		return 0, 0, 0, false
	}
	return float64(n >> 16), float64(n >> 8 & 255), float64(n & 255), true
}
