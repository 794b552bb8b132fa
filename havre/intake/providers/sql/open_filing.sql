-- Open a filing: its key, wrapped for the provider alone, its source and its row. Whoever shows a
-- key that is remembered must still hold it.
WITH the_key AS (
  INSERT INTO evidence_recordkey
    (id, record, recipient, kek_id, wrapped, version, compartment, made_at)
  VALUES (%(key)s::uuid, %(id)s::uuid, %(recipient)s::text, %(kek_id)s::text,
    %(wrapped)s::bytea, %(key_version)s::smallint, %(compartment)s::text, %(at)s::timestamptz)
), the_source AS (
  INSERT INTO evidence_exhibit (id, record, size, md5, sha1, sha256, sealed, location, sealed_at)
  VALUES (%(source)s::uuid, %(id)s::uuid, %(size)s::bigint, %(md5)s::text, %(sha1)s::text,
    %(sha256)s::text, %(sealed)s::bytea, %(location)s::text, %(at)s::timestamptz)
), the_filing AS (
  INSERT INTO intake_filing
    (id, number, provider_id, state, body, source_id, opened_at, changed_at, supplements_id,
     quality, missing, warnings, sent_as, changes)
  VALUES (%(id)s::uuid, %(number)s::bigint, %(provider)s::uuid, 'open', %(body)s::bytea,
    %(source)s::uuid, %(at)s::timestamptz, %(at)s::timestamptz, %(supplements)s::uuid,
    %(quality)s::smallint, %(missing)s::text[], %(warnings)s::text[],
    %(sent_as)s::bytea, 0)
)
SELECT key_must_open(%(shown)s::bytea, %(at)s::timestamptz, %(seen)s::text)
