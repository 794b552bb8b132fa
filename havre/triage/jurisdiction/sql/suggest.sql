INSERT INTO triage_suggestion (id, report_id, agency_id, probability, evidence)
SELECT now.id, %(report)s::uuid, now.agency, now.probability, now.evidence
FROM unnest(
  %(ids)s::uuid[], %(agencies)s::uuid[], %(probabilities)s::smallint[], %(evidence)s::jsonb[]
) now (id, agency, probability, evidence)
