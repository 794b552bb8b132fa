-- What a report tells in outline, for the first time or anew; what a person decided of it stays.
INSERT INTO bundles_outline AS known
  (report_id, compartment, provider_id, template, told, files, kept_apart, closed_with_id)
VALUES (
  %(report)s::uuid, %(compartment)s::text, %(provider)s::uuid, %(template)s::text,
  %(told)s::text[], %(files)s::text[], false, NULL
)
ON CONFLICT (report_id) DO UPDATE SET
  (compartment, provider_id, template, told, files) = (
    excluded.compartment, excluded.provider_id, excluded.template, excluded.told, excluded.files
  )
RETURNING known.kept_apart, known.closed_with_id
