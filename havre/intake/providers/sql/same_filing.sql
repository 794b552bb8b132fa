-- Which open filing did the same bytes of the same provider open? Locked, until this is answered.
SELECT id, number, quality, missing, opened_at FROM intake_filing
WHERE sent_as = %(sent_as)s::bytea AND state = 'open' AND provider_id = %(provider)s::uuid
FOR UPDATE
