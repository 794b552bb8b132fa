-- Close a filing that is open, as it was known; the provider's wrap of the key is there and goes. Where the
-- provider has a mirror, a copy of the report waits for it; a test account's wrap stays until the
-- copy is sent. Whoever shows a key that is remembered must still hold it.
WITH the_filing AS (
  UPDATE intake_filing SET state = 'finished', body = '', changed_at = %(at)s::timestamptz,
    quality = %(quality)s::smallint, missing = %(missing)s::text[], changes = changes + 1
  WHERE id = %(id)s::uuid AND state = 'open' AND changes = %(changes)s::integer
  RETURNING id
), the_key AS (
  DELETE FROM evidence_recordkey
  WHERE record = %(id)s::uuid AND recipient = %(recipient)s::text
    AND NOT (%(is_test)s::boolean AND is_mirrored(%(provider)s::uuid))
  RETURNING id
)
SELECT key_must_open(%(shown)s::bytea, %(at)s::timestamptz, %(seen)s::text),
  must_hold(
    EXISTS (SELECT FROM the_filing) AND (%(is_test)s::boolean OR EXISTS (SELECT FROM the_key)),
    'the_filing_is_as_known'
  ),
  copy_waits(%(provider)s::uuid, %(copy)s::uuid, %(id)s::uuid, %(number)s::bigint,
    %(at)s::timestamptz)
