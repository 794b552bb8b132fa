-- The latest of a pair comes first.
SELECT j.left_id, j.right_id, j.verdict
FROM links_judgement j
JOIN identifiers_record one ON one.id = j.left_id
JOIN intake_report left_report ON left_report.id = one.report_id
JOIN identifiers_record other ON other.id = j.right_id
JOIN intake_report right_report ON right_report.id = other.report_id
WHERE j.side = %(side)s
  AND j.undone_at IS NULL
  AND (j.left_id = ANY (%(records)s) OR j.right_id = ANY (%(records)s))
  AND left_report.compartment = %(compartment)s
  AND right_report.compartment = %(compartment)s
ORDER BY j.at DESC, j.id DESC
