package app

import (
	"bufio"
	"fmt"

	"github.com/spf13/cobra"

	"avokoodi/coding/privacy"
)

// lines runs fn on each line of standard input and flushes when the input ends.
func (a *app) lines(fn func(out *bufio.Writer, line string) error) error {
	in := bufio.NewScanner(a.in)
	in.Buffer(make([]byte, 64<<10), 16<<20)
	out := bufio.NewWriter(a.out)
	defer out.Flush()
	for in.Scan() {
		if err := fn(out, in.Text()); err != nil {
			return err
		}
	}
	return in.Err()
}

func (a *app) detectCommand() *cobra.Command {
	return &cobra.Command{Use: "detect", Short: "Tell the language of each line of standard input", Args: a.args(0, 0), RunE: func(*cobra.Command, []string) error {
		return a.lines(func(out *bufio.Writer, line string) error {
			lang, confidence, _ := detect(line)
			if lang == "" {
				lang = "und"
			}
			_, err := fmt.Fprintf(out, "%s\t%.3f\n", lang, confidence)
			return err
		})
	}}
}

func (a *app) maskCommand() *cobra.Command {
	return &cobra.Command{Use: "mask", Short: "Find identifiers in each line of standard input: line, start, end, type, text", Args: a.args(0, 0), RunE: func(*cobra.Command, []string) error {
		finder, n := privacy.New(), 0
		return a.lines(func(out *bufio.Writer, line string) error {
			n++
			for _, f := range finder.Find(line) {
				if _, err := fmt.Fprintf(out, "%d\t%d\t%d\t%s\t%s\n", n, f.Start, f.End, f.Kind, f.Text); err != nil {
					return err
				}
			}
			return nil
		})
	}}
}
