package ui

import (
	"fmt"
	"strings"
	"testing"

	"avokoodi/coding"
)

// usualKeys is the form of the settings with every key as usual, but for the pairs given.
func usualKeys(pairs ...string) []string {
	var form []string
	for _, a := range deskActions {
		key := a.Key
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == a.Name {
				key = pairs[i+1]
			}
		}
		form = append(form, "key."+a.Name, key)
	}
	return append(form, "keys", "1")
}

func (s *testSurvey) desk() coding.Desk {
	s.t.Helper()
	p, err := s.svc.Person(s.t.Context(), s.people[coding.RoleAnalyst].ID)
	s.ok(err)
	return p.Desk
}

func TestDeskSettings(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 3)
	b := s.as(coding.RoleAnalyst)
	const path = "/p/s/code/settings"
	s.as(coding.RoleReader).get(path).want(403)
	p := b.get(path+"?from=/p/s/code%3Fquestion%3Dq2").want(200).says("Settings of the coding desk", "next answer", "Colours of your own: 0")
	if !strings.Contains(p.body, `href="/p/s/code?question=q2"`) {
		t.Error("the way back to the desk is lost")
	}
	b.get(path+"?from=//elsewhere").want(200).hides(`href="//elsewhere`, `value="//elsewhere`)

	theme := s.themes["coordination"].ID
	form := append(usualKeys("next", "d", "quote", "", "memo", "Ö"), "size", "large", "density", "compact", "labels", "sv", "suggest", "1", fmt.Sprint("hue.", theme), "11",
		fmt.Sprint("hue.", s.themes["roles"].ID), "0", "from", "/p/s/code?question=q2")
	to := b.post(path, form...).to(`/p/s/code/settings\?from=.*`)
	want := coding.Desk{Labels: "sv", Size: "large", Density: "compact", Keys: map[string]string{"next": "d", "quote": "", "memo": "Ö"}, Hues: map[coding.ThemeID]int{theme: 11}}
	if got := s.desk(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("kept %+v, want %+v", got, want)
	}
	b.get(to).says("Settings saved.", "Colours of your own: 1")

	// The desk, its help and its colours follow; the codebook keeps its own colour.
	desk := b.get("/p/s/code?question=q1").want(200)
	for _, has := range []string{`data-keymap="{`, `&#34;d&#34;:&#34;next&#34;`, `&#34;Ö&#34;:&#34;memo&#34;`, `<td><kbd>d</kbd> <kbd>↓</kbd> </td><td>next answer`,
		`<kbd>Shift&#43;Ö</kbd>`, `class="chip" data-hue="11"`, `data-size="large" data-density="compact"`, "Samordning"} {
		if !strings.Contains(desk.body, has) {
			t.Errorf("the desk lacks %s", has)
		}
	}
	desk.hides("mark as a quote or remove the mark", `&#34;q&#34;`, `&#34;j&#34;`)
	if chip := b.get("/p/s/themes?theme=coordination").body; !strings.Contains(chip, fmt.Sprintf(`name="hue" value="%d" checked`, s.themes["coordination"].Hue)) {
		t.Error("the codebook took the person's colour over")
	}
	if got := s.as(coding.RoleLead).get("/p/s/code?question=q1").body; strings.Contains(got, `&#34;d&#34;`) || !strings.Contains(got, `<kbd>j</kbd>`) {
		t.Error("another person's keys changed")
	}

	// Back to the usual: the keys alone, then the colours alone.
	b.post(path, "do", "keys").to(`/p/s/code/settings.*`)
	if got := s.desk(); got.Keys != nil || got.Hues[theme] != 11 || got.Size != "large" {
		t.Errorf("after the reset of keys: %+v", got)
	}
	b.post(path, "do", "hues").to(`/p/s/code/settings.*`)
	if got := s.desk(); got.Hues != nil || got.Density != "compact" {
		t.Errorf("after the reset of colours: %+v", got)
	}

	// With single keys off none is shown and none works, the search box's neither.
	b.post(path, usualKeys()[:len(usualKeys())-2]...).to(`/p/s/code/settings.*`)
	off := b.get("/p/s/code?question=q1").want(200)
	off.hides("<kbd>j</kbd>", "<kbd>?</kbd>", "data-slash", `data-search="s"`)
	if !strings.Contains(off.body, `data-keys="false"`) || !strings.Contains(off.body, "<kbd>↓</kbd>") || !strings.Contains(off.body, "<kbd>Ctrl&#43;Z</kbd>") {
		t.Error("off: the desk does not say so, or hides keys that stay")
	}
}

