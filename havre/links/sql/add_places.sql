INSERT INTO links_member (id, side, record_id, cluster_id, core, told, compartment)
SELECT encode(now.id, 'hex')::uuid, %(side)s::text, encode(now.record, 'hex')::uuid,
  nullif(encode(now.cluster, 'hex'), '')::uuid, nullif(encode(now.core, 'hex'), '')::uuid,
  now.told, %(compartment)s::text
FROM unnest(
  %(ids)s::bytea[], %(records)s::bytea[], %(clusters)s::bytea[], %(cores)s::bytea[],
  %(told)s::bytea[]
) now (id, record, cluster, core, told)
