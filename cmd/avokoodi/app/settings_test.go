package app

import (
	"strings"
	"testing"

	"avokoodi/config"
	"avokoodi/ui/i18n"
)

// TestSettingsAreSaidWrongInEveryLanguage: no setting's problem reaches a person as a key or in another language.
func TestSettingsAreSaidWrongInEveryLanguage(t *testing.T) {
	for _, lang := range i18n.Langs {
		for _, s := range config.Settings() {
			if key := "config.bad." + s.Key; !i18n.Has(lang, key) {
				t.Errorf("%s has no %s", lang, key)
			}
		}
	}
	for lang, want := range map[string]string{"fi": "Osoite", "sv": "Adressen", "en": "The address"} {
		var out, said strings.Builder
		status := Run(t.Context(), []string{"serve", "--listen", "here", "--lang", lang, "--data", t.TempDir()}, strings.NewReader(""), &out, &said)
		if status != exitUsage || !strings.Contains(said.String(), want) || !strings.Contains(said.String(), "here") {
			t.Errorf("%s: status %d, %q", lang, status, said.String())
		}
	}
}
