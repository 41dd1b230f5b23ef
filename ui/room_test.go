package ui

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"avokoodi/coding"
	"avokoodi/coding/quotes"
	"avokoodi/coding/workshop/room"
)

// testHall is a survey with a room that the lead has opened.
type testHall struct {
	*testSurvey
	lead *testBrowser
	room room.Room
	at   string // the organiser's page
	join string
}

func newTestHall(t *testing.T, pairs ...string) *testHall {
	t.Helper()
	s := newTestSurvey(t)
	s.code("coordination", 0, 12)
	s.code("services", 0, 3) // under the threshold
	h := &testHall{testSurvey: s, lead: s.as(coding.RoleLead)}
	h.quote("coordination", 3)
	form := []string{"title", "Työpaja <b>", "votes_important", "2", "votes_easy", "1", "quotes", "3", "groups", "Pöytä 1\nPöytä 2"}
	for _, th := range []string{"coordination", "roles", "services"} {
		form = append(form, "theme", fmt.Sprint(s.themes[th].ID))
	}
	h.at = h.lead.post("/p/s/workshop/room", append(form, pairs...)...).to(`/p/s/workshop/room/\d+`)
	h.refresh()
	h.join = "/join/" + h.room.Code
	return h
}

// quote approves a quote of a theme: the beginning of a respondent's answer.
func (h *testHall) quote(theme string, n int) {
	h.t.Helper()
	ctx, ann := h.t.Context(), h.people[coding.RoleAnalyst].ID
	q, err := h.svc.AddQuote(ctx, h.p.ID, ann, coding.Quote{Answer: h.answers[n], Theme: h.themes[theme].ID, Long: coding.Version{Keep: []coding.Span{{Start: 0, End: 7}}}})
	h.ok(err)
	desk := quotes.New(h.svc, h.server.Boards.Sharing)
	change := func() quotes.Change {
		return quotes.Change{Project: h.p.ID, Actor: ann, Quote: q.ID, Version: q.Version}
	}
	q, err = desk.Edit(ctx, change(), false, func(text string, v coding.Version) (coding.Version, error) {
		return quotes.Only(text, v, coding.Span{Start: 0, End: 7})
	})
	h.ok(err)
	_, err = desk.Approve(ctx, change(), nil)
	h.ok(err)
}

func (h *testHall) refresh() {
	h.t.Helper()
	list, err := h.server.Rooms.Rooms(h.t.Context(), h.p.ID)
	h.ok(err)
	h.room = list[0]
}

func (h *testHall) all() room.Ledger {
	h.t.Helper()
	l, err := h.server.Rooms.All(h.t.Context(), h.room.ID)
	h.ok(err)
	return l
}

// phone is a participant who has opened the page.
func (h *testHall) phone() *testBrowser {
	h.t.Helper()
	b := h.as("")
	b.get(h.join).want(200)
	return b
}

// act sends as the page's script does.
func (b *testBrowser) act(path string, pairs ...string) *testPage {
	b.site.t.Helper()
	body := []string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		body = append(body, pairs[i]+"="+queryEscape(pairs[i+1]))
	}
	return b.do(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(strings.Join(body, "&")), "X-Fragment", "1")
}

