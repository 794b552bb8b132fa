INSERT INTO links_name (id, side, anchor_id)
SELECT encode(now.id, 'hex')::uuid, %(side)s::text, encode(now.anchor, 'hex')::uuid
FROM unnest(%(names)s::bytea[], %(anchors)s::bytea[]) now (id, anchor)
