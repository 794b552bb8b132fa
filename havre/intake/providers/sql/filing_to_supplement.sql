-- The filing of a number that another one adds to.
SELECT f.id, f.state FROM intake_filing f
WHERE f.number = %(number)s::bigint AND f.provider_id = %(provider)s::uuid
