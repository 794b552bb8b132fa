INSERT INTO links_value (key, kind, reports, only_suspects)
SELECT now.key, now.kind, now.reports, now.only_suspects
FROM unnest(%(values)s::bytea[], %(counted)s::text[], %(reports)s::int[], %(only)s::bool[])
  now (key, kind, reports, only_suspects)
ON CONFLICT (key) DO UPDATE
SET kind = excluded.kind, reports = excluded.reports, only_suspects = excluded.only_suspects
