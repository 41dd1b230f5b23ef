// Package config loads, validates and documents the settings: flags before AVOKOODI_* before a file before defaults.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cast"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

// Config is the settings in force.
type Config struct {
	Data       string        `mapstructure:"data"`
	Listen     string        `mapstructure:"listen"`
	Lang       string        `mapstructure:"lang"`
	LogLevel   string        `mapstructure:"log-level"`
	UploadMB   int           `mapstructure:"upload-mb"`
	Dictionary string        `mapstructure:"dictionary"`
	Secure     bool          `mapstructure:"secure-cookies"`
	SignedIn   time.Duration `mapstructure:"signed-in"`
}

// Setting documents one setting.
type Setting struct {
	Key     string
	Default any
	Help    string
}

// Settings lists every setting with its default; the environment name is AVOKOODI_ and the key in capitals, with '_' for
// '-'.
func Settings() []Setting {
	return []Setting{
		{"data", DefaultData(), "folder of the database and the index"},
		{"listen", "127.0.0.1:8765", "address to serve on"},
		{"lang", "", "language of messages: fi, sv or en; empty: from the locale"},
		{"log-level", "info", "debug, info, warn or error"},
		{"upload-mb", 256, "largest file that may be imported, in MiB"},
		{"dictionary", "", "Voikko dictionary file mor.vfst or its folder; empty: the system's usual places"},
		{"secure-cookies", false, "send the session cookie over HTTPS only; set it behind a TLS proxy"},
		{"signed-in", 14 * 24 * time.Hour, "how long a sign-in lasts"},
	}
}

// DefaultData is avokoodi under the user's data directory.
func DefaultData() string {
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "avokoodi")
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		if dir, err := os.UserConfigDir(); err == nil {
			return filepath.Join(dir, "avokoodi")
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		return filepath.Join(home, ".local", "share", "avokoodi")
	}
	return "avokoodi-data"
}

// Problem is a setting, or a file of settings, that a person must mend: a message's key and what goes into it. The messages are in
// the catalogues 'cli'; the first argument of 'config.bad.SETTING' is the value.
type Problem struct {
	Key  string
	Args []any
}

func (p Problem) Error() string {
	return strings.TrimSpace(fmt.Sprintln(append([]any{p.Key}, p.Args...)...))
}

// Load reads the settings; flags are those set on the command line (nil for none), file is a YAML or TOML file ("" for
// none). What is wrong is a Problem, also a key that is not a setting, so that a misspelt one is noticed.
func Load(flags *pflag.FlagSet, file string) (Config, error) {
	v := viper.New()
	v.SetEnvPrefix("AVOKOODI")
	v.SetEnvKeyReplacer(strings.NewReplacer("-", "_"))
	v.AutomaticEnv()
	for _, s := range Settings() {
		v.SetDefault(s.Key, s.Default) // Viper ignores environment values of keys without a default
	}
	if file != "" {
		if err := readFile(v, file); err != nil {
			return Config{}, err
		}
	}
	if flags != nil {
		for _, s := range Settings() {
			if f := flags.Lookup(s.Key); f != nil {
				if err := v.BindPFlag(s.Key, f); err != nil {
					return Config{}, err
				}
			}
		}
	}
	for _, s := range Settings() {
		if value := v.Get(s.Key); !fits(value, s.Default) {
			return Config{}, bad(s.Key, value)
		}
	}
	var c Config
	if err := v.UnmarshalExact(&c); err != nil {
		return Config{}, fmt.Errorf("settings: %w", err)
	}
	return c, c.check()
}

func readFile(v *viper.Viper, file string) error {
	v.SetConfigFile(file)
	err := v.ReadInConfig()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Problem{"config.no_file", []any{file}}
	case !slices.Contains([]string{".yaml", ".yml", ".toml", ".json"}, filepath.Ext(file)):
		return Problem{"config.no_format", []any{file}}
	case err != nil:
		return Problem{"config.unreadable", []any{file, err.Error()}}
	}
	var names []string
	for _, s := range Settings() {
		names = append(names, s.Key)
	}
	for _, k := range v.AllKeys() {
		if !slices.Contains(names, k) {
			return Problem{"config.unknown", []any{file, k, strings.Join(names, ", ")}}
		}
	}
	return nil
}

// fits tells whether a value can be of the default's type.
func fits(value, like any) bool {
	var err error
	switch like.(type) {
	case int:
		_, err = cast.ToIntE(value)
	case bool:
		_, err = cast.ToBoolE(value)
	case time.Duration:
		_, err = cast.ToDurationE(value)
	default:
		_, err = cast.ToStringE(value)
	}
	return err == nil
}

func bad(key string, value any) Problem {
	return Problem{"config.bad." + key, []any{fmt.Sprint(value)}}
}

func (c Config) check() error {
	if c.Data == "" {
		return bad("data", c.Data)
	}
	if _, port, err := net.SplitHostPort(c.Listen); err != nil || port == "" {
		return bad("listen", c.Listen)
	}
	switch c.Lang {
	case "", "fi", "sv", "en":
	default:
		return bad("lang", c.Lang)
	}
	if c.UploadMB < 1 || c.UploadMB > 4096 {
		return bad("upload-mb", c.UploadMB)
	}
	if c.SignedIn < time.Minute {
		return bad("signed-in", c.SignedIn)
	}
	if _, err := c.Level(); err != nil {
		return bad("log-level", c.LogLevel)
	}
	return nil
}

// Level is the level of the log.
func (c Config) Level() (slog.Level, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return l, fmt.Errorf("log-level %q: give debug, info, warn or error", c.LogLevel)
	}
	return l, nil
}

// Database is the path of the store of record.
func (c Config) Database() string { return filepath.Join(c.Data, "avokoodi.db") }

// Index is the folder of the text index.
func (c Config) Index() string { return filepath.Join(c.Data, "index") }

// Uploads is the folder of files that are being imported.
func (c Config) Uploads() string { return filepath.Join(c.Data, "uploads") }
