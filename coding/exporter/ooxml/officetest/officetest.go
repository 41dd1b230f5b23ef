// Package officetest opens written files as their readers will: it converts them to PDF with LibreOffice and reads the text, the
// fonts and the pictures of the pages with poppler.
package officetest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"avokoodi/cmd/avokoodi/needed"
)

// PDF opens a file of the name in LibreOffice and returns the path of its PDF.
func PDF(t testing.TB, name string, data []byte) string {
	t.Helper()
	office := needed.Program(t, "soffice", "libreoffice")
	dir := t.TempDir()
	from := filepath.Join(dir, name)
	if err := os.WriteFile(from, data, 0o600); err != nil {
		t.Fatal(err)
	}
	// A profile of its own: LibreOffice runs once per profile.
	run(t, office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir, from)
	to := strings.TrimSuffix(from, filepath.Ext(from)) + ".pdf"
	if _, err := os.Stat(to); err != nil {
		t.Fatalf("LibreOffice did not open %s: %v", name, err)
	}
	return to
}

// Text is the text of a PDF, pages set off by form feeds.
func Text(t testing.TB, pdf string) string {
	t.Helper()
	return run(t, needed.Program(t, "pdftotext"), "-layout", pdf, "-")
}

// Fonts lists the fonts of a PDF that are not embedded.
func Fonts(t testing.TB, pdf string) (all int, missing []string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(run(t, needed.Program(t, "pdffonts"), pdf)), "\n")
	for _, line := range lines[min(2, len(lines)):] {
		all++
		// name, type, encoding, emb, sub, uni, object, ID; the type and the encoding may be of several words
		f := strings.Fields(line)
		if len(f) < 7 || f[len(f)-5] != "yes" {
			missing = append(missing, line)
		}
	}
	return all, missing
}

// Pages draws the pages of a PDF as PNG files and returns their paths in order.
func Pages(t testing.TB, pdf string, dpi string) []string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "page")
	run(t, needed.Program(t, "pdftoppm"), "-r", dpi, "-png", pdf, root)
	list, err := filepath.Glob(root + "*.png")
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func run(t testing.TB, name string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	var errs strings.Builder
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", filepath.Base(name), err, errs.String())
	}
	return string(out)
}
