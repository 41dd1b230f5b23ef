package csvfile_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/exporter/csvfile"
)

func write(t interface{ Fatal(...any) }, l coding.Lang, titles []string, list ...[]exporter.Cell) string {
	table := exporter.Table{Rows: func(yield func([]exporter.Cell, error) bool) {
		for _, row := range list {
			if !yield(row, nil) {
				return
			}
		}
	}}
	for _, title := range titles {
		table.Columns = append(table.Columns, exporter.Column{Title: title})
	}
	var b bytes.Buffer
	if err := (csvfile.Format{}).Write(&b, &exporter.Document{Lang: l, Tables: []exporter.Table{table}}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestForms(t *testing.T) {
	at := time.Date(2024, 5, 6, 10, 8, 9, 0, time.FixedZone("EEST", 3*3600))
	row := []exporter.Cell{exporter.Text("=1+1"), exporter.Number(12345), exporter.Share(0.1633), exporter.Moment(at), {Kind: exporter.KindHidden, Text: "<5"}, {},
		exporter.Text("a;b,c"), exporter.Text("- ei"), {Kind: exporter.KindNumber, Number: -3}}
	titles := []string{"Teema", "n", "%", "at", "x", "y", "z", "å", "ö"}
	want := map[coding.Lang]string{
		"fi": "\ufeffTeema;n;%;at;x;y;z;å;ö\r\n'=1+1;12345;16,3;2024-05-06T07:08:09Z;<5;;\"a;b,c\";'- ei;-3\r\n",
		"sv": "\ufeffTeema;n;%;at;x;y;z;å;ö\r\n'=1+1;12345;16,3;2024-05-06T07:08:09Z;<5;;\"a;b,c\";'- ei;-3\r\n",
		"en": "\ufeffTeema,n,%,at,x,y,z,å,ö\r\n'=1+1,12345,16.3,2024-05-06T07:08:09Z,<5,,\"a;b,c\",'- ei,-3\r\n",
	}
	for l, want := range want {
		if got := write(t, l, titles, row); got != want {
			t.Errorf("%s: %q\nwant %q", l, got, want)
		}
	}
}

// TestReadBack reads any text back with encoding/csv, which knows one kind of line break inside a field.
func TestReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.StringMatching("[;,\"\r\n\t =a-]{0,6}")), 2, 2).Draw(t, "texts")
		raw := write(t, "fi", []string{"a", "b"}, []exporter.Cell{exporter.Text(text[0]), exporter.Text(text[1])})
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(raw, "\ufeff")))
		r.Comma = ';'
		all, err := r.ReadAll()
		if err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		if text[0] == "" && text[1] == "" {
			return
		}
		for i, want := range text {
			if got := exporter.Unguard(all[1][i]); got != strings.ReplaceAll(want, "\r\n", "\n") {
				t.Fatalf("%q became %q in %q", want, got, raw)
			}
		}
	})
}

func TestErrors(t *testing.T) {
	want := errors.New("gone")
	broken := exporter.Table{Rows: func(yield func([]exporter.Cell, error) bool) { yield(nil, want) }}
	d := &exporter.Document{Tables: []exporter.Table{broken}}
	if err := (csvfile.Format{}).Write(io.Discard, d); !errors.Is(err, want) {
		t.Errorf("error of the rows: %v", err)
	}
	full := errors.New("disk full")
	d.Tables[0].Rows = func(yield func([]exporter.Cell, error) bool) {
		for yield([]exporter.Cell{exporter.Text(strings.Repeat("x", 1<<16))}, nil) {
		}
	}
	if err := (csvfile.Format{}).Write(failing{full}, d); !errors.Is(err, full) {
		t.Errorf("error of the file: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
