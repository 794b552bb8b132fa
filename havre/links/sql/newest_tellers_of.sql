-- Of a value that very many tell: the newest reports that give it as these roles', and as none of
-- those that come before them.
SELECT DISTINCT ON (m.record_id) m.record_id, m.token, m.kind, m.role, m.clear, m.near
FROM identifiers_mention m
JOIN identifiers_record k ON k.id = m.record_id
JOIN intake_report r ON r.id = k.report_id
WHERE m.token = %(value)s
  AND r.compartment = %(compartment)s
  AND m.kind = ANY (%(kinds)s)
  AND m.role = ANY (%(roles)s)
  AND m.token NOT IN (SELECT h.token FROM identifiers_hush h)
  AND NOT EXISTS (
    SELECT 1 FROM identifiers_mention o
    WHERE o.token = m.token AND o.record_id = m.record_id AND o.role = ANY (%(before)s)
  )
ORDER BY m.record_id DESC
LIMIT %(most)s
