-- Of a value that very many tell: the newest reports that give it as these roles', and as none of
-- those that come before them.
SELECT DISTINCT ON (m.record_id) uuid_send(m.record_id)
FROM identifiers_mention m
JOIN links_member place ON place.record_id = m.record_id AND place.side = %(side)s::text
WHERE m.token = %(value)s::bytea
  AND place.compartment IN (%(compartment)s::text, '')
  -- A place from before it said so may be of any compartment: that is asked of its report.
  AND (place.compartment <> '' OR links_compartment_of(place.record_id) = %(compartment)s::text)
  AND m.kind = ANY (%(kinds)s::text[])
  AND m.role = ANY (%(roles)s::text[])
  AND NOT EXISTS (
    SELECT 1 FROM identifiers_mention o
    WHERE o.token = m.token AND o.record_id = m.record_id AND o.role = ANY (%(before)s::text[])
  )
ORDER BY m.record_id DESC
LIMIT %(most)s::int
