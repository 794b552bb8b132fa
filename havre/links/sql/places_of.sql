-- The list stands in a question of its own: by its length the server would plan anew each time.
SELECT side, uuid_send(record_id), uuid_send(core), uuid_send(cluster_id), told, values
FROM links_member
WHERE record_id = ANY (ARRAY(
    SELECT encode(id, 'hex')::uuid FROM unnest(%(records)s::bytea[]) id
  ))
