package langid

import "strings"

// domains are top-level domains that no word of an answer ends in by accident,
// even where the blank after a full stop is missing.
var domains = []string{"fi", "com", "org", "net", "eu", "info", "io", "edu", "gov", "ax", "ee", "uk"}

// wordDomains are also common words ('bra.se', 'ja.me'): they count only with
// a path after them.
var wordDomains = []string{"se", "no", "dk", "de", "me"}

// isAddress tells whether a stretch without blanks is an e-mail address, a web
// address or the name of a user (@name).
func isAddress(s string) bool {
	if i := strings.IndexByte(s, '@'); i >= 0 && i < len(s)-1 {
		return true
	}
	if strings.Contains(s, "://") || len(s) > 4 && strings.EqualFold(s[:4], "www.") {
		return true
	}
	dot := strings.IndexByte(s, '.')
	return dot > 0 && dot < len(s)-2 && isDomain(s)
}

// isDomain tells whether s is like 'kunta.fi' or 'example.org/page'.
func isDomain(s string) bool {
	host, _, path := strings.Cut(strings.Trim(s, "().,;:!?\"'<>[]"), "/")
	dot := strings.LastIndexByte(host, '.')
	if dot <= 0 {
		return false
	}
	end := host[dot+1:]
	return isOneOf(end, domains) || path && isOneOf(end, wordDomains)
}

func isOneOf(s string, list []string) bool {
	for _, d := range list {
		if strings.EqualFold(s, d) {
			return true
		}
	}
	return false
}
