package analysis

import "strings"

// reading is one analysis of a Finnish word.
type reading struct {
	base  string     // base form of the whole word
	also  []string   // further base forms: the verb under a participle or a -minen noun
	parts []string   // base forms of compound parts and of runs of parts
	inner [][]string // the pieces of compounds that the dictionary holds whole

	joints     int  // compound boundaries
	possessive bool // ends in '-si' or '-mme', which are more often something else
	derived    bool // a participle
	past       bool // the participle in -nut, which is a verb form and little else
}

// tagKind is what the reader does at a tag.
type tagKind uint8

const (
	tagOther tagKind = iota
	tagBase
	tagJoined
	tagSkip
	tagEnd
	tagBoundary
	tagInner
	tagMinen
	tagParticiple
	tagPast
	tagAgrees
	tagOblique
	tagPossessive
	tagVerb
	tagOtherClass
)

var tagKinds = map[string]tagKind{
	"[Xp]": tagBase, "[Xj]": tagJoined, "[Xr]": tagSkip, "[Xs]": tagSkip, "[X]": tagEnd,
	"[Bc]": tagBoundary, "[Bm]": tagInner, "[Tn4]": tagMinen, "[De]": tagAgrees,
	"[Sab]": tagOblique, "[Sabl]": tagOblique, "[Sade]": tagOblique, "[Sall]": tagOblique, "[Sela]": tagOblique,
	"[Ses]": tagOblique, "[Sg]": tagOblique, "[Sill]": tagOblique, "[Sin]": tagOblique, "[Sine]": tagOblique,
	"[Sp]": tagOblique, "[Str]": tagOblique,
	"[Ra]": tagParticiple, "[Rm]": tagParticiple, "[Rt]": tagParticiple, "[Ru]": tagPast, "[Rv]": tagParticiple, "[Re]": tagParticiple,
	"[O2y]": tagPossessive, "[O1m]": tagPossessive,
	"[Lt]": tagVerb,
	"[Ln]": tagOtherClass, "[Lnl]": tagOtherClass, "[Ll]": tagOtherClass, "[Lp]": tagOtherClass,
}

// voikko reads words with a Voikko dictionary.
type voikko struct {
	t     *transducer
	kinds []tagKind // by symbol
}

func newVoikko(t *transducer) *voikko {
	v := &voikko{t: t, kinds: make([]tagKind, len(t.symbols))}
	for i, s := range t.symbols {
		v.kinds[i] = tagKinds[s]
	}
	return v
}

// readings gives all analyses of a lower-case word, possibly with a trailing
// hyphen.
func (v *voikko) readings(word string) []reading {
	var all []reading
	v.t.lookup(word, func(output []uint16) bool {
		in := interpreter{v: v}
		all = append(all, in.reading(output))
		return len(all) < walkMaxResults
	})
	return all
}

// segment is one part of a compound as it comes out of the transducer.
type segment struct {
	text  string   // the letters in the word
	base  string   // base form; empty for a bare prefix
	verb  string   // the verb that base is derived from, if it is
	keep  bool     // base is a form of verb: a participle or a -minen noun
	inner []string // the parts of a compound that the dictionary holds whole
}

// interpreter collects segments from one output string.
type interpreter struct {
	v        *voikko
	r        reading
	segments []segment

	// The segment at hand:
	text  []byte
	marks []int // inner boundaries, offsets in text
	s     segment
	verb  bool // what comes now is a verb
	// 'Isossa-Britanniassa': the first part agrees with the last one.
	agrees, oblique bool
}

