package ui

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"sync"

	"avokoodi/coding"
	"avokoodi/index"
	"avokoodi/index/analysis"
	"avokoodi/index/query"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

const (
	analyseText  = 2000 // code points of a text that is shown taken apart
	analyseWords = 300
)

// analysePage shows how a text is read, and for which of its words a query finds it.
func (s *Server) analysePage(r *request) error {
	page := view.AnalysePage{Page: r.base("words.analyse_title", "words"), Text: cutRunes(r.Query("text"), analyseText), Asked: cutRunes(r.Query("ask"), 500)}
	lang := coding.Lang(oneOf(r.Query("language"), "", "fi", "sv", "en"))
	page.Languages = []view.Option{{Label: r.t("words.as_detected"), Selected: lang == ""}}
	for _, l := range []coding.Lang{"fi", "sv", "en"} {
		page.Languages = append(page.Languages, view.Option{Value: string(l), Label: r.language(l), Selected: l == lang})
	}
	if strings.TrimSpace(page.Text) == "" {
		return s.render(r, http.StatusOK, "words_analyse", page)
	}
	words, err := s.wording(r.ctx(), r.projectID())
	if err != nil {
		return err
	}
	if s.Detect != nil {
		guess, sure, mixed := s.Detect(page.Text)
		page.Guess = r.t("words.guess_none")
		if guess != "" {
			page.Guess = r.t("words.guess", r.language(guess), i18n.Percent(r.lang, sure))
		}
		if mixed {
			page.Guess += " " + r.t("words.guess_mixed")
		}
		lang = cmp.Or(lang, guess)
	}
	page.As = r.language(lang)
	e := explanation{r: r, words: words, lang: lang, text: page.Text, tokens: words.Index(lang, page.Text)}
	if page.Asked != "" {
		err := e.ask(s, page.Asked)
		if texts, _, ok := r.problems(err); ok {
			page.Problem = texts[0]
		} else if err != nil {
			return err
		}
		page.Reasons, page.None = e.reasons, page.Problem == "" && len(e.reasons) == 0
	}
	for i, t := range e.tokens {
		if i == analyseWords {
			page.Cut = true
			break
		}
		page.Tokens = append(page.Tokens, r.readToken(page.Text, lang, t, e.found[i]))
	}
	return s.render(r, http.StatusOK, "words_analyse", page)
}

func cutRunes(s string, most int) string {
	if c := []rune(s); len(c) > most {
		return string(c[:most])
	}
	return s
}

func (r *request) readToken(text string, lang coding.Lang, t analysis.Token, matches bool) view.ReadToken {
	out := view.ReadToken{Text: cutRunes(text[t.Start:t.End], 100), Lang: string(lang), Source: r.t("words.source_" + t.Source.String()), Matches: matches}
	for _, term := range t.Terms {
		if term.Kind == analysis.Part {
			out.Parts = append(out.Parts, cutRunes(term.Text, 100))
			continue
		}
		out.Function = out.Function || analysis.IsFunctionWord(analysis.Language(lang), term.Text)
		out.Bases = append(out.Bases, cutRunes(term.Text, 100))
	}
	return out
}

// explanation finds out for which words a query matches a text.
type explanation struct {
	r       *request
	words   index.Wording
	lang    coding.Lang
	text    string
	tokens  []analysis.Token
	reasons []view.Reason
	found   map[int]bool
}

func (e *explanation) ask(s *Server, text string) error {
	e.found = map[int]bool{}
	q, err := s.ask(e.r.ctx(), e.r.projectID(), nil).Parse(e.r.ctx(), text)
	if err != nil {
		return err
	}
	q.Leaves(func(n query.Node, negated bool) {
		if negated {
			return
		}
		switch n := n.(type) {
		case *query.Word:
			e.terms(e.words.Query(e.lang, n.Text), n.Text)
		case *query.Phrase:
			if n.Loose {
				e.terms(e.words.Query(e.lang, n.Text), n.Text)
			} else {
				e.exact(n.Text)
			}
		case *query.Pattern:
			e.pattern(n.Text)
		}
	})
	return nil
}

// terms explains words in any inflection. Each token is told once, by the nearest reason.
func (e *explanation) terms(asked []analysis.Token, text string) {
	for _, q := range asked {
		word := text[q.Start:q.End]
		for i, t := range e.tokens {
			if e.found[i] {
				continue
			}
			for _, term := range t.Terms {
				if !slices.ContainsFunc(q.Terms, func(x analysis.Term) bool { return x.Text == term.Text }) {
					continue
				}
				key := "words.why_base"
				switch {
				case term.Kind == analysis.Part:
					key = "words.why_part"
				case strings.EqualFold(e.word(t), word):
					key = "words.why_same"
				}
				e.add(i, word, e.r.t(key, term.Text))
				break
			}
		}
	}
}

func (e *explanation) exact(text string) {
	asked := e.words.Exact(text)
	own := e.words.Exact(e.text)
	for i := 0; i+len(asked) <= len(own) && len(asked) > 0; i++ {
		same := true
		for k := range asked {
			same = same && asked[k].Terms[0].Text == own[i+k].Terms[0].Text
		}
		for k := range asked {
			if same && i+k < len(e.tokens) && !e.found[i+k] {
				e.add(i+k, `"`+text+`"`, e.r.t("words.why_exact"))
			}
		}
	}
}

func (e *explanation) pattern(text string) {
	start, end, _ := strings.Cut(strings.ToLower(text), "*")
	if strings.Contains(end, "*") {
		return
	}
	for i, t := range e.tokens {
		form := strings.ToLower(e.word(t))
		if !e.found[i] && len(form) >= len(start)+len(end) && strings.HasPrefix(form, start) && strings.HasSuffix(form, end) {
			e.add(i, text, e.r.t("words.why_pattern"))
		}
	}
}

func (e *explanation) word(t analysis.Token) string { return e.text[t.Start:t.End] }

func (e *explanation) add(i int, asked, why string) {
	e.found[i] = true
	if len(e.reasons) < 50 {
		e.reasons = append(e.reasons, view.Reason{Word: cutRunes(e.word(e.tokens[i]), 100), Query: cutRunes(asked, 100), Why: why})
	}
}

// engine is the language analysis outside any project.
func (s *Server) engine() *analysis.Engine {
	if s.Words != nil {
		return s.Words
	}
	return defaultEngine()
}

// defaultEngine is what the system has to offer; it is made when it is first needed.
var defaultEngine = sync.OnceValue(func() *analysis.Engine { return analysis.New(analysis.Options{}) })
