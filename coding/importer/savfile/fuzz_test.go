package savfile_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"avokoodi/coding/importer"
	"avokoodi/coding/importer/savfile"
)

// FuzzRead: any bytes give a sheet whose rows can be read, or a Problem; never a panic, never much memory.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"plain.sav", "bytecode.sav", "zlib.zsav"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, order := range orders {
		w := newWriter(order)
		w.number("N", 5, -3, 1, 2, 3)
		w.text("S", 16, "Miten?")
		w.machine()
		w.extension(7, 1, []byte("$a=D1 1 1 x N\n$b=E 1 1 1 0  N\n$c=C 0  N\n"))
		w.extension(13, 1, []byte("N=Luku\tS=Vastaus"))
		w.extension(22, 1, []byte{7, 0, 0, 0, 'V', 'a', 's', 't', 'a', 'u', 's', 1, 8, 0, 0, 0, 'e', 'i', ' ', ' ', ' ', ' ', ' ', ' '})
		w.end()
		w.values(5, 0, 0)
		f.Add(w.bytes(1))
	}
	reader := importer.NewReader(savfile.Format{})
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		if !bytes.HasPrefix(data, []byte("$FL")) || len(data) > 1<<20 {
			return
		}
		path := filepath.Join(dir, "a.sav")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := reader.Read(t.Context(), path, "a.sav", importer.Options{TempDir: dir, Memory: 1 << 20, MaxUnzipped: 8 << 20})
		if err != nil {
			var p importer.Problem
			if !errors.As(err, &p) {
				t.Fatal(err)
			}
			return
		}
		defer s.Close()
		n := 0
		for row, err := range s.Rows() {
			if err != nil || len(row.Cells) != len(s.Columns) {
				t.Fatal(row, err)
			}
			n++
		}
		if n != s.Len {
			t.Fatal(n, s.Len)
		}
	})
}
