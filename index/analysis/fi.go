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
		if f.spoken(b, bare) || f.known(b, bare+"-") {
			return FromDictionary, false
		}
	}
	if hasDigit(bare) {
		b.base(clip(bare))
		return FromText, true
	}
	return FromRules, f.rules.analyse(b, bare)
}

// known adds what the dictionary says and reports whether it knows the word.
func (f *finnish) known(b *formsBuilder, word string) bool {
	all := likely(f.dict.readings(word))
	f.add(b, all)
	return len(all) > 0
}

// add adds the terms of readings.
func (f *finnish) add(b *formsBuilder, all []reading) {
	for _, r := range all {
		b.base(r.base)
	}
	for _, r := range all {
		if !r.derived || !lexical(all, r.base) {
			b.base(r.also...)
		}
		for _, p := range r.parts {
			b.part(p)
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
	try := func(forms []string) bool {
		for _, w := range forms {
			if tries--; tries < 0 {
				break
			}
			all := likely(f.dict.readings(w))
			if len(all) > 0 && all[0].joints == 0 {
				f.add(b, all)
				return true
			}
			if best == nil {
				best = all
			}
		}
		return false
	}
	if try(first) {
		return true
	}
	if best != nil {
		f.add(b, best)
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
		owned = owned && (r.possessive || r.joints > fewest)
	}
	kept := all[:0]
	for _, r := range all {
		if r.joints == fewest && r.possessive == owned {
			kept = append(kept, r)
		}
	}
	return kept
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
