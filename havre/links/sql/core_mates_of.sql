SELECT core, record_id FROM links_member WHERE side = %(side)s AND core = ANY (%(cores)s)
