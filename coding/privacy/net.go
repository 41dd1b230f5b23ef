package privacy

import (
	"slices"
	"strings"
	"unicode"
)

const longAddress = 254 // RFC 5321, 4.5.3.1.3

func localPart(c rune) bool {
	return alnum(c) || unicode.IsMark(c) || strings.ContainsRune("._%+-'!#$&*/=?^`{|}~", c)
}

// emailOnly are characters that can begin an e-mail address and nothing else that is looked for; an '@' begins nothing.
func emailOnly(c rune) bool { return strings.ContainsRune("_%'!#$&*=?^`{|}~-", c) }

// email is LOCAL@DOMAIN with a dot in the domain, as RFC 5322 has it without quoted parts and comments. An address that hangs
// on something that its rules do not allow (a backslash, a bracket or quotation mark that never closes) is a suspect.
func email(t text, i int) (int, Kind) {
	at := i
	for at < len(t) && at-i <= 64 && localPart(t[at]) {
		at++
	}
	if at == i || at-i > 64 {
		return 0, ""
	}
	if t.at(at) != '@' {
		return t.spelledOut(i, at)
	}
	if e := t.literal(at + 1); e > 0 {
		return e, KindEmail
	}
	end, dots := at+1, 0
	for end < len(t) && end-i <= longAddress && (alnum(t[end]) || (t[end] == '-' || t[end] == '.') && alnum(t.at(end+1)) && end > at+1 ||
		t[end] == '-' && t.at(end+1) == '-') {
		if t[end] == '.' {
			dots++
		}
		end++
	}
	if dots == 0 || t[end-1] == '-' {
		return 0, ""
	}
	whole := string(t[i:at])
	if !slices.ContainsFunc(t[at+1:end], unicode.IsLetter) || t.at(i-1) == '.' || !t.standsFree(i, end) || t.at(end) == '@' || dash(t.at(end)) ||
		strings.HasPrefix(whole, ".") || strings.HasSuffix(whole, ".") || strings.Contains(whole, "..") {
		return end, KindSuspect
	}
	return end, KindEmail
}

// literal is where the address of a machine ends, [192.0.2.1]; 0 for none.
func (t text) literal(i int) int {
	if t.at(i) != '[' {
		return 0
	}
	for j := i + 1; j < len(t) && j < i+48; j++ {
		switch c := t[j]; {
		case c == ']' && j > i+6:
			return j + 1
		case !digit(c) && c != '.' && c != ':' && !latin(c):
			return 0
		}
	}
	return 0
}

// Words that people write for @ and for the dots, in brackets.
var (
	atWords  = []string{"at", "ät", "a", "ä", "@", "miukumauku", "snabel-a", "snabela"}
	dotWords = []string{"dot", "piste", "punkt", "."}
)

// bracketed is where '(WORD)' or '[WORD]' at i ends, spaces around it too; 0 for none.
func (t text) bracketed(i int, words []string) int {
	if spaced(t.at(i)) {
		i++
	}
	want, ok := map[rune]rune{'(': ')', '[': ']', '{': '}'}[t.at(i)]
	if !ok {
		return 0
	}
	j := i + 1
	for j < len(t) && j < i+13 && t[j] != want {
		j++
	}
	if t.at(j) != want || !slices.Contains(words, strings.ToLower(strings.TrimSpace(string(t[i+1:j])))) {
		return 0
	}
	if j++; spaced(t.at(j)) && alnum(t.at(j+1)) {
		j++
	}
	return j
}

// spelledOut is 'etunimi.sukunimi(at)kunta.fi', its dots spelled out too: LOCAL ends at at.
func (t text) spelledOut(i, at int) (int, Kind) {
	j := t.bracketed(at, atWords)
	if j == 0 || spaced(t.at(at)) && !slices.Contains([]rune("tT"), t.at(at+3)) && t.at(at+2) != '@' { // 'kohdat (a) ja (b)'
		return 0, ""
	}
	end, dots := 0, 0
	for j < len(t) && j-i <= longAddress {
		switch e := t.bracketed(j, dotWords); {
		case alnum(t[j]) || t[j] == '-' && alnum(t.at(j+1)):
			j++
			end = j
			continue
		case t[j] == '.' && alnum(t.at(j+1)):
			j++
		case e > 0:
			j = e
		default:
			j = len(t)
			continue
		}
		dots++
	}
	if dots == 0 || end == 0 || !unicode.IsLetter(t[end-1]) {
		return 0, ""
	}
	return end, KindEmail
}

