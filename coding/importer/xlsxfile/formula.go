package xlsxfile

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"avokoodi/coding/importer"
)

// formulas notes the cells of a sheet that hold a formula without its result, which would come in as blank, or an error of Excel's.
func formulas(ctx context.Context, f *importer.File, name string, b *importer.Builder) error {
	z, err := zip.OpenReader(f.Path)
	if err != nil {
		return err
	}
	defer z.Close()
	part := sheetPart(&z.Reader, name)
	at := slices.IndexFunc(z.File, func(e *zip.File) bool { return partName(e.Name) == part })
	if at < 0 {
		return nil
	}
	in, err := z.File[at].Open()
	if err != nil {
		return err
	}
	defer in.Close()
	d := xml.NewDecoder(in)
	var c cell
	for n := 0; ; n++ {
		if n&0xffff == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		token, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return refuse(f.Name, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			c.starts(t)
		case xml.CharData:
			if c.inValue {
				c.text += string(t[:min(len(t), 40)])
			}
		case xml.EndElement:
			if t.Name.Local != "c" {
				c.inValue = false
				continue
			}
			col, row, err := excelize.CellNameToCoordinates(c.ref)
			switch {
			case err != nil:
			case c.kind == "e":
				b.Problem(importer.Error, row, col-1, true, "import.formula_error", c.text)
			case c.formula && c.text == "" && !(c.kind == "str" && c.valued): // a text as a result may be empty
				b.Problem(importer.Error, row, col-1, true, "import.formula_blank")
			}
		}
	}
}

// cell is the cell that is being read.
type cell struct {
	ref, kind, text          string
	formula, inValue, valued bool
}

func (c *cell) starts(t xml.StartElement) {
	switch t.Name.Local {
	case "c":
		*c = cell{}
		for _, a := range t.Attr {
			switch a.Name.Local {
			case "r":
				c.ref = a.Value
			case "t":
				c.kind = a.Value
			}
		}
	case "f":
		c.formula = true
	case "v", "t":
		c.inValue, c.valued = true, true
	}
}

// sheetPart is the part that holds the sheet of that name, "" where the workbook does not say.
func sheetPart(z *zip.Reader, name string) string {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if unmarshal(z, "xl/workbook.xml", &book) != nil || unmarshal(z, "xl/_rels/workbook.xml.rels", &rels) != nil {
		return ""
	}
	for _, s := range book.Sheets {
		for _, r := range rels.List {
			if s.Name == name && r.ID == s.ID {
				if strings.HasPrefix(r.Target, "/") {
					return partName(r.Target)
				}
				return partName(path.Join("xl", r.Target))
			}
		}
	}
	return ""
}

func unmarshal(z *zip.Reader, part string, to any) error {
	at := slices.IndexFunc(z.File, func(e *zip.File) bool { return partName(e.Name) == part })
	if at < 0 {
		return errors.New("xlsxfile: no " + part)
	}
	in, err := z.File[at].Open()
	if err != nil {
		return err
	}
	defer in.Close()
	return xml.NewDecoder(in).Decode(to)
}
