package archive

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"avokoodi/coding"
)

// work writes what people made around the codings: division of work, saved filters, packs and workshops.
func (a *archive) work() error {
	assignments, err := a.r.Assignments(a.ctx, a.p)
	if err != nil {
		return err
	}
	packs, err := a.r.Packs(a.ctx, a.p)
	if err != nil {
		return err
	}
	workshops, err := a.r.Workshops(a.ctx, a.p)
	if err != nil {
		return err
	}
	decisions, err := a.r.Decisions(a.ctx, a.p)
	if err != nil {
		return err
	}
	var views []coding.View
	for _, who := range slices.Sorted(maps.Keys(a.known.people)) {
		some, err := a.r.Views(a.ctx, a.p, who)
		if err != nil {
			return err
		}
		views = append(views, some...)
	}
	for name, n := range map[string]int{"assignments": len(assignments), "packs": len(packs), "workshops": len(workshops), "views": len(views), "decisions": len(decisions)} {
		a.manifest.Counts[name] = n
	}
	if err := list(a, "assignments.json", "who was asked to code which answers", assignments); err != nil {
		return err
	}
	if err := list(a, "packs.json", "quote packs", packs); err != nil {
		return err
	}
	if err := list(a, "workshops.json", "material of workshops", workshops); err != nil {
		return err
	}
	if err := list(a, "decisions.json", "what was decided where coders differed: whether a theme applies to an answer", decisions); err != nil {
		return err
	}
	return list(a, "views.json", "saved filters of the coding desk", views)
}

// people writes who the names and numbers of persons in the other files are: everybody who did something in the project or is a
// member of it.
func (a *archive) people() error {
	members, err := a.r.Members(a.ctx, a.p)
	if err != nil {
		return err
	}
	roles := map[coding.PersonID]coding.Role{}
	for _, m := range members {
		roles[m.Person] = m.Role
	}
	active := map[coding.PersonID]bool{}
	for id := range roles {
		active[id] = true
	}
	for _, c := range a.known.codings {
		active[c.Coder] = true
	}
	for m, err := range a.r.EachMark(a.ctx, a.p) {
		if err != nil {
			return err
		}
		active[m.Coder] = true
	}
	err = a.eachStep(func(st coding.Step) error {
		active[st.Actor] = true
		return nil
	})
	if err != nil {
		return err
	}
	ids := slices.SortedFunc(maps.Keys(active), cmp.Compare[coding.PersonID])
	return a.table("people.csv", "coders, members and others who did something here; the command line has no name", []string{"id", "name", "display", "role", "role_here"}, func(add func(...string) error) error {
		for _, id := range ids {
			x, ok := a.known.people[id]
			if !ok {
				continue
			}
			a.manifest.Counts["people"]++
			if err := add(number(x.ID), x.Name, x.Display, string(x.Role), string(roles[id])); err != nil {
				return err
			}
		}
		return nil
	})
}

// eachStep goes through the steps of the history, the newest first.
func (a *archive) eachStep(fn func(coding.Step) error) error {
	filter := coding.StepFilter{Limit: 1000}
	for {
		steps, err := a.r.Steps(a.ctx, a.p, filter)
		if err != nil || len(steps) == 0 {
			return err
		}
		for _, st := range steps {
			if err := fn(st); err != nil {
				return err
			}
		}
		filter.Before = steps[len(steps)-1].ID
	}
}

// history writes the steps as a table and every change, before and after, as a line of JSON.
func (a *archive) history() error {
	err := a.table("history.csv", "what was done, the newest first", []string{"step", "at", "actor", "op", "detail", "changes", "undoes", "undone_by"}, func(add func(...string) error) error {
		return a.eachStep(func(st coding.Step) error {
			a.manifest.Counts["steps"]++
			return add(number(st.ID), moment(st.At), a.known.person(st.Actor), string(st.Op), st.Detail, number(st.Changes), some(st.Undoes), some(st.UndoneBy))
		})
	})
	if err != nil {
		return err
	}
	w, err := a.create("changes.jsonl")
	if err != nil {
		return err
	}
	enc, after := json.NewEncoder(w), coding.Seq(0)
	enc.SetEscapeHTML(false)
	for {
		changes, err := a.r.Changes(a.ctx, a.p, after, 5000)
		if err != nil {
			return err
		}
		if len(changes) == 0 {
			a.manifest.Files = append(a.manifest.Files, File{Name: "changes.jsonl", About: "every change in order, before and after; both null where a person was erased", Rows: a.manifest.Counts["changes"]})
			return nil
		}
		for _, c := range changes {
			a.manifest.Counts["changes"]++
			after = c.Seq
			line := struct {
				Seq    coding.Seq      `json:"seq"`
				Step   coding.StepID   `json:"step"`
				Kind   coding.Kind     `json:"kind"`
				ID     int64           `json:"id"`
				Before json.RawMessage `json:"before"`
				After  json.RawMessage `json:"after"`
			}{c.Seq, c.Step, c.Kind, c.ID, raw(c.Before), raw(c.After)}
			if err := enc.Encode(line); err != nil {
				return err
			}
		}
	}
}

// raw is JSON that may be nothing.
func raw(m json.RawMessage) json.RawMessage {
	if len(m) == 0 {
		return nil
	}
	return m
}
