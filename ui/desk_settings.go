package ui

import (
	"fmt"
	"maps"
	"strings"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
	"avokoodi/ui/view"
)

func (s *Server) routeDeskSettings(g gin.IRouter) {
	g.GET("/p/:slug/code/settings", s.project(coding.RoleAnalyst, s.deskSettings))
	g.POST("/p/:slug/code/settings", s.project(coding.RoleAnalyst, s.changeDesk))
}

// deskSettings is how the person likes the desk; ?from= is the place on it to go back to.
func (s *Server) deskSettings(r *request) error {
	return s.showDeskSettings(r, r.person.Desk, r.Query("from"), faults{})
}

// showDeskSettings shows the settings as d says, which is what the form said where something is wrong with it.
func (s *Server) showDeskSettings(r *request, d coding.Desk, from string, wrong faults) error {
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	page := view.DeskSettingsPage{Page: r.base("desk.settings", "code"), On: !d.NoKeys, Suggest: !d.NoSuggest, Suggestable: !r.access.Project.NoSuggestions, Fields: wrong.fields, Back: r.path("/code")}
	page.Errors = wrong.texts
	if localPath(from) && strings.HasPrefix(from, r.path("/code")) {
		page.Back = from
	}
	page.Sizes = r.options("size.", d.Size, "small", "normal", "large", "huge")
	page.Densities = r.options("density.", d.Density, "normal", "compact")
	page.Labels = []view.Option{{Label: r.t("account.labels_same"), Selected: d.Labels == ""}}
	for _, l := range i18n.Langs {
		page.Labels = append(page.Labels, view.Option{Value: l, Label: r.t("lang." + l), Selected: l == string(d.Labels)})
	}
	keys := keymap(d)
	for _, a := range deskActions {
		page.Keys = append(page.Keys, view.KeyChoice{Name: a.Name, Text: r.t("key.help." + a.Name), Key: keys[a.Name], Usual: shownKey(a.Key),
			Changed: keys[a.Name] != a.Key, Fixed: a.Fixed, Fault: wrong.fields["key."+a.Name]})
	}
	for _, th := range shadowed(d, tree) {
		page.Shadowed = append(page.Shadowed, view.ShadowedTheme{Label: th.Label.In(r.labels()), Key: th.Shortcut,
			Href: themeHref(r, th.Key)})
	}
	for _, th := range tree.All() {
		if th.Retired {
			continue
		}
		own := d.Hues[th.ID]
		one := view.HueSetting{ID: int64(th.ID), Label: th.Label.In(r.labels()), Depth: tree.Depth(th.ID), Hue: th.Hue,
			Choices: []view.Option{{Value: "0", Label: r.t("desk.hue_same", r.t(fmt.Sprint("hue.", th.Hue))), Selected: own == 0}}}
		if own != 0 {
			one.Hue, page.OwnHues = own, page.OwnHues+1
		}
		for h := 1; h <= themes.Hues; h++ {
			one.Choices = append(one.Choices, view.Option{Value: fmt.Sprint(h), Label: r.t(fmt.Sprint("hue.", h)), Selected: own == h})
		}
		page.Hues = append(page.Hues, one)
	}
	return s.render(r, wrong.status(), "desk_settings", page)
}

// changeDesk keeps what the form says; do=keys or do=hues puts those back to the usual and leaves the rest.
func (s *Server) changeDesk(r *request) error {
	from := r.PostForm("from")
	to := r.path("/code/settings?from=" + queryEscape(from))
	tree, err := s.Service.Codebook(r.ctx(), r.projectID(), r.person.ID)
	if err != nil {
		return err
	}
	var change func(*coding.Desk)
	flash := "account.saved"
	switch r.PostForm("do") {
	case "keys":
		change, flash = func(d *coding.Desk) { d.Keys, d.NoKeys = nil, false }, "key.reset_done"
	case "hues":
		change, flash = func(d *coding.Desk) { d.Hues = r.ownHues(d.Hues, tree, false) }, "desk.hues_reset_done"
	default:
		keys, err := chosenKeys(func(action string) string { return r.PostForm("key." + action) }, r.t)
		change = func(d *coding.Desk) {
			d.Labels = coding.Lang(oneOf(r.PostForm("labels"), "", "fi", "sv", "en"))
			d.Size = oneOf(r.PostForm("size"), "", "small", "large", "huge")
			d.Density = oneOf(r.PostForm("density"), "", "compact")
			d.NoKeys, d.Keys, d.Hues = r.PostForm("keys") == "", keys, r.ownHues(d.Hues, tree, true)
			if !r.access.Project.NoSuggestions {
				d.NoSuggest = r.PostForm("suggest") == ""
			}
		}
		if wrong, ok := r.faulty(err); ok {
			d := r.person.Desk
			change(&d)
			return s.showDeskSettings(r, d, from, wrong)
		}
	}
	if err := s.Service.SetDesk(r.ctx(), r.person.ID, change); err != nil {
		return err
	}
	return r.goTo(to, flash)
}

// ownHues is the person's colours with those of the project's themes as the form says, or, without the form, none. Colours of
// other projects' themes stay.
func (r *request) ownHues(old map[coding.ThemeID]int, tree themes.Tree, form bool) map[coding.ThemeID]int {
	out := maps.Clone(old)
	if out == nil {
		out = map[coding.ThemeID]int{}
	}
	for _, th := range tree.All() {
		delete(out, th.ID)
		if own := formInt(r, fmt.Sprint("hue.", th.ID)); form && own >= 1 && own <= themes.Hues {
			out[th.ID] = int(own)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
