package e2e

import (
	"context"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"avokoodi/cmd/avokoodi/app/demo"
	"avokoodi/coding/sqlstore"
	"avokoodi/coding/workshop/room"
)

// conditions is the older command, which every browser knows, and which tells the page too that it is offline.
var conditions = cdp.Command[network.OverrideNetworkStateParams, cdp.Empty]{Method: "Network.emulateNetworkConditions"}

// online switches the network of a tab.
func (b *tab) online(on bool) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		_, err := chromedp.Call(ctx, conditions, network.OverrideNetworkStateParams{Offline: !on, DownloadThroughput: -1, UploadThroughput: -1})
		return err
	}))
}

// demoData is a data directory with the demonstration and a lead.
func demoData(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	store, err := sqlstore.Open(t.Context(), filepath.Join(data, "avokoodi.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := demo.Ensure(t.Context(), store); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	addPerson(t, data, "lead", "lead")
	return data
}

// signedIn is a tab in which a person is signed in.
func signedIn(t *testing.T, base, name string) *tab {
	t.Helper()
	b := newTab(t, base)
	b.open("/login")
	b.fill("[name=name]", name)
	b.fill("[name=password]", password)
	b.click("main .solid")
	b.wait(`location.pathname === "/projects"`)
	return b
}

// openRoom opens a room by its form, and gives its page and its code.
func (b *tab) openRoom(title string) (at, code string) {
	b.t.Helper()
	b.open("/p/demo/workshop/room")
	b.wait(`document.querySelector("[name=theme]:checked")`)
	b.fill("[name=title]", title)
	b.fill("[name=groups]", "Pöytä 1\nPöytä 2")
	b.click("form .solid")
	b.wait(`document.querySelector(".joinbox code")`)
	return eval[string](b, `location.pathname`), strings.ReplaceAll(b.text(".joinbox code"), " ", "")
}

// phone is a tab of a participant with a browser of their own.
func phone(t *testing.T, base, code, lang string) *tab {
	t.Helper()
	b := newTab(t, base)
	b.size(390, 800)
	b.open("/join/" + code + "?lang=" + lang)
	b.wait(`document.documentElement.classList.contains("scripted") && document.querySelector(".jcard")`)
	return b
}

// say writes a comment on a card.
func (b *tab) say(card, text string) {
	b.t.Helper()
	eval[any](b, `document.querySelector("#c-`+card+` .write").open = true`)
	b.fill("#t-"+card, text)
	b.click("#c-" + card + " .words button")
	b.wait(`[...document.querySelectorAll("#c-` + card + ` .said[data-mine] p")].some(p => p.textContent === ` + quote(text) + `)`)
}

// hears waits until a text is among what is said.
func (b *tab) hears(text string) {
	b.t.Helper()
	b.wait(`[...document.querySelectorAll(".said p")].filter(p => p.textContent === ` + quote(text) + `).length === 1`)
}

func waiting(b *tab) int {
	b.t.Helper()
	return eval[int](b, `JSON.parse(localStorage.getItem(Object.keys(localStorage).find(k => k.startsWith("room-")) ?? "") ?? "[]").length`)
}

// TestRoomInBrowsers is a live room with three phones, the organiser and the wall: what is said arrives by itself; a phone loses its
// network and the server is killed meanwhile; a pause; and at the end everything is in the data once.
func TestRoomInBrowsers(t *testing.T) {
	data := demoData(t)
	server, base := serveChild(t, data)
	lead := signedIn(t, base, "lead")
	at, code := lead.openRoom("Työpaja")
	lead.shot("room-organiser")
	wall := signedIn(t, base, "lead")
	wall.open(at + "/wall")
	anna, berit, chris := phone(t, base, code, "fi"), phone(t, base, code, "sv"), phone(t, base, code, "en")
	card := eval[string](anna, `document.querySelector(".jcard").dataset.card`)
	other := eval[string](anna, `document.querySelectorAll(".jcard")[1].dataset.card`)
	if a, b := anna.text("#h-"+card), berit.text("#h-"+card); a == b || a == "" {
		t.Errorf("the card is %q in Finnish and %q in Swedish", a, b)
	}

	// Votes at once, and the limit before the server says so.
	anna.click("#c-" + card + " [data-kind=easy]")
	anna.wait(`document.querySelector("[data-left=easy] [data-left-n]").dataset.leftN === "1"`)
	anna.click("#c-" + other + " [data-kind=easy]")
	third := eval[string](anna, `document.querySelectorAll(".jcard")[2].dataset.card`)
	anna.click("#c-" + third + " [data-kind=easy]")
	anna.wait(`!document.querySelector("[data-toast]").hidden`)
	if on := eval[int](anna, `document.querySelectorAll("[data-kind=easy][aria-pressed=true]").length`); on != 2 {
		t.Errorf("%d votes show, of 2", on)
	}

	// What one says the others see, the wall and the organiser too; agreements come back.
	anna.say(card, "Sovitaan yksi yhteyshenkilö")
	berit.hears("Sovitaan yksi yhteyshenkilö")
	chris.hears("Sovitaan yksi yhteyshenkilö")
	wall.wait(`document.querySelector(".wallcards").innerText.includes("Sovitaan yksi yhteyshenkilö")`)
	lead.wait(`document.querySelector("[data-live-part=remarks]").innerText.includes("Sovitaan yksi yhteyshenkilö")`)
	berit.click("#c-" + card + " .agree")
	chris.wait(`document.querySelector("#c-` + card + ` .agree [data-n]").textContent === "1"`)
	anna.hears("Sovitaan yksi yhteyshenkilö") // once, although the news brought it too
	anna.shot("room-phone-fi")
	berit.shot("room-phone-sv")

	// A number waits for the organiser.
	chris.say(card, "Call Maija Virtanen 040 123 4567")
	lead.wait(`document.querySelector("[data-live-part=waiting] .rremark") && !document.body.innerText.includes("040 123")`)
	lead.shot("room-waiting")
	lead.click("[data-live-part=waiting] [value=show]")
	berit.wait(`[...document.querySelectorAll(".said p")].some(p => p.textContent.startsWith("Call ["))`)

	// Berit's network goes; meanwhile the server is killed and comes back where it was.
	berit.online(false)
	berit.click("#c-" + other + " [data-kind=important]")
	berit.say(other, "Skrivet utan nät")
	berit.wait(`document.querySelector("[data-net]").classList.contains("bad")`)
	berit.shot("room-offline")
	if n := waiting(berit); n != 2 {
		t.Errorf("%d acts wait, of 2", n)
	}
	if err := server.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	server.Wait()
	anna.say(other, "Palvelimen ollessa poissa")
	anna.wait(`document.querySelector("[data-net]").classList.contains("bad")`)
	serveChildAt(t, data, strings.TrimPrefix(base, "http://"))
	chris.hears("Palvelimen ollessa poissa")
	berit.online(true)
	berit.wait(`!document.querySelector("[data-net]").classList.contains("bad")`)
	chris.hears("Skrivet utan nät")
	wall.wait(`document.querySelector(".wallcards").innerText.includes("Skrivet utan nät")`)
	for _, b := range []*tab{anna, berit} {
		if n := waiting(b); n != 0 {
			t.Errorf("%d acts wait still", n)
		}
		b.open("/join/" + code)
		b.wait(`document.querySelector(".jcard")`)
		b.hears("Skrivet utan nät")
	}
	if on := eval[string](berit, `document.querySelector("#c-`+other+` [data-kind=important]").ariaPressed`); on != "true" {
		t.Error("the vote of the phone without network is gone")
	}
	lead.open(at)
	lead.wait(`document.querySelector(".joinbox code")`)

	// A pause: what is sent waits on the phone.
	lead.click("[value=pause]")
	anna.wait(`document.querySelector("[data-state]").dataset.state === "paused"`)
	anna.say(third, "Tauolla kirjoitettu")
	anna.wait(`document.querySelector("[data-net]").textContent.includes("1")`)
	lead.click(".acts [value=open]")
	chris.hears("Tauolla kirjoitettu")
	if n := waiting(anna); n != 0 {
		t.Errorf("%d acts wait after the pause", n)
	}

	// Own theme, group, and the end.
	chris.fill("#t-own", "A theme of our own")
	chris.click("#own .go")
	anna.hears("A theme of our own")
	chris.do(chromedp.SetValue(chromedp.CSS("#group"), "Pöytä 2"))
	eval[any](chris, `document.querySelector("#group").dispatchEvent(new Event("change", {bubbles: true}))`)
	chris.wait(`JSON.parse(localStorage.getItem("room-` + code + `") ?? "[]").length === 0`)
	wall.shot("room-wall")
	lead.click(".acts [value=close]")
	lead.wait(`document.querySelector("#closing")`)
	lead.shot("room-closing")
	lead.click(".dangerous [value=close]")
	lead.wait(`document.body.innerText.includes("Code the comments")`)
	lead.shot("room-closed")
	anna.wait(`document.querySelector("[data-state]").dataset.state === "closed"`)
	checkRoom(t, data, code)

	// The round is on the desk, and one undo takes it away again.
	lead.click("#data ~ .row .solid, [aria-labelledby=data] .solid")
	lead.wait(`document.querySelector("[data-card]") && document.body.innerText.includes("Skrivet utan nät")`)
}

// checkRoom looks at what the room of TestRoomInBrowsers came to, in the store.
func checkRoom(t *testing.T, data, code string) {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), filepath.Join(data, "avokoodi.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	one, err := store.LiveRooms().ByCode(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	l, err := store.LiveRooms().All(t.Context(), one.ID)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, m := range l.Remarks {
		said = append(said, m.Text)
	}
	slices.Sort(said)
	want := []string{"A theme of our own", "Call Maija Virtanen 040 123 4567", "Palvelimen ollessa poissa", "Skrivet utan nät", "Sovitaan yksi yhteyshenkilö", "Tauolla kirjoitettu"}
	if !slices.Equal(said, want) {
		t.Errorf("said %q", said)
	}
	votes, groups := 0, 0
	for _, list := range l.Votes {
		votes += len(list)
	}
	for _, p := range l.People {
		if p.Group != "" {
			groups++
		}
	}
	if len(l.People) != 3 || votes != 3 || groups != 1 || one.State != room.Closed || one.Import == 0 {
		t.Errorf("%d participants, %d votes, %d in a group, %s, import %d", len(l.People), votes, groups, one.State, one.Import)
	}
}

// TestRoomWithoutScript: a phone whose browser runs no script.
func TestRoomWithoutScript(t *testing.T) {
	b := demonstration(t)
	_, code := b.openRoom("Ilman skriptejä")
	p := newTab(t, b.base)
	p.scripts(false)
	p.size(320, 700)
	p.open("/join")
	p.fill("#code", strings.ToLower(code))
	p.click(".go")
	p.wait(`document.querySelector(".jcard")`)
	if eval[bool](p, `document.documentElement.classList.contains("scripted")`) {
		t.Fatal("the page's scripts still run")
	}
	card := eval[string](p, `document.querySelector(".jcard").dataset.card`)
	p.click("#c-" + card + " [data-kind=important]")
	p.wait(`document.querySelector("#c-` + card + ` [data-kind=important]").ariaPressed === "true" && location.hash === "#c-` + card + `"`)
	p.click("#c-" + card + " .write summary")
	p.fill("#t-"+card, "Toimii ilman")
	p.click("#c-" + card + " .words button")
	p.wait(`document.querySelector("#c-` + card + ` .said p")?.textContent === "Toimii ilman"`)
	p.do(chromedp.SetValue(chromedp.CSS("#group"), "Pöytä 1"))
	p.click(".groupform button")
	p.wait(`document.querySelector("#group").value === "Pöytä 1"`)
	p.click("#c-" + card + " [data-kind=important]")
	p.wait(`document.querySelector("#c-` + card + ` [data-kind=important]").ariaPressed === "false"`)
	q := newTab(t, b.base)
	q.scripts(false)
	q.open("/join/" + code)
	q.click("#c-" + card + " .agree")
	q.wait(`document.querySelector("#c-` + card + ` .agree [data-n]").textContent === "1"`)
}

// roomPages is a room in which something was said, as the organiser, the wall and a phone see it; then a closed one.
func (b *tab) roomPages() []looked {
	b.t.Helper()
	fill := func(code string) {
		b.open("/join/" + code)
		card := eval[string](b, `document.querySelector(".jcard").dataset.card`)
		for i, act := range []url.Values{{"do": {"vote:important"}, "card": {card}}, {"do": {"comment"}, "card": {card}, "text": {"Yhteyshenkilö jokaiseen kuntaan, ja hänelle sijainen"}},
			{"do": {"comment"}, "card": {card}, "text": {"Soita 040 123 4567"}}, {"do": {"theme"}, "text": {"Kotoutumiskoulutusyhteistyöverkostosuunnitelma"}}} {
			act.Set("key", string(rune('a'+i)))
			if !await[bool](b, `fetch(location.pathname, {method: "POST", headers: {"X-Fragment": "1"}, body: new URLSearchParams(`+quote(act.Encode())+`)}).then(r => r.ok)`) {
				b.t.Fatalf("%v was not taken", act)
			}
		}
	}
	shut, code := b.openRoom("Suljettu")
	fill(code)
	b.open(shut + "?close=1")
	b.click(".dangerous [value=close]")
	b.wait(`document.querySelector("#data")`)
	closedCode := code
	at, code := b.openRoom("Työpaja")
	fill(code)
	join := b.base + "/join/" + code
	return []looked{{path: "/p/demo/workshop/room"}, {path: at}, {path: at, do: `document.querySelectorAll("main details").forEach(d => d.open = true)`}, {path: at + "?close=1"}, {path: at + "/wall"}, {path: shut}, {path: shut + "/wall"},
		{out: true, path: b.base + "/join"}, {out: true, path: b.base + "/join/ABC"}, {out: true, path: join}, {out: true, path: join, do: `document.querySelectorAll("main details").forEach(d => d.open = true)`},
		{out: true, path: b.base + "/join/" + closedCode}}
}
