-- Add to a file of an open filing what its provider says of it, and the document that said so.
WITH the_source AS (
  INSERT INTO evidence_exhibit (id, record, size, md5, sha1, sha256, sealed, location, sealed_at)
  VALUES (%(source)s::uuid, %(id)s::uuid, %(size)s::bigint, %(md5)s::text, %(sha1)s::text,
    %(sha256)s::text, %(sealed)s::bytea, %(location)s::text, %(at)s::timestamptz)
), the_filing AS (
  UPDATE intake_filing SET changed_at = %(at)s::timestamptz,
    warnings = warnings || %(warnings)s::text[]
  WHERE id = %(id)s::uuid
)
UPDATE intake_filingfile SET details = %(details)s::bytea, details_source_id = %(source)s::uuid
WHERE exhibit_id = %(exhibit)s::uuid
