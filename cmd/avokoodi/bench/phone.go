package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// phone is one simulated participant.
type phone struct {
	n      int
	join   string
	client *http.Client
	said   []string        // comments that were acknowledged
	votes  map[string]bool // that were acknowledged and not taken back: kind and card
}

// live acts about once a second until the time is over. Of ten acts one loses its answer and is sent again, and one is sent twice.
func (p *phone) live(end time.Time) (acks map[int64]time.Time, took []time.Duration, err error) {
	rnd := rand.New(rand.NewPCG(uint64(p.n), 11))
	acks = map[int64]time.Time{}
	time.Sleep(time.Duration(rnd.IntN(1000)) * time.Millisecond)
	for i := 0; time.Now().Before(end); i++ {
		form := p.choose(rnd, i)
		if rnd.IntN(10) == 0 {
			p.lose(form, time.Duration(rnd.IntN(4000))*time.Microsecond)
		}
		begin := time.Now()
		got, err := p.send(form)
		switch {
		case errors.Is(err, errLimit):
		case err != nil:
			return acks, took, fmt.Errorf("phone %d: %w", p.n, err)
		default:
			took = append(took, time.Since(begin))
			p.note(form, got)
			if !got.Again {
				acks[got.Seq] = time.Now()
			}
		}
		if rnd.IntN(10) == 0 && err == nil {
			if again, err := p.send(form); err != nil || !again.Again {
				return acks, took, fmt.Errorf("phone %d: the same act again: %+v %w", p.n, again, err)
			}
		}
		time.Sleep(time.Duration(500+rnd.IntN(1000)) * time.Millisecond)
	}
	return acks, took, nil
}

func (p *phone) choose(rnd *rand.Rand, i int) url.Values {
	form := url.Values{"key": {fmt.Sprint("k", i)}, "card": {fmt.Sprint("t", rnd.IntN(roomCards))}}
	kind := []string{"important", "easy"}[rnd.IntN(2)]
	switch what := rnd.IntN(10); {
	case i == 0 || what < 5:
		form.Set("do", "comment")
		form.Set("text", fmt.Sprintf("phone %d: comment %d on what would help us most", p.n, i))
	case what < 8:
		form.Set("do", "vote:"+kind)
	default:
		form.Set("do", "unvote:"+kind)
	}
	return form
}

// note keeps what was acknowledged.
func (p *phone) note(form url.Values, got ack) {
	do, kind, _ := strings.Cut(form.Get("do"), ":")
	vote := kind + " " + form.Get("card")
	switch do {
	case "comment":
		p.said = append(p.said, form.Get("text"))
	case "vote":
		p.votes[vote] = true
	case "unvote":
		delete(p.votes, vote)
	}
}

func (p *phone) request(ctx context.Context, form url.Values) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.join, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("X-Fragment", "1")
	return p.client.Do(req)
}

// lose sends an act and hangs up before the answer, or in the middle of it.
func (p *phone) lose(form url.Values, after time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), after)
	defer cancel()
	if res, err := p.request(ctx, form); err == nil {
		res.Body.Close()
	}
}

func (p *phone) send(form url.Values) (ack, error) {
	var got ack
	res, err := p.request(context.Background(), form)
	if err != nil {
		return got, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return got, err
	}
	switch res.StatusCode {
	case http.StatusOK:
		return got, json.Unmarshal(raw, &got)
	case http.StatusUnprocessableEntity:
		return got, errLimit
	}
	return got, fmt.Errorf("%s: %s", res.Status, raw)
}
