package importer

import (
	"cmp"
	"slices"

	"avokoodi/coding"
	"avokoodi/themes"
)

// Version is one language version of a questionnaire: its file and what is proposed for it.
type Version struct {
	Sheet    *Sheet
	Proposal Proposal
}

// Versions is several files of one questionnaire as one: mappings that share keys and carry the labels of all languages, and
// what could be aligned and what not.
type Versions struct {
	Mappings  []Mapping     // by file
	Languages []coding.Lang // by file
	Reference int           // the file with most rows, whose columns the others are aligned with
	Together  []bool        // by file: it is a version of the reference
	Rows      []Aligned
	Problems  Problems // warnings: what could not be aligned, with file and column
}

// Aligned is one question, variable or category in every file.
type Aligned struct {
	Kind     string // "question", "variable" or "category"
	Key      string
	Variable string   // key, of a category
	Texts    []string // by file; "" where the file does not have it
	By       []By     // by file; "" for the reference and for what is not aligned
	Columns  []int    // by file, -1 where the file does not have it; nil for what is no column: a category of a column's
	//                   variable, and a variable whose choices have columns
}

func (v *versions) aligned(kind, key string) Aligned {
	return Aligned{Kind: kind, Key: key, Texts: make([]string, len(v.files)), By: make([]By, len(v.files)), Columns: fill(len(v.files))}
}

// ByHands are a person's decisions. Columns: by file, then place of a column there → place of the reference's column, -1 for
// none. Values: by file, then key of a variable, then a value of the file → key of the category, "" for one of its own.
type ByHands struct {
	Columns []map[int]int
	Values  []map[string]map[string]string

	Languages []coding.Lang // by file; "" to tell it from the answers
	Together  []bool        // by file: a version of the reference however little is alike
	First     bool          // the first file is the reference, not the longest
}

// at is the item of a file in one of these lists, or nothing.
func at[T any](list []T, i int) (out T) {
	if i < len(list) {
		return list[i]
	}
	return out
}

// leastShare is the share of the questions and variables that two files must have in common to be one questionnaire.
const leastShare = 0.6

// AlignVersions makes language versions one. Files in a language that an earlier file has, or that have too little in common
// with the reference, keep what is proposed for them. The error is only for trouble with reading.
func AlignVersions(files []Version, detect Detect, hand ByHands) (Versions, error) {
	v := versions{files: files, hand: hand}
	v.out.Languages = make([]coding.Lang, len(files))
	for i, f := range files {
		v.out.Mappings = append(v.out.Mappings, f.Proposal.Mapping)
		if v.out.Languages[i] = at(hand.Languages, i); v.out.Languages[i] == "" {
			v.out.Languages[i] = f.Proposal.Language(detect)
		}
		if !hand.First && f.Sheet.Len > files[v.out.Reference].Sheet.Len {
			v.out.Reference = i
		}
	}
	ref := v.out.Reference
	v.columns = make([][]int, len(files))
	v.by = make([][]By, len(files))
	v.cells = make([]map[int][]string, len(files))
	seen := map[coding.Lang]bool{v.out.Languages[ref]: true}
	for i := range files {
		if i == ref || seen[v.out.Languages[i]] && !at(hand.Together, i) {
			continue
		}
		if v.alignColumns(i) {
			seen[v.out.Languages[i]] = true
		} else {
			v.out.Problems = append(v.out.Problems, Problem{File: files[i].Sheet.File, Key: "import.align_other",
				Args: []any{files[ref].Sheet.File}, Severity: Warning})
		}
	}
	for i := range files {
		v.out.Together = append(v.out.Together, v.together(i))
	}
	err := v.merge()
	return v.out, err
}

type versions struct {
	files   []Version
	hand    ByHands
	columns [][]int // by file, of each column of the reference its place there, -1 for none; nil for a file apart
	by      [][]By
	cells   []map[int][]string // by file, the different cells of its columns, once they were asked of
	out     Versions
}

// alignColumns finds the reference's columns in a file, and tells whether it is the same questionnaire.
func (v *versions) alignColumns(i int) bool {
	ref := v.files[v.out.Reference]
	a, b := columnItems(ref), columnItems(v.files[i])
	v.columns[i], v.by[i] = fill(len(a)), make([]By, len(a))
	for _, m := range Align(a, b, true) {
		v.columns[i][m.A], v.by[i][m.A] = m.B, m.By
	}
	v.columnsByHand(i, len(b))
	used, found := 0, 0
	for c, p := range ref.Proposal.Columns {
		if p.Role == RoleQuestion || p.Role == RoleVariable || p.Role == RoleChoice {
			used++
			if v.columns[i][c] >= 0 {
				found++
			}
		}
	}
	if float64(found) < leastShare*float64(used) && !at(v.hand.Together, i) {
		v.columns[i] = nil
	}
	return v.columns[i] != nil
}

