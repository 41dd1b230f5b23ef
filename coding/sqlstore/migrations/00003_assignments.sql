-- An assignment holds the ids of its answers in its document, as ranges; the bitmaps are built from it. No foreign key leads
-- to them, for an assignment outlives an import that is undone.

-- +goose Up
CREATE TABLE assignments (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id BIGINT NOT NULL REFERENCES projects (id),
  coder_id   BIGINT NOT NULL,
  doc        TEXT NOT NULL
);
CREATE INDEX assignments_project ON assignments (project_id, id);
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('assignments', 'assignments_project', '2000 100 1');

-- +goose Down
DELETE FROM sqlite_stat1 WHERE tbl = 'assignments';
DROP TABLE assignments;