func TestKeyConflicts(t *testing.T) {
	s := newTestSurvey(t)
	th := s.theme("roles")
	th.Shortcut = "ä"
	_, err := s.svc.ChangeTheme(t.Context(), s.p.ID, s.people[coding.RoleAnalyst].ID, th, false)
	s.ok(err)
	b := s.as(coding.RoleAnalyst)
	const path = "/p/s/code/settings"
	for what, c := range map[string]struct {
		keys []string
		says string
	}{
		"two alike":      {[]string{"next", "k"}, "k already does something else: next answer. Choose another"},
		"a digit":        {[]string{"none", "4"}, "The digits 1–9 are the themes"},
		"two characters": {[]string{"none", "ab"}, "must be one character and not a space; now it is “ab”"},
		"a control":      {[]string{"none", "\x07"}, "must be one character"},
		"the search's":   {[]string{"none", "/"}, "/ already does something else: search answers"},
	} {
		p := b.post(path, append(usualKeys(c.keys...), "size", "huge")...).want(422).says(c.says)
		if !strings.Contains(p.body, `aria-invalid="true"`) || !strings.Contains(p.body, `value="huge" checked`) {
			t.Errorf("%s: the form lost what was chosen, or marks no field", what)
		}
		if got := s.desk(); got.Keys != nil || got.Size != "" {
			t.Errorf("%s: kept %+v", what, got)
		}
	}
	// Exchanging two keys is no conflict; a theme's letter is allowed, and said.
	b.post(path, usualKeys("next", "k", "previous", "j", "memo", "ä", "help", "")...).to(`/p/s/code/settings.*`)
	b.get(path).says("The key ä is also the shortcut of the theme “Roles”")
	b.get("/p/s/code").want(200).hides("<kbd>?</kbd>")
}

func TestExampleFromDesk(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, coding.MaxExamples+1)
	b := s.as(coding.RoleAnalyst)
	theme := fmt.Sprint(s.themes["coordination"].ID)
	example := func(i int, more ...string) *testPage {
		return b.post(fmt.Sprintf("/p/s/answers/%d/example", s.answers[i]), append([]string{"theme", theme, "next", "/p/s/code?question=q1"}, more...)...)
	}
	s.as(coding.RoleReader).post(fmt.Sprintf("/p/s/answers/%d/example", s.answers[0]), "theme", theme).want(403)
	example(2).to(`/p/s/code\?question=q1`)
	example(2).to(`/p/s/code\?question=q1`)
	if got := s.theme("coordination").Examples; len(got) != 1 || got[0] != int64(s.answers[2]) {
		t.Errorf("examples %v", got)
	}
	if v := s.theme("coordination").Version; v != 1 {
		t.Errorf("an example made version %d of the definition", v)
	}
	card := b.do("POST", fmt.Sprintf("/p/s/answers/%d/example", s.answers[3]), "application/x-www-form-urlencoded", strings.NewReader("theme="+theme), "X-Fragment", "1").want(200)
	if !strings.Contains(card.body, `data-do="example"`) || !strings.Contains(card.body, `aria-pressed="true"`) {
		t.Error("the card does not show that it is an example")
	}
	b.get("/p/s/themes?view=read").says("Vastaus 👩‍👩‍👧 numero 2, jossa")
	s.as(coding.RoleReader).get("/p/s/themes").want(200).hides("Vastaus ") // a reader reads no answers
	example(2, "off", "1")
	b.post("/p/s/undo")
	for i := range coding.MaxExamples {
		example(i)
	}
	if got := s.theme("coordination").Examples; len(got) != coding.MaxExamples {
		t.Errorf("%d examples", len(got))
	}
	example(coding.MaxExamples).want(422).says("already has 20 examples")
	b.post("/p/s/answers/99999/example", "theme", theme).want(404)
	b.post(fmt.Sprintf("/p/s/answers/%d/example", s.answers[0]), "theme", "999").want(422).says("The theme has been deleted in the meantime")
}
