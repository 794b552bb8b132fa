-- Joined, so that one plan serves all: cores compared with a list are planned anew each time.
SELECT m.core, m.record_id
FROM unnest(%(cores)s::uuid[]) asked (core)
JOIN links_member m ON m.core = asked.core
WHERE m.side = %(side)s
