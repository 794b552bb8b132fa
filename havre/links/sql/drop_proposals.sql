DELETE FROM links_proposal
WHERE side = %(side)s AND (left_id = ANY (%(strong)s) OR right_id = ANY (%(strong)s))
