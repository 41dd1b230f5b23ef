package app

import (
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"avokoodi/themes"
	"avokoodi/ui/i18n"
)

// usageError is a wrong use of the command line.
type usageError struct{ error }

// usage is a wrong use, said in the user's language.
func (a *app) usage(key string, args ...any) error { return usageError{errors.New(a.t(key, args...))} }

// flagError says what is wrong with an option.
func (a *app) flagError(cmd *cobra.Command, err error) error {
	if cmd.HasSubCommands() { // an option of a command that there is not
		depth := strings.Count(cmd.CommandPath(), " ")
		for _, arg := range a.given {
			if strings.HasPrefix(arg, "-") {
				break
			}
			if depth--; depth < 0 {
				return a.noCommand(cmd, arg)
			}
		}
	}
	var (
		unknown *pflag.NotExistError
		empty   *pflag.ValueRequiredError
		wrong   *pflag.InvalidValueError
	)
	name := func(s string) string {
		if len(s) == 1 {
			return "-" + s
		}
		return "--" + s
	}
	switch {
	case errors.As(err, &unknown):
		return a.usage("cli.use_option", name(unknown.GetSpecifiedName()))
	case errors.As(err, &empty):
		return a.usage("cli.use_value", name(empty.GetSpecifiedName()))
	case errors.As(err, &wrong):
		return a.usage("cli.use_wrong", name(wrong.GetFlag().Name), wrong.GetValue())
	}
	return usageError{err}
}

// args takes from least to most arguments; most < 0 is any number.
func (a *app) args(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || most >= 0 && len(args) > most {
			return a.usage("cli.use_args", strings.TrimSuffix(cmd.UseLine(), " [flags]"))
		}
		return nil
	}
}

// families makes commands that only hold others refuse what is none of them; cobra would print their help and call it done.
func (a *app) families(c *cobra.Command) {
	for _, sub := range c.Commands() {
		a.families(sub)
	}
	if !c.HasSubCommands() || c.Runnable() {
		return
	}
	c.SuggestionsMinimumDistance = 2
	c.Args = cobra.ArbitraryArgs
	c.RunE = func(cmd *cobra.Command, args []string) error {
		path := cmd.CommandPath()
		if len(args) > 0 {
			return a.noCommand(cmd, args[0])
		}
		if !cmd.HasParent() {
			return cmd.Help()
		}
		var names []string
		for _, sub := range cmd.Commands() {
			names = append(names, sub.Name())
		}
		return a.usage("cli.use_one_of", path, strings.Join(names, ", "))
	}
}

// noCommand says that a family has no such command, and which is like it.
func (a *app) noCommand(family *cobra.Command, name string) error {
	path := family.CommandPath() + " "
	if like := family.SuggestionsFor(name); len(like) > 0 {
		return a.usage("cli.use_like", path+name, path+like[0])
	}
	return a.usage("cli.use_command", path+name)
}

// spoken is the language of messages before the settings are read: --lang, or else the locale's.
func spoken(args []string) string {
	for i, arg := range args {
		value, ok := strings.CutPrefix(arg, "--lang=")
		if !ok && arg == "--lang" && i+1 < len(args) {
			value = args[i+1]
		}
		if lang, ok := themes.ParseLang(value); ok {
			return string(lang)
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			return i18n.Match(v)
		}
	}
	return "en"
}
