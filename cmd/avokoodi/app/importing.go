package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/importer"
	"avokoodi/coding/importer/csvfile"
	"avokoodi/coding/importer/notefile"
	"avokoodi/coding/importer/profile"
	"avokoodi/coding/importer/savfile"
	"avokoodi/coding/importer/xlsxfile"
	"avokoodi/index/analysis/langid"
	"avokoodi/themes"
)

// reader knows every format of survey files.
func reader() importer.Reader {
	return importer.NewReader(notefile.Format{}, xlsxfile.Format{}, savfile.Format{}, csvfile.Format{}).With(profile.All()...)
}

// detect tells the language of an answer.
func detect(text string) (coding.Lang, float64, bool) {
	g := langid.Detect(text)
	return coding.Lang(g.Lang), g.Confidence, g.Mixed
}

// importOptions are the flags of import.
type importOptions struct {
	project, round, kind, profile, mapping, writeMapping string
	dryRun                                               bool
	update, removeMissing, removeBlank                   bool
}

func (a *app) importCommand() *cobra.Command {
	var o importOptions
	c := &cobra.Command{Use: "import FILE…", Short: "Bring survey answers in", Args: a.args(1, -1), RunE: func(cmd *cobra.Command, args []string) error {
		if !slices.Contains(importer.Profiles, o.profile) {
			return a.usage("cli.use_choice", "--profile", o.profile, strings.Join(importer.Profiles, ", "))
		}
		if o.kind != "" && !slices.Contains(coding.RoundKinds, coding.RoundKind(o.kind)) {
			return a.usage("cli.use_choice", "--kind", o.kind, "survey, notes, workshop")
		}
		if (o.removeMissing || o.removeBlank) && !o.update {
			return usageError{errors.New("--remove-missing and --remove-blank go with --update")}
		}
		if o.project == "" && !o.dryRun {
			return a.usage("cli.use_project")
		}
		if o.project != "" {
			if err := coding.CheckSlug(o.project); err != nil {
				return err
			}
		}
		return a.runImport(cmd.Context(), o, args)
	}}
	f := c.Flags()
	f.StringVar(&o.project, "project", "", "slug of the project; it is made if it is new")
	f.StringVar(&o.round, "round", "", "name of the round")
	f.StringVar(&o.kind, "kind", "", "what the round holds: survey, notes, workshop (a document or plain text is notes)")
	f.StringVar(&o.profile, "profile", "auto", "layout: "+strings.Join(importer.Profiles, ", "))
	f.StringVar(&o.mapping, "mapping", "", "mapping file (YAML): what each column is")
	f.StringVar(&o.writeMapping, "write-mapping", "", "write the mapping that was used to a file")
	f.BoolVar(&o.update, "update", false, "the file corrects the round: change what differs, keep every coding, remove nothing")
	f.BoolVar(&o.removeMissing, "remove-missing", false, "with --update: remove respondents that the file does not have")
	f.BoolVar(&o.removeBlank, "remove-blank", false, "with --update: remove answers that are blank in the file")
	f.BoolVar(&o.dryRun, "dry-run", false, "say what would be done, write nothing")
	return c
}

// imported is the result as scripts read it.
type imported struct {
	Respondents int               `json:"respondents"`
	Answers     int               `json:"answers"`
	Blank       int               `json:"blank"`
	Duplicates  int               `json:"duplicates"`
	Rounds      []string          `json:"rounds"`
	Languages   map[string]int    `json:"languages"`
	Unsure      int               `json:"unsure"` // answers whose language is an uncertain guess
	Problems    []importedProblem `json:"problems"`
}

type importedProblem struct {
	File    string `json:"file"`
	Row     int    `json:"row"`
	Column  string `json:"column"`
	Message string `json:"message"`
}

// planned is a file with its plan.
type planned struct {
	file     string
	sheet    *importer.Sheet
	proposal importer.Proposal
	mapping  importer.Mapping
	plan     *importer.Plan
}

