package qr

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"avokoodi/cmd/avokoodi/needed"
)

// samples are texts for every version, at the edges of what it holds, and addresses as rooms have.
func samples() []string {
	list := []string{"", "a", "http://192.168.1.20:8765/join/KPQ37X", "https://avokoodi.example.org/join/ABCDEF", "å ä ö ✓ \x00\xff"}
	for v := 1; v < len(layouts); v++ {
		n := (8*layouts[v].data() - 4 - counter(v)) / 8
		r := rand.New(rand.NewPCG(uint64(v), 7))
		b := make([]byte, n)
		for i := range b {
			b[i] = "ABCDEFGHJKMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789/:.-"[r.IntN(62)]
		}
		list = append(list, string(b), string(b[:n-1]))
	}
	return list
}

// TestReadsBack decodes with a reader that shares nothing with the encoder but the standard.
func TestReadsBack(t *testing.T) {
	seen := map[int]bool{}
	for _, text := range samples() {
		c, err := New(text)
		if err != nil {
			t.Fatal(err)
		}
		seen[c.Version] = true
		got, err := decode(c.Size, c.Dark)
		if err != nil || got != text {
			t.Errorf("version %d: %q reads %q: %v", c.Version, text, got, err)
		}
	}
	if len(seen) != 10 {
		t.Errorf("versions %v", seen)
	}
	var long TooLong
	if _, err := New(strings.Repeat("x", MaxBytes+1)); !errors.As(err, &long) || int(long) != MaxBytes+1 {
		t.Errorf("too long: %v", err)
	}
}

// TestDamageIsSeen: the decoder of this test sees a damaged code, so that its yes means something.
func TestDamageIsSeen(t *testing.T) {
	c, err := New("https://avokoodi.example.org/join/ABCDEF")
	if err != nil {
		t.Fatal(err)
	}
	at := (c.Size-1)*c.Size + c.Size - 1
	c.dark[at] = !c.dark[at]
	if _, err := decode(c.Size, c.Dark); err == nil {
		t.Error("a turned module was not seen")
	}
}

// TestZbarReads gives pictures made from the SVG path to a program that reads QR codes.
func TestZbarReads(t *testing.T) {
	zbar := needed.Program(t, "zbarimg")
	for i, text := range samples() {
		if text == "" || i == 4 { // zbar guesses the encoding of what is not ASCII
			continue
		}
		c, err := New(text)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "code.png")
		var b bytes.Buffer
		if err := png.Encode(&b, picture(t, c)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), zbar, "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path).Output()
		if err != nil || strings.TrimSuffix(string(out), "\n") != text {
			t.Errorf("version %d: %q reads %q: %v", c.Version, text, out, err)
		}
	}
}

var stretch = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

// picture paints what the path says, four points to a module.
func picture(t *testing.T, c *Code) image.Image {
	t.Helper()
	const scale = 4
	img := image.NewGray(image.Rect(0, 0, c.Side()*scale, c.Side()*scale))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	path := c.Path()
	if err := xml.Unmarshal([]byte(fmt.Sprintf(`<path d="%s"/>`, path)), new(struct{})); err != nil {
		t.Fatal(err)
	}
	if left := stretch.ReplaceAllString(path, ""); left != "" {
		t.Fatalf("the path has %q", left)
	}
	for _, m := range stretch.FindAllStringSubmatch(path, -1) {
		x, _ := strconv.Atoi(m[1])
		y, _ := strconv.Atoi(m[2])
		w, _ := strconv.Atoi(m[3])
		for px := x * scale; px < (x+w)*scale; px++ {
			for py := y * scale; py < (y+1)*scale; py++ {
				img.SetGray(px, py, color.Gray{})
			}
		}
	}
	return img
}

func TestMaskIsTheBest(t *testing.T) {
	c, err := New("https://avokoodi.example.org/join/ABCDEF")
	if err != nil {
		t.Fatal(err)
	}
	best := c.penalty()
	for mask := range masks {
		c.invert(c.Mask)
		c.Mask = mask
		c.invert(mask)
		c.format(mask)
		if p := c.penalty(); p < best {
			t.Errorf("mask %d has %d, less than %d", mask, p, best)
		}
	}
}