// quotedEmail is an address whose first part stands between quotation marks.
func quotedEmail(t text, i int) (int, Kind) {
	for j := i + 1; j < len(t) && j <= i+62 && t[j] != '\n'; j++ {
		if t[j] == '"' && j > i+1 && t.at(j+1) == '@' {
			if end, kind := email(append(text("x"), t[j+1:min(len(t), j+1+longAddress)]...), 0); kind == KindEmail {
				return j + end, kind
			}
			return 0, ""
		}
		if t[j] == '"' {
			return 0, ""
		}
	}
	return 0, ""
}

var closing = map[rune]rune{'(': ')', '[': ']', '<': '>', '"': '"'}

// standsFree tells whether what stands between i and end begins a word or the inside of something that closes.
func (t text) standsFree(i, end int) bool {
	before := t.at(i - 1)
	if want, ok := closing[before]; ok {
		return slices.Contains(t[end:min(end+200, len(t))], want) && !slices.Contains(closers, t.at(i-2))
	}
	return before != '\\' && before != ')' && before != '@'
}

var closers = []rune{'(', ')', '"'}

// hostEndings are taken without http or www before them. Those of wordEndings are words, which a forgotten space puts behind a
// stop; they want a path, or one more dot.
var (
	hostEndings = []string{"fi", "com", "org", "net", "eu", "ax", "info", "edu", "gov", "int", "museum", "io", "app", "dev", "uk", "ee", "lt", "lv", "dk", "pl", "fr"}
	wordEndings = []string{"se", "no", "de", "me", "tv", "ai", "us", "nu", "is"}
)

// url is http://…, https://…, www.… or a lower-case host name with a common ending, up to the next space, without the
// punctuation of its sentence.
func url(t text, i int) (int, Kind) {
	head := ""
	if c := t[i] | 0x20; c == 'h' || c == 'w' {
		head = strings.ToLower(string(t[i:min(i+10, len(t))]))
	}
	rest, http := strings.CutPrefix(head, "http")
	rest, slashes := strings.CutPrefix(strings.TrimPrefix(rest, "s"), "://")
	switch {
	case http && slashes && rest != "":
	case strings.HasPrefix(head, "www.") && alnum(t.at(i+4)):
	case !t.host(i):
		return 0, ""
	}
	end := i
	for end < len(t) && end-i < 2048 && !unicode.IsSpace(t[end]) && !strings.ContainsRune("<>\"”“", t[end]) {
		end++
	}
	for end > i && strings.ContainsRune(".,;:!?)]}'…’", t[end-1]) {
		end--
	}
	return end, KindURL
}

// host tells whether a host name with a common ending begins at i, in lower case but for its first letter.
func (t text) host(i int) bool {
	end := i
	if unicode.IsUpper(t.at(i)) && latin(t[i]) {
		end++
	}
	for end < len(t) && end-i < 80 && (t[end] >= 'a' && t[end] <= 'z' || digit(t[end]) || strings.ContainsRune("-äö", t[end]) ||
		t[end] == '.' && alnum(t.at(end+1))) {
		end++
	}
	if alnum(t.at(end)) {
		return false
	}
	name := string(t[i:end])
	dot := strings.LastIndexByte(name, '.')
	if dot < 3 {
		return false
	}
	if slices.Contains(wordEndings, name[dot+1:]) {
		return t.at(end) == '/' && alnum(t.at(end+1)) || strings.Count(name, ".") > 1
	}
	return slices.Contains(hostEndings, name[dot+1:])
}
