-- The latest of a pair comes first.
WITH asked AS MATERIALIZED (
  SELECT encode(id, 'hex')::uuid AS id FROM unnest(%(records)s::bytea[]) id
)
SELECT j.side, uuid_send(j.left_id), uuid_send(j.right_id), j.verdict
FROM links_judgement j
WHERE (j.left_id = ANY (ARRAY(SELECT id FROM asked))
    OR j.right_id = ANY (ARRAY(SELECT id FROM asked)))
  AND j.undone_at IS NULL
  AND links_compartment_of(j.left_id) = links_compartment_of(j.right_id)
ORDER BY j.at DESC, j.id DESC
