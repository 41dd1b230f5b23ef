package exporter

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"avokoodi/coding"
)

// Format writes documents as files of one kind.
type Format interface {
	Ending() string    // of file names, without the dot
	MediaType() string // with its charset
	Write(w io.Writer, d *Document) error
}

// Formats are the formats that a program has.
type Formats []Format

// For finds the format by a file's name, or by an ending alone. An ending without a format is a Problem.
func (fs Formats) For(name string) (Format, error) {
	ending := strings.TrimPrefix(strings.ToLower(filepath.Ext("."+name)), ".")
	for _, f := range fs {
		if f.Ending() == ending {
			return f, nil
		}
	}
	return nil, coding.Problem{Field: "format", Key: "export.format_unknown", Args: []any{ending, fs.endings()}}
}

func (fs Formats) endings() string {
	var list []string
	for _, f := range fs {
		list = append(list, f.Ending())
	}
	return strings.Join(list, ", ")
}

// Save writes a file. The file appears when it is whole: an export that fails or is cancelled leaves what was there before. What
// is there and no plain file, a pipe say, is written into.
func Save(path string, write func(io.Writer) error) (err error) {
	if st, err := os.Stat(path); err == nil && !st.Mode().IsRegular() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
		return errors.Join(write(f), f.Close())
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("export: %w", errors.Join(err, os.Remove(tmp.Name())))
		}
	}()
	err = write(tmp)
	if err = errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	if err := os.Chmod(tmp.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// Guard makes text that a spreadsheet would take for a formula into plain text by an apostrophe in front of it, for
// formats that can't say that a cell is text. Unguard undoes it.
func Guard(s string) string {
	if guarded(s) {
		return "'" + s
	}
	return s
}

// Unguard is the text that Guard was given.
func Unguard(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && guarded(rest) {
		return rest
	}
	return s
}

// guarded tells whether s needs an apostrophe. Text that has one already gets another, so that Unguard finds its way back.
func guarded(s string) bool {
	s = strings.TrimLeft(s, "'")
	return s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0]))
}
