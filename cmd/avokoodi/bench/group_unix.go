//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// apart starts a command in a process group of its own.
func apart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// stop interrupts a command that was started apart, and what it started: go run leaves the interrupt to its program.
func stop(cmd *exec.Cmd) error {
	if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGINT); err != nil {
		return err
	}
	return cmd.Wait()
}
