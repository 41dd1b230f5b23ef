package ui

import (
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/coding/sets"
	"avokoodi/ui/view"
)

// workForm is the form as q fills it in; with its usual choices where q is of no form.
func (r *request) workForm(b *sets.Board, q url.Values, coders []coding.Person) *view.WorkForm {
	sent, double := q.Get("how") != "", q.Get("double") != "" // the page of agreement leads here to set up double coding
	f := &view.WorkForm{Open: !sent && !double || q.Get("open") != "", Free: !sent && !double || q.Get("free") != "", Sample: q.Get("sample"),
		Strata: !sent || q.Get("strata") != "", Blind: !sent || q.Get("blind") != "",
		How: oneOf(q.Get("how"), workEven, workCount, workQuestion, workLanguage, workDouble), Random: q.Get("order") == "random",
		Seed: q.Get("seed"), Note: q.Get("note"), Fields: map[string]string{}}
	if double && !sent {
		f.How = workDouble
	}
	if f.Seed == "" {
		f.Seed = time.Now().Format("2006-01-02")
	}
	lang := coding.Lang(r.lang)
	pick := func(name, value, label string, set *roaring.Bitmap) view.Option {
		return view.Option{Value: value, Label: label, Selected: slices.Contains(q[name], value), Count: r.count(int(set.GetCardinality()))}
	}
	whom := func(field string) []view.Option {
		out := []view.Option{{Label: r.t("work.to_nobody"), Selected: q.Get(field) == ""}}
		for _, p := range coders {
			id := fmt.Sprint(p.ID)
			out = append(out, view.Option{Value: id, Label: p.Shown(), Selected: q.Get(field) == id})
		}
		return out
	}
	for _, x := range b.Questions() {
		f.Questions = append(f.Questions, pick("question", x.Key, x.Name(lang), b.Question(x.ID)))
		name := "q." + x.Key
		f.ByQuestion = append(f.ByQuestion, view.WorkPart{Name: name, Label: x.Name(lang), Count: int(b.Question(x.ID).GetCardinality()), Choices: whom(name)})
	}
	for _, l := range b.Languages() {
		f.Languages = append(f.Languages, pick("language", langParam(l), r.langName(l), b.Language(l)))
		name := "l." + langParam(l)
		f.ByLanguage = append(f.ByLanguage, view.WorkPart{Name: name, Label: r.langName(l), Count: int(b.Language(l).GetCardinality()), Choices: whom(name)})
	}
	if rounds := b.Rounds(); len(rounds) > 1 {
		for _, x := range rounds {
			label := x.Label.In(lang)
			if label == "" {
				label = x.Key
			}
			f.Rounds = append(f.Rounds, pick("round", x.Key, label, b.Round(x.ID)))
		}
	}
	for _, p := range coders {
		id := fmt.Sprint(p.ID)
		f.Coders = append(f.Coders, view.WorkCoder{Person: *person(p), Chosen: slices.Contains(q["who"], id), Count: q.Get("n." + id),
			Queue: int(b.StateBy(coding.StateOpen, p.ID).AndCardinality(b.Queue(p.ID)))})
	}
	return f
}

func (r *request) workPreview(b *sets.Board, q url.Values, plan workPlan) *view.WorkPreview {
	out := &view.WorkPreview{Pool: int(plan.pool.GetCardinality()), Rest: plan.rest(), Double: plan.double, Blind: plan.blind, Query: q.Encode(), Seen: plan.seen()}
	for i, who := range plan.coders {
		out.Shares = append(out.Shares, view.WorkShare{Person: *person(who), N: int(plan.sets[i].GetCardinality())})
	}
	part := func(name string, set *roaring.Bitmap) {
		if !set.Intersects(plan.pool) {
			return
		}
		row := view.WorkSharePart{Name: name}
		for _, share := range plan.sets {
			row.N = append(row.N, int(set.AndCardinality(share)))
		}
		out.Parts = append(out.Parts, row)
	}
	if questions := b.Questions(); len(questions) > 1 {
		for _, x := range questions {
			part(x.Name(coding.Lang(r.lang)), b.Question(x.ID))
		}
	}
	if langs := b.Languages(); len(langs) > 1 {
		for _, l := range langs {
			part(r.langName(l), b.Language(l))
		}
	}
	return out
}
