package app

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"avokoodi/coding"
	"avokoodi/coding/exporter/handout"
	"avokoodi/coding/report"
	"avokoodi/coding/workshop"
	"avokoodi/themes"
	"avokoodi/ui/i18n"
)

// handoutFlags are the options of 'export workshop'.
type handoutFlags struct{ name, part, langs string }

func (h *handoutFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&h.name, "workshop", "", "name of the workshop (default: the newest, or a draft where there is none)")
	c.Flags().StringVar(&h.part, "part", "", "of a PDF: facilitator, sheets, sheets-a3, cards or posters; several with commas")
	c.Flags().StringVar(&h.langs, "languages", "", "of the material, side by side: fi, sv, en with commas (default: the workshop's own)")
}

// words is a message in a language.
func words(l coding.Lang, key string, args ...any) string { return i18n.T(string(l), key, args...) }

// exportWorkshop writes the material of a workshop: .zip for all of it, or .pdf, .pptx, .docx.
func (a *app) exportWorkshop(ctx context.Context, s scopeFlags, hand handoutFlags, file string) error {
	ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(file), "."))
	if !slices.Contains([]string{"zip", "pdf", "pptx", "docx"}, ending) {
		return a.usage("export.format_unknown", ending, "zip, pdf, pptx, docx")
	}
	var parts []handout.Part
	for _, p := range split(hand.part) {
		if !slices.Contains(handout.Parts[:], handout.Part(p)) {
			return a.usage("cli.use_choice", "--part", p, strings.Trim(fmt.Sprint(handout.Parts), "[]"))
		}
		parts = append(parts, handout.Part(p))
	}
	var langs []coding.Lang
	for _, l := range split(hand.langs) {
		lang, ok := themes.ParseLang(l)
		if !ok || slices.Contains(langs, lang) {
			return a.usage("cli.use_choice", "--languages", hand.langs, "fi, sv, en")
		}
		langs = append(langs, lang)
	}
	return a.inProject(ctx, s.project, func(h *house, p coding.Project) error {
		mk := workshop.NewMaker(h.store, report.New(h.boards), words)
		w, err := a.workshopNamed(ctx, h, p, mk, s, hand.name)
		if err != nil {
			return err
		}
		if len(langs) > 0 {
			w.Langs = langs
		}
		m, err := mk.Make(ctx, p.ID, w)
		if err != nil {
			return err
		}
		return a.writeFile(file, func(f io.Writer) error {
			switch ending {
			case "pdf":
				return handout.PDF(f, m, parts...)
			case "pptx":
				return handout.PPTX(f, m)
			case "docx":
				return handout.DOCX(f, m)
			}
			return handout.Zip(f, m, time.Now())
		})
	})
}

// workshopNamed is the workshop of a name, the newest, or a draft of what suits the answers that the flags pick.
func (a *app) workshopNamed(ctx context.Context, h *house, p coding.Project, mk *workshop.Maker, s scopeFlags, name string) (coding.Workshop, error) {
	list, err := h.svc.Workshops(ctx, p.ID, coding.Operator)
	if err != nil {
		return coding.Workshop{}, err
	}
	if name != "" {
		i := slices.IndexFunc(list, func(w coding.Workshop) bool { return w.Name == name })
		if i < 0 {
			return coding.Workshop{}, coding.Problem{Field: "workshop", Key: "workshop.unknown", Args: []any{name}}
		}
		return list[i], nil
	}
	if len(list) > 0 && s.question == "" && s.round == "" && s.by == "" {
		return list[len(list)-1], nil
	}
	q, err := mk.Suggest(ctx, p.ID, s.question, s.round, s.by)
	if err != nil {
		return coding.Workshop{}, err
	}
	l := coding.Lang(a.cfg.Lang)
	w := workshop.Draft(a.t("workshop.first")+": "+p.Name.In(l), l, q)
	w.Question, w.Round, w.By = s.question, s.round, s.by
	return w, nil
}
