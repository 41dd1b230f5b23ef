package room

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"avokoodi/coding"
	"avokoodi/coding/privacy"
)

var began = time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)

func testRoom() Room {
	return Room{ID: 7, Title: "Työpaja", State: Open, Votes: map[Kind]int{Important: 2, Easy: 1}, Groups: []string{"Pöytä 1", "Pöytä 2"}, Opened: began}
}

var testCards = []Card{{Key: "a", Label: coding.Text{FI: "Tiedonkulku", SV: "Information", EN: "Information"}}, {Key: "b", Label: coding.Text{FI: "Tilat"}}, {Key: "c", Label: coding.Text{FI: "Raha"}}}

func TestJudge(t *testing.T) {
	keys := []string{"a", "b", "c"}
	long := func(n int) Words { return Words{Text: strings.Repeat("ä", n)} }
	shown, held, mine := &Remark{Person: 2, State: Shown}, &Remark{Person: 2, State: Held}, &Remark{Person: 1, State: Shown}
	full := testRoom()
	paused, closed := testRoom(), testRoom()
	paused.State, closed.State = Paused, Closed
	noEasy := testRoom()
	noEasy.Votes = map[Kind]int{Important: 2}
	for name, c := range map[string]struct {
		room Room
		act  Act
		have Have
		want string // "" for nothing, the key of a problem, or an error's text
	}{
		"vote":                        {full, Act{Do: Vote, Kind: Important, Card: "a"}, Have{Votes: 1}, ""},
		"one vote too many":           {full, Act{Do: Vote, Kind: Important, Card: "a"}, Have{Votes: 2}, "room.votes_used"},
		"a vote that is there":        {full, Act{Do: Vote, Kind: Important, Card: "a"}, Have{Votes: 2, Voted: true}, ""},
		"a vote taken back":           {full, Act{Do: Unvote, Kind: Important, Card: "a"}, Have{Votes: 2, Voted: true}, ""},
		"a vote for no card":          {full, Act{Do: Vote, Kind: Important, Card: "x"}, Have{}, "not found"},
		"a vote of no kind":           {full, Act{Do: Vote, Kind: "best", Card: "a"}, Have{}, "not found"},
		"a kind that is off":          {noEasy, Act{Do: Vote, Kind: Easy, Card: "a"}, Have{}, "not found"},
		"comment":                     {full, Act{Do: Comment, Card: "b", Words: long(1000)}, Have{}, ""},
		"long comment":                {full, Act{Do: Comment, Card: "b", Words: long(1001)}, Have{}, "room.text_long"},
		"empty comment":               {full, Act{Do: Comment, Card: "b"}, Have{}, "room.text_missing"},
		"comment on no card":          {full, Act{Do: Comment, Words: long(3)}, Have{}, "not found"},
		"too many comments":           {full, Act{Do: Comment, Card: "b", Words: long(3)}, Have{Remarks: MaxRemarks}, "room.remarks_many"},
		"own theme":                   {full, Act{Do: OwnTheme, Words: long(200)}, Have{}, ""},
		"long own theme":              {full, Act{Do: OwnTheme, Words: long(201)}, Have{}, "room.text_long"},
		"agree":                       {full, Act{Do: Agree}, Have{Other: shown}, ""},
		"agree with what is held":     {full, Act{Do: Agree}, Have{Other: held}, "not found"},
		"agree with what is not here": {full, Act{Do: Agree}, Have{}, "not found"},
		"agree with oneself":          {full, Act{Do: Agree}, Have{Other: mine}, "room.own_agree"},
		"group":                       {full, Act{Do: Sit, Group: "Pöytä 2"}, Have{}, ""},
		"no group":                    {full, Act{Do: Sit, Group: ""}, Have{}, ""},
		"unknown group":               {full, Act{Do: Sit, Group: "Pöytä 3"}, Have{}, "not found"},
		"nothing":                     {full, Act{Do: "sing"}, Have{}, "not found"},
		"a full room":                 {full, Act{Do: Vote, Kind: Easy, Card: "a"}, Have{People: MaxPeople}, "room.full"},
		"paused":                      {paused, Act{Do: Vote, Kind: Easy, Card: "a"}, Have{}, ErrPaused.Error()},
		"closed":                      {closed, Act{Do: Vote, Kind: Easy, Card: "a"}, Have{}, ErrClosed.Error()},
	} {
		c.act.Key = "k"
		err := c.room.Judge(c.act, Person{ID: 1}, c.have, keys)
		got := ""
		var p coding.Problem
		if errors.As(err, &p) {
			got = p.Key
		} else if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if err := full.Judge(Act{Do: Sit, Key: strings.Repeat("k", MaxKey+1)}, Person{}, Have{}, keys); err == nil {
		t.Error("an endless key is taken")
	}
}

func TestCheck(t *testing.T) {
	many := make([]Card, MaxCards+1)
	for _, c := range []struct {
		change func(*Room)
		cards  []Card
		want   string
	}{
		{func(*Room) {}, testCards, ""},
		{func(r *Room) { r.Title = " \n " }, testCards, "room.title_missing"},
		{func(r *Room) { r.Title = strings.Repeat("ä", 201) }, testCards, "room.title_long"},
		{func(*Room) {}, nil, "room.cards_missing"},
		{func(*Room) {}, many, "room.cards_many"},
		{func(r *Room) { r.Votes[Easy] = 21 }, testCards, "room.votes_bad"},
		{func(r *Room) { r.Votes[Easy] = -1 }, testCards, "room.votes_bad"},
		{func(r *Room) { r.Groups = make([]string, MaxGroups+1) }, testCards, "room.groups_many"},
		{func(r *Room) { r.Groups = []string{strings.Repeat("x", 61)} }, testCards, "room.group_long"},
	} {
		r := testRoom()
		c.change(&r)
		var p coding.Problem
		if err := r.Check(c.cards); (err != nil) != (c.want != "") || errors.As(err, &p) && p.Key != c.want {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

func TestStatesOfARoom(t *testing.T) {
	r := testRoom()
	for _, to := range []State{Paused, Open, Closed} {
		if err := r.Set(to, began.Add(time.Hour)); err != nil || r.State != to {
			t.Fatalf("%s: %v", to, err)
		}
	}
	if err := r.Set(Open, began); !errors.Is(err, ErrClosed) || r.Ended != began.Add(time.Hour) {
		t.Errorf("a closed room opens again: %v", err)
	}
	r = testRoom()
	if err := r.Set("gone", began); err == nil {
		t.Error("an unknown state")
	}
}

func TestGroups(t *testing.T) {
	got := Groups("  Pöytä  1\r\n\npöytä 1\nTable 2\n…\n")
	if want := []string{"Pöytä 1", "Table 2", "…"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestCodes(t *testing.T) {
	count := map[rune]int{}
	for range 4000 {
		c := NewCode()
		if got, ok := ReadCode(strings.ToLower(c[:3]) + " " + c[3:] + "\u00a0"); !ok || got != c {
			t.Fatalf("%q reads %q", c, got)
		}
		for _, l := range c {
			count[l]++
		}
	}
	// Each letter comes 889 times on average; five standard deviations are 146.
	for _, l := range letters {
		if n := count[l]; n < 740 || n > 1040 {
			t.Errorf("%c comes %d times of 24000", l, n)
		}
	}
	for _, bad := range []string{"", "ABC", "ABCDEFG", "ABCDE0", "ABCDEÄ", "ABC-DE", "../../"} {
		if _, ok := ReadCode(bad); ok {
			t.Errorf("%q is taken for a code", bad)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{"  a \r\n\r\n\r\n b\t": "a\n\nb", "\x00x\u202ey\u2066": "xy", "a\u0308": "ä", "\n\n": "", "👩‍👩‍👧": "👩‍👩‍👧"} {
		if got := Clean(in); got != want {
			t.Errorf("%q becomes %q", in, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		once := Clean(s)
		if again := Clean(once); again != once {
			t.Fatalf("%q, then %q", once, again)
		}
	})
}

func TestLookMasks(t *testing.T) {
	mask := func(k privacy.Kind) string { return string(k) }
	f := privacy.New()
	w := Look(f, "Soita 040 123 4567 tai kirjoita a.b@example.org. Oulussa on hyvä.", "fi", mask)
	if w.Masked != "Soita [phone] tai kirjoita [email]. Oulussa on hyvä." || !slices.Equal(w.Found, []string{"phone", "email"}) {
		t.Errorf("%q %q", w.Masked, w.Found)
	}
	r := testRoom()
	if r.First(w) != Held {
		t.Error("a telephone number is shown to the room")
	}
	clean := Look(f, "Tiedotus ensin.", "fi", mask)
	if clean.Masked != "" || r.First(clean) != Shown {
		t.Errorf("%+v", clean)
	}
	r.Screen = true
	if r.First(clean) != Held {
		t.Error("a screened room shows before the organiser has seen")
	}
	m := Remark{Words: w, State: Held}
	for _, c := range []struct {
		step Step
		said string
	}{{Show, w.Masked}, {ShowAll, w.Text}, {Show, w.Masked}} {
		if err := m.Moderate(c.step, "", nil); err != nil || m.State != Shown || m.Said() != c.said {
			t.Errorf("%s: %v, %q", c.step, err, m.Said())
		}
	}
	if err := m.Moderate(Move, "zz", []string{"a"}); err == nil {
		t.Error("moved under no card")
	}
	if err := m.Moderate(Move, "", []string{"a"}); err == nil {
		t.Error("a comment without a card")
	}
}

func ledger() Ledger {
	at := func(min int) time.Time { return began.Add(time.Duration(min) * time.Minute) }
	return Ledger{Room: testRoom(), Cards: testCards,
		People: []Person{{1, "Pöytä 2", at(1)}, {2, "Pöytä 1", at(2)}, {3, "", at(3)}, {4, "Pöytä 1", at(20)}},
		Votes:  map[int64][]Ballot{1: {{Important, "c"}, {Easy, "a"}}, 2: {{Important, "c"}, {Important, "a"}}},
		Remarks: []Remark{
			{ID: 1, Person: 1, Card: "a", State: Shown, At: at(2), Words: Words{Text: "Ensin tiedotus"}, Agrees: 2},
			{ID: 2, Person: 4, Card: "b", State: Held, At: at(31), Words: Words{Text: "Soita 040 123 4567", Masked: "Soita [phone]", Found: []string{"phone"}}},
			{ID: 3, Person: 1, Card: "a", State: Shown, At: at(9), Words: Words{Text: "Ja viestit"}, Agrees: 5},
			{ID: 4, Person: 3, Card: "a", State: Hidden, At: at(9), Words: Words{Text: "rumia sanoja"}},
			{ID: 5, Person: 2, Own: true, State: Shown, At: at(12), Words: Words{Text: "Kokonaan uusi"}}}}
}

func TestBatch(t *testing.T) {
	say := func(key string, args ...any) coding.Text {
		s := key
		for _, a := range args {
			switch v := a.(type) {
			case string:
				s += " " + v
			case int:
				s += " " + string(rune('0'+v/15))
			}
		}
		return coding.Text{FI: s, SV: s, EN: s}
	}
	b := ledger().Batch("workshop-1", say, func(string) (coding.Lang, float64, bool) { return "fi", .9, false })
	if b.Round.Kind != coding.RoundWorkshop || b.Round.Key != "workshop-1" || b.Round.Label.In("sv") != "Työpaja" || b.SHA256 != "workshop-room-7" {
		t.Errorf("%+v", b.Round)
	}
	var questions []string
	for _, q := range b.Questions {
		questions = append(questions, q.Key+"="+q.Label.In("fi"))
	}
	if want := []string{"workshop-a=comments Tiedonkulku", "workshop-b=comments Tilat", "workshop-own=own"}; !slices.Equal(questions, want) {
		t.Errorf("%q", questions)
	}
	var variables []string
	for _, v := range b.Variables {
		s := v.Key
		for _, c := range v.Categories {
			s += " " + c.Key
		}
		if v.Multi != (v.Key == "workshop_important" || v.Key == "workshop_easy") {
			t.Errorf("%s: multi %v", v.Key, v.Multi)
		}
		variables = append(variables, s)
	}
	if want := []string{"workshop_group pöytä-1 pöytä-2", "workshop_time min000 min030", "workshop_important a c", "workshop_easy a"}; !slices.Equal(variables, want) {
		t.Errorf("%q", variables)
	}
	var rows []string
	for row, err := range b.Rows {
		if err != nil {
			t.Fatal(err)
		}
		s := row.External
		for _, v := range row.Values {
			s += " " + b.Variables[v.Variable].Categories[v.Category].Key
		}
		for _, a := range row.Answers {
			s += " | " + b.Questions[a.Question].Key + ": " + a.Text
		}
		rows = append(rows, s)
	}
	want := []string{"001 pöytä-2 min000 a c | workshop-a: Ensin tiedotus\n\nJa viestit", "002 pöytä-1 min000 a c | workshop-own: Kokonaan uusi", "003 pöytä-1 min030 | workshop-b: Soita [phone]"}
	if d := cmp.Diff(want, rows); d != "" {
		t.Error(d)
	}
}

func TestBoard(t *testing.T) {
	b := ledger().Board()
	var order []string
	for _, s := range b.Ranking(Important) {
		order = append(order, s.Key)
	}
	if !slices.Equal(order, []string{"c", "a", "b"}) {
		t.Errorf("order %q", order)
	}
	r := b.Ranking(Easy)
	if r[0].Key != "a" || r[0].Place != 1 || r[1].Place != 0 || r[2].Place != 0 {
		t.Errorf("%+v", r)
	}
	tied := ledger()
	tied.Votes[2] = append(tied.Votes[2], Ballot{Easy, "b"})
	if r := tied.Board().Ranking(Easy); r[0].Place != 1 || r[1].Place != 1 || r[2].Place != 0 {
		t.Errorf("%+v", r)
	}
	if said := r[0].Remarks; len(said) != 2 || said[0].ID != 3 {
		t.Errorf("most agreed first: %+v", said)
	}
	if own := b.Own(); len(own) != 1 || own[0].ID != 5 {
		t.Errorf("own %+v", own)
	}
	// What was shown and is hidden now is news; what never showed is none.
	all := b.Remarks()
	hide := func(id RemarkID) Remark {
		m := all[slices.IndexFunc(all, func(m Remark) bool { return m.ID == id })]
		m.State = Hidden
		return m
	}
	changed := b.Hear(News{Room: b.Room, Votes: Tally{}, Remarks: []Remark{hide(1), hide(2)}})
	if len(changed) != 1 || changed[0].ID != 1 || b.Cast(Important) != 0 {
		t.Errorf("%+v", changed)
	}
}
