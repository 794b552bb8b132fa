-- Write lines of the log, in their order.
INSERT INTO audit_entry
  (id, at, event, actor, agency, about_kind, about, details, salt, version, leaf_index)
SELECT line.*, NULL
FROM unnest(
  %(id)s::uuid[], %(at)s::timestamptz[], %(event)s::text[], %(actor)s::text[], %(agency)s::uuid[],
  %(about_kind)s::text[], %(about)s::text[], %(details)s::jsonb[], %(salt)s::bytea[],
  %(version)s::smallint[]
) line
