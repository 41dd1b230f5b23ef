package ui

import (
	"bytes"
	"maps"
	"net/url"
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/exporter"
	"avokoodi/coding/report"
	"avokoodi/coding/sets"
)

// answerFilters are the parts of an address that narrow the answers, beside question, round, language, search and variables.
var answerFilters = []string{"state", "theme", "themes", "without", "coder", "memo", "quote", "mixed", "unsure"}

// SavedFilter is the filter of a saved table on a board. A name that is neither a part of the address nor a variable is a Problem;
// a value that the project does not have picks nothing.
func SavedFilter(b *sets.Board, filter map[string][]string, people []coding.Person) (sets.Filter, error) {
	known := slices.Clone(answerFilters)
	for _, v := range b.Variables() {
		known = append(known, filterParam(v.Key))
	}
	for _, name := range slices.Sorted(maps.Keys(filter)) {
		if !slices.Contains(known, name) {
			return sets.Filter{}, coding.Problem{Field: "filter", Key: "report.saved_bad", Args: []any{"filter: " + name}}
		}
	}
	return readFilter(b, url.Values(filter), people), nil
}

// exportSaved is what a page counts, as a file that the command line runs again.
func (s *Server) exportSaved(r *request, kind exporter.Kind) error {
	q := r.Request.URL.Query()
	k := report.Kept{}
	if kind != exporter.KindCounts {
		q = findingQuery(kind, q)
		k.Find, k.Compare, k.Paired = report.Finding(kind), [2]string{q.Get("from"), q.Get("to")}, q.Get("paired") != ""
		if k.Compare[0] == "" || k.Compare[1] == "" {
			k.Compare = [2]string{}
		}
	}
	a, err := s.tableOf(r, q)
	if err != nil {
		return err
	}
	if a.refused != nil {
		return a.refused
	}
	ask := a.ask
	k.Request = report.Request{Questions: a.query["question"], Rounds: a.query["round"], By: ask.By, Second: ask.Second, Unit: ask.Unit, Net: ask.Net,
		Order: ask.Order, Weight: ask.Weight, Search: ask.Search}
	if k.Find == report.FindRounds {
		k.By = ""
	}
	for _, l := range a.query["language"] {
		if l == "none" {
			l = ""
		}
		k.Languages = append(k.Languages, coding.Lang(l))
	}
	err = s.Boards.Read(r.ctx(), r.projectID(), func(b *sets.Board) error {
		names := slices.Clone(answerFilters)
		for _, v := range b.Variables() {
			names = append(names, filterParam(v.Key))
		}
		for _, name := range names {
			if v := a.query[name]; len(v) > 0 {
				if k.Filter == nil {
					k.Filter = map[string][]string{}
				}
				k.Filter[name] = v
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := report.Save(&b, k); err != nil {
		return err
	}
	return r.file(&b, r.fileName(string(kind))+".yaml", "application/yaml; charset=utf-8")
}
