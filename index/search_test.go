package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/coding"
	"avokoodi/index/query"
	"avokoodi/themes"
)

func TestSearch(t *testing.T) {
	d := newDesk(t).open()
	const (
		tuki  = "Kunnan tuki on tärkeää."
		tuki2 = "Tuki on kunnan asia, ja kunnan tuki puuttuu."
		stod  = "Kommunens stöd behövs."
		help  = "We need help from the municipality, helping hands."
		eu    = "EU:n tuki, vapaa-aika ja 12,5 prosenttia"
	)
	d.add(said{themes.FI, tuki}, said{themes.FI, tuki2}, said{themes.SV, stod}, said{themes.EN, help}, said{themes.FI, eu})
	for text, want := range map[string][]string{
		"tuki":                      {tuki, tuki2, eu},
		"TUKI":                      {tuki, tuki2, eu},
		"tuki kunta":                {tuki, tuki2},
		`"kunnan tuki"`:             {tuki, tuki2},
		`"Kunnan TUKI"`:             {tuki, tuki2},
		`"kunta tuki"`:              nil,
		`"kunta tuki"~`:             {tuki, tuki2},
		`"tuki kunta"~`:             nil,
		`"tuki on kunnan"`:          {tuki2},
		`"kunta"`:                   nil,
		`"stöd"`:                    {stod},
		"helped":                    {help},
		`"helped"`:                  nil,
		"stöd OR help":              {stod, help},
		"tuki -asia":                {tuki, eu},
		"-tuki":                     {stod, help},
		"-(tuki OR help)":           {stod},
		"kun*":                      {tuki, tuki2},
		"*hövs":                     {stod},
		"mun*s":                     nil,
		"ko*un*s":                   {stod},
		"kummunens~":                {stod},
		"kuman~2":                   {tuki, tuki2}, // kunnan
		"EU:n":                      {eu},
		"vapaa-aika":                {eu},
		"12,5":                      {eu},
		"tuki/asia":                 {tuki2},
		"tuki, asia!":               {tuki2},
		"(tuki OR stöd) -kunta":     {stod, eu},
		"sanaa-ei-ole":              nil,
		"sanaaeiole OR sanaakaanei": nil,
		"":                          {tuki, tuki2, stod, help, eu},
	} {
		d.expect(text, want...)
	}
}

func TestManyOccurrences(t *testing.T) {
	d := newDesk(t).open()
	// More places of a word than a posting has room for.
	var b strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&b, "kunta sana%d tuki ", i%700)
	}
	long := b.String() + "kunta avustus"
	d.add(said{themes.FI, long}, said{themes.FI, "kunta ja avustus"})
	d.expect(`"kunta avustus"`, long)
	d.expect(`"kunta avustus"~`, long)
	d.expect(`"sana699 tuki kunta"`, long)
	d.expect(`"tuki sana1"`)
	d.expect("kun*", long, "kunta ja avustus")
	d.whole()
}

func TestHugeAnswer(t *testing.T) {
	d := newDesk(t).open()
	word := strings.Repeat("pitkä", 100_000/5)
	huge := word + " " + strings.Repeat("vuosi sana ", (coding.MaxAnswer-len(word))/11-10)
	d.add(said{themes.FI, huge}, said{themes.FI, "toinen"})
	d.expect("sana", huge)
	d.expect("toinen", "toinen")
	d.expect(`"sana vuosi sana"`, huge)
	d.whole()
}

