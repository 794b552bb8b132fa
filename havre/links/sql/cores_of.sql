SELECT record_id, core FROM links_member
WHERE side = %(side)s AND record_id = ANY (%(records)s) AND core IS NOT NULL
