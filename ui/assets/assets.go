// Package assets embeds the templates, the style sheets and the browser modules, and serves the last two under a hash of
// their content so that browsers may keep them for ever.
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gobolditalic"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
)

//go:embed templates css js img
var files embed.FS

// Templates is the folder of page templates.
func Templates() fs.FS {
	sub, err := fs.Sub(files, "templates")
	if err != nil {
		panic(err)
	}
	return sub
}

type file struct {
	kind        string
	plain, gzip []byte
}

type bundle struct {
	hash  string
	files map[string]file
}

// load reads every asset once. All style sheets become one, app.css: tokens and base first, then by name; cascade layers
// make the order of the rest indifferent. Those in css/join are for participants' phones, which get them with tokens and base
// alone, as join.css.
var load = sync.OnceValue(func() bundle {
	b := bundle{files: map[string]file{}}
	var names []string
	for _, dir := range []string{"css", "js", "img"} {
		err := fs.WalkDir(files, dir, func(p string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				names = append(names, p)
			}
			return err
		})
		if err != nil {
			panic(err)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(rank(a)+a, rank(b)+b) })
	sum := sha256.New()
	var css, join bytes.Buffer
	for _, p := range names {
		raw, err := files.ReadFile(p)
		if err != nil {
			panic(err)
		}
		sum.Write([]byte(p))
		sum.Write(raw)
		if path.Ext(p) == ".css" {
			phone := path.Dir(p) == "css/join"
			if !phone {
				css.Write(append(raw, '\n'))
			}
			if phone || rank(p) != "2" {
				join.Write(append(raw, '\n'))
			}
			continue
		}
		b.files[p] = pack(p, raw)
	}
	b.files["app.css"] = pack("app.css", css.Bytes())
	// The letters of printed sheets, which are laid out in them: browsers load them on pages that show such sheets, and nowhere else.
	for name, raw := range map[string][]byte{"go": goregular.TTF, "go-bold": gobold.TTF, "go-italic": goitalic.TTF, "go-bold-italic": gobolditalic.TTF} {
		b.files["fonts/"+name+".ttf"] = pack(name+".ttf", raw)
	}
	b.files["join.css"] = pack("join.css", join.Bytes())
	b.hash = hex.EncodeToString(sum.Sum(nil))[:12]
	return b
})

func rank(p string) string {
	switch p {
	case "css/tokens.css":
		return "0"
	case "css/base.css":
		return "1"
	}
	return "2"
}

func pack(p string, raw []byte) file {
	f := file{kind: mime.TypeByExtension(path.Ext(p)), plain: raw}
	switch path.Ext(p) {
	case ".js":
		f.kind = "text/javascript; charset=utf-8"
	case ".css":
		f.kind = "text/css; charset=utf-8"
	case ".ttf":
		f.kind = "font/ttf"
	case ".svg":
		f.kind = "image/svg+xml"
	}
	var z bytes.Buffer
	w, _ := gzip.NewWriterLevel(&z, gzip.BestCompression)
	w.Write(raw)
	w.Close()
	if z.Len() < len(raw) {
		f.gzip = z.Bytes()
	}
	return f
}

// Prefix is where assets are served.
const Prefix = "/assets/"

// URL is the address of an asset: "app.css", "js/desk.js".
func URL(name string) string { return Prefix + load().hash + "/" + name }

// ServeHTTP serves what URL names.
func ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b := load()
	name, ok := strings.CutPrefix(r.URL.Path, Prefix+b.hash+"/")
	f, found := b.files[name]
	if !ok || !found {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	if f.gzip != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		w.Write(f.gzip)
		return
	}
	w.Write(f.plain)
}