func TestRoomFromOpeningToData(t *testing.T) {
	h := newTestHall(t)
	page := h.lead.get(h.at).want(200).says("Työpaja <b>", room.Spaced(h.room.Code), "No comments are waiting", "0 participants")
	if !strings.Contains(page.body, `<svg class="qr"`) || !strings.Contains(page.body, "http://example.com"+h.join) {
		t.Error("no QR code, or no address")
	}
	page.hides("Työpaja <b>")

	// A phone shows the cards: a number that readers may see, no other; the approved quote; nothing of the project.
	anna := h.phone()
	p := anna.get(h.join+"?lang=sv").want(200).says("Samordning", "12 av 38 respondenter", "Vastaus", "Roles", "Pöytä 2", "kvar: 2")
	p.hides("Survey", "/p/s", "Kysely", "av 3 svarande", ">3 av", "Association")
	if got := anna.get(h.join).want(200); !strings.Contains(got.body, `<html lang="sv"`) {
		t.Error("the language is not kept")
	}
	anna.get(h.join+"?lang=fi").says("Koordinaatio", "jäljellä: 2")

	// Plain forms: vote, comment, group; each comes back to its card.
	anna.post(h.join, "do", "vote:important", "card", "coordination", "key", "k1").to(h.join + "#c-coordination")
	anna.post(h.join, "do", "group", "group", "Pöytä 2", "key", "k1").to(h.join)
	anna.post(h.join, "do", "comment", "card", "coordination", "text", "Sovitaan <i>yhdestä</i> yhteyshenkilöstä", "key", "k1").to(h.join + "#c-coordination")
	anna.post(h.join, "do", "theme", "text", "Kokonaan  uusi teema", "key", "k1").to(h.join + "#own")
	p = anna.get(h.join).want(200).says("Sovitaan <i>yhdestä</i>", "Kokonaan uusi teema", "jäljellä: 1", "Lähetetty. Kiitos.")
	p.hides("<i>yhdestä")
	// The browser's own second sending of a form is the same act; what is written anew into a form that it kept is another.
	anna.post(h.join, "do", "comment", "card", "coordination", "text", "Sovitaan <i>yhdestä</i> yhteyshenkilöstä", "key", "k1").want(303)
	anna.post(h.join, "do", "comment", "card", "coordination", "text", "Toinen kommentti", "key", "k1").want(303)
	if l := h.all(); len(l.Remarks) != 3 || len(l.People) != 1 || len(l.Votes[l.People[0].ID]) != 1 || l.People[0].Group != "Pöytä 2" {
		t.Errorf("%+v", l)
	}

	// Another phone agrees; nobody agrees with oneself.
	berit := h.phone()
	first := h.all().Remarks[0].ID
	var got struct {
		Again   bool
		Remark  int64
		State   string
		Message string
		Error   string
	}
	read := func(p *testPage) {
		t.Helper()
		got.Again, got.Remark, got.State, got.Message, got.Error = false, 0, "", "", ""
		if err := json.Unmarshal([]byte(p.body), &got); err != nil {
			t.Fatal(err, p.body)
		}
	}
	berit.act(h.join, "do", "agree", "remark", fmt.Sprint(first), "key", "a1").want(200)
	read(berit.act(h.join, "do", "agree", "remark", fmt.Sprint(first), "key", "a1").want(200))
	if !got.Again {
		t.Error("the same act is done twice")
	}
	read(anna.act(h.join, "do", "agree", "remark", fmt.Sprint(first), "key", "a2").want(422))
	if got.Message != "Tämä on oma kommenttisi." {
		t.Errorf("%+v", got)
	}

	// A telephone number waits, masked; the organiser shows it.
	read(berit.act(h.join, "do", "comment", "card", "roles", "text", "Soittakaa Matti Meikäläiselle 040 123 4567", "key", "c1").want(200))
	if got.State != "held" || !strings.Contains(got.Message, "organiser checks it first") {
		t.Errorf("%+v", got)
	}
	anna.get(h.join).hides("040 123", "Matti", "Soittakaa")
	berit.get(h.join).says("Soittakaa Matti Meikäläiselle 040 123 4567", "waits for the organiser")
	h.lead.get(h.at).says("Waiting for you (1)", "Soittakaa [", "found:").hides("040 123")
	h.lead.post(h.at, "do", "show", "remark", fmt.Sprint(got.Remark)).want(303)
	anna.get(h.join).says("Soittakaa [").hides("040 123", "Meikäläiselle")

	// Moderation: hidden, and grouped.
	all := h.all()
	h.lead.post(h.at, "do", "move", "remark", fmt.Sprint(all.Remarks[1].ID), "card", "roles").want(303)
	h.lead.post(h.at, "do", "hide", "remark", fmt.Sprint(all.Remarks[2].ID)).want(303)
	berit.get(h.join).says("Kokonaan uusi teema").hides("Toinen kommentti")
	h.lead.post(h.at, "do", "move", "remark", fmt.Sprint(first), "card", "nothing").want(404)
	h.lead.post(h.at, "do", "move", "remark", "4711", "card", "roles").want(404)

	// The wall.
	wall := h.lead.get(h.at+"/wall?lang=fi").want(200).says("Koordinaatio", "Samordning", "Sovitaan <i>yhdestä</i>", "+1", room.Spaced(h.room.Code))
	wall.hides("040 123", "Toinen kommentti", "<i>yhdestä")
	h.lead.post(h.at, "do", "cover").want(303)
	if strings.Contains(h.lead.get(h.at+"/wall").body, "votebar") {
		t.Error("a covered wall shows the votes")
	}

	// The summary, at any time: what the room saw, and nothing else.
	for _, ending := range []string{"docx", "xlsx"} {
		file := parted(t, h.lead.get(h.at+"/file/summary."+ending).want(200).body)
		for _, want := range []string{"Coordination", "Sovitaan &lt;i&gt;yhdestä", "Kokonaan uusi teema", "Soittakaa [", "Add photos", "comments that wait: 0; hidden: 1"} {
			if !strings.Contains(file, want) {
				t.Errorf("%q is not in the %s", want, ending)
			}
		}
		for _, not := range []string{"040 123", "Toinen kommentti", "Meikäläiselle"} {
			if strings.Contains(file, not) {
				t.Errorf("%q is in the %s", not, ending)
			}
		}
	}
	if pdf := h.lead.get(h.at + "/file/summary.pdf").want(200); !strings.HasPrefix(pdf.body, "%PDF-") || pdf.header.Get("Content-Type") != "application/pdf" {
		t.Error("no PDF")
	}
	h.lead.get(h.at + "/file/summary.odt").want(404)

	// Closing asks, then brings everything into the data as one step.
	h.lead.post(h.at, "do", "close").to(regexp.QuoteMeta(h.at) + `\?close=1#closing`)
	h.lead.get(h.at + "?close=1").says("Close the session?").hides("Brought")
	to := h.lead.post(h.at, "do", "close", "sure", "1").to(regexp.QuoteMeta(h.at) + `\?did=\d+`)
	h.lead.get(to).want(200).says("the round “Työpaja <b>”", "Code the comments")
	h.checkData()
	anna.get(h.join).says("Istunto on suljettu")
	read(anna.act(h.join, "do", "vote:easy", "card", "roles", "key", "late").want(410))
	if got.Error != "closed" {
		t.Errorf("%+v", got)
	}
	h.lead.post(h.at, "do", "open").want(422)
	h.lead.post(h.at, "do", "data").want(422) // it is there already

	// Undone, it can be brought again.
	st, err := h.svc.Undo(t.Context(), h.p.ID, h.people[coding.RoleLead].ID)
	h.ok(err)
	if st.Op != coding.OpImport {
		t.Errorf("undid %s", st.Op)
	}
	h.lead.get(h.at).says("Bring into the data", "1 hidden comment is left out").hides("Code the comments")
	if n := len(h.rounds()); n != 1 {
		t.Errorf("%d rounds after undo", n)
	}
	h.lead.post(h.at, "do", "data").want(303)
	h.checkData()

	// The next room's cards have a number that readers may see: that of the survey, or of the whole where few were in the last room.
	h.lead.post("/p/s/workshop/room", "title", "Toinen", "theme", fmt.Sprint(h.themes["coordination"].ID)).want(303)
	h.refresh()
	if cards, err := h.server.Rooms.Cards(t.Context(), h.room.ID); err != nil || cards[0].Hidden || cards[0].Base != 40 || cards[0].N != 12 {
		t.Errorf("%+v %v", cards, err)
	}
}

