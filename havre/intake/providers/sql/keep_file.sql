-- Add a sealed file to a filing that is open, as it was known and with its key. Whoever shows a key
-- that is remembered must still hold it.
WITH the_exhibit AS (
  INSERT INTO evidence_exhibit (id, record, size, md5, sha1, sha256, sealed, location, sealed_at)
  VALUES (%(source)s::uuid, %(id)s::uuid, %(size)s::bigint, %(md5)s::text, %(sha1)s::text,
    %(sha256)s::text, %(sealed)s::bytea, %(location)s::text, %(at)s::timestamptz)
), the_filing AS (
  UPDATE intake_filing SET changed_at = %(at)s::timestamptz, changes = changes + 1
  WHERE id = %(id)s::uuid AND state = 'open' AND changes = %(changes)s::integer
  RETURNING id
), the_file AS (
  INSERT INTO intake_filingfile
    (exhibit_id, filing_id, file_id, details, details_source_id, uploaded_at)
  VALUES (%(source)s::uuid, %(id)s::uuid, %(file_id)s::text, %(details)s::bytea, NULL,
    %(at)s::timestamptz)
)
SELECT key_must_open(%(shown)s::bytea, %(at)s::timestamptz, %(seen)s::text),
  must_hold(
    EXISTS (SELECT FROM the_filing) AND EXISTS (
      SELECT FROM evidence_recordkey
      WHERE record = %(id)s::uuid AND recipient = %(recipient)s::text
    ),
    'the_filing_is_as_known'
  )
