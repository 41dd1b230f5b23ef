package ui

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"avokoodi/coding"
	"avokoodi/themes"
	"avokoodi/ui/view"
)

// deskAction is something that one key of the desk does. A person may give it another key, or none.
type deskAction struct {
	Name  string // what js/desk/keys.js and coding.Desk.Keys call it; "key.help."+Name says what it does
	Key   string
	Fixed []string // keys that do it whatever the person chose: they need a modifier, or are an arrow
}

// deskActions are in the order of the help.
var deskActions = []deskAction{
	{"next", "j", []string{"↓"}},
	{"previous", "k", []string{"↑"}},
	{"type", "t", nil},
	{"accept", "a", nil},
	{"none", "n", nil},
	{"unusable", "-", nil},
	{"pick", "x", []string{"Ctrl+A"}},
	{"pick_next", "J", nil},
	{"pick_previous", "K", nil},
	{"quote", "q", nil},
	{"quote_desk", "Q", nil},
	{"memo", "m", nil},
	{"undo", "u", []string{"Ctrl+Z"}},
	{"search", "s", nil},
	{"evidence", "e", nil},
	{"example", "b", nil},
	{"help", "?", nil},
}

// themeKeys are the shortcuts of the codebook, which no action may have.
const themeKeys = "123456789"

// keymap is the person's key of each action; "" where it has none.
func keymap(d coding.Desk) map[string]string {
	out := map[string]string{}
	for _, a := range deskActions {
		out[a.Name] = a.Key
		if own, ok := d.Keys[a.Name]; ok {
			out[a.Name] = own
		}
	}
	return out
}

// deskKeys is the key of each action as the pages write it; nothing with single keys off.
func (r *request) deskKeys() map[string]string {
	if r.person.Desk.NoKeys {
		return nil
	}
	out := keymap(r.person.Desk)
	for name, key := range out {
		out[name] = shownKey(key)
	}
	return out
}

// keymapJSON is the keymap by key, as js/desk/keys.js reads it.
func keymapJSON(d coding.Desk) string {
	by := map[string]string{}
	for name, key := range keymap(d) {
		if key != "" {
			by[key] = name
		}
	}
	raw, err := json.Marshal(by)
	if err != nil {
		panic(err) // strings
	}
	return string(raw)
}

// keyHelp is the list of keys as the help shows them. With single keys off only those stay that need a modifier.
func keyHelp(d coding.Desk) []view.HelpKey {
	keys := keymap(d)
	var out []view.HelpKey
	add := func(text string, keys ...string) {
		keys = slices.DeleteFunc(keys, func(k string) bool { return k == "" })
		if len(keys) > 0 {
			out = append(out, view.HelpKey{Keys: keys, Text: text})
		}
	}
	single := func(keys ...string) []string {
		if d.NoKeys {
			return nil
		}
		return keys
	}
	for _, a := range deskActions {
		own := single(shownKey(keys[a.Name]))
		if a.Name == "search" {
			own = append(own, single("/")...)
		}
		add("key.help."+a.Name, append(own, a.Fixed...)...)
		switch a.Name {
		case "previous":
			add("key.help.quick", single("1", "…", "9")...)
		case "undo":
			add("key.help.redo", "Ctrl+Shift+Z")
		case "evidence":
			add("key.help.extend", "Shift+←", "Shift+→")
			add("key.help.extend_start", "Alt+Shift+←", "Alt+Shift+→")
			add("key.help.adjust", "Enter", "Delete")
			add("key.help.escape", "Esc")
		}
	}
	return out
}

// shownKey writes a capital letter as it is pressed.
func shownKey(key string) string {
	if r, _ := utf8.DecodeRuneInString(key); unicode.IsUpper(r) {
		return "Shift+" + key
	}
	return key
}

// chosenKeys is what a form with a key for each action comes to: only what differs from the usual is kept. Wrong keys are
// coding.Problems with the fields 'key.NAME'; say translates.
func chosenKeys(form func(action string) string, say func(key string, args ...any) string) (map[string]string, error) {
	out := map[string]string{}
	taken := map[string]string{"/": "search"}
	var wrong coding.Problems
	for _, a := range deskActions {
		key := strings.TrimSpace(form(a.Name))
		bad := func(message string, args ...any) {
			wrong = append(wrong, coding.Problem{Field: "key." + a.Name, Key: message, Args: args})
		}
		r, n := utf8.DecodeRuneInString(key)
		switch {
		case key == "":
		case n != len(key) || !unicode.IsPrint(r) || unicode.IsSpace(r):
			bad("key.bad", key)
		case strings.ContainsRune(themeKeys, r):
			bad("key.is_theme", key)
		case taken[key] != "" && taken[key] != a.Name:
			bad("key.taken", shownKey(key), say("key.help."+taken[key]))
		default:
			taken[key] = a.Name
		}
		if key != a.Key {
			out[a.Name] = key
		}
	}
	if len(out) == 0 {
		out = nil
	}
	return out, wrong.Err()
}

// shadowed are the themes whose shortcut is a letter that does something else on the person's desk.
func shadowed(d coding.Desk, tree themes.Tree) []coding.Theme {
	keys := keymap(d)
	var out []coding.Theme
	for _, th := range tree.All() {
		if th.Shortcut == "" || th.Retired {
			continue
		}
		for _, key := range keys {
			if key == th.Shortcut {
				out = append(out, th)
			}
		}
	}
	return out
}