func (h *testHall) rounds() (list []coding.Round) {
	h.t.Helper()
	h.ok(h.svc.Store().View(h.t.Context(), func(r coding.Reader) (err error) {
		list, err = r.Rounds(h.t.Context(), h.p.ID)
		return err
	}))
	return list
}

// checkData looks at what the room of TestRoomFromOpeningToData came to.
func (h *testHall) checkData() {
	h.t.Helper()
	ctx := h.t.Context()
	h.ok(h.svc.Store().View(ctx, func(r coding.Reader) error {
		rounds := h.rounds()
		last := rounds[len(rounds)-1]
		if len(rounds) != 2 || last.Kind != coding.RoundWorkshop || last.Label.In("fi") != "Työpaja <b>" {
			h.t.Errorf("%+v", rounds)
		}
		questions, err := r.Questions(ctx, h.p.ID)
		h.ok(err)
		label := map[coding.QuestionID]string{}
		for _, q := range questions {
			label[q.ID] = q.Label.In("fi")
		}
		var got []string
		for a, err := range r.EachAnswer(ctx, h.p.ID, 0, 0) {
			h.ok(err)
			if a.Round == last.ID {
				got = append(got, label[a.Question]+": "+a.Text)
			}
		}
		text := strings.Join(got, "\n")
		for _, want := range []string{"Työpaja: kommentit teemasta ”Koordinaatio”: Sovitaan <i>yhdestä</i> yhteyshenkilöstä", "”Roles”: Kokonaan uusi teema", "”Roles”: Soittakaa ["} {
			if !strings.Contains(text, want) {
				h.t.Errorf("%q is not in the data:\n%s", want, text)
			}
		}
		if strings.Contains(text, "Toinen") || strings.Contains(text, "040 123") {
			h.t.Errorf("hidden or unmasked:\n%s", text)
		}
		vars, err := r.Variables(ctx, h.p.ID)
		h.ok(err)
		var keys []string
		for _, v := range vars {
			keys = append(keys, v.Key)
		}
		if want := "org workshop_group workshop_time workshop_important"; strings.Join(keys, " ") != want {
			h.t.Errorf("variables %q", keys)
		}
		return nil
	}))
}

