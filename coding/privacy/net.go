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
	if at == i || at-i > 64 || t.at(at) != '@' {
		return 0, ""
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
	if !unicode.IsLetter(t[end-1]) || !t.standsFree(i, end) || t.at(end) == '@' || dash(t.at(end)) ||
		strings.HasPrefix(whole, ".") || strings.HasSuffix(whole, ".") || strings.Contains(whole, "..") {
		return end, KindSuspect
	}
	return end, KindEmail
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

// endings of host names that are taken without http or www before them. '.se' is left out: it is a Finnish word that a
// forgotten space puts after a stop.
var hostEndings = []string{"fi", "com", "org", "net", "eu", "ax"}

// url is http://…, https://…, www.… or a lower-case host name with a common ending, up to the next space, without the
// punctuation of its sentence.
func url(t text, i int) (int, Kind) {
	head := strings.ToLower(string(t[i:min(i+10, len(t))]))
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

// host tells whether a lower-case host name with a common ending begins at i.
func (t text) host(i int) bool {
	end := i
	for end < len(t) && end-i < 80 && (t[end] >= 'a' && t[end] <= 'z' || digit(t[end]) || strings.ContainsRune("-äö", t[end]) ||
		t[end] == '.' && alnum(t.at(end+1))) {
		end++
	}
	if alnum(t.at(end)) {
		return false
	}
	name := string(t[i:end])
	dot := strings.LastIndexByte(name, '.')
	return dot >= 3 && slices.Contains(hostEndings, name[dot+1:])
}
