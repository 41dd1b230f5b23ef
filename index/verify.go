package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/themes"
)

// verifyBolt looks at the size of a bolt file before it is mapped: reading beyond the end of a file that was cut short
// faults, and not only in the goroutine that opens it.
func verifyBolt(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return damaged("bolt file", err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return damaged("bolt file", err)
	}
	pageSize, pages := uint32(0), uint64(0)
	for _, at := range []int64{0, 4096, int64(os.Getpagesize())} { // there are two, one page after the other
		if size, n, ok := boltMeta(f, at); ok {
			pageSize, pages = size, max(pages, n)
		}
	}
	if pages == 0 || info.Size() < int64(pageSize)*int64(pages) {
		return damaged("bolt file", fmt.Errorf("%d bytes for %d pages", info.Size(), pages))
	}
	return nil
}

// boltMeta reads the page size and the number of pages from a meta page.
func boltMeta(r io.ReaderAt, at int64) (pageSize uint32, pages uint64, ok bool) {
	const (
		pageHeader = 16
		size       = 64
		magic      = 0xED0CDAED
	)
	var m [size]byte
	if _, err := r.ReadAt(m[:], at+pageHeader); err != nil {
		return 0, 0, false
	}
	h := fnv.New64a()
	h.Write(m[:size-8])
	word := binary.NativeEndian
	if word.Uint32(m[0:]) != magic || word.Uint64(m[size-8:]) != h.Sum64() {
		return 0, 0, false
	}
	return word.Uint32(m[8:]), word.Uint64(m[40:]), true
}

// verifySegments checks the checksums of all segment files in dir.
func verifySegments(dir string) error {
	paths, err := filepath.Glob(filepath.Join(dir, "*.zap"))
	if err != nil {
		return err
	}
	for _, path := range paths {
		if err := verifySegment(path); err != nil {
			return damaged(filepath.Base(path), err)
		}
	}
	return nil
}

// verifySegment checks that a segment file ends in the CRC-32 of what stands before.
func verifySegment(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, f, info.Size()-crc32.Size); err != nil {
		return err
	}
	var tail [crc32.Size]byte
	if _, err := io.ReadFull(f, tail[:]); err != nil {
		return err
	}
	if binary.BigEndian.Uint32(tail[:]) != sum.Sum32() {
		return errors.New("wrong checksum")
	}
	return nil
}

// unknownForm is a form that occurs in a language for which the lexicon does not have it; "" when there is none.
func (v *view) unknownForm(x *lexicon) (string, error) {
	for _, p := range v.segments {
		for _, lang := range themes.Langs {
			in, err := p.in(lang)
			if err != nil {
				return "", err
			}
			if form, err := p.unknownForm(x, lang, in); err != nil || form != "" {
				return form, err
			}
		}
	}
	return "", nil
}

func (p part) unknownForm(x *lexicon, lang coding.Lang, in *roaring.Bitmap) (string, error) {
	if in.IsEmpty() {
		return "", nil
	}
	dict, err := p.Dictionary(fieldWord)
	if err != nil {
		return "", err
	}
	docs := roaring.New()
	for it := dict.AutomatonIterator(nil, nil, nil); ; {
		e, err := it.Next()
		if err != nil || e == nil {
			return "", err
		}
		if !x.lacks(e.Term, lang) {
			continue
		}
		docs.Clear()
		if err := addPostings(dict, e.Term, docs); err != nil {
			return "", err
		}
		if docs.Intersects(in) {
			return e.Term, nil
		}
	}
}
