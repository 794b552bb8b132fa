-- The files of the filing of a number, oldest first.
SELECT g.exhibit_id, g.file_id, g.details, g.details_source_id, e.size
FROM intake_filing f JOIN intake_filingfile g ON g.filing_id = f.id
  LEFT JOIN evidence_exhibit e ON e.id = g.exhibit_id
WHERE f.number = %(number)s::bigint AND f.provider_id = %(provider)s::uuid
ORDER BY g.uploaded_at, g.exhibit_id
