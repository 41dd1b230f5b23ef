-- Moments are microseconds since 1970 in UTC. Booleans are 0 and 1. `doc` is the entity as JSON; the columns beside it are
-- what queries and constraints need. Nearly every foreign key carries the project, so that nothing of one project can
-- point into another. Indexes begin with the project for the same reason, and because SQLite prefers the longer match.
-- Ids are never given twice, hence AUTOINCREMENT.

-- +goose Up
CREATE TABLE projects (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL UNIQUE,
  seq  BIGINT NOT NULL DEFAULT 0, -- of the last change
  doc  TEXT NOT NULL
);

CREATE TABLE rounds (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id BIGINT NOT NULL REFERENCES projects (id),
  key        TEXT NOT NULL,
  ord        BIGINT NOT NULL,
  doc        TEXT NOT NULL,
  UNIQUE (project_id, id),
  UNIQUE (project_id, key)
);

CREATE TABLE questions (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id BIGINT NOT NULL REFERENCES projects (id),
  key        TEXT NOT NULL,
  ord        BIGINT NOT NULL,
  doc        TEXT NOT NULL,
  UNIQUE (project_id, id),
  UNIQUE (project_id, key)
);

CREATE TABLE variables (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id BIGINT NOT NULL REFERENCES projects (id),
  key        TEXT NOT NULL,
  ord        BIGINT NOT NULL,
  doc        TEXT NOT NULL,
  UNIQUE (project_id, id),
  UNIQUE (project_id, key)
);

CREATE TABLE categories (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id  BIGINT NOT NULL,
  variable_id BIGINT NOT NULL,
  key         TEXT NOT NULL,
  ord         BIGINT NOT NULL,
  doc         TEXT NOT NULL,
  UNIQUE (project_id, id),
  UNIQUE (variable_id, key),
  FOREIGN KEY (project_id, variable_id) REFERENCES variables (project_id, id)
);

CREATE TABLE themes (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id BIGINT NOT NULL REFERENCES projects (id),
  parent_id  BIGINT,
  key        TEXT NOT NULL,
  doc        TEXT NOT NULL,
  UNIQUE (project_id, id),
  UNIQUE (project_id, key),
  FOREIGN KEY (project_id, parent_id) REFERENCES themes (project_id, id)
);
CREATE INDEX themes_parent ON themes (project_id, parent_id);

CREATE TABLE imports (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id BIGINT NOT NULL,
  round_id   BIGINT NOT NULL,
  sha256     TEXT NOT NULL,
  doc        TEXT NOT NULL,
  UNIQUE (project_id, id),
  UNIQUE (project_id, sha256),
  FOREIGN KEY (project_id, round_id) REFERENCES rounds (project_id, id)
);

CREATE TABLE respondents (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id BIGINT NOT NULL,
  round_id   BIGINT NOT NULL,
  import_id  BIGINT NOT NULL,
  external   TEXT NOT NULL,
  number     BIGINT NOT NULL,
  FOREIGN KEY (project_id, round_id) REFERENCES rounds (project_id, id),
  FOREIGN KEY (project_id, import_id) REFERENCES imports (project_id, id)
);
CREATE UNIQUE INDEX respondents_project ON respondents (project_id, id);
CREATE UNIQUE INDEX respondents_external ON respondents (round_id, external);

CREATE TABLE respondent_values (
  project_id    BIGINT NOT NULL,
  respondent_id BIGINT NOT NULL,
  category_id   BIGINT NOT NULL,
  PRIMARY KEY (project_id, respondent_id, category_id),
  FOREIGN KEY (project_id, respondent_id) REFERENCES respondents (project_id, id),
  FOREIGN KEY (project_id, category_id) REFERENCES categories (project_id, id)
) WITHOUT ROWID;
CREATE INDEX respondent_values_category ON respondent_values (project_id, category_id);

