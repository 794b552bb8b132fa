-- The places of the reports that tell these values: of each value so many and no more, in one
-- statement however many are asked for; of the wide ones their whole clusters too.
WITH met AS MATERIALIZED (
  SELECT held.*, asked.wide, asked.place
  FROM unnest(%(values)s::bytea[], %(wide)s::boolean[]) WITH ORDINALITY asked (token, wide, place)
  CROSS JOIN LATERAL (
    SELECT place.side, place.record_id, place.core, place.cluster_id, place.told, place.values
    FROM identifiers_mention m
    JOIN links_member place ON place.record_id = m.record_id AND place.side = %(side)s::text
    WHERE m.token = asked.token
      AND place.compartment IN (%(compartment)s::text, '')
      -- A place from before it said so may be of any compartment: that is asked of its report.
      AND (place.compartment <> '' OR links_compartment_of(place.record_id) = %(compartment)s::text)
    LIMIT %(most)s::int
  ) held
)
SELECT side, uuid_send(record_id), uuid_send(core), uuid_send(cluster_id), told, values, place FROM met
UNION ALL
SELECT side, uuid_send(record_id), uuid_send(core), uuid_send(cluster_id), told, values, 0
FROM links_member
WHERE side = %(side)s::text
  AND cluster_id = ANY (ARRAY(SELECT DISTINCT cluster_id FROM met WHERE wide))
