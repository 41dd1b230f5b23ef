package suggest

import (
	"slices"
	"strings"

	"avokoodi/coding"
	"avokoodi/themes"
)

// named is what the codebook says of each theme, as an example in each language that it is said in.
func named(codebook []coding.Theme) []Example {
	var out []Example
	for _, th := range codebook {
		if th.Retired {
			continue
		}
		for _, l := range themes.Langs {
			parts := []string{th.Label.Exact(l), th.Definition.Exact(l), th.Include.Exact(l)}
			parts = append(parts, th.Keywords.In(l)...)
			text := strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ". ")
			if text != "" {
				out = append(out, Example{Lang: l, Text: text, Same: coding.SameKeyOf(text), Themes: []coding.ThemeID{th.ID}})
			}
		}
	}
	return out
}

// themesFor lists the themes to learn, in the order of the codebook.
func themesFor(examples []Example, codebook []coding.Theme) []coding.ThemeID {
	var out []coding.ThemeID
	if codebook == nil {
		for _, x := range examples {
			out = append(out, x.Themes...)
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	for _, th := range codebook {
		if !th.Retired {
			out = append(out, th.ID)
		}
	}
	return out
}
