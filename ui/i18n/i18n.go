// Package i18n holds the interface's messages in Finnish, Swedish and English and formats numbers and dates in each.
package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"math"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/language"
)

//go:embed catalog/*.json
var files embed.FS

// Lang is "fi", "sv" or "en".
type Lang = string

// Langs are the interface languages in their fixed order.
var Langs = [3]Lang{"fi", "sv", "en"}

// message is a text, or a text for one and another for every other number, chosen by the first argument.
type message struct{ one, other string }

func (m *message) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		return json.Unmarshal(raw, &m.other)
	}
	var forms struct{ One, Other string }
	if err := json.Unmarshal(raw, &forms); err != nil {
		return err
	}
	if forms.Other == "" {
		return fmt.Errorf("message without 'other'")
	}
	m.one, m.other = forms.One, forms.Other
	return nil
}

var catalogs = sync.OnceValue(func() map[Lang]map[string]message {
	out, err := load()
	if err != nil {
		panic(err)
	}
	return out
})

// load reads every catalog/AREA.LANG.json; a key may stand in one area only.
func load() (map[Lang]map[string]message, error) {
	out := map[Lang]map[string]message{}
	for _, l := range Langs {
		out[l] = map[string]message{}
	}
	entries, err := files.ReadDir("catalog")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		parts := strings.Split(e.Name(), ".")
		if len(parts) != 3 || out[parts[1]] == nil {
			return nil, fmt.Errorf("i18n: %s is not AREA.LANG.json", e.Name())
		}
		raw, err := files.ReadFile(path.Join("catalog", e.Name()))
		if err != nil {
			return nil, err
		}
		var area map[string]message
		if err := json.Unmarshal(raw, &area); err != nil {
			return nil, fmt.Errorf("i18n: %s: %w", e.Name(), err)
		}
		for k, m := range area {
			if _, twice := out[parts[1]][k]; twice {
				return nil, fmt.Errorf("i18n: %s: key %q stands in another area too", e.Name(), k)
			}
			out[parts[1]][k] = m
		}
	}
	return out, nil
}

// Has tells whether the language has the key.
func Has(l Lang, key string) bool {
	_, ok := catalogs()[l][key]
	return ok
}

// T is the message of the key in l with {0}, {1} … replaced by the arguments, numbers in the language's form. The first
// argument, where it is an integer, chooses between 'one' and 'other'. An unknown key is shown between ⟨ ⟩, so that it is
// seen.
func T(l Lang, key string, args ...any) string {
	m, ok := catalogs()[l][key]
	if !ok {
		return "⟨" + key + "⟩"
	}
	text := m.other
	if m.one != "" && len(args) > 0 && isOne(args[0]) {
		text = m.one
	}
	if !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for {
		from := strings.IndexByte(text, '{')
		if from < 0 {
			break
		}
		b.WriteString(text[:from])
		text = text[from:]
		if i, length := place(text); i < len(args) {
			b.WriteString(Format(l, args[i]))
			text = text[length:]
		} else { // a brace that is none of ours
			b.WriteByte('{')
			text = text[1:]
		}
	}
	b.WriteString(text)
	return b.String()
}

// place is the number of the argument whose place begins the text, as '{12}', and the length of the place.
func place(text string) (argument, length int) {
	end := strings.IndexByte(text, '}')
	if end < 0 {
		return math.MaxInt, 0
	}
	n, err := strconv.Atoi(text[1:end])
	if err != nil || n < 0 || text[1] == '+' {
		return math.MaxInt, 0
	}
	return n, end + 1
}

func isOne(v any) bool {
	switch n := v.(type) {
	case int:
		return n == 1
	case int64:
		return n == 1
	case uint64:
		return n == 1
	}
	return false
}

// Format writes a value as the language does: integers grouped, times as dates, wordings in l, everything else as it is.
func Format(l Lang, v any) string {
	switch x := v.(type) {
	case int:
		return Int(l, int64(x))
	case int64:
		return Int(l, x)
	case uint64:
		return Int(l, int64(x))
	case float64:
		return Decimal(l, x, 2)
	case time.Time:
		return Date(l, x)
	case string:
		return x
	case interface{ Worded(lang string) string }:
		return x.Worded(string(l))
	}
	return fmt.Sprint(v)
}

// Int writes n with its thousands grouped: 12 345 in fi and sv (no-break space), 12,345 in en.
func Int(l Lang, n int64) string {
	s := fmt.Sprint(n)
	sign := ""
	if n < 0 {
		sign, s = "−", s[1:]
	}
	group := "\u00a0"
	if l == "en" {
		group = ","
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + group + s[i:]
	}
	return sign + s
}

// Decimal writes x with the number of decimals, with a comma in fi and sv.
func Decimal(l Lang, x float64, decimals int) string {
	s := fmt.Sprintf("%.*f", decimals, x)
	if l != "en" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return strings.Replace(s, "-", "−", 1)
}

// Percent writes a share of 1 as whole per cent: '16 %' in fi and sv, '16%' in en.
func Percent(l Lang, share float64) string {
	s := fmt.Sprintf("%.0f", share*100)
	if l == "en" {
		return s + "%"
	}
	return s + "\u00a0%"
}

// Date writes a day: 22.11.2026, 22.11.2026, 22 Nov 2026.
func Date(l Lang, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.Local()
	if l == "en" {
		return t.Format("2 Jan 2006")
	}
	return t.Format("2.1.2006")
}

// Moment writes a day with its time: '22.11.2026 klo 14.05', '22.11.2026 kl. 14.05', '22 Nov 2026, 14:05'.
func Moment(l Lang, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	switch t = t.Local(); l {
	case "fi":
		return t.Format("2.1.2006 klo 15.04")
	case "sv":
		return t.Format("2.1.2006 kl. 15.04")
	}
	return t.Format("2 Jan 2006, 15:04")
}

// Clock writes a time of day: '14.05' in fi and sv, '14:05' in en.
func Clock(l Lang, t time.Time) string {
	if l == "en" {
		return t.Local().Format("15:04")
	}
	return t.Local().Format("15.04")
}

var matcher = language.NewMatcher([]language.Tag{language.English, language.Finnish, language.Swedish})

// Match picks the interface language for an Accept-Language header or a locale such as fi_FI.UTF-8; en when none fits.
func Match(accept string) Lang {
	accept, _, _ = strings.Cut(strings.ReplaceAll(accept, "_", "-"), ".UTF")
	tags, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(tags) == 0 {
		return "en"
	}
	_, i, conf := matcher.Match(tags...)
	if conf == language.No {
		return "en"
	}
	return [3]Lang{"en", "fi", "sv"}[i]
}
