//go:build !unix

package main

import "os/exec"

func apart(*exec.Cmd) {}

// stop ends a command.
func stop(cmd *exec.Cmd) error {
	if err := cmd.Process.Kill(); err != nil {
		return err
	}
	return cmd.Wait()
}
