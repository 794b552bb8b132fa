-- What was noted of these reports; of one of which nothing was, its compartment alone.
SELECT uuid_send(k.id), r.compartment, m.token, m.kind, m.role, left(m.clear, 1), m.near
FROM identifiers_record k
JOIN intake_report r ON r.id = k.report_id
LEFT JOIN identifiers_mention m ON m.record_id = k.id
  AND m.kind = ANY (%(kinds)s::text[])
  AND m.token NOT IN (SELECT h.token FROM identifiers_hush h)
WHERE k.id = ANY (ARRAY(SELECT encode(id, 'hex')::uuid FROM unnest(%(records)s::bytea[]) id))