CREATE TABLE answers (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id    BIGINT NOT NULL,
  question_id   BIGINT NOT NULL,
  round_id      BIGINT NOT NULL,
  respondent_id BIGINT NOT NULL,
  import_id     BIGINT NOT NULL,
  language      TEXT NOT NULL,
  mixed         INTEGER NOT NULL,
  body          TEXT NOT NULL, -- last, so that reading the rest does not read long texts
  FOREIGN KEY (project_id, question_id) REFERENCES questions (project_id, id),
  FOREIGN KEY (project_id, round_id) REFERENCES rounds (project_id, id),
  FOREIGN KEY (project_id, respondent_id) REFERENCES respondents (project_id, id),
  FOREIGN KEY (project_id, import_id) REFERENCES imports (project_id, id)
);
CREATE UNIQUE INDEX answers_project ON answers (project_id, id);
CREATE UNIQUE INDEX answers_respondent ON answers (project_id, respondent_id, question_id);

-- coder_id is 0 for the operator of the command line, so it is no foreign key. People are never deleted.
CREATE TABLE codings (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id BIGINT NOT NULL,
  answer_id  BIGINT NOT NULL,
  theme_id   BIGINT NOT NULL,
  coder_id   BIGINT NOT NULL,
  source     TEXT NOT NULL,
  rule       TEXT NOT NULL,
  version    BIGINT NOT NULL,
  evidence   TEXT NOT NULL, -- JSON of the spans, or ''
  at         BIGINT NOT NULL,
  FOREIGN KEY (project_id, answer_id) REFERENCES answers (project_id, id),
  FOREIGN KEY (project_id, theme_id) REFERENCES themes (project_id, id)
);
CREATE UNIQUE INDEX codings_answer ON codings (project_id, answer_id, theme_id, coder_id);
CREATE INDEX codings_project ON codings (project_id, id);
CREATE INDEX codings_theme ON codings (project_id, theme_id, answer_id);

CREATE TABLE marks (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id BIGINT NOT NULL,
  answer_id  BIGINT NOT NULL,
  coder_id   BIGINT NOT NULL,
  state      TEXT NOT NULL,
  at         BIGINT NOT NULL,
  FOREIGN KEY (project_id, answer_id) REFERENCES answers (project_id, id)
);
CREATE UNIQUE INDEX marks_answer ON marks (project_id, answer_id, coder_id);
CREATE INDEX marks_project ON marks (project_id, id);

-- A memo outlives what it is about, so that undo of a deletion brings both back together.
CREATE TABLE memos (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id  BIGINT NOT NULL REFERENCES projects (id),
  target_kind TEXT NOT NULL,
  target_id   BIGINT NOT NULL,
  author_id   BIGINT NOT NULL,
  doc         TEXT NOT NULL
);
CREATE UNIQUE INDEX memos_target ON memos (project_id, target_kind, target_id, author_id);
CREATE INDEX memos_kind ON memos (project_id, target_kind, id);

CREATE TABLE quotes (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id BIGINT NOT NULL,
  answer_id  BIGINT NOT NULL,
  theme_id   BIGINT,
  ord        BIGINT NOT NULL,
  doc        TEXT NOT NULL,
  FOREIGN KEY (project_id, answer_id) REFERENCES answers (project_id, id),
  FOREIGN KEY (project_id, theme_id) REFERENCES themes (project_id, id)
);
CREATE INDEX quotes_order ON quotes (project_id, ord, id);
CREATE INDEX quotes_answer ON quotes (project_id, answer_id);
CREATE INDEX quotes_theme ON quotes (project_id, theme_id);

CREATE TABLE views (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id BIGINT NOT NULL REFERENCES projects (id),
  owner_id   BIGINT NOT NULL,
  doc        TEXT NOT NULL
);
CREATE INDEX views_owner ON views (project_id, owner_id, id);