func (a *app) runImport(ctx context.Context, o importOptions, files []string) (err error) {
	roomy(200)
	confined(480) // with the files mapped into memory, under 600 in all
	var plans []planned
	defer func() {
		for _, p := range plans {
			p.sheet.Close()
		}
	}()
	res := imported{Rounds: []string{}, Languages: map[string]int{}, Problems: []importedProblem{}}
	var lines []string
	bad := false
	note := func(ps importer.Problems) {
		for _, p := range ps {
			res.Problems = append(res.Problems, importedProblem{p.File, p.Row, p.Column, a.text(coding.Problem{Key: p.Key, Args: p.Args})})
			lines = append(lines, a.problemLine(p))
			bad = bad || p.Severity == importer.Error
		}
	}
	files, dictionaries, err := a.dictionaries(ctx, files)
	if err != nil {
		return err
	}
	refusal := func(err error) bool {
		var one importer.Problem
		var many importer.Problems
		switch {
		case errors.As(err, &many):
			note(many)
		case errors.As(err, &one):
			note(importer.Problems{one})
		default:
			return false
		}
		bad = true
		return true
	}
	for _, file := range files {
		p, err := a.read(ctx, o, file, dictionaries)
		if err != nil && !refusal(err) {
			return err
		}
		if err == nil {
			plans = append(plans, p)
		}
	}
	if !bad && o.mapping == "" {
		for _, p := range plans { // who gives no mapping sees no columns either
			note(p.proposal.Warnings)
		}
		aligned, err := a.align(ctx, o, plans)
		if err != nil {
			return err
		}
		note(aligned)
	}
	for i := range plans {
		if err := a.plan(ctx, o, &plans[i], len(plans) > 1); err != nil && !refusal(err) {
			return err
		}
		if plans[i].plan != nil {
			note(plans[i].plan.Problems)
		}
	}
	refuse := func() error {
		if a.json {
			if err := json.NewEncoder(a.out).Encode(res); err != nil {
				return err
			}
		}
		return refused{lines}
	}
	if bad {
		return refuse()
	}
	for _, l := range lines {
		fmt.Fprintln(a.err, l)
	}
	if o.dryRun {
		for _, p := range plans {
			res.Unsure += p.plan.Unsure
			res.add(p.plan.Batch.Round, p.plan.Respondents, p.plan.Answers, p.plan.Blank, p.plan.Duplicates, p.plan.Languages)
		}
		return a.sayImported(res, "cli.import_dry")
	}
	err = a.bringIn(ctx, o, plans, &res)
	var file coding.FileError
	var one coding.Problem
	if errors.As(err, &file) && errors.As(err, &one) { // what only the store could know
		lines = nil
		note(importer.Problems{{File: file.File, Key: one.Key, Args: one.Args, Severity: importer.Error}})
		return refuse()
	}
	if err != nil {
		return err
	}
	return a.sayImported(res, "cli.imported")
}

func (r *imported) add(round coding.Round, respondents, answers, blank, duplicates int, languages map[string]int) {
	r.Respondents += respondents
	r.Answers += answers
	r.Blank += blank
	r.Duplicates += duplicates
	if !slices.Contains(r.Rounds, round.Key) {
		r.Rounds = append(r.Rounds, round.Key)
	}
	for l, n := range languages {
		r.Languages[l] += n
	}
}

func (a *app) sayImported(res imported, key string) error {
	if a.json {
		return json.NewEncoder(a.out).Encode(res)
	}
	fmt.Fprintln(a.out, a.t(key, res.Respondents, res.Answers, res.Blank, res.Duplicates))
	var by []string
	for _, l := range []string{"fi", "sv", "en", ""} {
		if n := res.Languages[l]; n > 0 {
			by = append(by, fmt.Sprintf("%s %d", cmp.Or(l, "?"), n))
		}
	}
	if len(by) > 0 {
		fmt.Fprintln(a.out, a.t("cli.import_languages", strings.Join(by, ", ")))
	}
	if res.Unsure > 0 {
		fmt.Fprintln(a.out, a.t("cli.import_unsure", res.Unsure))
	}
	return nil
}

// problemLine is a problem with its place, as one line.
func (a *app) problemLine(p importer.Problem) string {
	place := p.File
	if p.Row > 0 {
		place += ":" + fmt.Sprint(p.Row)
	}
	if p.Column != "" {
		place += " [" + p.Column + "]"
	}
	return place + ": " + strings.ReplaceAll(a.text(coding.Problem{Key: p.Key, Args: p.Args}), "\n", " ")
}

// dictionaries picks out the files that describe the columns of the others.
func (a *app) dictionaries(ctx context.Context, files []string) (answers []string, found []importer.Dictionary, err error) {
	if len(files) == 1 {
		return files, nil, nil
	}
	for _, file := range files {
		d, ok, err := profile.ReadDictionary(ctx, reader(), file, importer.BaseName(file), importer.Options{MaxBytes: int64(a.cfg.UploadMB) << 20})
		switch {
		case err != nil:
			return nil, nil, err
		case ok:
			found = append(found, d)
		default:
			answers = append(answers, file)
		}
	}
	return answers, found, nil
}

