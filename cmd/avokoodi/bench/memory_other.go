//go:build !linux

package main

import "os"

// highest is not measured here.
func highest(*os.ProcessState) float64 { return 0 }

// processorTime is not measured here.
func processorTime() float64 { return 0 }

// load is not known here.
func load() string { return "?" }
