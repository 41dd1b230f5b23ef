-- A quote's stretch becomes the one stretch that its long version keeps; every quote counts its versions from 1. The change rows
-- follow, so that what was done before can still be undone.

-- +goose Up
UPDATE quotes SET doc = json_set(json_remove(doc, '$.span'), '$.long', json_object('keep', json_array(json_extract(doc, '$.span'))))
WHERE json_extract(doc, '$.span') IS NOT NULL;
UPDATE quotes SET doc = json_set(doc, '$.version', 1);
UPDATE changes SET before = json_set(json_remove(before, '$.span'), '$.long', json_object('keep', json_array(json_extract(before, '$.span'))))
WHERE kind = 'quote' AND json_extract(before, '$.span') IS NOT NULL;
UPDATE changes SET after = json_set(json_remove(after, '$.span'), '$.long', json_object('keep', json_array(json_extract(after, '$.span'))))
WHERE kind = 'quote' AND json_extract(after, '$.span') IS NOT NULL;
UPDATE changes SET before = json_set(before, '$.version', 1) WHERE kind = 'quote' AND before IS NOT NULL;
UPDATE changes SET after = json_set(after, '$.version', 1) WHERE kind = 'quote' AND after IS NOT NULL;

-- +goose Down
UPDATE quotes SET doc = json_remove(json_set(doc, '$.span', json_extract(doc, '$.long.keep[0]')), '$.long', '$.version')
WHERE json_extract(doc, '$.long.keep[0]') IS NOT NULL;
UPDATE changes SET before = json_remove(json_set(before, '$.span', json_extract(before, '$.long.keep[0]')), '$.long', '$.version')
WHERE kind = 'quote' AND json_extract(before, '$.long.keep[0]') IS NOT NULL;
UPDATE changes SET after = json_remove(json_set(after, '$.span', json_extract(after, '$.long.keep[0]')), '$.long', '$.version')
WHERE kind = 'quote' AND json_extract(after, '$.long.keep[0]') IS NOT NULL;
