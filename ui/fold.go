package ui

import (
	"html/template"
	"strings"
	"text/template/parse"

	"avokoodi/ui/i18n"
)

// fold puts the messages that need no argument into the templates of a language once, where each page would look them up, have
// them escaped and copied again: a third of the time of a card. Messages with a character that has a meaning in HTML stay with
// the template, which knows how to write it where it stands.
func fold(lang i18n.Lang, t *template.Template) {
	for _, one := range t.Templates() {
		if one.Tree != nil {
			foldList(lang, one.Tree, one.Tree.Root)
		}
	}
}

func foldList(lang i18n.Lang, tree *parse.Tree, list *parse.ListNode) {
	if list == nil {
		return
	}
	branch := func(b *parse.BranchNode) {
		foldList(lang, tree, b.List)
		foldList(lang, tree, b.ElseList)
	}
	for i, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.ActionNode:
			if text, ok := constant(lang, n); ok {
				list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(text)}
			}
		case *parse.IfNode:
			branch(&n.BranchNode)
		case *parse.RangeNode:
			branch(&n.BranchNode)
		case *parse.WithNode:
			branch(&n.BranchNode)
		}
	}
}

// constant is the text of an action {{t "key"}}.
func constant(lang i18n.Lang, n *parse.ActionNode) (string, bool) {
	if len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds) != 1 || len(n.Pipe.Cmds[0].Args) != 2 {
		return "", false
	}
	name, ok := n.Pipe.Cmds[0].Args[0].(*parse.IdentifierNode)
	if !ok || name.Ident != "t" {
		return "", false
	}
	key, ok := n.Pipe.Cmds[0].Args[1].(*parse.StringNode)
	if !ok || !i18n.Has(lang, key.Text) {
		return "", false
	}
	text := i18n.T(lang, key.Text)
	return text, !strings.ContainsAny(text, "<>&'\"`=+\x00")
}
