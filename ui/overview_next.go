package ui

import (
	"avokoodi/coding"
	"avokoodi/ui/view"
)

// nextFrom is what the next sensible step follows from.
type nextFrom struct {
	answers, open, themes, quotes int
	empty                         int    // open answers that are known to say nothing
	question, href                string // the question to go on with
	left                          int
	begun                         bool
	queue                         int // answers left in the person's own queue
	queueHref                     string
	differ                        int // answers that coders differ on, undecided
}

func (r *request) nextStep(f nextFrom) view.NextStep {
	step := func(key, href string, args ...any) view.NextStep {
		return view.NextStep{Title: r.t("next." + key + ".title"), Say: r.t("next."+key+".say", args...), Href: href, Do: r.t("next." + key + ".do")}
	}
	codes := r.access.Role.AtLeast(coding.RoleAnalyst)
	var n view.NextStep
	switch {
	case f.answers == 0 && r.access.Role.AtLeast(coding.RoleLead):
		n = step("import", r.path("/import"))
	case f.answers == 0:
		n = step("wait", "/projects")
	case !codes:
		n = step("look", r.path("/analysis"))
		n.OtherHref, n.Other = r.path("/quotes"), r.t("nav.quotes")
	case f.themes == 0:
		n = step("begin", f.href)
		n.OtherHref, n.Other = r.path("/themes"), r.t("next.begin.other")
	case f.queue > 0:
		n = step("queue", f.queueHref, f.queue)
		n.OtherHref, n.Other = r.path("/work"), r.t("work.title")
	case f.open > 0:
		n = step("code", f.href+"&state=open", f.left, f.question)
		n.OtherHref, n.Other = r.path("/analysis"), r.t("next.look.do")
		if f.empty > 0 {
			n.OtherHref, n.Other = r.path("/code/empty"), r.t("empty.open")+" ("+r.count(f.empty)+")"
		}
	case f.differ > 0:
		n = step("differ", r.path("/agreement/answers"), f.differ)
		n.OtherHref, n.Other = r.path("/agreement"), r.t("compare.title")
	case f.quotes == 0:
		n = step("quotes", r.path("/code?question=*&state=coded"))
		n.OtherHref, n.Other = r.path("/analysis"), r.t("next.look.do")
	default:
		n = step("done", r.path("/analysis"))
		n.OtherHref, n.Other = r.path("/quotes"), r.t("nav.quotes")
	}
	return n
}
