-- A respondent's categories become one row. One row each, with an index to find them by category, took longer to write than
-- the answers of an import did, and nobody reads them one by one. The categories are checked by the program (values.go).

-- +goose Up
ALTER TABLE respondent_values RENAME TO single_values;
CREATE TABLE respondent_values (
  project_id    BIGINT NOT NULL,
  respondent_id BIGINT NOT NULL,
  categories    TEXT NOT NULL, -- their ids in order, with a space before and behind each
  PRIMARY KEY (project_id, respondent_id),
  FOREIGN KEY (project_id, respondent_id) REFERENCES respondents (project_id, id)
) WITHOUT ROWID;
INSERT INTO respondent_values (project_id, respondent_id, categories)
  SELECT project_id, respondent_id, ' ' || group_concat(category_id, ' ' ORDER BY category_id) || ' '
  FROM single_values GROUP BY project_id, respondent_id;
DROP TABLE single_values;
DELETE FROM sqlite_stat1 WHERE tbl IN ('respondent_values', 'single_values');
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('respondent_values', 'respondent_values', '1000000 50000 1');

-- +goose Down
ALTER TABLE respondent_values RENAME TO joint_values;
CREATE TABLE respondent_values (
  project_id    BIGINT NOT NULL,
  respondent_id BIGINT NOT NULL,
  category_id   BIGINT NOT NULL,
  PRIMARY KEY (project_id, respondent_id, category_id),
  FOREIGN KEY (project_id, respondent_id) REFERENCES respondents (project_id, id),
  FOREIGN KEY (project_id, category_id) REFERENCES categories (project_id, id)
) WITHOUT ROWID;
CREATE INDEX respondent_values_category ON respondent_values (project_id, category_id);
INSERT INTO respondent_values (project_id, respondent_id, category_id)
  SELECT project_id, respondent_id, value
  FROM joint_values, json_each('[' || replace(trim(categories), ' ', ',') || ']');
DROP TABLE joint_values;
DELETE FROM sqlite_stat1 WHERE tbl IN ('respondent_values', 'joint_values');
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('respondent_values', 'respondent_values', '4000000 200000 4 1'),
  ('respondent_values', 'respondent_values_category', '4000000 200000 3000');
