package xlsxfile_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"avokoodi/coding/importer"
	"avokoodi/coding/importer/xlsxfile"
)

const (
	fuzzTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`
	fuzzBook = `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`
	fuzzRels = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" ` +
		`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	fuzzSheet = `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` +
		`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>q</t></is></c></row><row r="3"><c r="A3"><v>44000.5</v></c><c r="B3" t="b"><v>1</v></c></row></sheetData></worksheet>`
	fuzzStrings = `<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1"><si><t>id</t></si></sst>`
)

// pack makes a workbook of a sheet and shared strings, whatever they hold.
func pack(sheet, stringsXML []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range []struct {
		name string
		text []byte
	}{{"[Content_Types].xml", []byte(fuzzTypes)}, {"xl/workbook.xml", []byte(fuzzBook)}, {"xl/_rels/workbook.xml.rels", []byte(fuzzRels)},
		{"xl/worksheets/sheet1.xml", sheet}, {"xl/sharedStrings.xml", stringsXML}} {
		w, _ := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Store})
		_, _ = w.Write(part.text)
	}
	_ = z.Close()
	return b.Bytes()
}

// readBytes reads a workbook, which must give a sheet or a Problem, and soon.
func readBytes(t *testing.T, content []byte) {
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	started := time.Now()
	s, err := importer.NewReader(xlsxfile.Format{}).Read(t.Context(), path, "a.xlsx", importer.Options{})
	if d := time.Since(started); d > 20*time.Second {
		t.Fatal("took", d)
	}
	if err != nil {
		if p := (importer.Problem{}); !errors.As(err, &p) {
			t.Fatalf("%T %v", err, err)
		}
		return
	}
	defer s.Close()
	n := 0
	for _, err := range s.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != s.Len {
		t.Fatal(n, s.Len)
	}
}

func FuzzSheet(f *testing.F) {
	f.Add([]byte(fuzzSheet), []byte(fuzzStrings))
	f.Add([]byte(`<worksheet><sheetData><row r="1048576"><c r="XFD1048576" t="s"><v>9</v></c></row></sheetData></worksheet>`), []byte(`<sst/>`))
	f.Add([]byte(`<worksheet><sheetData><row r="-1"><c t="s"><v>-1</v></c></row><row r="1"/></sheetData></worksheet>`), []byte(``))
	f.Fuzz(func(t *testing.T, sheet, stringsXML []byte) {
		if len(sheet)+len(stringsXML) < 1<<16 {
			readBytes(t, pack(sheet, stringsXML))
		}
	})
}

func FuzzZip(f *testing.F) {
	f.Add(pack([]byte(fuzzSheet), []byte(fuzzStrings)))
	f.Add([]byte("PK\x05\x06" + string(make([]byte, 18))))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) < 1<<16 {
			readBytes(t, content)
		}
	})
}
