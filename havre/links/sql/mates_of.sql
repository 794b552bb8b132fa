SELECT mate.cluster_id, mate.record_id
FROM links_member mate
WHERE mate.side = %(side)s
  AND mate.cluster_id IN (
    SELECT mine.cluster_id FROM links_member mine
    WHERE mine.side = %(side)s AND mine.record_id = ANY (%(records)s)
  )
