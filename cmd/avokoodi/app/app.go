// Package app wires the rooms together and holds the command line: one file for each subcommand.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"avokoodi/coding"
	"avokoodi/config"
	"avokoodi/ui/i18n"
)

// Exit statuses that scripts rely on.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitRefused = 3
)

// app is what every subcommand has.
type app struct {
	given    []string // arguments as given
	in       io.Reader
	out, err io.Writer
	cfg      config.Config
	cfgFile  string
	json     bool
	log      *slog.Logger
}

// refused is input that was refused; its lines are printed as they are, one for each problem.
type refused struct{ lines []string }

func (r refused) Error() string { return fmt.Sprintf("refused: %d problems", len(r.lines)) }

// Main runs the command line and returns the exit status. An interrupt ends the work cleanly.
func Main(args []string, in io.Reader, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return Run(ctx, args, in, out, errOut)
}

// Run is Main with a context, for tests.
func Run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	a := &app{given: args, in: in, out: out, err: errOut, cfg: config.Config{Lang: spoken(args)}}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(ctx)
	return a.exit(err)
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "avokoodi",
		Short:         "Code open-ended survey answers in Finnish, Swedish and English",
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return a.configure(cmd)
		},
	}
	f := root.PersistentFlags()
	f.String("data", "", "folder of the database and the index (default "+config.DefaultData()+")")
	f.StringVar(&a.cfgFile, "config", "", "settings file")
	f.String("lang", "", "language of messages: fi, sv or en (default from the locale)")
	f.String("log-level", "info", "debug, info, warn or error")
	f.String("dictionary", "", "Voikko dictionary file or folder (default: the system's)")
	f.BoolVar(&a.json, "json", false, "print JSON")
	root.SetFlagErrorFunc(a.flagError)
	root.AddCommand(a.demoCommand(), a.serveCommand(), a.userCommand(), a.projectCommand(), a.eraseCommand(), a.importCommand(), a.themesCommand(),
		a.codingsCommand(), a.searchCommand(), a.countCommand(), a.exportCommand(), a.agreementCommand(), a.suggestCommand(), a.tokensCommand(), a.detectCommand(), a.maskCommand(),
		a.indexCommand(), a.backupCommand(), a.restoreCommand(), a.doctorCommand(), a.versionCommand())
	root.CompletionOptions.HiddenDefaultCmd = true
	a.families(root)
	return root
}

func (a *app) configure(cmd *cobra.Command) error {
	cfg, err := config.Load(cmd.Flags(), a.cfgFile)
	if p := (config.Problem{}); errors.As(err, &p) {
		return a.usage(p.Key, p.Args...)
	}
	if err != nil {
		return usageError{err}
	}
	if cfg.Lang == "" {
		cfg.Lang = a.cfg.Lang
	}
	a.cfg = cfg
	level, _ := cfg.Level()
	if level == slog.LevelInfo && cmd.Flags().Lookup("listen") == nil && !cmd.Flags().Changed("log-level") {
		level = slog.LevelWarn // a command says itself what it does; only a server keeps a diary
	}
	a.log = slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: level}))
	return nil
}

func (a *app) t(key string, args ...any) string { return i18n.T(a.cfg.Lang, key, args...) }

// text is the message of a problem in the user's language.
func (a *app) text(p coding.Problem) string {
	if i18n.Has(a.cfg.Lang, p.Key) {
		return a.t(p.Key, p.Args...)
	}
	return p.Error()
}

// exit prints the error for a person and chooses the status.
func (a *app) exit(err error) int {
	var (
		usage usageError
		ref   refused
		many  coding.Problems
		one   coding.Problem
	)
	say := func(lines ...string) {
		for _, l := range lines {
			fmt.Fprintln(a.err, l)
		}
	}
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		say("avokoodi: "+usage.Error(), a.t("cli.see_help"))
		return exitUsage
	case errors.As(err, &ref):
		say(ref.lines...)
		return exitRefused
	case errors.As(err, &many):
		for _, p := range many {
			say(a.text(p))
		}
		return exitRefused
	case errors.As(err, &one):
		say(a.text(one))
		return exitRefused
	case errors.Is(err, context.Canceled):
		say(a.t("cli.interrupted"))
		return exitFailed
	case coding.IsFull(err):
		say(a.t("cli.disk_full", a.cfg.Data))
		return exitFailed
	}
	say("avokoodi: " + err.Error())
	return exitFailed
}
