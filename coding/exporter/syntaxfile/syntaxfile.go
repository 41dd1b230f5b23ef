// Package syntaxfile writes programs that read the CSV of a document into R (.r) or SPSS (.sps) and label its variables and
// values by the document's data dictionary. The data are not in them: they name the CSV, which lies beside them.
package syntaxfile

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
)

// R is the format of R programs.
type R struct{}

// SPSS is the format of SPSS syntax.
type SPSS struct{}

var _, _ exporter.Format = R{}, SPSS{}

// Ending is "r".
func (R) Ending() string { return "r" }

// Ending is "sps".
func (SPSS) Ending() string { return "sps" }

// MediaType is plain text, which no browser runs.
func (R) MediaType() string { return "text/plain; charset=utf-8" }

// MediaType is plain text, which no browser runs.
func (SPSS) MediaType() string { return "text/plain; charset=utf-8" }

// variables are the columns of the first table with their dictionary; a document without one is a Problem.
func variables(d *exporter.Document) ([]string, []exporter.Variable, error) {
	t := d.Tables[0]
	if len(t.Variables) != len(t.Columns) {
		return nil, nil, coding.Problem{Field: "format", Key: "export.no_dictionary"}
	}
	return Names(t.Columns), t.Variables, nil
}

// Names are names for columns that R and SPSS take: letters, digits and '_', a letter first, at most 60 bytes, each once.
func Names(columns []exporter.Column) []string {
	taken := map[string]bool{}
	var out []string
	for _, c := range columns {
		name := strings.Map(func(r rune) rune {
			switch {
			case r == 'ä' || r == 'å':
				return 'a'
			case r == 'ö':
				return 'o'
			case r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
				return unicode.ToLower(r)
			}
			return '_'
		}, strings.ToLower(c.Title))
		name = strings.TrimRight(name, "_")
		if name == "" || !unicode.IsLetter(rune(name[0])) || reserved[name] {
			name = "v_" + strings.TrimLeft(name, "_")
		}
		name = name[:min(len(name), 60)]
		for one, i := name, 2; ; i++ {
			if !taken[one] {
				taken[one] = true
				out = append(out, one)
				break
			}
			tail := fmt.Sprint("_", i)
			one = name[:min(len(name), 60-len(tail))] + tail
		}
	}
	return out
}

// reserved are words of R and SPSS that can't be names.
var reserved = map[string]bool{"all": true, "and": true, "by": true, "eq": true, "ge": true, "gt": true, "le": true, "lt": true, "ne": true, "not": true, "or": true,
	"to": true, "with": true, "if": true, "else": true, "repeat": true, "while": true, "function": true, "for": true, "in": true, "next": true, "break": true,
	"true": true, "false": true, "null": true, "inf": true, "nan": true, "na": true}

// Write writes the program.
func (R) Write(w io.Writer, d *exporter.Document) error {
	names, list, err := variables(d)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	for _, n := range append([]exporter.Note{{Label: d.Title}}, d.Notes...) {
		fmt.Fprintf(out, "# %s\n", oneLine(strings.TrimSuffix(n.Label+": "+n.Text, ": ")))
	}
	separator, point := ";", ","
	if d.Lang == "en" {
		separator, point = ",", "."
	}
	fmt.Fprintf(out, "\nd <- read.csv(%s, sep = %s, dec = %s, fileEncoding = \"UTF-8-BOM\", check.names = FALSE, na.strings = \"\", stringsAsFactors = FALSE, colClasses = \"character\")\n",
		rText(d.Name+".csv"), rText(separator), rText(point))
	out.WriteString("names(d) <- c(" + join(names, rText) + ")\n")
	out.WriteString("# An apostrophe keeps spreadsheets from taking text for a formula.\nd[] <- lapply(d, function(x) sub(\"^'('*[-=+@\\t])\", \"\\\\1\", x))\n\n")
	for i, v := range list {
		at := "d[[" + rText(names[i]) + "]]"
		switch v.Kind {
		case exporter.KindNumber:
			fmt.Fprintf(out, "%s <- as.numeric(%s)\n", at, at)
		case exporter.KindShare:
			fmt.Fprintf(out, "%s <- as.numeric(sub(\",\", \".\", %s, fixed = TRUE)) / 100\n", at, at)
		case exporter.KindTime:
			fmt.Fprintf(out, "%s <- as.POSIXct(%s, format = \"%%Y-%%m-%%dT%%H:%%M:%%SZ\", tz = \"UTC\")\n", at, at)
		}
		if len(v.Values) > 0 && v.Kind != exporter.KindNumber {
			fmt.Fprintf(out, "%s <- factor(%s, levels = c(%s), labels = c(%s))\n", at, at, values(v, rText), labels(v, rText))
		} else if len(v.Values) > 0 {
			fmt.Fprintf(out, "attr(%s, \"labels\") <- c(%s)\n", at, rLabels(v))
		}
		fmt.Fprintf(out, "attr(%s, \"label\") <- %s\n", at, rText(v.Label))
	}
	return out.Flush()
}

