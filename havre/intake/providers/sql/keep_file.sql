-- Add a sealed file to an open filing.
WITH the_exhibit AS (
  INSERT INTO evidence_exhibit (id, record, size, md5, sha1, sha256, sealed, location, sealed_at)
  VALUES (%(source)s::uuid, %(id)s::uuid, %(size)s::bigint, %(md5)s::text, %(sha1)s::text,
    %(sha256)s::text, %(sealed)s::bytea, %(location)s::text, %(at)s::timestamptz)
), the_filing AS (
  UPDATE intake_filing SET changed_at = %(at)s::timestamptz WHERE id = %(id)s::uuid
)
INSERT INTO intake_filingfile
  (exhibit_id, filing_id, file_id, details, details_source_id, uploaded_at)
VALUES (%(source)s::uuid, %(id)s::uuid, %(file_id)s::text, %(details)s::bytea, NULL,
  %(at)s::timestamptz)
