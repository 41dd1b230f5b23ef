// Package config loads, validates and documents the settings: flags before AVOKOODI_* before a file before defaults.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

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

// Load reads the settings; flags are those set on the command line (nil for none), file is a YAML or TOML file ("" for
// none). A key that is not a setting is an error, so that a misspelt one is noticed.
func Load(flags *pflag.FlagSet, file string) (Config, error) {
	v := viper.New()
	v.SetEnvPrefix("AVOKOODI")
	v.SetEnvKeyReplacer(strings.NewReplacer("-", "_"))
	v.AutomaticEnv()
	for _, s := range Settings() {
		v.SetDefault(s.Key, s.Default) // Viper ignores environment values of keys without a default
	}
	if file != "" {
		v.SetConfigFile(file)
		if err := v.ReadInConfig(); err != nil {
			return Config{}, fmt.Errorf("settings file %s: %w", file, err)
		}
		if err := known(v.AllKeys()); err != nil {
			return Config{}, fmt.Errorf("settings file %s: %w", file, err)
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
	var c Config
	if err := v.UnmarshalExact(&c); err != nil {
		return Config{}, fmt.Errorf("settings: %w", err)
	}
	return c, c.check()
}

func known(keys []string) error {
	var names []string
	for _, s := range Settings() {
		names = append(names, s.Key)
	}
	for _, k := range keys {
		found := false
		for _, n := range names {
			found = found || n == k
		}
		if !found {
			return fmt.Errorf("unknown setting %q; the settings are %s", k, strings.Join(names, ", "))
		}
	}
	return nil
}

func (c Config) check() error {
	if c.Data == "" {
		return errors.New("data: name a folder")
	}
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		return fmt.Errorf("listen %q: give host:port, such as 127.0.0.1:8765", c.Listen)
	}
	switch c.Lang {
	case "", "fi", "sv", "en":
	default:
		return fmt.Errorf("lang %q: give fi, sv or en", c.Lang)
	}
	if c.UploadMB < 1 || c.UploadMB > 4096 {
		return fmt.Errorf("upload-mb %d: give 1 to 4096", c.UploadMB)
	}
	if c.SignedIn < time.Minute {
		return fmt.Errorf("signed-in %s: give at least 1m", c.SignedIn)
	}
	_, err := c.Level()
	return err
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
