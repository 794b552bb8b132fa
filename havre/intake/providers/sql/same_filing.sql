-- Which open filing did the same bytes open a moment ago?
SELECT f.id, f.number, f.quality, f.missing
FROM intake_filing f JOIN evidence_exhibit s ON s.id = f.source_id
WHERE f.provider_id = %(provider)s::uuid AND f.state = 'open'
  AND f.opened_at > %(since)s::timestamptz AND s.sha256 = %(sha256)s::text
  AND f.supplements_id IS NOT DISTINCT FROM %(supplements)s::uuid
ORDER BY f.id DESC LIMIT 1
