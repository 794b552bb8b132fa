-- Close a filing whose report is made; the provider's wrap of the key goes.
WITH the_key AS (
  DELETE FROM evidence_recordkey
  WHERE record = %(id)s::uuid AND recipient = %(recipient)s::text
)
UPDATE intake_filing SET state = 'finished', body = '', changed_at = %(at)s::timestamptz,
  quality = %(quality)s::smallint, missing = %(missing)s::text[]
WHERE id = %(id)s::uuid