// read reads a file and finds what is proposed for it, or the mapping that the command names.
func (a *app) read(ctx context.Context, o importOptions, file string, dictionaries []importer.Dictionary) (planned, error) {
	sheet, err := reader().Read(ctx, file, importer.BaseName(file), importer.Options{MaxBytes: int64(a.cfg.UploadMB) << 20, Profile: o.profile,
		Dictionaries: dictionaries})
	if err != nil {
		return planned{}, err
	}
	p := planned{file: file, sheet: sheet}
	if o.mapping != "" {
		p.mapping, err = a.readMapping(o.mapping)
	} else {
		p.proposal, err = importer.Propose(sheet, detect)
		p.mapping = p.proposal.Mapping
	}
	if err != nil {
		sheet.Close()
		return planned{}, err
	}
	return p, nil
}

func (a *app) readMapping(path string) (importer.Mapping, error) {
	f, err := os.Open(path)
	if err != nil {
		return importer.Mapping{}, refused{[]string{a.t("cli.cannot_read", path, err.Error())}}
	}
	defer f.Close()
	return importer.ReadMapping(importer.BaseName(path), f)
}

// plan checks a file against its mapping. several tells that it is one of several files.
func (a *app) plan(ctx context.Context, o importOptions, p *planned, several bool) error {
	if o.round != "" {
		p.mapping.Round = o.round
	}
	if o.kind != "" {
		p.mapping.Kind = coding.RoundKind(o.kind)
	}
	if o.writeMapping != "" {
		path := o.writeMapping
		if several { // one for each file: the columns have other names in each
			ext := filepath.Ext(path)
			name := p.sheet.File
			path = strings.TrimSuffix(path, ext) + "-" + strings.TrimSuffix(name, filepath.Ext(name)) + ext
		}
		if err := a.writeFile(path, func(f io.Writer) error { return importer.WriteMapping(f, p.mapping) }); err != nil {
			return err
		}
	}
	var err error
	p.plan, err = importer.NewPlan(ctx, p.sheet, p.mapping, detect)
	return err
}

// quietRows is below how many rows an import tells no progress.
const quietRows = 5000

// bringIn stores the plans, all or none. A new project goes away again when nothing came into it.
func (a *app) bringIn(ctx context.Context, o importOptions, plans []planned, res *imported) error {
	return a.with(ctx, func(h *house) error {
		made := false
		slug := o.project
		got, err := h.svc.Open(ctx, coding.Operator, slug)
		if errors.Is(err, coding.ErrNotFound) {
			p, err := h.svc.CreateProject(ctx, coding.Operator, coding.Project{Slug: slug, Name: themes.Same(slug)})
			if err != nil {
				return err
			}
			got.Project, made = p, true
		} else if err != nil {
			return err
		}
		var batches []coding.Batch
		for _, p := range plans {
			batches = append(batches, p.plan.Batch)
		}
		last := make([]int, len(plans)) // row of which progress was told, by file
		if o.update {
			return a.revise(ctx, h, o, got.Project, plans, res)
		}
		imps, err := h.svc.ImportAll(ctx, got.Project.ID, coding.Operator, batches, func(file, rows int) {
			if total := plans[file].plan.Respondents; total >= quietRows && rows > last[file] {
				last[file] = rows
				fmt.Fprintf(a.err, "\r%s", a.t("cli.progress", rows, total))
				if rows == total {
					fmt.Fprintln(a.err)
				}
			}
		})
		if err != nil && made {
			err = errors.Join(err, h.svc.DeleteProject(context.WithoutCancel(ctx), coding.Operator, got.Project.ID))
		}
		if err != nil {
			return err
		}
		for i, imp := range imps {
			if imp.Erased > 0 {
				fmt.Fprintln(a.err, a.t("revise.erased", imp.Erased))
			}
			res.Unsure += plans[i].plan.Unsure
			res.add(batches[i].Round, imp.Respondents, imp.Answers, imp.Blank, imp.Duplicates, imp.Languages)
		}
		if err := a.indexNow(ctx, h, got.Project); err != nil {
			fmt.Fprintln(a.err, a.t("cli.index_later", err.Error()))
		}
		return nil
	})
}

// refuse names the file before a problem that only the store could know.
func (a *app) refuse(file string, err error) error {
	var p coding.Problem
	if errors.As(err, &p) {
		return refused{[]string{file + ": " + a.text(p)}}
	}
	return err
}

// writeFile writes a file whole or leaves what was there.
func (a *app) writeFile(path string, write func(io.Writer) error) error {
	err := exporter.Save(path, write)
	if wrong := (*fs.PathError)(nil); errors.As(err, &wrong) && !coding.IsFull(err) {
		return errors.New(a.t("cli.cannot_write", path, wrong.Err.Error()))
	}
	return err
}
