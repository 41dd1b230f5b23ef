package importer_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var keyForm = regexp.MustCompile(`^import\.(?:reason\.)?[a-z_0-9]+$`)

// keysInSource lists the message keys in the code below dir, tests left out.
func keysInSource(t *testing.T, dir string) map[string]bool {
	t.Helper()
	keys := map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if s, err := strconv.Unquote(n.Value); err == nil && keyForm.MatchString(s) {
					keys[s] = true
				}
			case *ast.CallExpr: // c.is(RoleX, "reason", …)
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "is" && len(n.Args) > 1 {
					if lit, ok := n.Args[1].(*ast.BasicLit); ok {
						reason, _ := strconv.Unquote(lit.Value)
						keys["import.reason."+reason] = true
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// words is a message: a text, or one for 1 and another for every other number.
type words struct{ One, Other string }

func (w *words) UnmarshalJSON(raw []byte) error {
	if raw[0] == '"' {
		return json.Unmarshal(raw, &w.Other)
	}
	type forms words
	return json.Unmarshal(raw, (*forms)(w))
}

// Every key has words in three languages with the same arguments, and is in the table of the package comment.
func TestEveryKeyHasWords(t *testing.T) {
	keys := keysInSource(t, ".")
	for _, key := range []string{"import.same_file", "import.respondent_exists", "import.round_kind", "import.reason.header_id", "import.reason.id_values"} {
		keys[key] = true
	}
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	arg := regexp.MustCompile(`\{[0-9]\}`)
	args := map[string][]string{}
	for _, lang := range []string{"fi", "sv", "en"} {
		raw, err := os.ReadFile("../../ui/i18n/catalog/importer." + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var catalog map[string]words
		if err := json.Unmarshal(raw, &catalog); err != nil {
			t.Fatal(lang, err)
		}
		for key := range keys {
			if catalog[key].Other == "" {
				t.Errorf("%s: no words for %s", lang, key)
			}
		}
		for key, text := range catalog {
			if !keys[key] {
				t.Errorf("%s: %s is used nowhere", lang, key)
			}
			found := arg.FindAllString(text.Other, -1)
			slices.Sort(found)
			if known, ok := args[key]; ok && !slices.Equal(known, found) {
				t.Errorf("%s: %s has the arguments %v, elsewhere %v", lang, key, found, known)
			}
			args[key] = found
		}
	}
	for key := range keys {
		name := strings.TrimPrefix(key, "import.")
		if !strings.Contains(name, ".") && !regexp.MustCompile(`\b`+name+`\b`).Match(doc) {
			t.Errorf("%s is not in the package comment", key)
		}
	}
}
