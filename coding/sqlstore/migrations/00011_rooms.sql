-- Live rooms of workshops: outside the change log, since participants are nobody. What comes of a room enters the project as an
-- import. cards is frozen when the room is opened; token is the SHA-256 of a participant's secret, hexadecimal; room_acts has the
-- key of everything that was done, so that it is done once.

-- +goose Up
CREATE TABLE live_rooms (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id BIGINT NOT NULL REFERENCES projects (id),
  code       TEXT NOT NULL UNIQUE, -- never given twice
  seq        BIGINT NOT NULL DEFAULT 0,
  doc        TEXT NOT NULL,
  cards      TEXT NOT NULL
);
CREATE INDEX live_rooms_project ON live_rooms (project_id, id);

CREATE TABLE room_people (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  room_id BIGINT NOT NULL REFERENCES live_rooms (id),
  token   TEXT NOT NULL,
  seat    TEXT NOT NULL DEFAULT '', -- the group
  joined  BIGINT NOT NULL,
  UNIQUE (room_id, token)
);

CREATE TABLE room_acts (
  person_id BIGINT NOT NULL REFERENCES room_people (id),
  key       TEXT NOT NULL,
  remark_id BIGINT NOT NULL DEFAULT 0, -- that it made
  PRIMARY KEY (person_id, key)
) WITHOUT ROWID;

CREATE TABLE room_votes (
  room_id   BIGINT NOT NULL REFERENCES live_rooms (id),
  kind      TEXT NOT NULL,
  card      TEXT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES room_people (id),
  PRIMARY KEY (room_id, kind, card, person_id)
) WITHOUT ROWID;
CREATE INDEX room_votes_person ON room_votes (person_id, kind);

CREATE TABLE room_remarks (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  room_id   BIGINT NOT NULL REFERENCES live_rooms (id),
  person_id BIGINT NOT NULL REFERENCES room_people (id),
  seq       BIGINT NOT NULL,
  at        BIGINT NOT NULL,
  own       BIGINT NOT NULL,
  card      TEXT NOT NULL,
  state     TEXT NOT NULL,
  as_is     BIGINT NOT NULL DEFAULT 0,
  agrees    BIGINT NOT NULL DEFAULT 0,
  words     TEXT NOT NULL -- JSON
);
CREATE INDEX room_remarks_seq ON room_remarks (room_id, seq);
CREATE INDEX room_remarks_person ON room_remarks (person_id, id);

CREATE TABLE room_agrees (
  remark_id BIGINT NOT NULL REFERENCES room_remarks (id),
  person_id BIGINT NOT NULL REFERENCES room_people (id),
  PRIMARY KEY (remark_id, person_id)
) WITHOUT ROWID;
CREATE INDEX room_agrees_person ON room_agrees (person_id);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('live_rooms', 'live_rooms_project', '100 5 1'),
  ('room_votes', 'room_votes_person', '60000 6 3'),
  ('room_remarks', 'room_remarks_seq', '50000 500 1'),
  ('room_remarks', 'room_remarks_person', '50000 5 1'),
  ('room_agrees', 'room_agrees_person', '100000 10');

-- +goose Down
DELETE FROM sqlite_stat1 WHERE tbl IN ('live_rooms', 'room_votes', 'room_remarks', 'room_agrees');
DROP TABLE room_agrees;
DROP TABLE room_remarks;
DROP TABLE room_votes;
DROP TABLE room_acts;
DROP TABLE room_people;
DROP TABLE live_rooms;
