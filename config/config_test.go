package config

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/spf13/pflag"
)

// flags is a command's flags, as the command line gave them.
func flags(t *testing.T, args ...string) *pflag.FlagSet {
	t.Helper()
	f := pflag.NewFlagSet("avokoodi", pflag.ContinueOnError)
	f.String("data", "", "")
	f.String("listen", "127.0.0.1:8765", "")
	f.String("log-level", "info", "")
	if err := f.Parse(args); err != nil {
		t.Fatal(err)
	}
	return f
}

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFlagBeforeEnvironmentBeforeFileBeforeDefault(t *testing.T) {
	f := file(t, "s.yaml", "listen: 127.0.0.1:1\nupload-mb: 11\nsigned-in: 3h\nlog-level: warn\n")
	t.Setenv("AVOKOODI_LISTEN", "127.0.0.1:2")
	t.Setenv("AVOKOODI_UPLOAD_MB", "22")
	t.Setenv("AVOKOODI_SECURE_COOKIES", "true")
	t.Setenv("AVOKOODI_DATA", "from-environment")
	c, err := Load(flags(t, "--listen", "127.0.0.1:3"), f)
	if err != nil {
		t.Fatal(err)
	}
	want := Config{Data: "from-environment", Listen: "127.0.0.1:3", LogLevel: "warn", UploadMB: 22, Secure: true, SignedIn: 3 * time.Hour}
	if c != want {
		t.Errorf("got  %+v\nwant %+v", c, want)
	}
}

// TestEverySettingFollowsTheEnvironment also fails when a setting has no field, or a field no setting.
func TestEverySettingFollowsTheEnvironment(t *testing.T) {
	values := map[string]string{"data": "d", "listen": ":1", "lang": "sv", "log-level": "debug", "upload-mb": "7", "dictionary": "words", "secure-cookies": "true", "signed-in": "2h"}
	for _, s := range Settings() {
		if s.Help == "" || values[s.Key] == "" {
			t.Errorf("%s is not documented or not tried", s.Key)
		}
	}
	t.Setenv("AVOKOODI_DATA", values["data"])
	t.Setenv("AVOKOODI_LISTEN", values["listen"])
	t.Setenv("AVOKOODI_LANG", values["lang"])
	t.Setenv("AVOKOODI_LOG_LEVEL", values["log-level"])
	t.Setenv("AVOKOODI_UPLOAD_MB", values["upload-mb"])
	t.Setenv("AVOKOODI_DICTIONARY", values["dictionary"])
	t.Setenv("AVOKOODI_SECURE_COOKIES", values["secure-cookies"])
	t.Setenv("AVOKOODI_SIGNED_IN", values["signed-in"])
	c, err := Load(nil, "")
	if want := (Config{"d", ":1", "sv", "debug", 7, "words", true, 2 * time.Hour}); err != nil || c != want {
		t.Errorf("%+v, %v, want %+v", c, err, want)
	}
}

func TestDefaults(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", "share")
	c, err := Load(flags(t), "")
	if err != nil {
		t.Fatal(err)
	}
	if c.Data == "" || c.Listen != "127.0.0.1:8765" || c.UploadMB != 256 || c.Secure || c.SignedIn != 14*24*time.Hour {
		t.Errorf("%+v", c)
	}
	if DefaultData() != filepath.Join("share", "avokoodi") {
		t.Errorf("the data would be in %s", DefaultData())
	}
	for _, path := range []string{c.Database(), c.Index(), c.Uploads()} {
		if filepath.Dir(path) != c.Data {
			t.Errorf("%s is not in the data folder", path)
		}
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct {
		name, file, text string
		env              [2]string
		key              string
		arg              string
	}{
		{name: "no file", file: "-", key: "config.no_file"},
		{name: "no format", file: "s.ini", text: "listen = :1", key: "config.no_format"},
		{name: "not YAML", file: "s.yaml", text: "listen: [", key: "config.unreadable"},
		{name: "misspelt", file: "s.yaml", text: "lisen: ':1'", key: "config.unknown", arg: "lisen"},
		{name: "no port", file: "s.toml", text: `listen = "here"`, key: "config.bad.listen", arg: "here"},
		{name: "empty port", file: "s.toml", text: `listen = "here:"`, key: "config.bad.listen", arg: "here:"},
		{name: "language", env: [2]string{"AVOKOODI_LANG", "no"}, key: "config.bad.lang", arg: "no"},
		{name: "level", env: [2]string{"AVOKOODI_LOG_LEVEL", "loud"}, key: "config.bad.log-level", arg: "loud"},
		{name: "no number", env: [2]string{"AVOKOODI_UPLOAD_MB", "many"}, key: "config.bad.upload-mb", arg: "many"},
		{name: "too large", env: [2]string{"AVOKOODI_UPLOAD_MB", "4097"}, key: "config.bad.upload-mb", arg: "4097"},
		{name: "none", env: [2]string{"AVOKOODI_UPLOAD_MB", "0"}, key: "config.bad.upload-mb", arg: "0"},
		{name: "no time", env: [2]string{"AVOKOODI_SIGNED_IN", "long"}, key: "config.bad.signed-in", arg: "long"},
		{name: "too short", env: [2]string{"AVOKOODI_SIGNED_IN", "59s"}, key: "config.bad.signed-in", arg: "59s"},
		{name: "no truth", env: [2]string{"AVOKOODI_SECURE_COOKIES", "perhaps"}, key: "config.bad.secure-cookies", arg: "perhaps"},
		{name: "a list", file: "s.yaml", text: "data: [a, b]", key: "config.bad.data"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := c.file
			if path == "-" {
				path = filepath.Join(t.TempDir(), "missing.yaml")
			} else if path != "" {
				path = file(t, c.file, c.text)
			}
			if c.env[0] != "" {
				t.Setenv(c.env[0], c.env[1])
			}
			_, err := Load(nil, path)
			var p Problem
			if !errors.As(err, &p) || p.Key != c.key {
				t.Fatalf("%v, want %s", err, c.key)
			}
			if c.arg != "" && !slices.Contains(p.Args, any(c.arg)) {
				t.Errorf("%v does not name %q", p.Args, c.arg)
			}
		})
	}
}
