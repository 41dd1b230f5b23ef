package analysis

import "strings"

// wordTable reads 'form base base; form base; …' into a map.
func wordTable(text string) map[string][]string {
	table := map[string][]string{}
	for entry := range strings.SplitSeq(text, ";") {
		fields := strings.Fields(entry)
		if len(fields) < 2 {
			continue
		}
		for _, base := range fields[1:] {
			if !contains(table[fields[0]], base) {
				table[fields[0]] = append(table[fields[0]], base)
			}
		}
	}
	return table
}
