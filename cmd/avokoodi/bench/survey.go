package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// Of the files that the generator beside the project makes.
const (
	firstQuestion = 6 // column of the first open question
	wideQuestions = 4
	wideClasses   = 20 // categories of the variable that the wide file gets besides its own
)

// survey is a file of b.n respondents with the first open question only.
func (b *bench) survey() (string, error) {
	return b.made("survey.csv", func(_ int, rec []string) []string { return rec[:firstQuestion+1] })
}

// wideSurvey is a file of b.n respondents with four open questions and one more variable, 'class' of twenty categories.
func (b *bench) wideSurvey() (string, error) {
	return b.made("wide.csv", func(n int, rec []string) []string {
		if n == 0 {
			return append(rec, "class")
		}
		return append(rec, fmt.Sprintf("Class %02d", n*7919%1009%wideClasses+1))
	})
}

// made is a file of rows made of those of the generator; n is the row's number, that of the header 0.
func (b *bench) made(name string, form func(n int, rec []string) []string) (path string, err error) {
	path = filepath.Join(b.dir, name)
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	whole := filepath.Join(b.dir, "whole.csv")
	if _, err := os.Stat(whole); err != nil {
		gen := exec.Command("python3", filepath.Join(b.shared, "tools", "gen_survey.py"), "-n", fmt.Sprint(b.n), "-o", whole)
		gen.Stderr = os.Stderr
		if err := gen.Run(); err != nil {
			return "", fmt.Errorf("gen_survey.py: %w", err)
		}
	}
	in, err := os.Open(whole)
	if err != nil {
		return "", err
	}
	defer in.Close()
	out, err := os.Create(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	r, w := csv.NewReader(in), csv.NewWriter(out)
	for n := 0; ; n++ {
		rec, err := r.Read()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = w.Write(form(n, rec))
		}
		if err != nil {
			return "", err
		}
	}
	w.Flush()
	return path, w.Error()
}