CREATE TABLE steps (
  project_id BIGINT NOT NULL REFERENCES projects (id),
  id         BIGINT NOT NULL, -- seq of its first change
  last_seq   BIGINT NOT NULL, -- seq of its last change
  changes    BIGINT NOT NULL,
  actor_id   BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  op         TEXT NOT NULL,
  detail     TEXT NOT NULL,
  undoes     BIGINT NOT NULL,
  undone_by  BIGINT NOT NULL,
  PRIMARY KEY (project_id, id)
) WITHOUT ROWID;
CREATE INDEX steps_actor ON steps (project_id, actor_id, id);

CREATE TABLE changes (
  project_id BIGINT NOT NULL REFERENCES projects (id),
  seq        BIGINT NOT NULL,
  step_id    BIGINT NOT NULL,
  kind       TEXT NOT NULL,
  entity_id  BIGINT NOT NULL,
  before     TEXT,
  after      TEXT,
  PRIMARY KEY (project_id, seq)
) WITHOUT ROWID;
CREATE INDEX changes_entity ON changes (project_id, kind, entity_id, seq);

CREATE TABLE people (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  name_key TEXT NOT NULL UNIQUE, -- the name in lower case
  password TEXT NOT NULL,
  doc      TEXT NOT NULL
);

CREATE TABLE members (
  project_id BIGINT NOT NULL REFERENCES projects (id),
  person_id  BIGINT NOT NULL REFERENCES people (id),
  role       TEXT NOT NULL,
  PRIMARY KEY (project_id, person_id)
) WITHOUT ROWID;

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE sessions (
  token   TEXT PRIMARY KEY, -- SHA-256 of the token, hexadecimal
  data    BLOB NOT NULL,
  expires BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_expires ON sessions (expires);

-- What the planner is told about the tables: rows, and how many have the same first column, first two and so on. Without
-- it SQLite holds a project for as rare as an answer, and reads all codings of a project to find those of one answer.
-- These numbers are those of twenty projects with 50,000 respondents each; ANALYZE is never run, so that plans stay the same.
ANALYZE;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('themes', 'themes_parent', '600 30 4'),
  ('respondents', 'respondents_project', '1000000 50000 1'),
  ('respondents', 'respondents_external', '1000000 25000 1'),
  ('respondent_values', 'respondent_values', '4000000 200000 4 1'),
  ('respondent_values', 'respondent_values_category', '4000000 200000 3000'),
  ('answers', 'answers_project', '2000000 100000 1'),
  ('answers', 'answers_respondent', '2000000 100000 2 1'),
  ('codings', 'codings_answer', '4000000 200000 3 2 1'),
  ('codings', 'codings_project', '4000000 200000 1'),
  ('codings', 'codings_theme', '4000000 200000 8000 2'),
  ('marks', 'marks_answer', '400000 20000 2 1'),
  ('marks', 'marks_project', '400000 20000 1'),
  ('memos', 'memos_target', '40000 2000 1000 2 1'),
  ('memos', 'memos_kind', '40000 2000 1000 1'),
  ('quotes', 'quotes_order', '20000 1000 5 1'),
  ('quotes', 'quotes_answer', '20000 1000 2'),
  ('quotes', 'quotes_theme', '20000 1000 40'),
  ('steps', 'steps', '5000000 250000 1'),
  ('steps', 'steps_actor', '5000000 250000 20000 1'),
  ('changes', 'changes', '6000000 300000 1'),
  ('changes', 'changes_entity', '6000000 300000 30000 2 1');

-- +goose Down
DROP TABLE sessions;
DROP TABLE settings;
DROP TABLE members;
DROP TABLE people;
DROP TABLE changes;
DROP TABLE steps;
DROP TABLE views;
DROP TABLE quotes;
DROP TABLE memos;
DROP TABLE marks;
DROP TABLE codings;
DROP TABLE answers;
DROP TABLE respondent_values;
DROP TABLE respondents;
DROP TABLE imports;
DROP TABLE themes;
DROP TABLE categories;
DROP TABLE variables;
DROP TABLE questions;
DROP TABLE rounds;
DROP TABLE projects;
