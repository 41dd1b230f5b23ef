package analysis

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestProbe(t *testing.T) {
	b, _ := os.ReadFile("/usr/lib/voikko/5/mor-standard/mor.vfst")
	tr, err := parseVFST(b)
	if err != nil {
		t.Fatal(err)
	}
	v := newVoikko(tr)
	for _, w := range strings.Fields("maahanmuuttajapalveluiden kuusi saanut sairaus- juoksemisen terveydenhuoltojärjestelmä eu-virkamiehen eu:n aamiais- parempi") {
		for _, r := range v.readings(w) {
			fmt.Printf("%s %+v\n", w, r)
		}
	}
}
func TestDump(t *testing.T) {
	p := os.Getenv("WORDS")
	if p == "" {
		t.Skip()
	}
	b, _ := os.ReadFile("/usr/lib/voikko/5/mor-standard/mor.vfst")
	tr, _ := parseVFST(b)
	v := newVoikko(tr)
	f, _ := os.Open(p)
	o, _ := os.Create(p + ".go")
	sc := bufio.NewScanner(f)
	w := bufio.NewWriter(o)
	for sc.Scan() {
		l := strings.ToLower(sc.Text())
		bs := []string{}
		fs := []string{}
		tr.lookup(l, func(o []uint16) bool {
			s := ""
			for _, x := range o {
				s += tr.symbols[x]
			}
			fs = append(fs, s)
			return true
		})
		for _, r := range v.readings(l) {
			bs = append(bs, r.base)
			for _, a := range r.also {
				bs = append(bs, a)
			}
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", sc.Text(), strings.Join(fs, " "), strings.Join(bs, " "))
	}
	w.Flush()
}
