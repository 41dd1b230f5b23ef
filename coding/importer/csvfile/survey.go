package csvfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// stats is what the bytes of a file look like.
type stats struct {
	nul  bool
	good int      // characters of more than one byte that are sound UTF-8
	bad  int      // bytes that are not
	high [256]int // how often each of the bad bytes occurs
}

// survey goes through the whole file once.
func survey(ctx context.Context, in io.ReadSeeker) (stats, error) {
	var st stats
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return st, fmt.Errorf("import: %w", err)
	}
	buf := make([]byte, blockBytes)
	have := 0
	for {
		if err := ctx.Err(); err != nil {
			return st, err
		}
		n, err := io.ReadFull(in, buf[have:])
		last := err != nil
		if last && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return st, fmt.Errorf("import: %w", err)
		}
		block := buf[:have+n]
		st.nul = st.nul || bytes.IndexByte(block, 0) >= 0
		rest := 0
		if !last {
			rest = cutRune(block)
		}
		st.count(block[:len(block)-rest])
		if last {
			return st, nil
		}
		have = copy(buf, block[len(block)-rest:])
	}
}

// cutRune is how many bytes at the end of a block may be the beginning of a character.
func cutRune(block []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(block); n++ {
		if b := block[len(block)-n]; utf8.RuneStart(b) {
			if b >= 0xc0 && !utf8.FullRune(block[len(block)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}

func (st *stats) count(block []byte) {
	if utf8.Valid(block) {
		// Good ones only matter beside bad ones, so a part of a sound block is enough.
		for _, b := range block[:min(len(block), 4096)] {
			if b >= 0xc0 {
				st.good++
			}
		}
		return
	}
	for i := 0; i < len(block); {
		if block[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, n := utf8.DecodeRune(block[i:])
		if n == 1 {
			st.bad++
			st.high[block[i]]++
		} else {
			st.good++
		}
		i += n
	}
}

// Bytes above ASCII that text in our languages has in each code page: å ä ö Å Ä Ö é É ü Ü and the marks of typography.
var plausible = map[string]string{
	nameWindows: "\xe5\xe4\xf6\xc5\xc4\xd6\xe9\xc9\xfc\xdc\xe8\xe0\xf8\xe6\xdf\xf5\x8a\x8e\x9a\x9e\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa7\xab\xbb\xb0\xb4\xb1\xb2\xb7\xbd\xe1\xe7\xea\xed\xf3\xd8\xc6\xd5",
	nameMac:     "\x8c\x8a\x9a\x81\x80\x85\x8e\x83\x9f\x86\xc9\xd0\xd1\xd2\xd3\xd4\xd5\xca\xa5\xa4",
	nameDOS:     "\x86\x84\x94\x8f\x8e\x99\x82\x90\x81\x9a\xf5\xf8\xff",
}

// letters are å ä ö Å Ä Ö in each code page.
var letters = map[string]string{nameWindows: "\xe5\xe4\xf6\xc5\xc4\xd6", nameMac: "\x8c\x8a\x9a\x81\x80\x85", nameDOS: "\x86\x84\x94\x8f\x8e\x99"}

// codePage is the one under which most bytes are letters of Finnish and Swedish; false when the bytes are text in none.
func (st *stats) codePage() (string, bool) {
	best, most := nameWindows, st.sum(letters[nameWindows])
	for _, name := range []string{nameMac, nameDOS} {
		if n := st.sum(letters[name]); n > 2*most {
			best, most = name, n
		}
	}
	return best, st.sum(plausible[best])*2 > st.bad
}

func (st *stats) sum(chars string) int {
	n := 0
	for i := range len(chars) {
		n += st.high[chars[i]]
	}
	return n
}