// columnsByHand puts a person's decisions over what was found; nothing else moves.
func (v *versions) columnsByHand(i, width int) {
	hand := at(v.hand.Columns, i)
	for col := range hand {
		if was := slices.Index(v.columns[i], col); was >= 0 {
			v.columns[i][was], v.by[i][was] = -1, ""
		}
	}
	for col, to := range hand {
		if col >= 0 && col < width && to >= 0 && to < len(v.columns[i]) {
			v.columns[i][to], v.by[i][to] = col, ByHand
		}
	}
}

// columnItems are the columns to align. Contents tell only what they can tell for sure: a short file may look like anything.
func columnItems(f Version) []Item {
	out := make([]Item, len(f.Sheet.Columns))
	for i, c := range f.Sheet.Columns {
		p := f.Proposal.Columns[i]
		out[i] = Item{Names: []string{cmp.Or(c.Header, c.Name)}, Code: p.Hint.Key, Number: numberOfHeader(c.Header)}
		switch p.Role {
		case RoleID, RoleDate, RoleChoice:
			out[i].Class = string(p.Role)
		}
		if p.Hint.Role == RoleQuestion {
			out[i].Class = string(RoleQuestion)
		}
	}
	return out
}

// wording is what a column says in its file's language.
func (v *versions) wording(file, col int) coding.Text {
	c := v.files[file].Proposal.Columns[col]
	if !c.Hint.Label.IsZero() {
		return c.Hint.Label.In(v.out.Languages[file])
	}
	return themes.Only(v.out.Languages[file], cmp.Or(c.Header, c.Name))
}

// find is the column of a file that stands for the reference's, -1 for none or for a file apart.
func (v *versions) find(file int, ref ColumnRef) int {
	col := v.files[v.out.Reference].Sheet.Find(ref)
	if col < 0 || file == v.out.Reference {
		return col
	}
	return v.columns[file][col]
}

func (v *versions) together(i int) bool { return i == v.out.Reference || v.columns[i] != nil }

// merge writes the mappings of the files that belong together.
func (v *versions) merge() error {
	ref := v.out.Mappings[v.out.Reference]
	next := make([]Mapping, len(v.files))
	for i := range v.files {
		if !v.together(i) {
			continue
		}
		next[i] = Mapping{Profile: v.out.Mappings[i].Profile, Round: v.out.Mappings[i].Round, Kind: v.out.Mappings[i].Kind, prefix: v.out.Mappings[i].prefix, Language: v.out.Mappings[i].Language, RespondentID: v.ref(i, ref.RespondentID)}
	}
	if err := v.ids(next, ref.RespondentID); err != nil {
		return err
	}
	for _, q := range ref.Questions {
		v.question(next, q)
	}
	for _, one := range ref.Variables {
		if err := v.variable(next, one); err != nil {
			return err
		}
	}
	for i := range v.files {
		if v.together(i) {
			v.rest(i, &next[i])
			v.out.Mappings[i] = next[i]
		}
	}
	return nil
}

// ids aligns the respondents' ids. Where there are none, or files have some in common, the language stands before them, so that
// nobody is taken for somebody else.
func (v *versions) ids(next []Mapping, ref ColumnRef) error {
	shared, err := v.shareIDs(next)
	if err != nil {
		return err
	}
	row := v.aligned("id", "")
	for i := range v.files {
		if !v.together(i) {
			continue
		}
		if len(v.files) > 1 && (next[i].RespondentID.IsZero() || shared) {
			next[i].prefix = string(v.out.Languages[i]) + "-"
		}
		if ref.IsZero() {
			continue
		}
		var label coding.Text
		v.note(i, ref, &row, &label, "import.align_id")
		if shared {
			v.out.Problems = append(v.out.Problems, Problem{File: v.files[i].Sheet.File, Column: next[i].RespondentID.String(), Key: "import.align_ids",
				Args: []any{next[i].prefix}, Severity: Warning})
		}
	}
	if !ref.IsZero() {
		v.out.Rows = append(v.out.Rows, row)
	}
	return nil
}

// shareIDs tells whether an id is in two files.
func (v *versions) shareIDs(next []Mapping) (bool, error) {
	seen := map[string]int{}
	for i, f := range v.files {
		col := f.Sheet.Find(next[i].RespondentID)
		if !v.together(i) || next[i].RespondentID.IsZero() || col < 0 {
			continue
		}
		for row, err := range f.Sheet.Rows() {
			if err != nil {
				return false, err
			}
			id := row.Cells[col]
			if other, ok := seen[id]; ok && other != i && id != "" {
				return true, nil
			}
			seen[f.Sheet.spool.keep(id)] = i
		}
	}
	return false, nil
}

