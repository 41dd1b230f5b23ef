package roomfile

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"avokoodi/cmd/avokoodi/needed"
	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/workshop/room"
)

// board is a room of twelve cards with long and short comments; one card has a name of 200 characters.
func board() *room.Board {
	began := time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	l := room.Ledger{Room: room.Room{Title: "Yhteistyöilta Äänekoskella", State: room.Closed, Votes: map[room.Kind]int{room.Important: 3, room.Easy: 2}, Opened: began, Ended: began.Add(2 * time.Hour)},
		Votes: map[int64][]room.Ballot{}, People: make([]room.Person, 40)}
	for i := range 12 {
		label := fmt.Sprint("Yhteistyö ", i)
		if i == 3 {
			label = strings.Repeat("Kotoutumispalveluyhteistyö", 8)
		}
		l.Cards = append(l.Cards, room.Card{Key: fmt.Sprint("t", i), Label: coding.Text{FI: label}})
		for who := range int64(i) {
			l.Votes[who] = append(l.Votes[who], room.Ballot{Kind: room.Important, Card: fmt.Sprint("t", i)})
		}
		for k := range 6 {
			text := fmt.Sprintf("Kommentti %d.%d: sovitaan yhteyshenkilö å ä ö.", i, k)
			if k == 5 {
				text += " " + strings.Repeat("Pitkä kommentti jatkuu ja jatkuu. ", 28)
			}
			l.Remarks = append(l.Remarks, room.Remark{ID: room.RemarkID(len(l.Remarks) + 1), Card: fmt.Sprint("t", i), State: room.Shown, Agrees: k, Words: room.Words{Text: text, Lang: "fi"}})
		}
	}
	l.Remarks = append(l.Remarks, room.Remark{ID: 900, Own: true, State: room.Shown, Agrees: 4, Words: room.Words{Text: "Oma teemamme"}},
		room.Remark{ID: 901, Card: "t1", State: room.Hidden, Words: room.Words{Text: "RUMA"}}, room.Remark{ID: 902, Card: "t1", State: room.Held, Words: room.Words{Text: "040 123", Masked: "[puhelin]"}})
	return l.Board()
}

func options() exporter.Options {
	return exporter.Options{Lang: "fi", T: func(key string, args ...any) string { return key + fmt.Sprint(args...) }}
}

// TestPDFHasEverything reads the file by other programs: every comment that was shown, once, none that was not; fonts embedded.
func TestPDFHasEverything(t *testing.T) {
	path := filepath.Join(t.TempDir(), "room.pdf")
	var b bytes.Buffer
	begin := time.Now()
	if err := PDF(&b, board(), "Kysely", options()); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes in %v", b.Len(), time.Since(begin))
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), needed.Program(t, "pdftotext"), "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(out)), " ")
	for i := range 12 {
		for k := range 6 {
			if n := strings.Count(text, fmt.Sprintf("Kommentti %d.%d: sovitaan yhteyshenkilö å ä ö.", i, k)); n != 1 {
				t.Errorf("comment %d.%d is there %d times", i, k, n)
			}
		}
	}
	if n := strings.Count(text, "Pitkä kommentti jatkuu ja jatkuu."); n < 12*20 {
		t.Errorf("long comments are cut: %d", n)
	}
	for _, want := range []string{"Äänekoskella", "Oma teemamme", "room.file_photos", "Kysely", "Yhteistyö 11"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not there", want)
		}
	}
	for _, not := range []string{"RUMA", "040 123", "[puhelin]"} {
		if strings.Contains(text, not) {
			t.Errorf("%q is there", not)
		}
	}
	fonts, err := exec.CommandContext(t.Context(), needed.Program(t, "pdffonts"), path).Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(fonts)), "\n")
	if len(lines) < 4 {
		t.Errorf("fonts:\n%s", fonts)
	}
	for _, l := range lines[2:] {
		if f := strings.Fields(l); f[len(f)-5] != "yes" {
			t.Errorf("not embedded: %s", l)
		}
	}
	if dir := os.Getenv("AVOKOODI_SHOTS"); dir != "" {
		if err := exec.CommandContext(t.Context(), needed.Program(t, "pdftoppm"), "-r", "50", "-png", path, filepath.Join(dir, "room-pdf")).Run(); err != nil {
			t.Error(err)
		}
	}
}

// TestEmptyRoom: a room in which nobody did anything still has its summary.
func TestEmptyRoom(t *testing.T) {
	l := room.Ledger{Room: room.Room{Title: "Tyhjä", Votes: map[room.Kind]int{room.Easy: 1}}, Cards: []room.Card{{Key: "a", Label: coding.Text{FI: "A"}}}}
	var b bytes.Buffer
	if err := PDF(&b, l.Board(), "Kysely", options()); err != nil || b.Len() < 1000 {
		t.Errorf("%d bytes, %v", b.Len(), err)
	}
}
