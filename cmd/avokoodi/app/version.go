package app

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// Version is the product's version.
const Version = "0.1.0"

// commit is the revision that the binary was built from, where the build knows it.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return "unknown"
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Version, commit, Go, platform, dictionary", Args: a.args(0, 0), RunE: func(*cobra.Command, []string) error {
		dictionary := a.dictionaryFact()
		_, said := dictionary.In(a.cfg.Lang)
		platform := runtime.GOOS + "/" + runtime.GOARCH
		if a.json {
			var path *string
			if !dictionary.Warn {
				path = &dictionary.Value
			}
			return json.NewEncoder(a.out).Encode(struct {
				Version    string  `json:"version"`
				Commit     string  `json:"commit"`
				Go         string  `json:"go"`
				Platform   string  `json:"platform"`
				Dictionary *string `json:"dictionary"` // null where there is none
			}{Version, commit(), strings.TrimPrefix(runtime.Version(), "go"), platform, path})
		}
		_, err := fmt.Fprintf(a.out, "avokoodi %s\ncommit %s\ngo %s\nplatform %s\ndictionary %s\n", Version, commit(), strings.TrimPrefix(runtime.Version(), "go"), platform, said)
		return err
	}}
}
