package app

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
)

func (a *app) codingsCommand() *cobra.Command {
	c := &cobra.Command{Use: "codings", Short: "Codings made elsewhere"}
	var project, coder string
	var create bool
	in := &cobra.Command{Use: "import FILE.csv", Short: "Bring codings in: respondent,question,theme[,round][,coder][,start][,end]", Args: a.args(1, 1), RunE: func(cmd *cobra.Command, args []string) error {
		return a.inProject(cmd.Context(), project, func(h *house, p coding.Project) error {
			rows, err := a.readCodings(args[0])
			if err != nil {
				return err
			}
			who, err := a.coder(cmd, h, coder)
			if err != nil {
				return err
			}
			file := filepath.Base(args[0])
			res, err := h.svc.ImportCodings(cmd.Context(), p.ID, coding.Operator, rows, who, create, file)
			var bad coding.RowProblems
			if errors.As(err, &bad) {
				return a.rowProblems(file, bad)
			}
			if err != nil {
				return err
			}
			if a.json {
				return json.NewEncoder(a.out).Encode(map[string]int{"rows": res.Rows, "added": res.Added, "changed": res.Changed, "same": res.Same, "themes": res.Themes})
			}
			fmt.Fprintln(a.out, a.t("cli.codings", res.Added, res.Changed, res.Same, res.Themes))
			return nil
		})
	}}
	in.Flags().StringVar(&project, "project", "", "slug of the project")
	in.Flags().StringVar(&coder, "coder", "import", "whose codings the rows without a coder are")
	in.Flags().BoolVar(&create, "create-themes", false, "make themes that the codebook lacks")
	c.AddCommand(in)
	return c
}

// coder finds a person by name, or makes a coder who cannot sign in.
func (a *app) coder(cmd *cobra.Command, h *house, name string) (coding.PersonID, error) {
	var p coding.Person
	err := h.store.View(cmd.Context(), func(r coding.Reader) error {
		var err error
		p, err = r.PersonNamed(cmd.Context(), name)
		return err
	})
	if errors.Is(err, coding.ErrNotFound) {
		p, err = h.svc.AddPerson(cmd.Context(), coding.Operator, coding.NewPerson{Name: name, Role: coding.RoleAnalyst})
	}
	return p.ID, err
}

func (a *app) rowProblems(file string, bad coding.RowProblems) error {
	var lines []string
	for _, p := range bad {
		place := fmt.Sprintf("%s:%d", file, p.Row)
		if p.Column != "" {
			place += " [" + p.Column + "]"
		}
		lines = append(lines, place+": "+a.text(p.Problem))
	}
	return refused{lines}
}

// readCodings reads the file; the delimiter is the one of , ; and tab that the header has most of.
func (a *app) readCodings(file string) ([]coding.CodingRow, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, refused{[]string{a.t("cli.cannot_read", file, err.Error())}}
	}
	text := strings.TrimPrefix(string(raw), "\ufeff")
	head, _, _ := strings.Cut(text, "\n")
	delimiter := ','
	for _, d := range []rune{';', '\t'} {
		if strings.Count(head, string(d)) > strings.Count(head, string(delimiter)) {
			delimiter = d
		}
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = delimiter, -1
	name := filepath.Base(file)
	header, err := r.Read()
	if err == io.EOF {
		return nil, refused{[]string{name + ": " + a.t("codings.empty_file")}}
	}
	if err != nil {
		return nil, refused{[]string{name + ": " + err.Error()}}
	}
	at := map[string]int{}
	for i, h := range header {
		at[strings.ToLower(strings.TrimSpace(h))] = i
	}
	for _, need := range []string{"respondent", "question", "theme"} {
		if _, ok := at[need]; !ok {
			return nil, refused{[]string{name + ":1: " + a.t("codings.no_column", need)}}
		}
	}
	var rows []coding.CodingRow
	var bad []string
	for {
		rec, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, refused{[]string{name + ": " + err.Error()}}
		}
		line, _ := r.FieldPos(0)
		cell := func(column string) string {
			if i, ok := at[column]; ok && i < len(rec) {
				return exporter.Unguard(strings.TrimSpace(rec[i]))
			}
			return ""
		}
		offset := func(column string) int {
			s := cell(column)
			if s == "" {
				return -1
			}
			n, err := strconv.Atoi(s)
			if err != nil || n < 0 {
				bad = append(bad, fmt.Sprintf("%s:%d [%s]: %s", name, line, column, a.t("codings.offset_bad", s)))
			}
			return n
		}
		if slices.IndexFunc(rec, func(s string) bool { return strings.TrimSpace(s) != "" }) < 0 {
			continue
		}
		rows = append(rows, coding.CodingRow{Row: line, Respondent: cell("respondent"), Question: cell("question"), Theme: cell("theme"),
			Round: cell("round"), Coder: cell("coder"), Start: offset("start"), End: offset("end")})
	}
	if len(bad) > 0 {
		return nil, refused{bad}
	}
	return rows, nil
}
