package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"avokoodi/coding"
	"avokoodi/coding/workshop/room"
)

// Changes whose entity hangs on an answer say so in their JSON, before or after.
const (
	saysAnswer = ` AND CAST(COALESCE(json_extract(after, '$.answer'), json_extract(before, '$.answer')) AS INTEGER) IN ({ids})`
	saysTarget = ` AND COALESCE(json_extract(after, '$.on'), json_extract(before, '$.on')) = $2
		AND CAST(COALESCE(json_extract(after, '$.target'), json_extract(before, '$.target')) AS INTEGER) IN ({ids})`
	emptyChange = "UPDATE changes SET before = NULL, after = NULL WHERE project_id = $1 AND (before IS NOT NULL OR after IS NOT NULL)"
)

func (t *tx) Erase(ctx context.Context, p coding.ProjectID, e coding.Erased) (int, error) {
	if err := t.clearCards(ctx, p, e); err != nil {
		return 0, fmt.Errorf("erase: %w", err)
	}
	n, err := t.empty(ctx, p, e)
	if err != nil {
		return 0, fmt.Errorf("erase: %w", err)
	}
	for _, sum := range e.Sums {
		if _, err := t.write(ctx, "INSERT INTO erased (project_id, sum) VALUES ($1, $2) ON CONFLICT DO NOTHING", int64(p), sum); err != nil {
			return 0, fmt.Errorf("erase: %w", err)
		}
	}
	t.conn.tidy = true
	return n, nil
}

// clearCards takes the quotes of the erased off the cards of workshop rooms, which were frozen when the rooms were opened. What each
// quote ever said is in the changes, before those are emptied.
func (t *tx) clearCards(ctx context.Context, p coding.ProjectID, e coding.Erased) error {
	quotes, err := byIDs(ctx, &t.reader, "quotes of the erased", scanChange, e.Answers,
		"SELECT "+changeColumns+" FROM changes WHERE project_id = $1 AND kind = 'quote'"+saysAnswer, int64(p))
	if err != nil || len(quotes) == 0 {
		return err
	}
	said := map[string]bool{}
	for _, c := range quotes {
		for _, raw := range []json.RawMessage{c.Before, c.After} {
			entity, err := coding.Decode(c.Kind, raw)
			if err != nil {
				return err
			}
			if q, ok := entity.(coding.Quote); ok {
				said[q.Long.Said] = true
				if q.Short != nil {
					said[q.Short.Said] = true
				}
			}
		}
	}
	delete(said, "")
	type frozen struct {
		id    int64
		cards string
	}
	rooms, err := list(ctx, &t.reader, "rooms", func(rows *sql.Rows) (f frozen, err error) {
		err = rows.Scan(&f.id, &f.cards)
		return f, err
	}, "SELECT id, cards FROM live_rooms WHERE project_id = $1", int64(p))
	if err != nil {
		return err
	}
	for _, f := range rooms {
		var cards []room.Card
		if err := json.Unmarshal([]byte(f.cards), &cards); err != nil {
			return fmt.Errorf("cards of room %d: %w", f.id, err)
		}
		gone := 0
		for i := range cards {
			n := len(cards[i].Quotes)
			cards[i].Quotes = slices.DeleteFunc(cards[i].Quotes, func(q room.Quote) bool { return said[q.Said] })
			gone += n - len(cards[i].Quotes)
		}
		if gone == 0 {
			continue
		}
		raw, err := json.Marshal(cards)
		if err != nil {
			return err
		}
		if _, err := t.write(ctx, "UPDATE live_rooms SET cards = $2 WHERE id = $1", f.id, string(raw)); err != nil {
			return err
		}
	}
	return nil
}

// empty takes what the changes tell of the erased, and of what hung on them, also of what was removed long ago.
func (t *tx) empty(ctx context.Context, p coding.ProjectID, e coding.Erased) (int, error) {
	codings, err := byIDs(ctx, &t.reader, "codings of the erased", scanInt, e.Answers,
		"SELECT DISTINCT entity_id FROM changes WHERE project_id = $1 AND kind = 'coding'"+saysAnswer, int64(p))
	if err != nil {
		return 0, err
	}
	total := int64(0)
	add := func(n int64, err error) error {
		total += n
		return err
	}
	people := make([]int64, len(e.Respondents))
	for i, id := range e.Respondents {
		people[i] = int64(id)
	}
	answers := make([]int64, len(e.Answers))
	for i, id := range e.Answers {
		answers[i] = int64(id)
	}
	for _, q := range []struct {
		ids   []int64
		query string
		args  []any
	}{
		{people, emptyChange + " AND kind IN ('respondent', 'values') AND entity_id IN ({ids})", []any{int64(p)}},
		{answers, emptyChange + " AND kind IN ('answer', 'text') AND entity_id IN ({ids})", []any{int64(p)}},
		{answers, emptyChange + " AND kind IN ('coding', 'mark', 'quote', 'decision')" + saysAnswer, []any{int64(p)}},
		{answers, emptyChange + " AND kind = 'memo'" + saysTarget, []any{int64(p), string(coding.MemoAnswer)}},
		{codings, emptyChange + " AND kind = 'memo'" + saysTarget, []any{int64(p), string(coding.MemoCoding)}},
	} {
		if err := t.eachGroup(ctx, q.ids, q.query, q.args, add); err != nil {
			return 0, err
		}
	}
	return int(total), nil
}

// eachGroup runs a statement with `IN ({ids})` for any number of ids.
func (t *tx) eachGroup(ctx context.Context, ids []int64, query string, args []any, add func(int64, error) error) error {
	for at := 0; at < len(ids); at += maxIn {
		group := ids[at:min(at+maxIn, len(ids))]
		all := append([]any{}, args...)
		for i := range maxIn { // one statement for every size
			all = append(all, group[min(i, len(group)-1)])
		}
		if err := add(t.write(ctx, t.conn.placed(query, len(args)+1, maxIn), all...)); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) Erased(ctx context.Context, p coding.ProjectID) ([]string, error) {
	return list(ctx, r, "erased", func(rows *sql.Rows) (v string, err error) {
		err = rows.Scan(&v)
		return v, err
	}, "SELECT sum FROM erased WHERE project_id = $1", int64(p))
}
