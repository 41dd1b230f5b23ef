// Package e2e holds the tests that use the product as people do: the real program, a real browser, real files.
package e2e