func (in *interpreter) reading(output []uint16) reading {
	for i := 0; i < len(output); i++ {
		sym := output[i]
		if sym < in.v.t.firstTag {
			in.text = append(in.text, in.v.t.symbols[sym]...)
			continue
		}
		switch in.v.kinds[sym] {
		case tagBase:
			var base string
			base, i = in.v.content(output, i+1)
			in.lexeme(base)
		case tagJoined:
			var tail string
			tail, i = in.v.content(output, i+1)
			in.derive(tail)
		case tagSkip:
			_, i = in.v.content(output, i+1)
		case tagBoundary:
			in.close()
			in.r.joints++
		case tagInner:
			in.marks = append(in.marks, len(in.text))
		case tagMinen:
			in.derive("minen")
			in.s.keep = true
		case tagPast:
			in.s.keep, in.r.derived, in.r.past = true, true, true
		case tagParticiple:
			in.s.keep, in.r.derived = true, true
		case tagAgrees:
			in.agrees = true
		case tagOblique:
			in.oblique = true
		case tagPossessive:
			in.r.possessive = true
		case tagVerb:
			in.verb = true
		case tagOtherClass:
			in.verb = false
		}
	}
	if len(in.text) > 0 {
		in.close()
	}
	in.assemble()
	return in.r
}

// content reads the characters up to the closing [X] and returns the index of
// that tag.
func (v *voikko) content(output []uint16, i int) (string, int) {
	var b strings.Builder
	for ; i < len(output) && v.kinds[output[i]] != tagEnd; i++ {
		if output[i] < v.t.firstTag {
			b.WriteString(v.t.symbols[output[i]])
		}
	}
	return b.String(), i
}

// lexeme takes the base form of the dictionary for the segment.
func (in *interpreter) lexeme(base string) {
	base = strings.ToLower(base)
	in.s = segment{base: strings.ReplaceAll(base, "=", "")}
	if in.s.base != base {
		in.s.inner = strings.Split(base, "=")
	}
	if in.verb {
		in.s.verb = in.s.base
	}
}

// derive makes the base form of a derivation: the letters so far and the tail
// that the transducer gives.
func (in *interpreter) derive(tail string) {
	in.s.base = string(in.text) + tail
	if in.verb && tail != "minen" {
		in.s.verb = in.s.base
	}
	if in.s.verb != "" && (strings.HasSuffix(in.s.base, "va") || strings.HasSuffix(in.s.base, "vä")) {
		in.s.keep, in.r.derived = true, true
	}
	in.s.inner = nil
	from := 0
	for _, m := range append(in.marks, len(in.s.base)) {
		if m > from && m <= len(in.s.base) {
			in.s.inner = append(in.s.inner, in.s.base[from:m])
			from = m
		}
	}
	if len(in.s.inner) == 1 {
		in.s.inner = nil
	}
}

// close ends the segment at hand.
func (in *interpreter) close() {
	in.s.text = string(in.text)
	if in.agrees && in.oblique && strings.HasSuffix(in.s.text, "-") {
		in.s.text = in.s.base + "-"
	}
	in.segments = append(in.segments, in.s)
	in.text, in.marks, in.s = in.text[:0], in.marks[:0], segment{}
	in.verb, in.agrees, in.oblique = false, false, false
}

// maxRuns bounds how many parts a run of parts may have that is indexed as a
// word of its own ('terveydenhuolto' in 'perusterveydenhuoltolaki').
const maxRuns = 4

// assemble makes the base form of the word and of its parts from the segments.
func (in *interpreter) assemble() {
	n := len(in.segments)
	for first := range n {
		prefix := ""
		for last := first; last < n && last-first < maxRuns; last++ {
			s := in.segments[last]
			whole := prefix + s.form()
			switch {
			case first == 0 && last == n-1:
				in.r.base = whole
				if s.keep && s.verb != "" && s.verb != s.base {
					in.r.also = append(in.r.also, prefix+s.verb)
				}
			default:
				in.r.parts = append(in.r.parts, whole)
			}
			if last == first && s.inner != nil {
				in.r.inner = append(in.r.inner, s.inner)
			}
			prefix += s.text
		}
	}
	if n > maxRuns {
		last := in.segments[n-1]
		in.r.base = in.textBefore(n-1) + last.form()
	}
}

// form is the base form of a segment without the hyphen of a suspended part.
func (s segment) form() string {
	if s.base != "" {
		return s.base
	}
	return strings.TrimSuffix(s.text, "-")
}

func (in *interpreter) textBefore(n int) string {
	var b strings.Builder
	for _, s := range in.segments[:n] {
		b.WriteString(s.text)
	}
	return b.String()
}
