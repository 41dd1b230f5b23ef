-- What was decided where coders differed. Their codings stay; the bitmaps put decisions over them.

-- +goose Up
CREATE TABLE decisions (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id BIGINT NOT NULL,
  answer_id  BIGINT NOT NULL,
  theme_id   BIGINT NOT NULL,
  doc        TEXT NOT NULL,
  FOREIGN KEY (project_id, answer_id) REFERENCES answers (project_id, id),
  FOREIGN KEY (project_id, theme_id) REFERENCES themes (project_id, id)
);
CREATE UNIQUE INDEX decisions_answer ON decisions (project_id, answer_id, theme_id);
CREATE INDEX decisions_theme ON decisions (project_id, theme_id);
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('decisions', 'decisions_answer', '20000 1000 2 1'), ('decisions', 'decisions_theme', '20000 1000 50');

-- +goose Down
DELETE FROM sqlite_stat1 WHERE tbl = 'decisions';
DROP TABLE decisions;