func TestSearchOptions(t *testing.T) {
	d := newDesk(t).open()
	d.add(numbered(50, "Vastaus %d: kunnan tuki", themes.FI)...)
	d.sync()
	ctx := context.Background()
	res, err := d.index.Search(ctx, d.project, parse(t, "tuki"), Options{})
	if err != nil || res.Total != 50 || len(res.Hits) != 20 {
		t.Fatalf("%d of %d, %v", len(res.Hits), res.Total, err)
	}
	some := roaring.BitmapOf(3, 5, 7, 4000)
	res, err = d.index.Search(ctx, d.project, parse(t, "tuki"), Options{Within: some, Limit: 2})
	if err != nil || res.Total != 3 || len(res.Hits) != 2 {
		t.Fatalf("within: %d of %d, %v", len(res.Hits), res.Total, err)
	}
	if !some.Equals(roaring.BitmapOf(3, 5, 7, 4000)) {
		t.Error("Within was changed")
	}
	res, err = d.index.Search(ctx, d.project, parse(t, ""), Options{Limit: 3})
	if err != nil || res.Total != 50 || len(res.Hits) != 3 || res.Hits[0].Answer.ID != 1 || res.Hits[0].Matches != nil {
		t.Fatalf("nothing asked: %+v, %v", res, err)
	}
	// The set that Matching gives is the caller's.
	set, err := d.index.Matching(ctx, d.project, parse(t, "tuki"), nil)
	if err != nil {
		t.Fatal(err)
	}
	set.Clear()
	if n := len(d.found("tuki")); n != 50 {
		t.Errorf("then found %d", n)
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	if _, err := d.index.Search(stopped, d.project, parse(t, "va* ku*"), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestRanking(t *testing.T) {
	d := newDesk(t).open()
	const (
		much  = "Tuki, tuki ja vielä kerran tuki kunnalta on se mitä toivomme."
		once  = "Toivomme kunnalta tukea ja ymmärrystä."
		aside = "Toivomme monia asioita, kuten lapsille tilaa, nuorille toimintaa, vanhuksille aikaa, kaikille tietoa ja siinä ohessa myös tukea sekä hyvää mieltä."
	)
	d.add(said{themes.FI, aside}, said{themes.FI, once}, said{themes.FI, much}, said{themes.FI, "Ei mitään."}, said{themes.FI, "Kunta."})
	d.sync()
	for text, want := range map[string][]string{
		"tuki":                   {much, once, aside},
		"tuki OR vanhus":         {aside, much, once}, // a rare word weighs more
		"kunta OR tuki":          {much, once, "Kunta.", aside},
		"tuki -vanhus":           {much, once},
		`"toivomme kunnalta"`:    {once},
		`toiv*`:                  {aside, once, much}, // all alike: in order of reading
		`(kunta tuki) OR vanhus`: nil,
	} {
		res, err := d.index.Search(context.Background(), d.project, parse(t, text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range res.Hits {
			got = append(got, h.Answer.Text)
		}
		if want != nil && !slices.Equal(got, want) {
			t.Errorf("%s: %q", text, got)
		}
	}
}

func TestFields(t *testing.T) {
	d := newDesk(t).open()
	d.add(said{themes.FI, "tuki a"}, said{themes.FI, "tuki b"}, said{themes.SV, "stöd c"})
	d.sync()
	ctx := context.Background()
	o := truth{fields: map[string]map[coding.AnswerID]bool{"language=fi": {1: true, 2: true, 999: true}, "language=sv": {3: true}, "theme=x": {2: true, 3: true}}}
	for text, want := range map[string][]uint32{
		"language:fi":               {1, 2},
		"kieli:fi,sv":               {1, 2, 3},
		"-kieli:fi":                 {3},
		"tuki teema:x":              {2},
		"stöd OR (tema:x kieli:fi)": {2, 3},
		"teema:x -stöd":             {2},
	} {
		q := parse(t, text)
		set, err := d.index.Matching(ctx, d.project, q, o)
		if err != nil || !slices.Equal(set.ToArray(), want) {
			t.Errorf("%s: %v, %v", text, set, err)
		}
		if res, err := d.index.Search(ctx, d.project, q, Options{Fields: o}); err != nil || res.Total != len(want) {
			t.Errorf("%s: %+v, %v", text, res, err)
		}
		if _, err := d.index.Highlight(ctx, d.project, q, d.answers()); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	var e *query.Error
	_, err := d.index.Matching(ctx, d.project, parse(t, "tuki kieli:ruotsi"), o)
	if !errors.As(err, &e) || e.Key != "query.value_unknown" || e.Start != 11 || e.End != 17 {
		t.Errorf("an unknown value: %v", err)
	}
	_, err = d.index.Matching(ctx, d.project, parse(t, "tuki kieli:fi"), nil)
	if !errors.As(err, &e) || e.Key != "query.field_unavailable" || e.Start != 5 {
		t.Errorf("no resolver: %v", err)
	}
}