// ref names the column of a file that stands for the reference's.
func (v *versions) ref(file int, ref ColumnRef) ColumnRef {
	if ref.IsZero() {
		return ref
	}
	if col := v.find(file, ref); col >= 0 {
		return ColumnRef{Name: v.files[file].Sheet.Columns[col].Name}
	}
	return ColumnRef{}
}

func (v *versions) question(next []Mapping, q QuestionMap) {
	row := v.aligned("question", q.Key)
	label := q.Label
	for i := range v.files {
		if v.together(i) {
			v.note(i, q.Column, &row, &label, "import.align_missing")
		}
	}
	for i := range v.files {
		if ref := v.refIf(i, q.Column); !ref.IsZero() {
			next[i].Questions = append(next[i].Questions, QuestionMap{Key: q.Key, Column: ref, Label: label, Short: q.Short, OtherOf: q.OtherOf})
		}
	}
	v.out.Rows = append(v.out.Rows, row)
}

func (v *versions) refIf(i int, ref ColumnRef) ColumnRef {
	if !v.together(i) {
		return ColumnRef{}
	}
	return v.ref(i, ref)
}

// note writes what a file calls a column into the row and the label, or that the file does not have it.
func (v *versions) note(file int, ref ColumnRef, row *Aligned, label *coding.Text, lacks string) {
	col := v.find(file, ref)
	if col < 0 {
		v.missing(file, lacks, ref)
		return
	}
	says := v.wording(file, col)
	row.Texts[file], row.Columns[file] = says.In(v.out.Languages[file]), col
	if file != v.out.Reference {
		row.By[file] = v.by[file][v.files[v.out.Reference].Sheet.Find(ref)]
	}
	addLabel(label, says)
}

func addLabel(label *coding.Text, says coding.Text) {
	for _, l := range themes.Langs {
		if label.Exact(l) == "" {
			label.Set(l, says.Exact(l))
		}
	}
}

func (v *versions) missing(file int, key string, ref ColumnRef) {
	v.out.Problems = append(v.out.Problems, Problem{File: v.files[file].Sheet.File, Key: key, Severity: Warning,
		Args: []any{v.files[v.out.Reference].Sheet.File, shorten(ref.String())}})
}

// rest keeps what a file has beside the aligned columns as it was proposed, under keys of its own, and lists it.
func (v *versions) rest(i int, m *Mapping) {
	if i == v.out.Reference {
		m.Ignore = v.out.Mappings[i].Ignore
		return
	}
	taken := map[string]bool{}
	for _, q := range v.out.Mappings[v.out.Reference].Questions {
		taken[q.Key] = true
	}
	for _, x := range v.out.Mappings[v.out.Reference].Variables {
		taken[x.Key] = true
	}
	used := map[int]bool{}
	for _, col := range v.columns[i] {
		used[col] = true
	}
	left := func(ref ColumnRef) bool { col := v.files[i].Sheet.Find(ref); return col >= 0 && !used[col] }
	list := func(ref ColumnRef) {
		v.out.Problems = append(v.out.Problems, Problem{File: v.files[i].Sheet.File, Column: ref.String(), Key: "import.align_extra",
			Args: []any{v.files[v.out.Reference].Sheet.File}, Severity: Warning})
	}
	own := func(key string) string { return free(key, func(k string) bool { return taken[k] }) }
	was := v.out.Mappings[i]
	for _, q := range was.Questions {
		if left(q.Column) {
			list(q.Column)
			q.Key, q.OtherOf = own(q.Key), ""
			m.Questions = append(m.Questions, q)
		}
	}
	for _, x := range was.Variables {
		x.Values = slices.DeleteFunc(slices.Clone(x.Values), func(val ValueMap) bool { return !val.Column.IsZero() && !left(val.Column) })
		if x.Column.IsZero() && len(x.Values) == 0 || !x.Column.IsZero() && !left(x.Column) {
			continue
		}
		list(cmp.Or(x.Column, firstColumn(x)))
		x.Key = own(x.Key)
		m.Variables = append(m.Variables, x)
	}
	for c, col := range v.files[i].Sheet.Columns {
		ref := ColumnRef{Name: col.Name}
		if !m.names(v.files[i].Sheet, c) {
			m.Ignore = append(m.Ignore, ref)
		}
	}
}

func firstColumn(x VariableMap) ColumnRef {
	if len(x.Values) == 0 {
		return ColumnRef{}
	}
	return x.Values[0].Column
}

// names tells whether the mapping uses the column.
func (m *Mapping) names(s *Sheet, col int) bool {
	is := func(ref ColumnRef) bool { return !ref.IsZero() && s.Find(ref) == col }
	if is(m.RespondentID) || is(m.Language.Column) {
		return true
	}
	for _, q := range m.Questions {
		if is(q.Column) {
			return true
		}
	}
	for _, x := range m.Variables {
		if is(x.Column) || slices.ContainsFunc(x.Values, func(val ValueMap) bool { return is(val.Column) }) {
			return true
		}
	}
	return false
}