// Write writes the syntax.
func (SPSS) Write(w io.Writer, d *exporter.Document) error {
	names, list, err := variables(d)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	out.WriteString("\ufeff* Encoding: UTF-8.\r\n")
	for _, n := range append([]exporter.Note{{Label: d.Title}}, d.Notes...) {
		// A comment ends at a full stop at the end of a line.
		fmt.Fprintf(out, "* %s.\r\n", strings.TrimRight(oneLine(strings.TrimSuffix(n.Label+": "+n.Text, ": ")), ". "))
	}
	separator, decimal := ";", "COMMA"
	if d.Lang == "en" {
		separator, decimal = ",", "DOT"
	}
	fmt.Fprintf(out, "SET DECIMAL=%s.\r\nGET DATA /TYPE=TXT /FILE=%s /ENCODING='UTF8' /DELCASE=LINE /DELIMITERS=\"%s\" /QUALIFIER='\"'\r\n /ARRANGEMENT=DELIMITED /FIRSTCASE=2 /VARIABLES=", decimal, spssText(d.Name+".csv", 255), separator)
	for i, v := range list {
		kind := "A255"
		switch v.Kind {
		case exporter.KindNumber:
			kind = "F8.0"
		case exporter.KindShare:
			kind = "F8.1"
		case exporter.KindTime:
			kind = "A20"
		}
		fmt.Fprintf(out, "\r\n %s %s", names[i], kind)
	}
	out.WriteString(".\r\nVARIABLE LABELS")
	for i, v := range list {
		fmt.Fprintf(out, "\r\n %s%s %s", slash(i), names[i], spssText(v.Label, 250))
	}
	out.WriteString(".\r\n")
	for i, v := range list {
		if len(v.Values) == 0 {
			continue
		}
		fmt.Fprintf(out, "VALUE LABELS %s", names[i])
		for _, one := range v.Values {
			value := one.Value
			if v.Kind != exporter.KindNumber {
				value = spssText(value, 250)
			}
			fmt.Fprintf(out, "\r\n %s %s", value, spssText(one.Label, 120))
		}
		out.WriteString(".\r\n")
	}
	out.WriteString("EXECUTE.\r\n")
	return out.Flush()
}

func slash(i int) string {
	if i == 0 {
		return ""
	}
	return "/"
}

func join(list []string, quote func(string) string) string {
	var out []string
	for _, s := range list {
		out = append(out, quote(s))
	}
	return strings.Join(out, ", ")
}

func values(v exporter.Variable, quote func(string) string) string {
	var out []string
	for _, one := range v.Values {
		out = append(out, one.Value)
	}
	return join(out, quote)
}

// labels of a factor must differ: one that is there already gets its value beside it.
func labels(v exporter.Variable, quote func(string) string) string {
	var out []string
	seen := map[string]bool{}
	for _, one := range v.Values {
		s := one.Label
		if s == "" || seen[s] {
			s = strings.TrimSpace(s + " (" + one.Value + ")")
		}
		seen[s] = true
		out = append(out, s)
	}
	return join(out, quote)
}

func rLabels(v exporter.Variable) string {
	var out []string
	for _, one := range v.Values {
		out = append(out, rText(one.Label)+" = "+one.Value)
	}
	return strings.Join(out, ", ")
}

// rText is a string of R. What could end it or mean something else is escaped.
func rText(s string) string {
	s = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", "", "\x00", "").Replace(strings.ToValidUTF8(s, "\ufffd"))
	return `"` + s + `"`
}

// spssText is a string of SPSS of at most so many bytes.
func spssText(s string, most int) string {
	s = oneLine(s)
	for len(s) > most {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// oneLine is text without line breaks and control characters.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "\ufffd"), func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }), " ")
}
