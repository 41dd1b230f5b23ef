package app

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// rooms says what each package may import of ours. A package that is not listed falls under its longest listed parent.
var rooms = map[string]struct{ may []string }{
	"config":                           {},
	"themes":                           {},
	"themes/codebook":                  {[]string{"themes"}},
	"coding":                           {[]string{"themes"}},
	"coding/agreement":                 {},
	"coding/privacy":                   {},
	"coding/quotes":                    {[]string{"coding", "themes", "coding/privacy"}},
	"coding/sets":                      {[]string{"coding", "themes"}},
	"coding/report":                    {[]string{"coding", "themes", "coding/sets", "coding/agreement"}},
	"coding/importer":                  {[]string{"coding", "themes", "coding/importer"}},
	"coding/workshop":                  {[]string{"coding", "themes", "coding/quotes", "coding/report", "coding/sets", "coding/privacy"}},
	"coding/exporter/paper":            {},
	"coding/exporter/ooxml":            {[]string{"coding/exporter/ooxml"}},
	"coding/exporter/ooxml/officetest": {[]string{"cmd/avokoodi/needed"}}, // of tests
	"coding/exporter":                  {[]string{"coding", "themes", "coding/report", "coding/sets", "coding/quotes", "coding/privacy", "coding/workshop", "coding/exporter"}},
	"coding/sqlstore":                  {[]string{"coding", "themes", "coding/workshop/room"}},
	"coding/workshop/room":             {[]string{"coding", "themes", "coding/privacy"}},
	"coding/storetest":                 {[]string{"coding", "themes"}},
	"index":                            {[]string{"coding", "themes", "index/analysis", "index/query"}},
	"index/suggest":                    {[]string{"coding", "themes", "index/analysis"}},
	"index/query":                      {[]string{"coding", "themes"}},
	"index/analysis":                   {},
	"index/analysis/langid":            {[]string{"index/analysis/langid"}},
	"ui":                               {[]string{"themes", "coding", "coding/sets", "coding/report", "coding/quotes", "coding/privacy", "coding/workshop", "coding/importer", "coding/exporter", "index", "ui", "config"}},
	"ui/view":                          {},
	"ui/i18n":                          {},
	"ui/assets":                        {},
	"cmd/avokoodi":                     {[]string{""}}, // everything
}

// notHere are packages that a room may not reach although it may import their parent.
var notHere = map[string][]string{
	"ui":              {"coding/sqlstore", "coding/storetest"},
	"coding/report":   {"coding/sqlstore"},
	"coding/workshop": {"coding/sqlstore"},
	"coding/exporter": {"coding/sqlstore"},
	"coding/importer": {"coding/sqlstore", "coding/sets", "coding/report"},
	"coding/sets":     {"coding/sqlstore"},
	"index":           {"coding/sqlstore", "coding/sets", "coding/report", "coding/importer", "coding/exporter"},
}

// TestImportsRunOneWay parses every file, in this process, and holds the doors between the rooms to ARCHITECTURE.md. Test files
// may also use the store and the storetest suite.
func TestImportsRunOneWay(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	files := 0
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && p != root {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Ext(p) != ".go" || strings.HasSuffix(p, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		files++
		check(t, filepath.ToSlash(rel), p)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Fatalf("only %d files were read", files)
	}
}

func check(t *testing.T, rel, file string) {
	pkg := path.Dir(rel)
	room := pkg
	for {
		if _, ok := rooms[room]; ok {
			break
		}
		if room = path.Dir(room); room == "." {
			t.Errorf("%s: no room of the house holds %s; see ARCHITECTURE.md", rel, pkg)
			return
		}
	}
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Error(err)
		return
	}
	for _, imp := range f.Imports {
		got, _ := strconv.Unquote(imp.Path.Value)
		ours, ok := strings.CutPrefix(got, "avokoodi/")
		if !ok || ours == pkg || strings.HasPrefix(ours, pkg+"/") {
			continue
		}
		allowed := false
		for _, may := range rooms[room].may {
			allowed = allowed || may == "" || ours == may || strings.HasPrefix(ours, may+"/")
		}
		for _, not := range notHere[room] {
			allowed = allowed && !(ours == not || strings.HasPrefix(ours, not+"/"))
		}
		if !allowed {
			t.Errorf("%s imports %s: %s may import only %v (ARCHITECTURE.md, 'Rooms')", rel, ours, room, rooms[room].may)
		}
	}
}
