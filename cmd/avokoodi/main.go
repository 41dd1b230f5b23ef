// Command avokoodi codes open-ended survey answers in Finnish, Swedish and English.
package main

import (
	"os"

	"avokoodi/cmd/avokoodi/app"
)

func main() { os.Exit(app.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
