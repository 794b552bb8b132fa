SELECT id, anchor_id FROM links_name WHERE side = %(side)s AND anchor_id = ANY (%(region)s)
