-- The step that changed an answer's text after it was coded or marked; 0 where nobody needs to look again.

-- +goose Up
ALTER TABLE codings ADD COLUMN recheck BIGINT NOT NULL DEFAULT 0;
ALTER TABLE marks ADD COLUMN recheck BIGINT NOT NULL DEFAULT 0;
CREATE INDEX codings_recheck ON codings (project_id, answer_id, id) WHERE recheck > 0;
CREATE INDEX marks_recheck ON marks (project_id, answer_id, id) WHERE recheck > 0;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('codings', 'codings_recheck', '400 20 2 1'),
  ('marks', 'marks_recheck', '40 2 2 1');

-- +goose Down
DELETE FROM sqlite_stat1 WHERE idx IN ('codings_recheck', 'marks_recheck');
DROP INDEX codings_recheck;
DROP INDEX marks_recheck;
ALTER TABLE marks DROP COLUMN recheck;
ALTER TABLE codings DROP COLUMN recheck;
