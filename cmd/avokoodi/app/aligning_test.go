package app

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLaterVersion: the Swedish file comes later by the command. What it was aligned with is told, what could not be is listed, and
// the mapping file says all of it, so that it can be put right by hand and used.
func TestLaterVersion(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	rows := func(head, says, more string, colours []string, from, n int) string {
		var f strings.Builder
		f.WriteString(head + "\n")
		for i := range n {
			fmt.Fprintf(&f, "%d;%s;%s %d%s\n", from+i, colours[i%2], says, i, more)
		}
		return f.String()
	}
	fi := write("fi.csv", rows("Tunnus;1. Väri;2. Mitä haluat sanoa tästä asiasta?", "Yhteistyö kunnan kanssa sujuu hyvin ja apua saa", "", []string{"falu", "sammal"}, 1, 30))
	sv := write("sv.csv", rows("Id;1. Färg;2. Vad vill du säga om saken?", "Samarbetet med kommunen fungerar bra och hjälp finns", "", []string{"rost", "mossa"}, 1, 12))
	run := func(code int, args ...string) (string, string) {
		t.Helper()
		var out, errOut bytes.Buffer
		args = append([]string{"import", "--data", filepath.Join(dir, "data"), "--lang", "en", "--project", "p", "--round", "1"}, args...)
		if got := Run(t.Context(), args, strings.NewReader(""), &out, &errOut); got != code {
			t.Fatalf("exit %d, want %d: %s%s", got, code, out.String(), errOut.String())
		}
		return out.String(), errOut.String()
	}
	run(0, fi)
	mapping := filepath.Join(dir, "sv.yaml")
	out, said := run(0, sv, "--dry-run", "--json", "--write-mapping", mapping)
	for _, want := range []string{"Matched: 2. Vad vill du säga om saken? = 2. Mitä haluat sanoa tästä asiasta? (same code)", "sv.csv [1. Färg]: No counterpart was found in the project for the value “rost”",
		"“sv-” is put before the ids"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said in %s", want, said)
		}
	}
	if !strings.Contains(out, `"respondents":12`) || strings.Count(out, "No counterpart was found") != 2 {
		t.Errorf("the dry run: %s", out)
	}
	text, err := os.ReadFile(mapping)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"id_prefix: \"sv-\"", "key: q2", "{key: rost, label: {sv: \"rost\"}, match: [\"rost\"]}"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the mapping lacks %s:\n%s", want, text)
		}
	}
	// A key that is no key is refused with its line, and nothing comes in.
	bad := write("bad.yaml", strings.Replace(string(text), "key: q2", "key: q 2", 1))
	if _, said := run(3, sv, "--mapping", bad); !strings.Contains(said, "bad.yaml:") {
		t.Errorf("said %s", said)
	}
	hand := write("hand.yaml", strings.NewReplacer("key: rost", "key: sammal", "key: mossa", "key: falu").Replace(string(text)))
	run(0, sv, "--mapping", hand)
	var list, none bytes.Buffer
	if code := Run(t.Context(), []string{"count", "--data", filepath.Join(dir, "data"), "--lang", "sv", "--project", "p", "--by", "q1", "--threshold", "1", "--format", "csv"},
		strings.NewReader(""), &list, &none); code != 0 {
		t.Fatal(none.String())
	}
	if !strings.Contains(list.String(), "mossa") || strings.Contains(list.String(), "falu") {
		t.Errorf("the table is not in Swedish: %s", list.String())
	}
}

// TestUpdateVersions: corrected files of two languages are one correction; nobody of one is missing because of the other.
func TestUpdateVersions(t *testing.T) {
	dir := t.TempDir()
	files := func(name, fi, sv string) []string {
		t.Helper()
		var out []string
		for lang, text := range map[string]string{"fi": fi, "sv": sv} {
			path := filepath.Join(dir, lang+name+".csv")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			out = append(out, path)
		}
		return out
	}
	run := func(code int, args ...string) string {
		t.Helper()
		var out, errOut bytes.Buffer
		args = append([]string{"import", "--data", filepath.Join(dir, "data"), "--lang", "en", "--project", "p", "--round", "1"}, args...)
		if got := Run(t.Context(), args, strings.NewReader(""), &out, &errOut); got != code {
			t.Fatalf("exit %d, want %d: %s%s", got, code, out.String(), errOut.String())
		}
		return errOut.String()
	}
	fi := "Tunnus;1. Mikä auttaisi teitä työssänne eniten?\n1;joku joka vastaa puhelimeen aamulla\n2;paikka jossa ihmiset voivat tavata\n3;enemmän aikaa itse työlle\n"
	sv := "Id;1. Vad skulle hjälpa er mest i arbetet?\n11;någon som svarar i telefonen på morgonen\n12;ett ställe där man kan träffas\n"
	run(0, files("1", fi, sv)...)
	said := run(0, append(files("2", strings.Replace(fi, "aamulla", "aina", 1), strings.Replace(sv, "12;ett ställe där man kan träffas\n", "", 1)), "--update", "--remove-missing")...)
	if !strings.Contains(said, "Respondents unchanged 3; answers changed 1") || !strings.Contains(said, "was removed: 12") {
		t.Errorf("said %s", said)
	}
	twice := append(files("3", fi, sv+"1;samma person\n"), "--update")
	if said := run(3, twice...); !strings.Contains(said, "fi3.csv") && !strings.Contains(said, "sv3.csv") {
		t.Errorf("said %s", said)
	}
}
