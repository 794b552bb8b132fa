SELECT record_id, id, cluster_id, core FROM links_member
WHERE side = %(side)s AND record_id = ANY (%(records)s)
