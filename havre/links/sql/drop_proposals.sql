WITH asked AS MATERIALIZED (
  SELECT encode(id, 'hex')::uuid AS id FROM unnest(%(strong)s::bytea[]) id
)
DELETE FROM links_proposal
WHERE side = %(side)s::text AND (
    left_id = ANY (ARRAY(SELECT id FROM asked)) OR right_id = ANY (ARRAY(SELECT id FROM asked))
  )
