-- A pack is a report in the making: what it holds is in its document. No foreign key leads to its themes, for it outlives them.

-- +goose Up
CREATE TABLE packs (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id BIGINT NOT NULL REFERENCES projects (id),
  doc        TEXT NOT NULL
);
CREATE INDEX packs_project ON packs (project_id, id);
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('packs', 'packs_project', '200 10 1');

-- +goose Down
DELETE FROM sqlite_stat1 WHERE tbl = 'packs';
DROP TABLE packs;
