package ui

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"avokoodi/coding"
)

// TestQuoteFromContext chooses and lets go by the button of a line of keyword in context.
func TestQuoteFromContext(t *testing.T) {
	s := readingSurvey(t)
	b := s.as(coding.RoleAnalyst)
	const page = "/p/w/words?tab=context&word=courses"
	form := func(body string) (action string, off bool) {
		t.Helper()
		m := regexp.MustCompile(`(?s)data-candidate.*?action="([^"]+)".*?</form>`).FindStringSubmatch(body)
		if m == nil {
			t.Fatalf("no form in %s", body)
		}
		return m[1], strings.Contains(m[0], `name="off"`)
	}
	action, off := form(b.get(page).want(http.StatusOK).body)
	if off {
		t.Error("a line is a quote before anybody chose it")
	}
	b.post(action, "next", page).to(regexp.QuoteMeta(page))
	if again, off := form(b.get(page).body); again != action || !off {
		t.Errorf("after choosing: %s %v", again, off)
	}
	b.get("/p/w/quotes").want(http.StatusOK).says("courses need teachers")
	b.post(action, "next", page, "off", "1").to(regexp.QuoteMeta(page))
	b.get("/p/w/quotes").want(http.StatusOK).hides("courses need teachers")
}

// TestQuoteUnderTheThemeShown: on a desk that a number of the analysis has opened, a quote goes under the number's theme.
func TestQuoteUnderTheThemeShown(t *testing.T) {
	s := newTestSurvey(t)
	s.code("coordination", 0, 3)
	s.code("services", 0, 3)
	b := s.as(coding.RoleAnalyst)
	answer := idText(s.answers[0])
	for _, key := range []string{"coordination", "services"} {
		page := "/p/s/code?question=*&theme=" + key
		b.post("/p/"+"s"+"/answers/"+answer+"/quote", "next", page).want(http.StatusSeeOther)
	}
	s.ok(s.svc.Store().View(t.Context(), func(r coding.Reader) error {
		list, err := r.Quotes(t.Context(), s.p.ID)
		if len(list) != 2 || list[0].Theme != s.theme("coordination").ID || list[1].Theme != s.theme("services").ID {
			t.Errorf("quotes %+v", list)
		}
		return err
	}))
}
