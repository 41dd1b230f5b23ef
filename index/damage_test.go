package index

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/sqlstore"
	"avokoodi/themes"
)

// files is the files below the index directory, with the folder of the generation that counts.
func (d *desk) filesBelow() (paths []string, generation string) {
	d.Helper()
	err := filepath.WalkDir(d.path(), func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			paths = append(paths, path)
			if filepath.Base(path) == markerFile {
				generation = filepath.Dir(path)
			}
		}
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	return paths, generation
}

// edit changes the bytes of a file.
func edit(t testing.TB, path string, fn func([]byte) []byte) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, fn(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

// segments is the pattern of segment files.
const segments = "*.zap"

func TestDamage(t *testing.T) {
	half := func(b []byte) []byte { return b[:len(b)/2] }
	empty := func([]byte) []byte { return nil }
	noise := func(b []byte) []byte {
		for i := range b {
			b[i] = byte(i * 7)
		}
		return b
	}
	flip := func(b []byte) []byte { b[len(b)/3] ^= 0x10; return b }
	tail := func(b []byte) []byte { return b[:len(b)-1] }
	page := func(b []byte) []byte { return b[:min(len(b), 2*os.Getpagesize())] }
	for name, damage := range map[string]struct {
		file    string
		fn      func([]byte) []byte
		rebuilt bool
	}{
		"segment cut in half":      {segments, half, true},
		"segment cut by a byte":    {segments, tail, true},
		"segment empty":            {segments, empty, true},
		"segment of noise":         {segments, noise, true},
		"segment with one bit off": {segments, flip, true},
		"segment missing":          {segments, nil, true},
		"root cut in half":         {"root.bolt", half, true},
		"root of two pages":        {"root.bolt", page, true},
		"root empty":               {"root.bolt", empty, true},
		"root of noise":            {"root.bolt", noise, true},
		"root missing":             {"root.bolt", nil, true},
		"marker empty":             {markerFile, empty, true},
		"marker cut":               {markerFile, half, true},
		"marker missing":           {markerFile, nil, true},
		"lexicon cut in half":      {lexiconFile, half, true},
		"lexicon empty":            {lexiconFile, empty, true},
		"lexicon of noise":         {lexiconFile, noise, true},
		"lexicon with a bit off":   {lexiconFile, flip, true},
		"lexicon missing":          {lexiconFile, nil, true},
		"lexicon with a torn end":  {lexiconFile, func(b []byte) []byte { return append(b, "fi\tkesk"...) }, false},
		"words cut in half":        {vocabularyFile, half, true},
		"words empty":              {vocabularyFile, empty, true},
		"words missing":            {vocabularyFile, nil, true},
		"lock empty":               {"lock", empty, false},
		"lock cut in half":         {"lock", half, false},
		"lock of noise":            {"lock", noise, false},
		"lock missing":             {"lock", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t).open()
			for i := range 3 {
				d.add(numbered(300, fmt.Sprintf("Erä %d", i)+", vastaus %d: kunnan tuki", themes.FI)...)
				d.sync()
			}
			d.close()
			_, before := d.filesBelow()
			dir := before
			if damage.file == "lock" {
				dir = d.path()
			}
			hit, err := filepath.Glob(filepath.Join(dir, damage.file))
			if err != nil || len(hit) == 0 {
				t.Fatalf("nothing to damage: %v", err)
			}
			for _, path := range hit {
				if damage.fn == nil {
					err = os.Remove(path)
				} else {
					edit(t, path, damage.fn)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			d.open()
			if n := len(d.found("tuki")); n != 900 {
				t.Errorf("%d answers found", n)
			}
			d.whole()
			if _, after := d.filesBelow(); (after != before) != damage.rebuilt {
				t.Errorf("generation %s became %s", before, after)
			}
		})
	}
}

// TestDamageWhileOpen: a search that fails has the index built anew, and then finds what it looked for.
func TestDamageWhileOpen(t *testing.T) {
	d := newDesk(t).open()
	d.add(numbered(2000, "Vastaus %d: kunnan tuki", themes.FI)...)
	d.sync()
	_, before := d.filesBelow()
	paths, _ := filepath.Glob(filepath.Join(before, segments))
	for _, path := range paths {
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		info, _ := f.Stat()
		junk := make([]byte, info.Size())
		for i := range junk {
			junk[i] = 0xFF
		}
		if _, err := f.WriteAt(junk, 0); err != nil { // in place: the file is mapped
			t.Fatal(err)
		}
		_ = f.Close()
	}
	if n := len(d.found("tuki")); n != 2000 {
		t.Errorf("%d answers found", n)
	}
	d.whole()
	if _, after := d.filesBelow(); after == before {
		t.Error("not built anew")
	}
}

func TestOldVersionIsRebuilt(t *testing.T) {
	d := newDesk(t).open()
	d.add(said{themes.FI, "kunnan tuki"})
	d.sync()
	d.close()
	_, before := d.filesBelow()
	edit(t, filepath.Join(before, markerFile), func(b []byte) []byte {
		return []byte(strings.Replace(string(b), `"version":"`+mappingVersion, `"version":"0`, 1))
	})
	d.open()
	d.expect("tuki", "kunnan tuki")
	if _, after := d.filesBelow(); after == before {
		t.Error("not built anew")
	}
}

// TestStoreRestored: the store goes back to an older state, or another project takes the place of this one.
func TestStoreRestored(t *testing.T) {
	d := newDesk(t).open()
	d.add(said{themes.FI, "kunnan tuki"})
	d.sync()
	d.close()
	_, dir := d.filesBelow()
	known, err := loadLearnt(dir)
	if err != nil {
		t.Fatal(err)
	}
	g, err := openGeneration(dir, newWords(testEngine(), known))
	if err != nil {
		t.Fatal(err)
	}
	ghost := newDocument(testWords(), g.lexicon, keywords{}, coding.Answer{ID: 77, Language: themes.FI, Text: "haamu", Import: 9})
	if err := g.commit(change{put: []*document{ghost}}, 1000); err != nil {
		t.Fatal(err)
	}
	g.close()
	d.open()
	d.expect("haamu")
	d.expect("tuki", "kunnan tuki")
	d.whole()
}

// TestCheckTells makes differences behind the index's back.
func TestCheckTells(t *testing.T) {
	d := newDesk(t).open()
	d.add(numbered(5, "vastaus %d", themes.FI)...)
	d.sync()
	p, err := d.index.project(d.project)
	if err != nil {
		t.Fatal(err)
	}
	answers := d.answers()
	moved := answers[1]
	moved.Language = themes.SV
	edited := answers[2]
	edited.Text += "!"
	ghost := answers[0]
	ghost.ID = 4000
	err = p.gen.commit(change{put: p.gen.documents([]coding.Answer{moved, edited, ghost}), drop: []coding.AnswerID{answers[3].ID}},
		coding.Seq(p.gen.seq.Load()))
	if err != nil {
		t.Fatal(err)
	}
	rep, err := d.index.Check(context.Background(), d.project)
	if err != nil {
		t.Fatal(err)
	}
	if rep.OK() || rep.Missing != 1 || rep.Extra != 1 || rep.Different != 2 || rep.Answers != 5 || rep.Indexed != 5 {
		t.Errorf("%+v", rep)
	}
	said := fmt.Sprint(rep.Examples)
	for _, want := range []string{
		fmt.Sprintf("{%d question 2, round 1, language sv question 2, round 1, language fi}", moved.ID),
		fmt.Sprintf("{%d question 3, round 1, language fi question 3, round 1, language fi}", edited.ID),
		fmt.Sprintf("{%d  question 4, round 1, language fi}", answers[3].ID),
		"{4000 question 1, round 1, language fi }",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%s lacks %s", said, want)
		}
	}
	if err := d.index.Rebuild(context.Background(), d.project, nil); err != nil {
		t.Fatal(err)
	}
	d.whole()
}

