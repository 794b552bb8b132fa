SELECT uuid_send(id), uuid_send(anchor_id) FROM links_name
WHERE side = %(side)s::text AND anchor_id = ANY (ARRAY(
    SELECT encode(id, 'hex')::uuid FROM unnest(%(region)s::bytea[]) id
  ))
