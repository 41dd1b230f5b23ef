-- Who was erased and must not come back with a corrected file: a fingerprint of the id in the survey file, nothing else.

-- +goose Up
CREATE TABLE erased (
  project_id BIGINT NOT NULL REFERENCES projects (id),
  sum        TEXT NOT NULL, -- coding.ErasedSum, hexadecimal
  PRIMARY KEY (project_id, sum)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE erased;
