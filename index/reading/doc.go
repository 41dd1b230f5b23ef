// Package reading counts and lists the words of answers for people who read them: word lists by base form, phrases, words
// that are typical of a group, and keywords in context.
//
// A Corpus is the words of a project's answers as numbers, built once from a stream of answers. It holds no sentence: lines
// of context are cut from the answers themselves. Everything asked of it is a pass over a slice.
package reading
