package importer

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxKey is the longest key in code points.
const MaxKey = 64

const headerKey = 32 // code points of a key made from a header

// A header often begins with a code: 'q1_cooperation', 'rse16a. Are you…', '11a) Paikallisella tasolla', 'Kysymys 5: …'.
var (
	codeForm   = regexp.MustCompile(`^([\p{L}]{1,12}[0-9]{1,3}[a-z]?(?:[-_.][0-9]{1,3})*)(?:$|[._:) -])`)
	numberForm = regexp.MustCompile(`(?i)^(?:question|kysymys|fråga|kys|q|k)?[ .]*([0-9]{1,3}[a-z]{0,3})[.):](?:$|[^0-9])`)
	spacedForm = regexp.MustCompile(`(?i)^(?:question|kysymys|fråga) ([0-9]{1,3}[a-z]?)\b`)
)

// headerCode is the code that a header begins with, "" for none.
func headerCode(header string) string {
	if m := codeForm.FindStringSubmatch(header); m != nil {
		return strings.ToLower(m[1])
	}
	for _, form := range []*regexp.Regexp{numberForm, spacedForm} {
		if m := form.FindStringSubmatch(header); m != nil {
			return "q" + strings.ToLower(m[1])
		}
	}
	return ""
}

// keysOf makes a key of each header: its code where no other header has the same, else its words. Keys are unique.
func keysOf(headers []string) []string {
	codes := map[string]int{}
	for _, h := range headers {
		codes[headerCode(h)]++
	}
	taken := map[string]bool{}
	keys := make([]string, len(headers))
	for i, h := range headers {
		key := headerCode(h)
		if key == "" || codes[key] > 1 {
			key = slug(h)
		}
		free := key
		for n := 2; taken[free]; n++ {
			free = fmt.Sprintf("%s-%d", key, n)
		}
		taken[free] = true
		keys[i] = free
	}
	return keys
}

// slug is a key out of the first words of a header: lower case, '-' between words, '_' kept.
func slug(header string) string {
	var words []string
	length := 0
	for _, w := range strings.FieldsFunc(norm.NFC.String(strings.ToLower(header)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_'
	}) {
		n := utf8.RuneCountInString(w)
		if length > 0 && length+1+n > headerKey {
			break
		}
		if n > headerKey {
			w = string([]rune(w)[:headerKey])
		}
		words = append(words, w)
		length += n + 1
	}
	if key := strings.Trim(strings.Join(words, "-"), "_"); key != "" {
		return key
	}
	return "x" + hash(header)
}

// goodKey tells whether a key of a mapping can stand in addresses and on the command line.
func goodKey(key string) bool {
	if key == "" || utf8.RuneCountInString(key) > MaxKey {
		return false
	}
	for _, r := range key {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.+", r) {
			return false
		}
	}
	return true
}

var numberValue = regexp.MustCompile(`^[-−–+]?[0-9]+([.,][0-9]+)?$`)

// valueKey is the key of a category that the mapping does not list: the folded text with '-' for spaces and dashes. Nothing
// else is left out, since a comma or a sign may be all that tells two choices apart; and it depends on the text alone, so
// that the next file's categories get the same keys.
func valueKey(text string) string {
	text = fold(text)
	if numberValue.MatchString(text) {
		return strings.NewReplacer(",", ".", "−", "-", "–", "-", "+", "").Replace(text)
	}
	if t := strings.TrimRight(text, ".,:;! "); t != "" {
		text = t
	}
	var b strings.Builder
	dash := false
	for _, r := range text {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) {
			dash = true
			continue
		}
		if dash {
			b.WriteByte('-')
			dash = false
		}
		b.WriteRune(r)
	}
	if dash { // 'A-' is not 'A'
		b.WriteByte('-')
	}
	key := b.String()
	if utf8.RuneCountInString(key) > MaxKey {
		return string([]rune(key)[:MaxKey-9]) + "-" + hash(text)
	}
	return key
}

func hash(s string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s))
	return fmt.Sprintf("%08x", h.Sum32())
}
