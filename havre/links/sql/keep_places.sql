-- Turned into ids first: behind the walls no index is found by what is turned while it is compared.
WITH now AS MATERIALIZED (
  SELECT encode(now.record, 'hex')::uuid AS record, nullif(encode(now.cluster, 'hex'), '')::uuid
    AS cluster, nullif(encode(now.core, 'hex'), '')::uuid AS core, now.told
  FROM unnest(
    %(records)s::bytea[], %(clusters)s::bytea[], %(cores)s::bytea[], %(told)s::bytea[]
  ) now (record, cluster, core, told)
)
UPDATE links_member place
SET cluster_id = now.cluster, core = now.core, told = now.told, values = NULL,
  compartment = %(compartment)s::text
FROM now
WHERE place.record_id = now.record AND place.side = %(side)s::text
  -- A report of another compartment stays as it is, whatever led to it.
  AND (
    place.compartment = %(compartment)s::text
    OR links_compartment_of(place.record_id) = %(compartment)s::text
  )
