-- The filing of a number, locked, with its source and the provider's wrap of its key.
SELECT f.id, f.state, f.body, f.source_id, s.sha256, f.supplements_id,
  coalesce(r.reference, ''), k.kek_id, k.wrapped, f.quality, f.missing, f.changes
FROM intake_filing f
  LEFT JOIN evidence_exhibit s ON s.id = f.source_id
  LEFT JOIN intake_report r ON r.id = f.supplements_id
  LEFT JOIN evidence_recordkey k ON k.record = f.id AND k.recipient = %(recipient)s::text
WHERE f.number = %(number)s::bigint AND f.provider_id = %(provider)s::uuid
FOR UPDATE OF f
