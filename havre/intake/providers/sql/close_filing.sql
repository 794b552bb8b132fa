-- Close a filing that is open, as it was known; the provider's wrap of the key is there and goes. Where the
-- provider has a mirror, a copy of the report waits for it; a test account's wrap stays until the
-- copy is sent. Whoever shows a key that is remembered must still hold it.
WITH the_filing AS (
  UPDATE intake_filing SET state = 'finished', body = '', changed_at = %(at)s::timestamptz,
    quality = %(quality)s::smallint, missing = %(missing)s::text[], changes = changes + 1
  WHERE id = %(id)s::uuid AND state = 'open' AND changes = %(changes)s::integer
  RETURNING id
), the_mirror AS (
  SELECT id, provider_id FROM mirrors_mirror
  WHERE provider_id = %(provider)s::uuid AND is_on
), the_copy AS (
  INSERT INTO mirrors_copy
    (id, provider_id, mirror_id, filing_id, number, state, made_at, next_try_at, tries, asked,
     far_report, far_files, described, is_unclear, remarks,
     failed_as)
  SELECT %(copy)s::uuid, m.provider_id, m.id, %(id)s::uuid, %(number)s::bigint, 'waiting',
    %(at)s::timestamptz, %(at)s::timestamptz, 0, '', '', '{}', 0, false, '{}', ''
  FROM the_mirror m
), the_key AS (
  DELETE FROM evidence_recordkey
  WHERE record = %(id)s::uuid AND recipient = %(recipient)s::text
    AND NOT (%(is_test)s::boolean AND EXISTS (SELECT FROM the_mirror))
  RETURNING id
)
SELECT key_must_open(%(shown)s::bytea, %(at)s::timestamptz, %(seen)s::text),
  must_hold(
    EXISTS (SELECT FROM the_filing) AND (%(is_test)s::boolean OR EXISTS (SELECT FROM the_key)),
    'the_filing_is_as_known'
  )
