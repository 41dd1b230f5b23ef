package app

import (
	"bufio"
	"fmt"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"avokoodi/index/analysis"
	"avokoodi/themes"
)

var engines sync.Map // dictionary path → *analysis.Engine; loading one takes a moment

// words is the language analysis with the dictionary that the settings name.
func (a *app) words() *analysis.Engine {
	if e, ok := engines.Load(a.cfg.Dictionary); ok {
		return e.(*analysis.Engine)
	}
	e, _ := engines.LoadOrStore(a.cfg.Dictionary, analysis.New(analysis.Options{DictionaryPath: a.cfg.Dictionary}))
	return e.(*analysis.Engine)
}

// tokensCommand prints a line for each line of standard input: the terms under which it is indexed, each with the position of
// its word as term:position, separated by tabs.
func (a *app) tokensCommand() *cobra.Command {
	return &cobra.Command{Use: "tokens", Short: "Index terms of each line of standard input; --lang tells the language", Args: a.args(0, 0), RunE: func(*cobra.Command, []string) error {
		lang, ok := themes.ParseLang(a.cfg.Lang)
		if !ok {
			return a.usage("cli.use_choice", "--lang", a.cfg.Lang, "fi, sv, en")
		}
		words := a.words().For(analysis.Language(lang))
		return a.lines(func(out *bufio.Writer, line string) error {
			var cells []string
			for _, tok := range words.Index(line) {
				for _, term := range tok.Terms {
					cells = append(cells, fmt.Sprintf("%s:%d", term.Text, tok.Position))
				}
			}
			_, err := fmt.Fprintln(out, strings.Join(cells, "\t"))
			return err
		})
	}}
}
