package savfile

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"avokoodi/coding/importer"
)

func itoa(n int32) string { return strconv.Itoa(int(n)) }

// describe hands on what the dictionary says of each variable.
func (d *dictionary) describe(b *importer.Builder) {
	sets := d.dichotomies()
	for i, v := range d.vars {
		h := importer.Hint{Key: v.name, Label: importer.Plain(v.label)}
		for _, l := range v.values {
			if code, ok := d.code(v, l.raw); ok {
				h.Values = append(h.Values, importer.Choice{Code: code, Label: importer.Plain(d.decode(l.label))})
			}
		}
		if s, ok := sets[v]; ok {
			h.Values = nil
			h.Role, h.Reason = importer.RoleChoice, importer.Reason{Key: "import.reason.tool_choice", Args: []any{v.title()}}
			h.Group, h.GroupLabel = s.name, importer.Plain(s.label)
			h.Choice = importer.Choice{Code: v.name, Label: importer.Plain(v.title()), Match: []string{s.counted}}
		}
		b.Describe(i, h)
	}
}

// title is the label, or else the name.
func (v *variable) title() string {
	if v.label != "" {
		return v.label
	}
	return v.name
}

// code is the value of a label as cells show it, false for one that stands for no answer.
func (d *dictionary) code(v *variable, raw []byte) (string, bool) {
	if v.width > 0 {
		text := string(bytes.TrimRight(raw, " \x00"))
		for _, m := range v.missing.texts {
			if m == text {
				return "", false
			}
		}
		return d.decode(raw), text != ""
	}
	x := math.Float64frombits(d.order.Uint64(raw))
	if x == d.sysmis || math.IsNaN(x) || math.IsInf(x, 0) || v.missing.has(x, d) {
		return "", false
	}
	return string(appendNumber(nil, x, v.format)), true
}

// set is a multiple dichotomy set: its variables are choices, taken where they hold the counted value.
type set struct{ name, label, counted string }

// dichotomies reads the multiple response sets of the form '$name=D1 1 5 Label v1 v2'. Sets of categories ('C') are left to be
// variables of their own.
func (d *dictionary) dichotomies() map[*variable]set {
	names := map[string]*variable{}
	for _, v := range d.vars {
		names[strings.ToUpper(v.short)] = v
	}
	for _, v := range d.vars {
		names[strings.ToUpper(v.name)] = v
	}
	out := map[*variable]set{}
	for _, data := range d.sets {
		for line := range bytes.SplitSeq(data, []byte("\n")) {
			s, members, ok := d.parseSet(line)
			for _, name := range members {
				if v := names[strings.ToUpper(name)]; ok && v != nil {
					if _, taken := out[v]; !taken {
						out[v] = s
					}
				}
			}
		}
	}
	return out
}

func (d *dictionary) parseSet(line []byte) (set, []string, bool) {
	name, rest, ok := bytes.Cut(line, []byte("="))
	if !ok || len(rest) < 2 || rest[0] != 'D' && rest[0] != 'E' {
		return set{}, nil, false
	}
	kind := rest[0]
	rest = rest[1:]
	if kind == 'E' { // ' flags', which tell where the label comes from
		_, rest, _ = bytes.Cut(bytes.TrimLeft(rest, " "), []byte(" "))
	}
	counted, rest, ok := counted(rest)
	if !ok {
		return set{}, nil, false
	}
	label, rest, ok := countedAfterSpace(rest)
	if !ok {
		return set{}, nil, false
	}
	s := set{name: strings.TrimPrefix(d.decode(name), "$"), label: d.decode(label), counted: d.decode(counted)}
	if s.label == "" {
		s.label = s.name
	}
	return s, strings.Fields(d.decode(rest)), true
}

// counted reads 'n text' where the text has n bytes.
func counted(b []byte) (text, rest []byte, ok bool) {
	size, rest, ok := bytes.Cut(b, []byte(" "))
	n, err := strconv.Atoi(string(size))
	if !ok || err != nil || n < 0 || n > len(rest) {
		return nil, nil, false
	}
	return rest[:n], rest[n:], true
}

func countedAfterSpace(b []byte) (text, rest []byte, ok bool) {
	return counted(bytes.TrimPrefix(b, []byte(" ")))
}
