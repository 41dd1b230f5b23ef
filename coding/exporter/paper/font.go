package paper

import (
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gobolditalic"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Face is one of the four faces.
type Face uint8

// Faces.
const (
	Regular Face = iota
	Bold
	Italic
	BoldItalic
)

// TTF is the file of a face.
func (f Face) TTF() []byte {
	return [...][]byte{goregular.TTF, gobold.TTF, goitalic.TTF, gobolditalic.TTF}[f]
}

// missing stands for what the fonts don't have, such as pictures of faces.
const missing = '□'

// metrics is how wide the letters of a face are, in units of a thousandth of the size.
type metrics struct {
	mu   sync.Mutex
	font *sfnt.Font
	buf  sfnt.Buffer
	wide map[rune]float64 // −1 where there is no letter
}

var faces = sync.OnceValue(func() [4]*metrics {
	var out [4]*metrics
	for f := range out {
		parsed, err := sfnt.Parse(Face(f).TTF())
		if err != nil {
			panic(err) // the fonts are part of the program
		}
		out[f] = &metrics{font: parsed, wide: map[rune]float64{}}
	}
	return out
})

const perEm = 1000

// advance is how wide a letter is; false where the face has none.
func (m *metrics) advance(r rune) (float64, bool) {
	if w, ok := m.wide[r]; ok {
		return w, w >= 0
	}
	w := -1.0
	if i, err := m.font.GlyphIndex(&m.buf, r); err == nil && i != 0 {
		if step, err := m.font.GlyphAdvance(&m.buf, i, fixed.I(perEm), font.HintingNone); err == nil {
			w = float64(step) / 64
		}
	}
	m.wide[r] = w
	return w, w >= 0
}

const mmPerPoint = 25.4 / 72

// Width is how wide a text is in mm at a size in points.
func Width(s string, f Face, size float64) float64 {
	m := faces()[f]
	m.mu.Lock()
	defer m.mu.Unlock()
	sum := 0.0
	for _, r := range s {
		w, ok := m.advance(r)
		if !ok {
			w, _ = m.advance(missing)
		}
		sum += w
	}
	return sum / perEm * size * mmPerPoint
}

// Shown is a text as the face can write it: what it lacks is '□', and control characters are gone.
func Shown(s string, f Face) string {
	m := faces()[f]
	m.mu.Lock()
	defer m.mu.Unlock()
	out := make([]rune, 0, len(s))
	for _, r := range s {
		switch _, ok := m.advance(r); {
		case r == '\u00ad' || r == '\u200d' || r == '\ufe0f' || r < ' ' || r == 0x7f:
		case r == '\u00a0' || r == '\u202f' || r == '\u2009':
			out = append(out, '\u00a0')
		case ok:
			out = append(out, r)
		default:
			out = append(out, missing)
		}
	}
	return string(out)
}
