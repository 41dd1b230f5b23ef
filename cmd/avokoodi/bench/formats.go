package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"avokoodi/coding/importer"
	"avokoodi/coding/importer/savfile"
	"avokoodi/coding/importer/xlsxfile"
)

// formats measures reading a workbook of b.n × 10 and an SPSS file of b.n × 100, and the memory of a dry run of each.
func (b *bench) formats(ctx context.Context) error {
	xlsx, sav := filepath.Join(b.dir, "wide.xlsx"), filepath.Join(b.dir, "wide.sav")
	if err := writeWorkbook(xlsx, b.n); err != nil {
		return err
	}
	if err := writeSAV(sav, b.n); err != nil {
		return err
	}
	info, err := os.Stat(sav)
	if err != nil {
		return err
	}
	read := func(format importer.Format, path string) (float64, error) {
		start := time.Now()
		s, err := importer.NewReader(format).Read(ctx, path, path, importer.Options{MaxBytes: 1 << 30, MaxUnzipped: 4 << 30})
		if err != nil {
			return 0, err
		}
		return time.Since(start).Seconds(), s.Close()
	}
	var ours, raw, spss, bytes []float64
	for range importRuns {
		start := time.Now()
		if err := bareWorkbook(xlsx); err != nil {
			return err
		}
		raw = append(raw, time.Since(start).Seconds())
		took, err := read(xlsxfile.Format{}, xlsx)
		if err != nil {
			return err
		}
		ours = append(ours, took)
		if took, err = read(savfile.Format{}, sav); err != nil {
			return err
		}
		spss = append(spss, float64(info.Size())/1e6/took)
		start = time.Now()
		if err := bareNumbers(sav); err != nil {
			return err
		}
		bytes = append(bytes, float64(info.Size())/1e6/time.Since(start).Seconds())
	}
	b.put(row{Name: fmt.Sprintf("XLSX %d × 10, read", b.n), Value: median(ours), Unit: "s", Raw: median(raw), Of: "excelize's row iterator", Goal: "ratio < 2"})
	b.put(row{Name: fmt.Sprintf(".sav %d × 100, uncompressed, read", b.n), Value: median(spss), Unit: "MB/s", Raw: median(bytes), Of: "reading the file and adding its numbers up", Goal: "≥ 60"})
	bin, err := b.binary(ctx)
	if err != nil {
		return err
	}
	for _, file := range []string{xlsx, sav} {
		cmd := exec.CommandContext(ctx, bin, "import", file, "--dry-run", "--lang", "en")
		if text, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("import --dry-run: %w: %s", err, text)
		}
		if m := highest(cmd.ProcessState); m > 0 {
			b.put(row{Name: "memory at its highest, dry run of the " + strings.TrimPrefix(filepath.Ext(file), "."), Value: m, Unit: "MiB", Goal: "< 700"})
		}
	}
	return nil
}

// bareWorkbook reads the rows as excelize gives them and keeps nothing.
func bareWorkbook(path string) error {
	f, err := excelize.OpenFile(path)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := f.Rows("Sheet1")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			return err
		}
	}
	return rows.Error()
}

// bareNumbers reads a file as numbers of eight bytes and adds them up.
func bareNumbers(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 256<<10)
	buf := make([]byte, 800)
	for sum := 0.0; ; {
		if _, err := io.ReadFull(r, buf); err != nil {
			if sum == 1 { // so that adding up is not left out
				return errors.New("bench: that cannot be")
			}
			return nil
		}
		for k := 0; k < len(buf); k += 8 {
			sum += math.Float64frombits(binary.LittleEndian.Uint64(buf[k:]))
		}
	}
}

// writeWorkbook writes n rows of an id, five variables and four answers of some twenty words.
func writeWorkbook(path string, n int) error {
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	words := strings.Repeat("yhteistyö kunnan kanssa on sujunut erinomaisesti mutta tilat ", 3)
	if err := w.SetRow("A1", []any{"respondent_id", "language", "org_type", "region", "age", "size", "q1", "q2", "q3", "q4"}); err != nil {
		return err
	}
	for i := range n {
		text := fmt.Sprintf("%d %s", i, words)
		err := w.SetRow(fmt.Sprintf("A%d", i+2), []any{fmt.Sprintf("R%06d", i), "fi", "Kyläyhdistys", "Uusimaa", 20 + i%60, "alle 10 000", text, text[2:], text[4:], text[6:]})
		if err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.SaveAs(path)
}

// writeSAV writes an uncompressed SPSS file: n cases of 98 numbers and an answer of sixteen bytes.
func writeSAV(path string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	ints := func(list ...int32) {
		for _, x := range list {
			_ = binary.Write(w, binary.LittleEndian, x)
		}
	}
	w.WriteString("$FL2" + strings.Repeat(" ", 60))
	ints(2, 100, 0, 0, int32(n))
	_ = binary.Write(w, binary.LittleEndian, 100.0)
	w.WriteString(strings.Repeat(" ", 176-92))
	const numbers = 98
	for i := range numbers {
		ints(2, 0, 0, 0, 5<<16|8<<8, 5<<16|8<<8)
		fmt.Fprintf(w, "V%-7d", i)
	}
	ints(2, 16, 0, 0, 1<<16|16<<8, 1<<16|16<<8)
	w.WriteString("Q1      ")
	ints(2, -1, 0, 0, 0, 0)
	w.WriteString("        ")
	ints(999, 0)
	row := make([]byte, 0, 800)
	for i := range n {
		row = row[:0]
		for k := range numbers {
			x := float64((i*31 + k*17) % 7)
			if k%10 == 9 {
				x = float64(i) / 4
			}
			row = binary.LittleEndian.AppendUint64(row, math.Float64bits(x))
		}
		w.Write(fmt.Appendf(row, "vastaus %8d", i))
	}
	return w.Flush()
}
