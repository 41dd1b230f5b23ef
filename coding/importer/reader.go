package importer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The layouts of survey tools that a mapping or a command may name. ProfileTable is a plain table, one header row.
const (
	ProfileAuto  = "auto"
	ProfileTable = "table"
)

// Profiles lists every name that the command line and mapping files know.
var Profiles = []string{ProfileAuto, ProfileTable, "webropol", "surveymonkey", "limesurvey", "qualtrics", "google-forms", "ms-forms",
	"redcap", "kobo", "spss", "notes"}

// Sizes that hold unless Options say otherwise.
const (
	DefaultMaxBytes    = 256 << 20
	DefaultMaxUnzipped = 1 << 30
	DefaultMemory      = 64 << 20
)

// Options steer reading. The zero value detects everything.
type Options struct {
	MaxBytes    int64  // largest file; 0 means DefaultMaxBytes
	MaxUnzipped int64  // largest total of what a workbook holds when unpacked; 0 means DefaultMaxUnzipped
	Memory      int64  // bytes of rows kept in memory, the rest goes to a temporary file; 0 means DefaultMemory
	TempDir     string // "" means the system's
	Sheet       string // of a workbook; "" means the first visible one with data
	Encoding    string // of a text file, as Sheet.Encoding shows it; "" means detect
	Delimiter   string // of a text file, one character; "" means detect
	Header      int    // row of the headers, 1-based; what is above it is left out. 0 means the first row that has any text
	Profile     string // which tool's layout; "" or ProfileAuto means detect

	Dictionaries []Dictionary // what the tool gave beside the answers
}

func (o Options) memory() int64 { return orDefault(o.Memory, DefaultMemory) }

// Unzipped is MaxUnzipped or its default.
func (o Options) Unzipped() int64 { return orDefault(o.MaxUnzipped, DefaultMaxUnzipped) }

func orDefault(n, standard int64) int64 {
	if n == 0 {
		return standard
	}
	return n
}

// File is a file about to be read. Head is its first bytes, at most HeadSize.
type File struct {
	Path string
	Name string // base name as the person knows it
	Size int64
	Head []byte

	Profile string // the layout that was asked for; "" or ProfileAuto for any
}

// HeadSize is how much of a file a Format sees when it is asked whether it knows the file.
const HeadSize = 64 << 10

// Format reads one kind of file. Each lives in a package of its own; so will the readers of survey tools' own formats.
type Format interface {
	// Knows tells by content, and only then by name, whether this is the format of the file.
	Knows(f *File) bool
	// Read makes the sheet; SHA256 is filled in by Reader. What a person can mend comes as a Problem or in the sheet.
	Read(ctx context.Context, f *File, opts Options) (*Sheet, error)
}

// Reader reads a file by the first of its formats that knows it.
type Reader struct {
	formats []Format
	layouts []Layout
}

// NewReader tries the formats in this order.
func NewReader(formats ...Format) Reader { return Reader{formats: formats} }

// With adds layouts of survey tools, tried in this order; a table that none of them knows is a plain one.
func (r Reader) With(layouts ...Layout) Reader {
	r.layouts = append(slices.Clip(r.layouts), layouts...)
	return r
}

// Read reads the file at path, which the person knows as name. It writes nothing but temporary files. A file that can't be
// imported is a Problem; the caller closes the sheet.
func (r Reader) Read(ctx context.Context, path, name string, opts Options) (*Sheet, error) {
	f, err := open(path, name, opts)
	if err != nil {
		return nil, err
	}
	for _, format := range r.formats {
		if format.Knows(f) {
			sheet, err := readHashed(ctx, format, f, opts)
			if err != nil {
				return nil, err
			}
			below, err := belowTitle(ctx, format, f, opts, sheet)
			if below != nil || err != nil {
				_ = sheet.Close()
				sheet = below
			}
			if err != nil {
				return nil, err
			}
			if err := arrange(sheet, r.layouts, opts); err != nil {
				_ = sheet.Close()
				return nil, err
			}
			return sheet, nil
		}
	}
	if key := Foreign(f.Head); key != "" {
		return nil, Refuse(f.Name, key)
	}
	return nil, Refuse(f.Name, "import.unknown_format")
}

func open(path, name string, opts Options) (*File, error) {
	f := &File{Path: path, Name: BaseName(name), Profile: opts.Profile}
	in, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, Refuse(f.Name, "import.no_file")
	case errors.Is(err, fs.ErrPermission):
		return nil, Refuse(f.Name, "import.no_access")
	case err != nil:
		return nil, fmt.Errorf("import: open: %w", err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	f.Size = info.Size()
	most := orDefault(opts.MaxBytes, DefaultMaxBytes)
	switch {
	case !info.Mode().IsRegular():
		return nil, Refuse(f.Name, "import.not_a_file")
	case f.Size == 0:
		return nil, Refuse(f.Name, "import.empty")
	case f.Size > most:
		return nil, Refuse(f.Name, "import.file_large", megabytes(f.Size), megabytes(most))
	}
	f.Head, err = io.ReadAll(io.LimitReader(in, HeadSize))
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	return f, nil
}

func megabytes(n int64) int64 { return (n + 1<<20 - 1) >> 20 }

// BaseName is the last part of a file's name, whichever system wrote it.
func BaseName(name string) string {
	name = name[strings.LastIndexByte(name, '\\')+1:]
	return filepath.Base(filepath.FromSlash(name))
}

// readHashed reads and takes the hash of the file at the same time.
func readHashed(ctx context.Context, format Format, f *File, opts Options) (*Sheet, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type result struct {
		sum string
		err error
	}
	hashed := make(chan result, 1)
	go func() {
		sum, err := hashFile(ctx, f.Path)
		hashed <- result{sum, err}
	}()
	sheet, err := format.Read(ctx, f, opts)
	if err != nil {
		cancel()
		<-hashed
		return nil, err
	}
	sum := <-hashed
	if sum.err != nil {
		_ = sheet.Close()
		return nil, fmt.Errorf("import: %w", sum.err)
	}
	sheet.SHA256 = sum.sum
	return sheet, nil
}

func hashFile(ctx context.Context, path string) (string, error) {
	in, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer in.Close()
	h := sha256.New()
	buf := make([]byte, 256<<10)
	for {
		n, err := in.Read(buf)
		h.Write(buf[:n])
		if err == io.EOF {
			return hex.EncodeToString(h.Sum(nil)), nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return "", err
		}
	}
}
