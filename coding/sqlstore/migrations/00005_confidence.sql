-- How sure the program was of an answer's language, in percent: 100 where a column or a person says it, 0 where it is not known.

-- +goose Up
ALTER TABLE answers ADD COLUMN confidence INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE answers DROP COLUMN confidence;
