package app

import (
	"github.com/spf13/cobra"
)

type noDictionary struct{}

func (noDictionary) Dictionary() (string, bool, error) { return "", false, nil }

func (a *app) words() noDictionary { return noDictionary{} }

func (a *app) tokensCommand() *cobra.Command {
	return &cobra.Command{Use: "tokens", Hidden: true}
}