func TestRoomRefusesAndTells(t *testing.T) {
	h := newTestHall(t)
	anna := h.phone()
	vote := func(card string) *testPage {
		return anna.act(h.join, "do", "vote:important", "card", card, "key", "v"+card)
	}
	vote("coordination").want(200)
	vote("roles").want(200)
	if p := vote("services").want(422); !strings.Contains(p.body, "All 2 of your votes are used") {
		t.Error(p.body)
	}
	anna.post(h.join, "do", "vote:important", "card", "services", "key", "x").to(h.join + "#c-services")
	anna.get(h.join).says("All 2 of your votes are used")
	vote("nothing").want(404)
	anna.act(h.join, "do", "vote:easy", "card", "roles").want(404) // without a key
	anna.act(h.join, "do", "comment", "card", "roles", "text", " \n ", "key", "e").want(422)
	anna.act(h.join, "do", "comment", "card", "roles", "text", strings.Repeat("ä", 1001), "key", "l").want(422)
	anna.act(h.join, "do", "comment", "card", "roles", "text", strings.Repeat("ä", 100_000), "key", "h").want(413)

	h.lead.post(h.at, "do", "pause").want(303)
	if p := vote("services").want(409); !strings.Contains(p.body, `"paused"`) {
		t.Error(p.body)
	}
	anna.get(h.join).says("The session is paused")
	h.lead.post(h.at, "do", "open").want(303)

	// Another site's form, somebody without cookies, people without the right.
	if p := anna.do("POST", h.join, "application/x-www-form-urlencoded", strings.NewReader("do=vote"), "Sec-Fetch-Site", "cross-site"); p.status != 403 {
		t.Errorf("another site's form: %d", p.status)
	}
	h.as("").act(h.join, "do", "vote:easy", "card", "roles", "key", "n").want(422)
	for _, role := range []coding.Role{"", coding.RoleReader} {
		b := h.as(role)
		for _, path := range []string{"/p/s/workshop/room", h.at, h.at + "/wall", h.at + "/live", h.at + "/file/summary.docx"} {
			if p := b.get(path); p.status != 403 && p.status != 303 {
				t.Errorf("%s as %q: %d", path, role, p.status)
			}
		}
		if p := b.post(h.at, "do", "pause"); p.status != 403 && p.status != 401 {
			t.Errorf("pause as %q: %d", role, p.status)
		}
	}
	ann := h.as(coding.RoleAnalyst)
	ann.post(h.at, "do", "close", "sure", "1").to(regexp.QuoteMeta(h.at))
	ann.get(h.at).says("A lead of the project can bring them in.")
	ann.post(h.at, "do", "data").want(403)

	// The room of another project.
	h.project("other", nil)
	h.lead.get(strings.Replace(h.at, "/p/s/", "/p/other/", 1)).want(404)
}

func TestScreenedRoom(t *testing.T) {
	h := newTestHall(t, "screen", "1")
	anna, berit := h.phone(), h.phone()
	anna.post(h.join, "do", "comment", "card", "roles", "text", "rumia sanoja", "key", "k").want(303)
	anna.get(h.join).says("rumia sanoja", "The organiser checks it before others see it.")
	berit.get(h.join).hides("rumia sanoja")
	h.lead.get(h.at + "/wall").hides("rumia sanoja")
	id := fmt.Sprint(h.all().Remarks[0].ID)
	berit.act(h.join, "do", "agree", "remark", id, "key", "a").want(404)
	h.lead.post(h.at, "do", "hide", "remark", id).want(303)
	anna.get(h.join).says("hidden by the organiser")
	h.lead.post(h.at, "do", "show", "remark", id).want(303)
	berit.get(h.join).says("rumia sanoja")
}

