package ui

// deskKey is one row of the list of keys: what to press and the message that says what it does.
type deskKey struct {
	Keys []string
	Text string
}

// deskKeys lists the desk's keys as the help shows them; js/desk/keys.js acts on them.
func deskKeys() []deskKey {
	return []deskKey{
		{[]string{"j", "↓"}, "key.help.next"},
		{[]string{"k", "↑"}, "key.help.previous"},
		{[]string{"1", "…", "9"}, "key.help.quick"},
		{[]string{"t"}, "key.help.type"},
		{[]string{"n"}, "key.help.none"},
		{[]string{"-"}, "key.help.unusable"},
		{[]string{"x", "Shift+J", "Shift+K", "Ctrl+A"}, "key.help.pick"},
		{[]string{"q"}, "key.help.quote"},
		{[]string{"m"}, "key.help.memo"},
		{[]string{"u", "Ctrl+Z"}, "key.help.undo"},
		{[]string{"Ctrl+Shift+Z"}, "key.help.redo"},
		{[]string{"s", "/"}, "key.help.search"},
		{[]string{"e"}, "key.help.evidence"},
		{[]string{"Shift+←", "Shift+→"}, "key.help.extend"},
		{[]string{"Esc"}, "key.help.escape"},
		{[]string{"?"}, "key.help.help"},
	}
}
