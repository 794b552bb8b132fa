-- Of each value so many and no more, in one statement however many are asked for.
SELECT held.record_id, held.token, held.kind, held.role, held.clear, held.near
FROM unnest(%(values)s::bytea[]) asked (token)
CROSS JOIN LATERAL (
  SELECT m.record_id, m.token, m.kind, m.role, m.clear, m.near
  FROM identifiers_mention m
  JOIN identifiers_record k ON k.id = m.record_id
  JOIN intake_report r ON r.id = k.report_id
  WHERE m.token = asked.token
    AND r.compartment = %(compartment)s
    AND m.kind = ANY (%(kinds)s)
    AND m.role = ANY (%(roles)s)
  LIMIT %(most)s
) held
WHERE asked.token NOT IN (SELECT h.token FROM identifiers_hush h)
