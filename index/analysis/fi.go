package analysis

import (
	"strings"
)

// finnish analyses Finnish words: with the dictionary where it knows the word,
// by rules otherwise.
type finnish struct {
	dict  *voikko // nil without a dictionary
	rules finnishRules
}

// analyse gives the forms of a normalised word, which ends in a hyphen when
// it is the suspended first part of a compound.
func (f *finnish) analyse(word string) *forms {
	var b formsBuilder
	bare := strings.TrimSuffix(word, "-")
	if bases := finnishForms[bare]; bases != nil {
		b.base(bases...)
		return b.build(bare, FromList, true)
	}
	if finnishFixed().has(bare) {
		b.base(bare)
		return b.build(bare, FromList, true)
	}
	if !hasLetter(bare) {
		return textForms(bare)
	}
	source, sure := f.word(&b, word, bare)
	return b.build(bare, source, sure)
}

// word adds the forms of a word to b and tells where they come from and
// whether they are sure.
func (f *finnish) word(b *formsBuilder, word, bare string) (Source, bool) {
	if f.dict != nil && (f.known(b, word) || bare != word && f.known(b, bare)) {
		return FromDictionary, true
	}
	if stem, ok := cutSuffixed(bare); ok {
		b.base(stem)
		return FromRules, false
	}
	if strings.Contains(bare, "-") {
		hyphenated(b, bare, f.analyse)
		return FromRules, false
	}
	if bases := spokenWords[bare]; bases != nil {
		b.base(bases...)
		return FromList, false
	}
	if f.dict != nil {
		if f.known(b, bare+"-") || f.spoken(b, bare) {
			return FromDictionary, false
		}
	}
	if hasDigit(bare) || letters(bare) > splitMaxLen {
		b.base(bare)
		return FromText, true
	}
	return FromRules, f.rules.analyse(b, bare)
}

// known adds what the dictionary says and reports whether it knows the word.
func (f *finnish) known(b *formsBuilder, word string) bool {
	all := likely(f.dict.readings(word))
	f.add(b, word, all)
	return len(all) > 0
}

// add adds the terms of readings.
func (f *finnish) add(b *formsBuilder, word string, all []reading) {
	for _, r := range all {
		if r.base == "hyvä" {
			b.base(comparison(word)...)
		}
		switch {
		case !r.derived:
			b.base(r.base)
			b.base(r.also...)
		case lexical(all, r.base):
		case r.past || anyBase(all, r.also):
			b.base(r.also...)
		default:
			b.base(r.base)
			b.base(r.also...)
		}
		b.part(r.parts...)
		for _, pieces := range r.inner {
			f.pieces(b, pieces)
		}
	}
}

// maxSpoken bounds the look-ups for one unknown word.
const maxSpoken = 60

// spoken tries the written forms that an unknown word may stand for: first
// those with one change, then those with two.
func (f *finnish) spoken(b *formsBuilder, word string) bool {
	if len(word) < 3 || len(word) > cacheMaxWord {
		return false
	}
	first := written(word)
	tries := maxSpoken
	var best []reading
	try := func(forms []string) (found bool) {
		for _, w := range forms {
			if tries--; tries < 0 || len(b.bases) > 1 {
				break
			}
			all := likely(f.dict.readings(w))
			if len(all) > 0 && all[0].joints == 0 {
				f.add(b, w, all)
				found = true
			}
			if best == nil {
				best = all
			}
		}
		return found
	}
	if try(first) {
		return true
	}
	if best != nil {
		f.add(b, word, best)
		return true
	}
	for _, w := range first {
		if try(written(w)) {
			return true
		}
	}
	return false
}

// likely drops readings that only a dictionary would think of: compounds
// where a simpler word fits ('työpaikka' + 'ansa' for 'työpaikkaansa'), and
// possessive suffixes where the word may be without one ('kuu' + 'si').
func likely(all []reading) []reading {
	if len(all) < 2 {
		return all
	}
	fewest, owned := all[0].joints, true
	for _, r := range all {
		fewest = min(fewest, r.joints)
	}
	for _, r := range all {
		if r.joints == fewest {
			owned = owned && r.possessive
		}
	}
	kept := all[:0]
	for _, r := range all {
		if r.joints == fewest && r.possessive == owned {
			kept = append(kept, r)
		}
	}
	return kept
}

// pieces adds the pieces of a compound that the dictionary holds whole, if
// they are base forms: those of 'elokuva', but not those of 'demokraatti',
// which are no words, nor those of 'maahanmuutto', which is a word of its own
// and has little to do with 'maa'.
func (f *finnish) pieces(b *formsBuilder, pieces []string) {
	last := len(pieces) - 1
	for i, p := range pieces {
		if !f.isBase(p) && (i == last || len(f.dict.readings(p+"-")) == 0) {
			return
		}
	}
	b.part(pieces...)
}

// isBase reports whether the dictionary has a word as a base form.
func (f *finnish) isBase(word string) bool {
	for _, r := range f.dict.readings(word) {
		if r.base == word && r.joints == 0 {
			return true
		}
	}
	return false
}

// comparison gives the base forms of 'hyvä' compared, which have another stem.
func comparison(word string) []string {
	switch {
	case strings.HasPrefix(word, "parem"):
		return []string{"parempi"}
	case strings.HasPrefix(word, "para") || strings.HasPrefix(word, "parha"):
		return []string{"paras"}
	}
	return nil
}

// anyBase reports whether one of the verbs is a reading of its own, so that a
// participle of it adds nothing: 'tekemään' is a form of 'tehdä'.
func anyBase(all []reading, verbs []string) bool {
	for _, r := range all {
		if !r.derived && contains(verbs, r.base) {
			return true
		}
	}
	return false
}

// lexical reports whether the dictionary holds base as a word of its own,
// beside its being a participle: 'elämä' is no longer a form of 'elää'.
func lexical(all []reading, base string) bool {
	for _, r := range all {
		if r.base == base && !r.derived {
			return true
		}
	}
	return false
}
