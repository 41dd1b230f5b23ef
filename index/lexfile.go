package index

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"avokoodi/themes"
)

// The lexicon is kept in a file of a generation's folder to which lines are appended:
//
//	<language> <TAB> <form> <TAB> <term> … <TAB> <CRC-32 of what stands before, in hexadecimal>
//
// New lines are on disk before the batch that needs them, which notes how long the file was. What is missing or cut short
// beyond that length belongs to a batch that did not come to be; any other damage makes the index be built anew.

const lexiconFile = "forms.tsv"

// note puts a line down for the file.
func (x *lexicon) note(lang int, form string, terms []string) {
	start := len(x.pending)
	x.pending = append(x.pending, themes.Langs[lang]...)
	x.pending = append(append(x.pending, '\t'), form...)
	for _, t := range terms {
		x.pending = append(append(x.pending, '\t'), t...)
	}
	sum := crc32.ChecksumIEEE(x.pending[start:])
	x.pending = append(x.pending, '\t')
	x.pending = strconv.AppendUint(x.pending, uint64(sum), 16)
	x.pending = append(x.pending, '\n')
}

// lexiconStore is the file of a lexicon.
type lexiconStore struct {
	file *os.File
	size int64 // of the whole lines in it
}

// flush brings what was noted to disk.
func (s *lexiconStore) flush(x *lexicon) error {
	x.mu.Lock()
	lines := x.pending
	x.pending = nil
	x.mu.Unlock()
	if len(lines) == 0 {
		return nil
	}
	if _, err := s.file.Write(lines); err != nil {
		return err
	}
	s.size += int64(len(lines))
	return s.file.Sync()
}

func (s *lexiconStore) close() {
	if s.file != nil {
		_ = s.file.Close()
	}
}

// openLexicon reads the lexicon in dir, or begins an empty one, and opens its file for more.
func openLexicon(dir string) (*lexicon, lexiconStore, error) {
	f, err := os.OpenFile(filepath.Join(dir, lexiconFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, lexiconStore{}, err
	}
	x, s := newLexicon(), lexiconStore{file: f}
	s.size, err = x.load(f.Name())
	if err == nil {
		err = f.Truncate(s.size)
	}
	if err == nil {
		_, err = f.Seek(s.size, io.SeekStart)
	}
	if err != nil {
		s.close()
		return nil, lexiconStore{}, err
	}
	return x, s, nil
}

// load reads whole lines and returns where the last of them ends.
func (x *lexicon) load(path string) (end int64, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	text := string(data[:bytes.LastIndexByte(data, '\n')+1]) // one string, of which all forms and terms are parts
	for line := range strings.Lines(text) {
		if err := x.take(strings.TrimSuffix(line, "\n")); err != nil {
			return 0, damaged("lexicon", err)
		}
	}
	return int64(len(text)), nil
}

func (x *lexicon) take(line string) error {
	i := strings.LastIndexByte(line, '\t')
	if i < 0 {
		return errors.New("a line without checksum")
	}
	sum, err := strconv.ParseUint(line[i+1:], 16, 32)
	if err != nil || uint32(sum) != crc32.ChecksumIEEE([]byte(line[:i])) {
		return fmt.Errorf("wrong checksum: %.60q", line)
	}
	fields := strings.Split(line[:i], "\t")
	lang, ok := themes.ParseLang(fields[0])
	if !ok || len(fields) < 2 {
		return fmt.Errorf("not a form: %.60q", line)
	}
	x.add(langNumber(lang), fields[1], fields[2:])
	return nil
}
