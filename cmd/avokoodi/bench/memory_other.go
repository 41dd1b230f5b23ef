//go:build !linux

package main

import "os"

// highest is not measured here.
func highest(*os.ProcessState) float64 { return 0 }
