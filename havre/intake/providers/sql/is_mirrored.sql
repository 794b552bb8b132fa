-- Is what this provider finishes sent on to a second base address of its own?
SELECT 1 FROM mirrors_mirror WHERE provider_id = %(provider)s::uuid AND is_on
