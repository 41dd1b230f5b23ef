-- A workshop is material in the making: what was chosen for it is in its document. No foreign key leads to its themes and quotes,
-- for it outlives them.

-- +goose Up
CREATE TABLE workshops (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id BIGINT NOT NULL REFERENCES projects (id),
  doc        TEXT NOT NULL
);
CREATE INDEX workshops_project ON workshops (project_id, id);
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('workshops', 'workshops_project', '200 10 1');

-- +goose Down
DELETE FROM sqlite_stat1 WHERE tbl = 'workshops';
DROP TABLE workshops;
