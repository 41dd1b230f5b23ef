package index

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"avokoodi/coding"
	"avokoodi/themes"
)

// onDisk tells whether a word stands anywhere in the files of the index.
func (d *desk) onDisk(word string) bool {
	d.Helper()
	found := false
	err := filepath.WalkDir(d.path(), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		found = found || bytes.Contains(raw, []byte(word))
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	return found
}

// TestErased looks for the words of somebody who was erased, in searches and in the bytes of the index.
func TestErased(t *testing.T) {
	d := newDesk(t).open()
	d.add(said{themes.FI, "Palvelut ovat hyviä."}, said{themes.EN, "Services are needed."})
	d.add(said{themes.FI, "Yhdistyksen nimi on Kvartsijyvä."})
	d.sync()
	d.expect("kvartsijyvä", "Yhdistyksen nimi on Kvartsijyvä.")
	if !d.onDisk("kvartsijyvä") {
		t.Fatal("the word is nowhere in the files, so that the test shows nothing")
	}
	var who coding.RespondentID
	for _, a := range d.answers() {
		if a.Text == "Yhdistyksen nimi on Kvartsijyvä." {
			who = a.Respondent
		}
	}
	svc := coding.NewService(d.store, nil)
	if _, err := svc.Erase(context.Background(), d.project, coding.Operator, []coding.RespondentID{who}); err != nil {
		t.Fatal(err)
	}
	d.sync()
	d.expect("kvartsijyvä")
	d.expect("palvelut", "Palvelut ovat hyviä.")
	if d.onDisk("vartsijyv") {
		t.Error("the word is still in the files")
	}
	d.whole()
	d.add(said{themes.FI, "Uusi vastaus palveluista."}) // and it goes on following
	d.sync()
	d.whole()
}
