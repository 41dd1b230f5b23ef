package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"avokoodi/coding"
)

func scanPerson(rows *sql.Rows) (coding.Person, error) {
	var id int64
	var raw, password string
	var p coding.Person
	if err := rows.Scan(&id, &raw, &password); err != nil {
		return p, err
	}
	if err := json.Unmarshal([]byte(raw), &p); err != nil {
		return p, fmt.Errorf("document of person %d: %w", id, err)
	}
	p.ID, p.Password = coding.PersonID(id), password
	return p, nil
}

// nameKey is what two names that count as the same have in common.
func nameKey(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

func (r *reader) Person(ctx context.Context, id coding.PersonID) (coding.Person, error) {
	return one(ctx, r, fmt.Sprint("person ", id), scanPerson, "SELECT id, doc, password FROM people WHERE id = $1", int64(id))
}

func (r *reader) PersonNamed(ctx context.Context, name string) (coding.Person, error) {
	return one(ctx, r, "person by name", scanPerson, "SELECT id, doc, password FROM people WHERE name_key = $1", nameKey(name))
}

// People lists everybody by id.
func (r *reader) People(ctx context.Context) ([]coding.Person, error) {
	return list(ctx, r, "people", scanPerson, "SELECT id, doc, password FROM people ORDER BY id")
}

func (t *tx) SavePerson(ctx context.Context, p coding.Person) (coding.Person, error) {
	p.Created = kept(p.Created)
	raw, err := json.Marshal(p)
	if err != nil {
		return coding.Person{}, fmt.Errorf("save person %d: %w", p.ID, err)
	}
	if p.ID == 0 {
		id, err := t.insertID(ctx, "INSERT INTO people (name_key, password, doc) VALUES ($1, $2, $3)", nameKey(p.Name), p.Password, string(raw))
		if err != nil {
			return coding.Person{}, fmt.Errorf("save person: %w", err)
		}
		p.ID = coding.PersonID(id)
		return p, nil
	}
	n, err := t.write(ctx, "UPDATE people SET name_key = $2, password = $3, doc = $4 WHERE id = $1",
		int64(p.ID), nameKey(p.Name), p.Password, string(raw))
	if err == nil && n == 0 {
		err = coding.ErrNotFound
	}
	if err != nil {
		return coding.Person{}, fmt.Errorf("save person %d: %w", p.ID, err)
	}
	return p, nil
}