func TestOpeningRoomSaysWhatIsWrong(t *testing.T) {
	s := newTestSurvey(t)
	lead := s.as(coding.RoleLead)
	lead.get("/p/s/workshop/room").want(200).says("Coordination", "Open the session")
	th := fmt.Sprint(s.themes["roles"].ID)
	lead.post("/p/s/workshop/room", "title", " ", "theme", th).want(422).says("Give the session a name.")
	lead.post("/p/s/workshop/room", "title", "x").want(422).says("Choose at least one theme.")
	lead.post("/p/s/workshop/room", "title", "x", "theme", th, "votes_easy", "99").want(422).says("Give a number from 0 to 20.")
	lead.post("/p/s/workshop/room", "title", "x", "theme", th, "votes_easy", "many").want(422)
	s.testSite.project("none", nil)
	lead.get("/p/none/workshop/room").want(200).says("There are no themes yet")
	// A theme's name of 200 characters, and a room without quotes.
	ann := s.people[coding.RoleAnalyst].ID
	long, err := s.svc.AddTheme(t.Context(), s.p.ID, ann, coding.Theme{Key: "long", Label: coding.Text{FI: strings.Repeat("Pitkänimi", 22)}})
	s.ok(err)
	lead.post("/p/s/workshop/room", "title", "x", "theme", fmt.Sprint(long.ID), "quotes", "3").want(303)
	list, err := s.server.Rooms.Rooms(t.Context(), s.p.ID)
	s.ok(err)
	s.as("").get("/join/" + list[0].Code).want(200).says(strings.Repeat("Pitkänimi", 22)).hides("quotes")
	// From a workshop: its themes, in its order.
	w, err := s.svc.AddWorkshop(t.Context(), s.p.ID, ann, coding.Workshop{Name: "Ilta", Langs: []coding.Lang{"fi"}, PerPage: 4, Themes: []coding.WorkshopTheme{{Theme: s.themes["services"].ID}, {Theme: s.themes["coordination"].ID}}})
	s.ok(err)
	lead.get(fmt.Sprintf("/p/s/workshop/room?workshop=%d", w.ID)).want(200).says("come from the workshop “Ilta”")
	lead.get("/p/s/workshop/room?workshop=99").want(404)
	lead.post("/p/s/workshop/room", "title", "x", "workshop", fmt.Sprint(w.ID), "theme", fmt.Sprint(s.themes["coordination"].ID), "theme", fmt.Sprint(s.themes["services"].ID)).want(303)
	list, err = s.server.Rooms.Rooms(t.Context(), s.p.ID)
	s.ok(err)
	cards, err := s.server.Rooms.Cards(t.Context(), list[0].ID)
	s.ok(err)
	if len(cards) != 2 || cards[0].Key != "services" {
		t.Errorf("%+v", cards)
	}
	lead.get(fmt.Sprintf("/p/s/workshop?id=%d", w.ID)).want(200).says("Live sessions", room.Spaced(list[0].Code))
}

func TestGuessedCodes(t *testing.T) {
	h := newTestHall(t)
	inside := h.phone()
	inside.act(h.join, "do", "vote:easy", "card", "roles", "key", "v").want(200)
	h.as("").post("/join", "code", strings.ToLower(h.room.Code[:3])+" "+h.room.Code[3:]).to(h.join)
	h.as("").post("/join", "code", "nope").want(422).says("A code has 6 letters and digits")
	refused := 0
	for i := range 60 {
		p := h.as("").get("/join/" + room.NewCode())
		switch p.status {
		case http.StatusNotFound:
			p.says("No session has this code")
		case http.StatusTooManyRequests:
			refused++
		default:
			t.Fatalf("guess %d: %d", i, p.status)
		}
	}
	if refused < 35 {
		t.Errorf("%d of 60 guesses were refused", refused)
	}
	// Now even the right code tells nothing, with or without an invented cookie; a participant goes on, and so does another address.
	h.as("").get(h.join).want(429).hides("Työpaja")
	forged := h.as("")
	forged.cookies[joinCookie] = &http.Cookie{Name: joinCookie, Value: strings.Repeat("x", 26)}
	forged.get(h.join).want(429)
	inside.get(h.join).want(200)
	if p := h.as("").do("GET", h.join, "", nil, "X-Forwarded-For", "203.0.113.9"); p.status != 429 {
		t.Errorf("an address in a header passes the limit: %d", p.status)
	}
}

