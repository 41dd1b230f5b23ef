package analysis

import (
	"slices"
	"testing"
)

func TestEnglishWords(t *testing.T) {
	en := rulesEngine().For(English)
	for base, words := range map[string][]string{
		"service":  {"services", "service's"},
		"city":     {"cities"},
		"movie":    {"movies"},
		"box":      {"boxes"},
		"church":   {"churches"},
		"house":    {"houses"},
		"child":    {"children"},
		"wolf":     {"wolves"},
		"run":      {"runs", "running", "ran"},
		"make":     {"makes", "making", "made"},
		"stop":     {"stopped", "stopping"},
		"visit":    {"visited", "visiting"},
		"study":    {"studies", "studied", "studying"},
		"tell":     {"tells", "telling", "told"},
		"involve":  {"involved", "involving"},
		"settle":   {"settled", "settling"},
		"evaluate": {"evaluated", "evaluating"},
		"agree":    {"agreed", "agreeing"},
		"do":       {"does", "did", "done", "don't", "doing"},
		"be":       {"is", "are", "was", "were", "been"},
		"good":     {"better", "best"},
		"big":      {"bigger", "biggest"},
		"happy":    {"happier", "happiest"},
		"nice":     {"nicer", "nicest"},
		"rewrite":  {"rewrote", "rewritten"},
	} {
		for _, word := range words {
			if !slices.Contains(basesOf(en, word), base) {
				t.Errorf("%s: %q lacks %s", word, basesOf(en, word), base)
			}
		}
	}
}

// TestEnglishKeepsApart are pairs that stemmers merge.
func TestEnglishKeepsApart(t *testing.T) {
	en := rulesEngine().For(English)
	for _, pair := range [][2]string{
		{"organ", "organization"}, {"university", "universe"}, {"general", "generation"}, {"policy", "police"}, {"develop", "development"},
		{"teach", "teacher"}, {"import", "important"}, {"new", "news"}, {"hope", "hop"}, {"thing", "the"}, {"bus", "business"}, {"process", "procession"},
	} {
		if finds(en, pair[0], pair[1]) || finds(en, pair[1], pair[0]) {
			t.Errorf("%s and %s are one: %q, %q", pair[0], pair[1], basesOf(en, pair[0]), basesOf(en, pair[1]))
		}
	}
}

func TestEnglishForms(t *testing.T) {
	en := rulesEngine().For(English)
	for word, want := range map[string][]string{
		"I'm": {"i"}, "won't": {"will"}, "1990's": {"1990"}, "class": {"class"}, "this": {"this"}, "analysis": {"analysis"}, "bus": {"bus"}, "3D": {"3d"},
		"co-operation": {"co-operation"}, "businessmen": {"businessman"}, "red": {"red"}, "sing": {"sing"},
	} {
		if got := basesOf(en, word); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
}
