SELECT m.record_id, m.token, m.kind, m.role, m.clear, m.near
FROM identifiers_mention m
JOIN identifiers_record k ON k.id = m.record_id
JOIN intake_report r ON r.id = k.report_id
WHERE m.record_id = ANY (%(records)s)
  AND r.compartment = %(compartment)s
  AND m.kind = ANY (%(kinds)s)
  AND m.token NOT IN (SELECT h.token FROM identifiers_hush h)