// TestKill ends a process that indexes without warning, again and again, and looks at what it leaves.
func TestKill(t *testing.T) {
	if path := os.Getenv("AVOKOODI_INDEX_KILL"); path != "" {
		indexUntilKilled(path)
		return
	}
	if testing.Short() {
		t.Skip("takes seconds")
	}
	d := newDesk(t)
	for i := range 8 {
		d.add(numbered(1500, fmt.Sprintf("Erä %d", i)+", vastaus %d: kunnan tuki ja maakunnan apu", themes.FI)...)
	}
	dice := rand.New(rand.NewPCG(1, 2))
	for n := range 12 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKill$")
		cmd.Env = append(os.Environ(), "AVOKOODI_INDEX_KILL="+d.dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if !bufio.NewScanner(out).Scan() { // it has begun
			t.Fatal("the child said nothing")
		}
		time.Sleep(time.Duration(dice.IntN(400)) * time.Millisecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if n%4 == 3 {
			d.open()
			if rep := d.whole(); rep.Answers != 12000 {
				t.Errorf("%d answers", rep.Answers)
			}
			d.close()
		}
	}
}

// indexUntilKilled follows, corrects languages and rebuilds.
func indexUntilKilled(dir string) {
	ctx := context.Background()
	store, err := sqlstore.Open(ctx, filepath.Join(dir, "avokoodi.db"))
	if err != nil {
		panic(err)
	}
	x, err := Open(filepath.Join(dir, "index"), store, Config{Engine: testEngine()})
	if err != nil {
		panic(err)
	}
	fmt.Println("begun")
	for {
		if err := x.Sync(ctx, 1); err != nil {
			panic(err)
		}
		if err := x.Rebuild(ctx, 1, nil); err != nil {
			panic(err)
		}
	}
}

func TestVerifyBolt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	if err := verifyBolt(path); err == nil {
		t.Error("no file passes")
	}
	if err := os.WriteFile(path, binary.BigEndian.AppendUint64(nil, 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := verifyBolt(path); err == nil {
		t.Error("a short file passes")
	}
}

// touchy is analysers that can't bear one word.
type touchy struct{ wording }

func (w touchy) Each(text string, visit func(form, key []byte)) {
	if strings.Contains(text, "poks") {
		panic("poks")
	}
	w.wording.Each(text, visit)
}

// TestAnalyserPanics: an answer that brings the analysers down is there without its words, and the others are found.
func TestAnalyserPanics(t *testing.T) {
	g, err := createGeneration(t.TempDir(), touchy{testWords()})
	if err != nil {
		t.Fatal(err)
	}
	defer g.close()
	docs := g.documents([]coding.Answer{{ID: 1, Language: themes.FI, Text: "kunnan tuki"}, {ID: 2, Language: themes.FI, Text: "tuki poks"}})
	if err := g.commit(change{put: docs}, 1); err != nil {
		t.Fatal(err)
	}
	err = g.look(context.Background(), func(l *looking) error {
		set, err := (&evaluation{looking: l}).root(parse(t, "tuki"))
		if err != nil || set.GetCardinality() != 1 || l.all().GetCardinality() != 2 {
			t.Errorf("%v of %v, %v", set, l.all(), err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
