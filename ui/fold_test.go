package ui

import (
	"fmt"
	"html/template"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"avokoodi/ui/assets"
	"avokoodi/ui/i18n"
)

// TestFold: a message that is put in beforehand reads as it does when it is looked up, in text and in an attribute, for every
// message that a template has without arguments.
func TestFold(t *testing.T) {
	keys := map[string]bool{}
	constant := regexp.MustCompile(`\{\{t "([^"]+)"\}\}`)
	err := fs.WalkDir(assets.Templates(), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(assets.Templates(), path)
		for _, m := range constant.FindAllStringSubmatch(string(raw), -1) {
			keys[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Langs {
		folded := 0
		for key := range keys {
			source := fmt.Sprintf(`{{with .}}<p title="{{t %q}}">{{t %q}}</p>{{else}}{{range .}}{{t %q}}{{end}}{{end}}`, key, key, key)
			plain := template.Must(template.New("").Funcs(functions(lang)).Parse(source))
			quick := template.Must(template.New("").Funcs(functions(lang)).Parse(source))
			fold(lang, quick)
			if !strings.Contains(quick.Tree.Root.String(), "{{t ") {
				folded++
			}
			var a, b strings.Builder
			if err := plain.Execute(&a, 1); err != nil {
				t.Fatal(err)
			}
			if err := quick.Execute(&b, 1); err != nil {
				t.Fatal(err)
			}
			if a.String() != b.String() {
				t.Errorf("%s %s: %s, looked up %s", lang, key, b.String(), a.String())
			}
		}
		if folded*2 < len(keys) {
			t.Errorf("%s: only %d of %d messages are put in beforehand", lang, folded, len(keys))
		}
	}
}