// TestFlood: one address that sends without end is stopped; one phone that does is stopped much sooner; others are not.
func TestFlood(t *testing.T) {
	h := newTestHall(t)
	wild, calm := h.phone(), h.phone()
	var ok, refused int
	for i := range 120 {
		p := wild.act(h.join, "do", "vote:easy", "card", "roles", "key", fmt.Sprint(i))
		if p.status == http.StatusOK {
			ok++
		} else if p.status == http.StatusTooManyRequests {
			refused++
		}
	}
	if ok > 60 || ok+refused != 120 {
		t.Errorf("%d acts of one phone were taken, %d refused", ok, refused)
	}
	calm.act(h.join, "do", "vote:easy", "card", "roles", "key", "1").want(200)
	stopped := false
	for range 3000 {
		if stopped = h.as("").get("/join").status == http.StatusTooManyRequests; stopped {
			break
		}
	}
	if !stopped {
		t.Error("an address can ask without end")
	}
}

// TestTwoTabsAreOne: a phone's tabs share its cookie, and so does what they send at once.
func TestTwoTabsAreOne(t *testing.T) {
	h := newTestHall(t)
	one := h.phone()
	two := &testBrowser{site: h.testSite, cookies: one.cookies}
	two.get(h.join).want(200)
	var taken atomic.Int32
	var wg sync.WaitGroup
	for i, b := range []*testBrowser{one, two, one, two, one, two} {
		cookies := map[string]*http.Cookie{}
		for k, v := range b.cookies {
			cookies[k] = v
		}
		wg.Go(func() {
			p := (&testBrowser{site: h.testSite, cookies: cookies}).act(h.join, "do", "vote:important", "card", []string{"coordination", "roles", "services"}[i%3], "key", fmt.Sprint(i))
			if p.status == http.StatusOK {
				taken.Add(1)
			}
		})
	}
	wg.Wait()
	if l := h.all(); len(l.People) != 1 || len(l.Votes[l.People[0].ID]) != 2 || taken.Load() < 2 {
		t.Errorf("%d participants, %v", len(l.People), l.Votes)
	}
}

// TestJoinPageIsLight: all that a phone loads, with twelve cards of four quotes, is under 60 kB.
func TestJoinPageIsLight(t *testing.T) {
	s := newTestSurvey(t)
	var cards []room.Card
	for i := range 12 {
		c := room.Card{Key: fmt.Sprint("theme-", i), Label: coding.Text{FI: "Yhteistyö kunnan ja järjestöjen välillä", SV: "Samarbete mellan kommun och föreningar", EN: "Cooperation"}, Hue: i + 1, N: 41, Base: 375}
		for range 4 {
			c.Quotes = append(c.Quotes, room.Quote{Said: strings.Repeat("Vastuut ovat epäselvät, eikä kukaan johda kokonaisuutta. ", 4), Lang: "fi", Attribution: coding.Text{FI: "Järjestö, Uusimaa"}})
		}
		cards = append(cards, c)
	}
	one, err := s.server.Rooms.Open(t.Context(), room.Room{Project: s.p.ID, Code: room.NewCode(), Title: "Työpaja", State: room.Open, Votes: roomDefaults.Votes}, cards)
	s.ok(err)
	b := s.as("")
	page := b.get("/join/" + one.Code).want(200)
	total, files := len(page.body), 0
	for _, m := range regexp.MustCompile(`(?:href|src)="(/assets/[^"]+)"`).FindAllStringSubmatch(page.body, -1) {
		total += len(b.get(m[1]).want(200).body)
		files++
	}
	base := regexp.MustCompile(`/assets/[^/]+/`).FindString(page.body)
	for _, name := range []string{"queue", "screen", "news"} {
		total += len(b.get(base + "js/join/" + name + ".js").want(200).body)
	}
	t.Logf("page %d bytes, with %d files and modules %d bytes, uncompressed", len(page.body), files+3, total)
	if total > 60_000 || files < 3 {
		t.Errorf("%d bytes", total)
	}
}
