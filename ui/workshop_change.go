package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"avokoodi/coding"
	"avokoodi/themes"
)

// changeWorkshop does one thing to a workshop: settings, delete, add, add-suggested, up, down, place, remove or edit a theme, or the
// agenda. What is meant for a theme names it, so that a change does not hit another that was moved into its place.
func (s *Server) changeWorkshop(r *request) error {
	one, err := s.workshopOf(r)
	if err != nil {
		return err
	}
	back, do := r.path(fmt.Sprintf("/workshop?id=%d", one.ID)), r.PostForm("do")
	if do == "delete" {
		if err := s.Service.RemoveWorkshop(r.ctx(), r.projectID(), r.person.ID, one.ID); err != nil {
			return err
		}
		return s.goToDone(r, r.path("/workshop"))
	}
	gone := false
	_, err = s.Service.ChangeWorkshop(r.ctx(), r.projectID(), r.person.ID, one.ID, func(w *coding.Workshop) error {
		switch {
		case do == "settings":
			return r.workshopSettings(w)
		case strings.HasPrefix(do, "agenda"):
			return r.workshopAgenda(w, do)
		case do == "add":
			id := coding.ThemeID(formInt(r, "theme"))
			why := coding.WorkshopWhy(r.PostForm("why"))
			if !slices.Contains([]coding.WorkshopWhy{coding.WhyMost, coding.WhyDisputed, coding.WhyTypical}, why) {
				why = ""
			}
			w.Themes = append(w.Themes, coding.WorkshopTheme{Theme: id, Why: why})
			return nil
		}
		id := coding.ThemeID(formInt(r, "theme"))
		if mark := r.PostForm("is"); mark != "" { // dragged
			n, _ := strconv.ParseInt(mark, 10, 64)
			id = coding.ThemeID(n)
		}
		i := slices.IndexFunc(w.Themes, func(th coding.WorkshopTheme) bool { return th.Theme == id })
		if i < 0 {
			gone = true
			return nil
		}
		w.Themes = r.movedTheme(w.Themes, i, do)
		return nil
	})
	if wrong, ok := r.faulty(err); ok {
		return s.showWorkshop(r, fmt.Sprint(one.ID), wrong)
	}
	switch {
	case err != nil:
		return err
	case gone:
		return r.goTo(back, "workshop.changed")
	case do == "remove" || strings.HasPrefix(do, "agenda-remove"):
		return s.goToDone(r, back)
	case do == "up" || do == "down" || do == "place":
		return r.goTo(back+"#themes", "pack.moved")
	case do == "add":
		return r.goTo(back+"#themes", "workshop.added")
	}
	return r.goTo(back, "workshop.saved")
}

// movedTheme is the themes after one thing was done to the i-th.
func (r *request) movedTheme(list []coding.WorkshopTheme, i int, do string) []coding.WorkshopTheme {
	th, to := list[i], 0
	switch do {
	case "up":
		to = i - 1
	case "down":
		to = i + 1
	case "place":
		to = int(formInt(r, "to")) - 1
	case "remove":
		return slices.Delete(list, i, i+1)
	case "edit":
		list[i] = r.editedTheme(th)
		return list
	default:
		return list
	}
	list = slices.Delete(list, i, i+1)
	return slices.Insert(list, min(max(to, 0), len(list)), th)
}

// editedTheme is a theme with what its form says.
func (r *request) editedTheme(th coding.WorkshopTheme) coding.WorkshopTheme {
	th.Sort, th.Note = coding.WorkshopSort(r.PostForm("sort")), trimmed(r, "note")
	th.Quotes, th.NoQuotes = nil, false
	switch r.PostForm("quotes") {
	case "none":
		th.NoQuotes = true
	case "own":
		for _, v := range r.PostFormArray("quote") {
			if n, err := strconv.ParseInt(v, 10, 64); err == nil {
				th.Quotes = append(th.Quotes, coding.QuoteID(n))
			}
		}
		th.NoQuotes = len(th.Quotes) == 0
	}
	th.Questions = nil
	if r.PostForm("asked") != "own" {
		return th
	}
	for _, l := range themes.Langs {
		n := 0
		for line := range strings.Lines(trimmed(r, "question."+string(l))) {
			if line = strings.TrimSpace(line); line == "" {
				continue
			}
			if n == len(th.Questions) {
				th.Questions = append(th.Questions, coding.Text{})
			}
			th.Questions[n].Set(l, line)
			n++
		}
	}
	return th
}

// workshopSettings takes the settings' form in. Numbers that can't be read are refused, not taken for nothing.
func (r *request) workshopSettings(w *coding.Workshop) error {
	w.Name, w.Start = trimmed(r, "name"), trimmed(r, "start")
	w.Question, w.Round, w.By = r.PostForm("question"), r.PostForm("round"), r.PostForm("by")
	w.Plain, w.TwoSided, w.Blank = r.PostForm("plain") != "", r.PostForm("two_sided") != "", r.PostForm("blank") != ""
	w.Forming, w.PerPage = coding.WorkshopGrouping(r.PostForm("forming")), int(formInt(r, "per_page"))
	for name, to := range map[string]*int{"people": &w.People, "groups": &w.Groups} {
		text := trimmed(r, name)
		n, err := strconv.Atoi(text)
		if text != "" && err != nil {
			return coding.Problem{Field: name, Key: "workshop.people_bad"}
		}
		*to = n
	}
	main := coding.Lang(r.PostForm("main"))
	w.Langs = []coding.Lang{main}
	for _, l := range r.PostFormArray("lang") {
		if coding.Lang(l) != main {
			w.Langs = append(w.Langs, coding.Lang(l))
		}
	}
	return nil
}

// workshopAgenda takes the agenda's form in and then does what its button says: agenda saves, agenda-add adds a row, agenda-up-3 and
// the like move or remove one. Rows whose number is left empty keep none.
func (r *request) workshopAgenda(w *coding.Workshop, do string) error {
	kinds := r.PostFormArray("kind")
	minutes, notes := r.PostFormArray("minutes"), r.PostFormArray("step_note")
	var rows []coding.WorkshopStep
	for i, kind := range kinds {
		if i >= len(minutes) || i >= len(notes) {
			break
		}
		st := coding.WorkshopStep{Kind: kind, Note: strings.TrimSpace(notes[i])}
		text := strings.TrimSpace(minutes[i])
		n, err := strconv.Atoi(text)
		if text != "" && (err != nil || n < 0) {
			return coding.Problem{Field: "minutes", Key: "workshop.minutes_bad", Args: []any{600}}
		}
		st.Minutes = n
		for _, l := range w.Langs {
			if titles := r.PostFormArray("title." + string(l)); i < len(titles) {
				st.Title.Set(l, strings.TrimSpace(titles[i]))
			}
		}
		rows = append(rows, st)
	}
	what, at, _ := strings.Cut(strings.TrimPrefix(do, "agenda-"), "-")
	i, err := strconv.Atoi(at)
	i--
	switch {
	case do == "agenda-add":
		rows = append(rows, coding.WorkshopStep{Kind: "other", Minutes: 10})
	case err != nil || i < 0 || i >= len(rows):
	case what == "remove":
		rows = slices.Delete(rows, i, i+1)
	case what == "up" && i > 0:
		rows[i-1], rows[i] = rows[i], rows[i-1]
	case what == "down" && i+1 < len(rows):
		rows[i+1], rows[i] = rows[i], rows[i+1]
	}
	w.Agenda = rows
	return nil
}
