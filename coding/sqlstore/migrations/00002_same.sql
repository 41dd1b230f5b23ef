-- What is derived from an answer's text: its length in code points and the key that answers which say the same share
-- (coding.SameKeyOf). The program fills both in where they are not, or where the rules have changed: see describe.go.

-- +goose Up
ALTER TABLE answers ADD COLUMN length BIGINT NOT NULL DEFAULT 0;
ALTER TABLE answers ADD COLUMN same BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE answers DROP COLUMN same;
ALTER TABLE answers DROP COLUMN length;
