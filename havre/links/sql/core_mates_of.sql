-- The list stands in a question of its own: by its length the server would plan anew each time.
SELECT core, record_id FROM links_member
WHERE side = %(side)s AND core = ANY (ARRAY(SELECT unnest(%(cores)s::uuid[])))
