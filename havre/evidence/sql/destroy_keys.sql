-- Delete every wrap of a record's data key: how many were there?
WITH gone AS (DELETE FROM evidence_recordkey WHERE record = %(record)s::uuid RETURNING id)
SELECT count(*) FROM gone
