package app

import (
	"fmt"
	"runtime"
	"runtime/debug"

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
	return &cobra.Command{Use: "version", Short: "Version, commit, Go, platform, dictionary", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		fmt.Fprintf(a.out, "avokoodi %s\ncommit %s\ngo %s\nplatform %s/%s\ndictionary %s\n", Version, commit(), runtime.Version(), runtime.GOOS, runtime.GOARCH, a.dictionaryLine())
		return nil
	}}
}
