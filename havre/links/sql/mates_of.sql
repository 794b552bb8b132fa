SELECT side, uuid_send(record_id), uuid_send(core), uuid_send(cluster_id), told, values
FROM links_member
WHERE side = %(side)s::text AND cluster_id = ANY (ARRAY(
    SELECT encode(id, 'hex')::uuid FROM unnest(%(clusters)s::bytea[]) id
  ))
