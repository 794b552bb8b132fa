INSERT INTO identifiers_mention (
  id, record_id, kind, token, clear, sealed, near, role, field, start, "end", confidence, rule,
  port, seen_at, legal_basis, parts
)
SELECT now.id, %(record)s::uuid, now.kind, now.token, now.clear, nullif(now.sealed, ''),
  nullif(now.near, ''), now.role, now.field, now.start, now.stop, now.confidence, now.rule,
  now.port, now.seen_at, now.legal_basis, now.parts::smallint[]
FROM unnest(
  %(id)s::uuid[], %(kind)s::text[], %(token)s::bytea[], %(clear)s::text[], %(sealed)s::bytea[],
  %(near)s::bytea[], %(role)s::text[], %(field)s::text[], %(start)s::int[], %(end)s::int[],
  %(confidence)s::smallint[], %(rule)s::text[], %(port)s::int[], %(seen_at)s::text[],
  %(legal_basis)s::text[], %(parts)s::text[]
) now (
  id, kind, token, clear, sealed, near, role, field, start, stop, confidence, rule, port, seen_at,
  legal_basis, parts
)
