INSERT INTO links_proposal (id, side, left_id, right_id)
SELECT encode(now.id, 'hex')::uuid, %(side)s::text, encode(now.one, 'hex')::uuid,
  encode(now.other, 'hex')::uuid
FROM unnest(%(ids)s::bytea[], %(lefts)s::bytea[], %(rights)s::bytea[]) now (id, one, other)
