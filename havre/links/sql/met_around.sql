-- What is noted of a report (0), the newest mentions of each of its values elsewhere (1), and the
-- newest of what resembles its names and is none of its values (2): so many of each, its own counted.
WITH mine AS MATERIALIZED (
  SELECT record_id, token, near, kind, role, field, clear, legal_basis, start
  FROM identifiers_mention WHERE record_id = %(report)s::uuid
), met AS (
  SELECT 0 AS how, mine.* FROM mine
  UNION ALL
  SELECT 1, held.*
  FROM (SELECT DISTINCT token FROM mine) asked CROSS JOIN LATERAL (
    SELECT m.record_id, m.token, m.near, m.kind, m.role, m.field, m.clear, m.legal_basis, m.start
    FROM identifiers_mention m WHERE m.token = asked.token
    ORDER BY m.record_id DESC LIMIT %(most)s::integer
  ) held WHERE held.record_id <> %(report)s::uuid
  UNION ALL
  SELECT 2, held.*
  FROM (SELECT DISTINCT near FROM mine WHERE near IS NOT NULL) asked CROSS JOIN LATERAL (
    SELECT m.record_id, m.token, m.near, m.kind, m.role, m.field, m.clear, m.legal_basis, m.start
    FROM identifiers_mention m
    WHERE m.near = asked.near AND m.token <> ALL (ARRAY(SELECT token FROM mine))
    ORDER BY m.record_id DESC LIMIT %(most)s::integer
  ) held WHERE held.record_id <> %(report)s::uuid
)
SELECT how, uuid_send(record_id), token, near, kind, role, field, clear, legal_basis
FROM met ORDER BY how, record_id, field, start
